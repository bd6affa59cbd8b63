"""What lies in a client’s mailbox when the matrix asks."""

from email.message import EmailMessage

from messages_app.mail import choosing, filing, lying_elsewhere, standing
from messages_app.models import Mailbox, MailRule, MailThread
from secretariat import clock

from .outgoing_world import written_for


def in_the_mailbox(side) -> None:
    """Conversations that wait, are sorted and are over, in a mailbox of this side."""
    word = side.word
    side.rows["answered_mailbox"] = mailbox = Mailbox.objects.create(
        client=side.client.row,
        address=f"owner@{word.lower()}.example",
        name=f"Owner of {word}",
        signature=f"For {word}",
        tone=f"{word} writes briefly",
    )
    judged, ended, waiting, to_read = (_came(mailbox, word, number) for number in range(4))
    MailThread.objects.filter(pk=to_read.thread_id).update(verdict="later", promised_at=None)
    choosing.call_it(judged.thread, "junk", by=side.owner.user, at=clock.now())
    standing.end(ended.thread, f"{word} answered", at=clock.now())
    elsewhere = Mailbox.objects.create(
        client=side.client.row,
        address=f"elsewhere@{word.lower()}.example",
        incoming="imap",
        imap_host=f"imap.{word.lower()}.example",
        smtp_host=f"smtp.{word.lower()}.example",
    )
    said = {"client": side.client.row, "subject": f"About {word}", "verdict": "urgent"}
    MailRule.objects.create(**said, rank=1)
    side.rows |= {
        "mailbox_elsewhere": elsewhere,
        "mail_rule": MailRule.objects.create(**said, rank=2),
        "proposed_rule": MailRule.objects.create(**said, state="proposed"),
        "judged_thread": judged.thread,
        "ended_thread": ended.thread,
        "mail_thread": waiting.thread,
        "mail_in_html": waiting,
        "picture": lying_elsewhere.token(f"https://127.0.0.1/{word}.png"),
        "mail_in_mail": _passed_on(mailbox, word),
    }
    written_for(side, mailbox)


def _came(mailbox, word, number):
    letter = EmailMessage()
    letter["From"], letter["To"] = f"dana{number}@harlow.example", mailbox.address
    letter["Subject"], letter["Message-ID"] = f"Is {word} open?", f"<{number}@{word.lower()}.example>"
    letter.set_content(f"Is {word} open on Sunday?")
    letter.add_alternative(f"<p>Is {word} open on Sunday?</p>", subtype="html")
    letter.add_attachment(f"{word} plan".encode(), maintype="text", subtype="plain", filename=f"{word}.txt")
    return filing.file(mailbox, letter.as_bytes(), direction="in", at=clock.now()).mail


def _passed_on(mailbox, word):
    """A mail to which another is attached."""
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "sam@harlow.example", f"Keys of {word}"
    inner.set_content(f"{word} has the keys.")
    outer["From"], outer["To"] = "dana@harlow.example", mailbox.address
    outer["Subject"], outer["Message-ID"] = f"Passed on to {word}", f"<passed-on@{word.lower()}.example>"
    outer.set_content(f"For {word}.")
    outer.add_attachment(inner)
    return filing.file(mailbox, outer.as_bytes(), direction="in", at=clock.now()).mail
