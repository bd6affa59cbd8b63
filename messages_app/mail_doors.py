"""What the e-mail provider posts: let in however large a mail is, and kept even where it cannot be read.

Some post JSON, some a form, some a form in which the mail itself is one field. Whatever it is, it is read
whole here, past the bounds of forms that people fill in, where its sender shows the webhooks' secret.

A provider posts again what it was not thanked for, for days and then no more. So what its adapter cannot make
sense of is kept as it came and thanked for, and a person is shown it. Whether it was the provider that
posted is judged before; an error of our own is still an error, and the provider tries again.
"""

import base64
import hashlib
import json
import logging
import re
from contextlib import suppress

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

from secretariat.outbox import inbox
from secretariat.outbox.naming import fault_name

from . import posted_form, tracking

logger = logging.getLogger(__name__)
INBOUND = re.compile(r"^/anymail/(?:[a-z_]+/inbound|mandrill/$)")  # Mandrill posts all to one
TOLD = re.compile(r"^/anymail/[a-z_]+/tracking/")
LARGEST = 60 * 2**20  # bytes of a request; a mail of thirty million is forty in base64
OF_AMAZON = (BotoCoreError, ClientError)  # its store of large mails does not answer, or not with the mail
IN_PARTS = "multipart/form-data"


class InboundMail:
    """Middleware around the addresses at which mail comes in. Of the others it knows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and INBOUND.match(request.path):
            _take_whole(request)
        return self.get_response(request)

    def process_exception(self, request, fault):
        ours = (SuspiciousOperation, PermissionDenied, DatabaseError, OSError, *OF_AMAZON)
        if request.method != "POST" or isinstance(fault, ours):
            return None
        if TOLD.match(request.path):
            return _keep_unread("untold", request, fault)
        if not INBOUND.match(request.path):
            return None
        if isinstance(fault, UnicodeDecodeError) and (whole := _in_other_letters(request)):
            for each in whole:
                tracking.keep_raw(**each)
            return HttpResponse()
        return _keep_unread("unread", request, fault)


def _keep_unread(kind: str, request, fault: Exception) -> HttpResponse:
    """As it came, with what its adapter fell over."""
    logger.error("a notice of mail could not be read", extra={"fault": fault_name(fault)})
    told = {"type": request.content_type, "fault": fault_name(fault)}
    body = json.dumps(told).encode() + b"\n" + _content(request)
    inbox.keep("anymail", kind, hashlib.sha256(body).hexdigest(), body=body)
    return HttpResponse()


def _take_whole(request) -> None:
    """Read a request that may be larger than any form of ours. Whoever has no secret keeps to our bounds."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return
    if not 0 < length <= LARGEST or not _is_trusted(request):
        return
    request._body = request.read(length)
    if request.content_type == IN_PARTS:
        with suppress(posted_form.Malformed):  # then Django's own reader says what it makes of it
            request._post, request._files = posted_form.taken_apart(
                request.META["CONTENT_TYPE"], request._body
            )


def _is_trusted(request) -> bool:
    """Whether the webhooks' secret is shown, as anymail asks again; where the firm has none, anybody is."""
    kept = settings.ANYMAIL.get("WEBHOOK_SECRET") or []
    secrets = [kept] if isinstance(kept, str) else list(kept)
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    try:
        said = base64.b64decode(shown, validate=True).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        said = ""
    return not secrets or any(constant_time_compare(said, each) for each in secrets)


def _in_other_letters(request) -> list[dict]:
    """What is posted of mails that are no UTF-8, by those whose adapters take all mails to be.

    All of a request, or nothing.
    """
    taken_apart = IN_OTHER_LETTERS.get(request.path.removeprefix("/anymail/").partition("/")[0])
    try:
        return taken_apart(json.loads(request.body)) if taken_apart else []
    except (ValueError, LookupError, TypeError, AttributeError):
        return []


def _of_sparkpost(posted) -> list[dict]:
    return [
        {
            "raw": base64.b64decode(each["content"]["email_rfc822"])
            if each["content"]["email_rfc822_is_base64"]
            else each["content"]["email_rfc822"].encode(),
            "sender": str(each.get("msg_from") or ""),
            "recipient": str(each["rcpt_to"]),
        }
        for each in (one["msys"]["relay_message"] for one in posted)
    ]


def _of_postal(posted) -> list[dict]:
    raw = base64.b64decode(posted["message"])
    return [{"raw": raw, "sender": str(posted.get("mail_from") or ""), "recipient": str(posted["rcpt_to"])}]


IN_OTHER_LETTERS = {"sparkpost": _of_sparkpost, "postal": _of_postal}


def _content(request) -> bytes:
    try:
        return request.body
    except Exception:  # a form that was read already
        return repr(dict(request.POST)).encode("utf-8", "replace")
