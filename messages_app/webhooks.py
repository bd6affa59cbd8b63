"""What the carrier tells us about texts, and asks when a message is rung through."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from calls.webhooks import question, webhook
from secretariat import clock
from secretariat.channels import lob, twilio
from secretariat.outbox import inbox

from . import ringing_through

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


@question("message-call")
def call(notice, delivery_id):
    """Somebody, or her voicemail, has picked up."""
    return ringing_through.picked_up(delivery_id, notice)


@question("message-call-hear")
def call_hear(notice, delivery_id):
    """A key was pressed after the sentence that tells nothing."""
    return ringing_through.asked_to_hear(delivery_id, notice)


@question("message-call-accept")
def call_accept(notice, delivery_id):
    """A key was pressed after the message itself."""
    return ringing_through.answered(delivery_id, notice)


@webhook
def call_status(request, notice, delivery_id):
    """How such a call ended. Stored, acknowledged, worked later."""
    inbox.keep(
        "twilio",
        "message-call",
        f"{delivery_id}|{notice.key('CallSid', 'CallStatus')}",
        token=notice.token,
        body=notice.body,
        headers=notice.headers,
    )
    return HttpResponse(status=204)


@csrf_exempt
@login_not_required
@transaction.non_atomic_requests
@require_POST
def letters_carried(request):
    """What the carrier of letters says of one. Stored, acknowledged, worked later."""
    event = lob.verified(request, at=clock.now())
    key = str(event.get("id", ""))[:80]
    if not key:
        return HttpResponseBadRequest()
    inbox.keep("lob", "letter", key, token="", body=request.body, headers={})
    return HttpResponse(status=204)
