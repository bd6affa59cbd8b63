"""What people outside write to the office: a mail, brought to it as its provider would, by a webhook.

The form is Postmark's with the raw mail included, which django-anymail reads at
`/anymail/postmark/inbound/`, behind the secret that every provider's webhook shares.
"""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from uuid import uuid4

import aiohttp
from icalendar import Calendar, Event, vCalAddress

from .configuration import Configuration

LONGEST_WAIT = 30  # seconds


SAID = {"ACCEPTED": "Accepted", "TENTATIVE": "Tentative", "DECLINED": "Declined"}


class NotTaken(Exception):
    """The office did not take the mail; the words say why."""


def written(sender: str, to: str, subject: str, text: str, in_reply_to: str = "") -> EmailMessage:
    """The mail as its author's program makes it. Raises NotTaken for what no program would send."""
    mail = EmailMessage()
    if not all("@" in parseaddr(address)[1] for address in (sender, to)):
        raise NotTaken("A mail needs the address of its author and one to go to.")
    try:
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject or "(no subject)"
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
        if in_reply_to:
            mail["In-Reply-To"] = mail["References"] = in_reply_to
    except ValueError as problem:
        raise NotTaken(str(problem)) from problem
    mail.set_content(text)
    return mail


def reply(
    invitation: str, sender: str, to: str, answer: str, in_reply_to: str, now: datetime
) -> EmailMessage:
    """What a calendar program sends when its owner presses Accept or Decline (RFC 5546, 6047).

    `answer` is ACCEPTED, TENTATIVE or DECLINED. Raises NotTaken.
    """
    if answer not in SAID:
        raise NotTaken("That is no answer.")
    asked = next(iter(Calendar.from_ical(invitation).walk("VEVENT")))
    event = Event()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "RECURRENCE-ID", "SUMMARY", "ORGANIZER"):
        if name in asked:
            event.add(name, asked[name])
    event.add("DTSTAMP", now)
    herself = vCalAddress(f"mailto:{sender}")
    herself.params["PARTSTAT"] = answer
    event.add("ATTENDEE", herself)
    mail = written(sender, to, f"{SAID[answer]}: {asked.get('SUMMARY', '')}", SAID[answer], in_reply_to)
    return _with(mail, event, "REPLY")


def invitation(
    sender: str, guest: str, about: str, starts: datetime, minutes: int, now: datetime
) -> EmailMessage:
    """What a calendar program sends to `guest` when its owner invites; `starts` is aware. Raises NotTaken."""
    event = Event()
    event.add("UID", f"{uuid4()}@{parseaddr(sender)[1].rpartition('@')[2]}")
    for name, value in (("SEQUENCE", 0), ("DTSTAMP", now), ("SUMMARY", about)):
        event.add(name, value)
    event.add("DTSTART", starts.astimezone(UTC))
    event.add("DTEND", starts.astimezone(UTC) + timedelta(minutes=minutes))
    invited = vCalAddress(f"mailto:{guest}")
    invited.params["PARTSTAT"], invited.params["RSVP"] = "NEEDS-ACTION", "TRUE"
    event.add("ORGANIZER", vCalAddress(f"mailto:{sender}"))
    event.add("ATTENDEE", invited)
    return _with(written(sender, guest, f"Invitation: {about}", about), event, "REQUEST")


def _with(mail: EmailMessage, event: Event, method: str) -> EmailMessage:
    calendar = Calendar()
    for name, value in (("PRODID", "-//Outside//EN"), ("VERSION", "2.0"), ("METHOD", method)):
        calendar.add(name, value)
    calendar.add_component(event)
    mail.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": method})
    return mail


def as_postmark_says(mail: EmailMessage) -> dict:
    """The body of Postmark's inbound webhook, as far as it does not merely repeat the raw mail."""
    sender, to = parseaddr(mail["From"])[1], parseaddr(mail["To"])[1]
    return {
        "FromFull": {"Email": sender, "Name": "", "MailboxHash": ""},
        "From": sender,
        "To": to,
        "OriginalRecipient": to,
        "Subject": mail["Subject"],
        "MessageID": mail["Message-ID"].strip("<>").partition("@")[0],
        "MessageStream": "inbound",
        "Date": mail["Date"],
        "TextBody": _plain(mail),
        "Headers": [
            {"Name": "Return-Path", "Value": f"<{sender}>"},
            {"Name": "Received-SPF", "Value": "Pass (outside world: demo)"},
            *({"Name": name, "Value": str(value)} for name, value in mail.items()),
        ],
        "Attachments": [],
        "RawEmail": mail.as_string(),
    }


def _plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


async def deliver(session, given: Configuration, mail: EmailMessage) -> int:
    """Bring it to the office and return the status of its answer. Raises NotTaken."""
    if not given.inbound_mail_url:
        raise NotTaken("This office takes no mail.")
    user, _colon, password = given.inbound_mail_secret.partition(":")
    try:
        async with session.post(
            given.inbound_mail_url,
            json=as_postmark_says(mail),
            headers={"Authorization": aiohttp.encode_basic_auth(user, password)},
            timeout=aiohttp.ClientTimeout(total=LONGEST_WAIT),
        ) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError) as silence:
        raise NotTaken("The office did not answer.") from silence
    if status >= 300:
        raise NotTaken(f"The office answered {status}.")
    return status
