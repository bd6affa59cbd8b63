"""What the e-mail provider posts: let in however large a mail is, and kept even where it cannot be read.

A provider posts again what it was not thanked for, for days and then no more. So what its adapter cannot make
sense of is kept as it came and thanked for, and a person is shown it. Whether it was the provider that
posted is judged before; an error of our own is still an error, and the provider tries again.
"""

import hashlib
import json
import logging
import re

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpResponse

from secretariat.outbox import inbox
from secretariat.outbox.naming import fault_name

logger = logging.getLogger(__name__)
INBOUND = re.compile(r"^/anymail/[a-z_]+/inbound")
LARGEST = 60 * 2**20  # bytes of a request; a mail of thirty million is forty in base64
WHOLE = ("application/json", "message/rfc822", "text/plain")  # what is posted in one piece, not as a form


class InboundMail:
    """Middleware around the addresses at which mail comes in. Of the others it knows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and INBOUND.match(request.path):
            _take_whole(request)
        return self.get_response(request)

    def process_exception(self, request, fault):
        ours = (SuspiciousOperation, PermissionDenied, DatabaseError, OSError)
        if request.method != "POST" or not INBOUND.match(request.path) or isinstance(fault, ours):
            return None
        logger.error("a notice of mail could not be read", extra={"fault": fault_name(fault)})
        told = {"type": request.content_type, "fault": fault_name(fault)}
        body = json.dumps(told).encode() + b"\n" + _content(request)
        inbox.keep("anymail", "unread", hashlib.sha256(body).hexdigest(), body=body)
        return HttpResponse()


def _take_whole(request) -> None:
    """Read a request that is larger than any form of ours may be; of a form the parser has its own bound."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return
    if request.content_type in WHOLE and 0 < length <= LARGEST:
        request._body = request.read(length)


def _content(request) -> bytes:
    try:
        return request.body
    except Exception:  # a form that was read already
        return repr(dict(request.POST)).encode("utf-8", "replace")
