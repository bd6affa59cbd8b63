"""What the carrier asks and tells us about telling a code: one call of our own, and one text."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from twilio.twiml.voice_response import Gather, VoiceResponse

from secretariat.channels import twilio
from secretariat.outbox import inbox

from . import home_numbers
from .models import Firm, NumberCheck

LANGUAGE = "en-GB"
HEAR_IT = "1"


def webhook(view):
    """Asked by the carrier alone, which signs what it says: no session, no token of ours."""

    @csrf_exempt
    @login_not_required
    @transaction.non_atomic_requests
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answered(request, **which):
        return view(request, twilio.verified(request), **which)

    return answered


@webhook
def tell_code(request, notice, check_id):
    """She picked up: whose call it is, and after a key the code, twice. A machine presses no key.

    The answer changes nothing and is the same however often it is asked, so it is not kept: it says the code.
    """
    check = get_object_or_404(NumberCheck.objects.select_related("secretary"), pk=check_id)
    return twilio.answer(_document(check, notice))


def _document(check, notice) -> str:
    document = VoiceResponse()
    wanted = home_numbers.waiting(check.secretary, at=notice.received_at)
    if wanted != check:
        document.say(_("This code is no longer wanted. Goodbye."), language=LANGUAGE)
    elif notice.params.get("Digits") == HEAR_IT:
        code = ", ".join(home_numbers.code_of(check))
        sentence = _("Your code is: %(code)s. Once more: %(code)s. Goodbye.") % {"code": code}
        document.say(sentence, language=LANGUAGE)
    else:
        gather = Gather(
            num_digits=1, timeout=10, action=notice.url.partition("?")[0], finish_on_key="", method="POST"
        )
        sentence = _("This is %(firm)s, with the code for your telephone. To hear it, press 1.") % {
            "firm": Firm.current().name
        }
        gather.say(sentence, language=LANGUAGE, loop=2)
        document.append(gather)
    document.hangup()
    return str(document)


@webhook
def code_status(request, notice, check_id):
    """Whether the call or the text arrived; worked later."""
    inbox.keep(
        notice.provider,
        "code-status",
        f"{check_id}|{notice.key('CallSid', 'CallStatus', 'MessageSid', 'MessageStatus')}",
        token=notice.token,
        body=notice.body,
        headers=notice.headers | {"Check": str(check_id)},
    )
    return HttpResponse(status=204)
