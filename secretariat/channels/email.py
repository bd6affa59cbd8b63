"""E-mail, through whatever backend Django has: SMTP, or a provider that anymail knows."""

import hashlib
import re
import smtplib
from urllib.parse import urlsplit

import requests
from anymail import exceptions as anymail
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from . import http
from .errors import Refused, Silent

CHANNEL = "email"
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def send(
    *,
    to,
    subject,
    body,
    key,
    html="",
    sender="",
    reply_to=(),
    in_reply_to="",
    attachments=(),
    headers=None,
    calendar=None,
) -> str:
    """Send one e-mail to one address and return its receipt: the provider's id, or our Message-ID.

    `key` makes the Message-ID, so that a second attempt carries the same one. `html` is finished,
    already escaped HTML. `attachments` are (name, content, content type). `calendar` is an iTIP method and
    the iCalendar that says it. Raises Refused or Silent.
    """
    its_id = message_id(key)
    headers = {**(headers or {}), "Message-ID": its_id}
    if in_reply_to:
        headers |= {"In-Reply-To": in_reply_to, "References": in_reply_to}
    connection = get_connection()
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=body,
        from_email=one_line(sender) or settings.DEFAULT_FROM_EMAIL,
        to=[to],
        reply_to=[one_line(each) for each in reply_to] or None,
        headers=headers,
        attachments=list(attachments),
        connection=connection,
    )
    if html:
        message.attach_alternative(html, "text/html")
    if calendar:
        _attach(message, *calendar, connection)
    # anymail gives it back with every tracking event; other backends do not look at it
    message.metadata = {"key": key}  # type: ignore[attr-defined]
    try:
        message.send()
    except Exception as fault:
        raise translated(fault, content_begun=getattr(connection, "content_begun", True)) from fault
    status = getattr(message, "anymail_status", None)
    return str(getattr(status, "message_id", None) or its_id)


def one_line(words: str) -> str:
    """In one line: what somebody is called may hold a break, which would begin another header."""
    return " ".join(CONTROL.sub(" ", words).split())


def _attach(message: EmailMultiAlternatives, method: str, text: str, connection) -> None:
    """An invitation, as iMIP (RFC 6047) wants it: beside the words for programs, and as a file for people.

    A provider's interface takes no third way of saying the same; programs find the method at the file, too.
    """
    kind = f"text/calendar; method={method}"
    if not type(connection).__module__.startswith("anymail."):
        message.attach_alternative(text, kind)
    message.attach("invite.ics", text, kind)


def message_id(key: str) -> str:
    """The Message-ID of the mail with this key. The key itself stays with us."""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def translated(fault: Exception, *, content_begun: bool) -> Exception:
    """What a failure to send means: Refused or Silent."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _reply in fault.recipients.values()]
        return Refused(codes[0], permanent=all(code >= 500 for code in codes))
    if isinstance(fault, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return Refused(fault.smtp_code, outage=True)
    if isinstance(fault, smtplib.SMTPResponseException):  # the server answered, and its answer is no
        return Refused(fault.smtp_code, permanent=fault.smtp_code >= 500)
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return Refused("not supported", permanent=True)
    if isinstance(fault, anymail.AnymailRequestsAPIError):
        return _api_error(fault)
    if isinstance(fault, anymail.AnymailError):  # it never left: addresses, features, our settings
        return Refused(type(fault).__name__, permanent=True)
    if isinstance(fault, ConnectionRefusedError) or not content_begun:
        return Refused("no connection", outage=isinstance(fault, OSError | smtplib.SMTPException))
    return Silent(type(fault).__name__)


def _api_error(fault) -> Exception:
    if fault.response is None:
        cause = fault.__cause__
        return http.unheard(cause) if isinstance(cause, requests.RequestException) else Silent("no answer")
    try:
        http.check(fault.status_code, retry_after=fault.response.headers.get("Retry-After"))
    except (Refused, Silent) as said:
        return said
    return Silent("unreadable answer")  # accepted, it seems, but we could not read the receipt
