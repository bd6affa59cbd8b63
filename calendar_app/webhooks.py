"""What Google and Microsoft tell us: that something changed, and never what. Kept now, worked later."""

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from secretariat import clock
from secretariat.office.webhooks import webhook
from secretariat.outbox import inbox

from . import pushes

LONGEST_WORD = 1024
AT_ONCE = 200
LIFECYCLE = {"reauthorizationRequired": "renew", "subscriptionRemoved": "removed", "missed": "missed"}


@csrf_exempt
@login_not_required
@require_POST
@transaction.non_atomic_requests
def google(request):
    """A channel's notice: headers, and no body. The first, `sync`, says only that the channel is there."""
    channel_id = pushes.channel_of(request.headers.get("X-Goog-Channel-Token", ""))
    if channel_id is None or str(channel_id) != request.headers.get("X-Goog-Channel-Id", ""):
        raise PermissionDenied
    if request.headers.get("X-Goog-Resource-State") != "sync":
        number = request.headers.get("X-Goog-Message-Number", "")[:20]
        _keep("google", "push", channel_id, f"{channel_id}|{number}")
    return HttpResponse(status=204)


@csrf_exempt
@login_not_required
@require_POST
@transaction.non_atomic_requests
def microsoft(request):
    """A subscription's notices, or the question whether this address is ours: answered at once, in text."""
    asked = request.GET.get("validationToken")
    if asked is not None:
        return HttpResponse(asked[:LONGEST_WORD], content_type="text/plain; charset=utf-8")
    try:
        notices = json.loads(request.body)["value"][:AT_ONCE]
        told = [(pushes.channel_of(str(each.get("clientState", ""))), each) for each in notices]
    except (AttributeError, KeyError, TypeError, ValueError):
        return HttpResponseBadRequest()
    if not told or any(channel_id is None for channel_id, _each in told):
        raise PermissionDenied
    for channel_id, each in told:
        kind = LIFECYCLE.get(str(each.get("lifecycleEvent", "")), "push")
        # The same change may be told of twice, and two changes in the same words: one a minute.
        said = hashlib.sha256(json.dumps(each, sort_keys=True).encode()).hexdigest()[:32]
        _keep("microsoft", kind, channel_id, f"{channel_id}|{said}|{clock.now():%Y%m%d%H%M}")
    return HttpResponse(status=202)


def _keep(provider, kind, channel_id, key) -> None:
    with transaction.atomic():
        inbox.keep(provider, kind, key, headers={"Channel": str(channel_id)})


@webhook
def asked_text(request, notice, party_id):
    """Whether a text to somebody who is asked for a meeting arrived; worked later."""
    inbox.keep(
        notice.provider,
        "asked-status",
        f"{party_id}|{notice.key('MessageSid', 'MessageStatus')}",
        token=notice.token,
        body=notice.body,
        headers=notice.headers | {"Party": str(party_id)},
    )
    return HttpResponse(status=204)
