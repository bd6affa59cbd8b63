"""Whatever anybody writes, by whatever way, nothing of it runs in the browser of whoever reads it.

A real Chromium opens each page on which it stands. What ran would open a dialog; what only tried to would
be reported by our policy, and what reached for something elsewhere would have asked for it.
"""

import csv
import io
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from calendar_app.models import Diary, InvitedTo
from calls.models import DictationPart
from clients.models import ContactAddress
from messages_app.mail import by_provider
from messages_app.models import Answer, InboundText, Mail, MailThread, Message
from secretariat import clock
from secretariat.local.outside import letters
from tests.dictating import handed_in
from tests.eyes import listens

from .test_laying_out import HOSTILE

pytestmark = pytest.mark.slow
# What stands before it ends the place in which it is written: an attribute, a script, a title, a comment.
ENDINGS = [
    "",
    '">',
    "'>",
    "</script>",
    "</title></textarea>",
    "-->",
    "{{ 7|add:7 }}",
    '" onmouseover=alert(1) x="',
]
PAYLOADS = [before + each for before in ENDINGS for each in HOSTILE]
TO_ONE = 48  # mails of a conversation
FEW, MANY = 4, 24  # of them in one text, and in what a machine heard


def written(number: int, words: str) -> bytes:
    """A mail that says it wherever one can: subject, name, words, layout, and the name of a file."""
    mail = EmailMessage()
    in_one_line = words.replace("\t", " ")
    mail["From"] = Address(in_one_line, "dana", "harlow.example")
    mail["To"] = Address(in_one_line, "ngozi", "okafor.example")
    mail["Subject"] = in_one_line
    mail["Message-ID"] = f"<{number}@harlow.example>"
    if number % TO_ONE:
        mail["In-Reply-To"] = f"<{number - number % TO_ONE}@harlow.example>"
    mail.set_content(f"{words}\n")
    mail.add_alternative(f"<p>Number {number}</p>{words}", subtype="html")
    mail.add_attachment(words.encode(), maintype="text", subtype="html", filename=in_one_line)
    return mail.as_bytes()


@pytest.fixture
def priya(office, okafor):
    """Her telephone is her line: no softphone on her pages reaches for the carrier."""
    return office.secretary("Priya", okafor, line="phone")


@pytest.fixture
def watched(chrome, live_server, transactional_db, desk):
    """A page of Priya's, and what happened there that should not have."""
    context = chrome.new_context()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": desk.cookies[name].value, "url": live_server.url}])
    page, happened = listens(context.new_page()), []

    def ran(dialog):
        happened.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def asked(request):
        if not request.url.startswith((live_server.url, "data:", "about:", "blob:")):
            happened.append(f"asked for: {request.url}")

    page.on("dialog", ran)
    page.on("request", asked)

    def opened(address: str) -> str:
        answer = page.goto(live_server.url + address)
        assert answer.status == 200, address
        return page.content()

    yield opened, happened, page
    context.close()


def refused(page) -> list[str]:
    """What our policy, or a sandbox, had to refuse."""
    return [words for words in page.said if "Content Security Policy" in words or "sandboxed" in words]


def test_nothing_that_a_mail_says_runs_in_a_browser(office, okafor, mailbox, watched):
    opened, happened, page = watched
    assert len(PAYLOADS) >= 200
    for number, words in enumerate(PAYLOADS):
        by_provider.came(written(number, words), mailbox, recipient=mailbox.address, at=clock.now())
    assert Mail.objects.count() == len(PAYLOADS)
    for show in ("", "all"):
        assert "alert(1)" in opened(f"{reverse('inbox')}?show={show}")
    shown = 0
    for thread in MailThread.objects.all():
        opened(reverse("inbox-thread", args=[thread.pk]))
        shown += page.locator("details.card[id^=mail-]").count()
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert shown == len(PAYLOADS)
    for mail in Mail.objects.all():
        opened(reverse("inbox-mail", args=[mail.pk]))
        assert page.frames[-1].url.endswith(reverse("inbox-frame", args=[mail.pk]))
    assert (happened, refused(page)) == ([], [])


def in_one_line(words: str) -> str:
    return words.replace("\t", " ")


def is_said(page: str) -> bool:
    """Whether something of a payload stands there, as words."""
    return any(each in page for each in ("alert(1)", "evil.example", "data:image"))


def told_at_once(many: int) -> list[str]:
    return ["\n".join(PAYLOADS[first : first + many]) for first in range(0, len(PAYLOADS), many)]


