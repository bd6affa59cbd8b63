"""What people outside write to the office: a mail, brought to it as its provider would, by a webhook.

The form is Postmark's with the raw mail included, which django-anymail reads at
`/anymail/postmark/inbound/`, behind the secret that every provider's webhook shares.
"""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

import aiohttp

from .configuration import Configuration

LONGEST_WAIT = 30  # seconds


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
        "TextBody": mail.get_content(),
        "Headers": [
            {"Name": "Return-Path", "Value": f"<{sender}>"},
            {"Name": "Received-SPF", "Value": "Pass (outside world: demo)"},
            *({"Name": name, "Value": str(value)} for name, value in mail.items()),
        ],
        "Attachments": [],
        "RawEmail": mail.as_string(),
    }


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
