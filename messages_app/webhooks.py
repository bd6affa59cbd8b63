"""What the carrier tells us about texts."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from secretariat.channels import twilio
from secretariat.outbox import inbox

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@csrf_exempt
@login_not_required
@transaction.non_atomic_requests
def text_status(request):
    """The state of a text we sent. Stored, acknowledged, worked later."""
    notice = twilio.verified(request)
    key = notice.key("MessageSid", "MessageStatus")
    inbox.keep("twilio", "text-status", key, token=notice.token, body=notice.body, headers=notice.headers)
    return HttpResponse(status=204)


@csrf_exempt
@login_not_required
@transaction.non_atomic_requests
def text(request):
    """A text to one of our numbers: kept for a person to read. No automatic answer."""
    notice = twilio.verified(request)
    inbox.keep(
        "twilio",
        "text",
        notice.key("MessageSid"),
        token=notice.token,
        body=notice.body,
        headers=notice.headers,
    )
    return HttpResponse(EMPTY, content_type="text/xml")
