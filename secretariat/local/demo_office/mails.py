"""What lies in the mailboxes of the demo's clients. All people, firms and addresses are invented."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from clients.models import Client, Contact, Correspondent, CorrespondentAddress
from messages_app.mail import choosing, filing, standing
from messages_app.models import Mailbox, MailRule
from secretariat import clock

MAILBOXES = {
    "Okafor Legal": ("ngozi@okafor.example", "Ngozi Okafor"),
    "Brill Dental": ("practice@brill.example", "Brill Dental"),
}
SIGNATURES = {
    "Okafor Legal": "Kind regards\nNgozi Okafor\nOkafor Legal, Lagos",
    "Brill Dental": "With kind regards\nThe team at Brill Dental",
}
TONES = {
    "Okafor Legal": "Surnames, always. Short. Never say whether somebody is a client of the firm. "
    "Never promise a date in court.",
    "Brill Dental": "First names, warm. Appointments are confirmed by Sam, never by us.",
}
# Rules as columns of MailRule, in the order in which they are asked.
RULES = {
    "Okafor Legal": (
        {"verdict": "urgent", "subject": "court, hearing, injunction"},
        {"verdict": "answer", "known": "vip", "within_hours": 2},
        {"verdict": "junk", "subject": "seo, guest post, backlinks"},
    ),
    "Brill Dental": ({"verdict": "urgent", "words": "severe pain, swollen, knocked out"},),
}
KNOWN = {
    "Okafor Legal": {
        "Clerk to Harlow & Sons": "clerk@harlow.example",
        "Dana Reyes": "dana@reyes.example",
        "Femi Balogun": "femi.balogun@mail.example",
    },
    "Brill Dental": {"Tom Whitaker": "tom@whitaker.example", "Orders": "orders@denta.example"},
}
PLAN = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
)


@dataclass(frozen=True)
class Written:
    """A mail that came `hours` ago. `then`: answered (by herself), done (by the desk), or nothing."""

    hours: float
    sender: str
    subject: str
    text: str
    html: str = ""
    headers: dict = field(default_factory=dict)
    file: tuple[str, bytes] | None = None
    then: str = ""


OKAFOR = (
    Written(
        52,
        "Dana Reyes <dana@reyes.example>",
        "Deposit on 14 Harrow Street",
        "Dear Ms Okafor,\n\nthe landlord says the deposit was never lodged. Is that so?\n\nDana",
        then="answered",
    ),
    Written(
        27,
        "Femi Balogun <femi.balogun@mail.example>",
        "Papers you asked for",
        "Good morning,\n\nattached is the agreement with both signatures. The original follows.\n\nFemi",
        file=("agreement.pdf", PLAN),
        then="done",
    ),
    Written(
        21,
        "Rank Higher <hello@rankhigher.example>",
        "Backlinks for your website",
        "We noticed that your website does not appear on page one. Shall we talk?",
    ),
    Written(
        19,
        "The Gazette <news@gazette.example>",
        "This week in property law",
        "Six judgments you should know.",
        headers={"List-Id": "<weekly.gazette.example>", "Precedence": "bulk"},
    ),
    Written(
        5,
        "Adaeze Nwosu <registry@highcourt.example>",
        "Bundle for the 3rd",
        "The registry needs two further copies of the bundle, paginated, before Thursday noon.",
    ),
    Written(
        3,
        "Clerk to Harlow & Sons <clerk@harlow.example>",
        "Draft lease, clause 9",
        "Dear Ms Okafor,\n\n"
        "our client accepts clause 9 if the notice is three months. The plan is attached.\n"
        "May we hear from you today?\n\nR. Marsh, clerk to Harlow & Sons",
        html="<p>Dear Ms Okafor,</p>"
        "<p>our client accepts <b>clause 9</b> if the notice is <b>three months</b>. The plan is attached, "
        'and <a href="https://documents.harlow.example/lease/9">here is the draft</a>.</p>'
        "<p>May we hear from you today?</p><p>R. Marsh, clerk to Harlow &amp; Sons</p>"
        '<img src="https://documents.harlow.example/opened.gif" alt="">',
        file=("plan.pdf", PLAN),
    ),
    Written(
        1.5,
        "Jürgen Weiß <weiss@kanzlei-weiss.example>",
        "Anfrage: Vollmacht für Lagos",
        "Sehr geehrte Frau Okafor,\n\nwir suchen für eine Mandantin eine Kollegin in Lagos. "
        "Haben Sie diese Woche Zeit für ein Gespräch?\n\nMit freundlichen Grüßen\nJürgen Weiß",
    ),
)
BRILL = (
    Written(
        22,
        "Orders <orders@denta.example>",
        "Your order 4471",
        "Two boxes of gloves are out of stock. They follow on Friday. This is an automatic message.",
        headers={"Auto-Submitted": "auto-generated"},
    ),
    Written(
        2,
        "Tom Whitaker <tom@whitaker.example>",
        "My appointment on Thursday",
        "Hello,\n\nmay I come an hour later on Thursday? My son has a match.\n\nThanks, Tom",
    ),
)
ALL = {"Okafor Legal": OKAFOR, "Brill Dental": BRILL}


def answer_for(served: list[Client], own: dict) -> None:
    """Mailboxes with rules, and what was written to them these days."""
    for client in served:
        if client.name in MAILBOXES:
            _fill(client, own[client.name].user)


def _fill(client: Client, secretary) -> None:
    now = clock.now()
    address, name = MAILBOXES[client.name]
    mailbox = Mailbox.objects.create(
        client=client,
        address=address,
        name=name,
        incoming=Mailbox.Incoming.OURS,
        state=Mailbox.State.CONNECTED,
        signature=SIGNATURES[client.name],
        tone=TONES[client.name],
        connected_at=now - timedelta(days=14),
        looked_at=now,
    )
    owner = Contact.objects.get(client=client, standing=Contact.Standing.OWNER)
    for rank, rule in enumerate(RULES[client.name]):
        MailRule.objects.create(client=client, rank=rank, by=owner.user, since=mailbox.connected_at, **rule)
    for who, at in KNOWN[client.name].items():
        CorrespondentAddress.objects.create(
            client=client,
            correspondent=Correspondent.objects.get(client=client, name=who),
            kind=CorrespondentAddress.Kind.EMAIL,
            value=at,
        )
    for number, written in enumerate(ALL[client.name]):
        _came(mailbox, written, number, secretary, now - timedelta(hours=written.hours))
    if client.name == "Okafor Legal":
        _proposed(mailbox, secretary, now)


def _came(mailbox: Mailbox, written: Written, number: int, secretary, at: datetime) -> None:
    letter = _letter(written.sender, mailbox.address, written.subject, written.text, at, number)
    if written.html:
        letter.add_alternative(written.html, subtype="html")
    if written.file:
        name, content = written.file
        letter.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    for header, value in written.headers.items():
        letter[header] = value
    thread = filing.file(mailbox, letter.as_bytes(), direction="in", at=at).mail.thread
    if written.then == "done":
        standing.end(thread, "Dealt with", by=secretary, at=at + timedelta(minutes=20))
    if written.then == "answered":
        later = at + timedelta(hours=2)
        said = "Dear Ms Reyes,\n\nit was lodged on the 4th; the certificate is on its way.\n\nNgozi Okafor"
        answer = _letter(
            f"{mailbox.name} <{mailbox.address}>", thread.address, f"Re: {written.subject}", said, later, 90
        )
        answer["In-Reply-To"] = answer["References"] = letter["Message-ID"]
        filing.file(mailbox, answer.as_bytes(), direction="out", at=later)


def _letter(sender: str, to: str, subject: str, text: str, at: datetime, number: int) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{number}.{int(at.timestamp())}@{sender.rpartition('@')[2].rstrip('>')}>"
    letter.set_content(text)
    return letter


def _proposed(mailbox: Mailbox, secretary, now: datetime) -> None:
    """The desk called a newsletter junk once, and asks whether that is always so."""
    thread = mailbox.threads.get(subject="This week in property law")
    choosing.call_it(thread, "junk", by=secretary, at=now - timedelta(hours=18))
    choosing.propose(thread, by=secretary, at=now - timedelta(hours=18))


def listed() -> list[dict]:
    """For `demo.json`: the addresses that can be written to."""
    mailboxes = Mailbox.objects.filter(ended_at=None).select_related("client").order_by("connected_at", "pk")
    return [{"client": each.client.name, "address": each.address} for each in mailboxes]