def test_nor_does_what_is_texted_or_said_to_a_secretary(office, okafor, priya, watched):
    """By text; and as a caller's name, as a message, and as the answer to a question of the client's own."""
    opened, happened, page = watched
    hers = ContactAddress.objects.get(contact=okafor.owner, kind="mobile").value
    for words in told_at_once(FEW):
        office.carrier.control.text(settings.TWILIO_TEXT_FROM, hers, words)
    office.settle()
    for number, words in enumerate(PAYLOADS):
        name, few = in_one_line(words)[:120], "\n".join(PAYLOADS[number : number + FEW])
        facts = {"caller_name": name, "caller_firm": name, "text": few, "taken_at": clock.now()}
        message = Message.objects.create(client=okafor.row, **facts)
        Answer.objects.create(client=okafor.row, message=message, caption=name[:80], value=few)
    assert InboundText.objects.count() == len(PAYLOADS) / FEW
    for text in InboundText.objects.all():
        assert is_said(opened(reverse("messages-text-came", args=[text.pk])))
    for message in list(Message.objects.order_by("pk"))[::FEW]:
        assert is_said(opened(reverse("messages-message", args=[message.pk])))
    opened(reverse("messages"))
    listed = 0
    while True:
        listed += page.locator("main .work-row").count()
        older = page.locator("main .pager a[rel=next]")
        if not older.count():
            break
        opened(older.get_attribute("href").replace("?", f"{reverse('messages')}?", 1))
    assert listed == len(PAYLOADS)
    assert (happened, refused(page)) == ([], [])


def test_nor_does_what_an_address_file_or_a_transcriber_says(office, okafor, desk, watched):
    """A file of addresses is read and looked through; a machine has heard it."""
    opened, happened, page = watched
    lines = io.StringIO()
    rows = csv.writer(lines)
    rows.writerow(["name", "company", "street", "postcode", "city"])
    rows.writerows([in_one_line(words)[:100]] * 2 + [words[:200], "BA1 2QH", "Bath"] for words in PAYLOADS)
    file = SimpleUploadedFile("addresses.csv", lines.getvalue().encode(), content_type="text/csv")
    answer = desk.post(reverse("letters-book-read", args=[okafor.row.pk]), {"file": file})
    assert answer.status_code == 303, answer.context["form"].errors
    assert "alert(1)" in opened(answer.url)
    desk.post(answer.url, {})
    office.settle()
    opened(answer.url)
    opened(reverse("letters-book", args=[okafor.row.pk]))
    for words in told_at_once(MANY):
        item = handed_in(okafor.owner)
        DictationPart.objects.filter(dictation=item).update(transcript=words, transcript_state="ready")
        assert "alert(1)" in opened(reverse("dictation", args=[item.pk]))
    assert (happened, refused(page)) == ([], [])


def invitation(number: int, to: str) -> EmailMessage:
    title, place, words, who = (
        in_one_line(each).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        for each in PAYLOADS[number : number + FEW]
    )
    who = who.replace('"', "^'")  # RFC 6868
    made = letters.written(
        "bank@harbour.example", "secretariat@localhost", f"Invitation {number}", "Come to us"
    )
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", f"UID:{number}@bank"]
    lines += ["DTSTAMP:20261123T120000Z", f"DTSTART:20261210T{number // 24:02}0000Z", "DURATION:PT1M"]
    lines += [f"SUMMARY:{title}", f"LOCATION:{place}", f"DESCRIPTION:{words}"]
    lines += [f'ORGANIZER;CN="{who}":mailto:bank@harbour.example', f"ATTENDEE;RSVP=TRUE:mailto:{to}"]
    text = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])
    made.add_alternative(text, subtype="calendar", params={"method": "REQUEST"})
    return made


def test_nor_does_what_an_invitation_says(office, okafor, writes, watched):
    """In the title, the place and the words of a calendar's entry, and as the name of whoever invites."""
    opened, happened, page = watched
    Diary.objects.create(client=okafor.row)
    for number in range(0, len(PAYLOADS), FEW):
        writes(invitation(number, okafor.owner.user.email))
    assert InvitedTo.objects.count() == len(PAYLOADS) / FEW
    for each in InvitedTo.objects.all():
        assert is_said(opened(reverse("diary-invitation", args=[each.pk])))
    opened(f"{reverse('diary')}?view=day&on=2026-12-10")
    assert (happened, refused(page)) == ([], [])
