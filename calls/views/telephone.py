"""What her browser needs to be a telephone, and what it asks when live updates are lost."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from calls.models import Call, DiaryLeg, Offer
from calls.situation import identity
from secretariat.office.guards import for_herself
from secretariat.office.models import Presence

TOKEN_LASTS = 1800  # seconds; a token cannot be revoked, so it is short


@require_GET
@never_cache
@for_herself
def token(request):
    """A pass for her own line: she may be rung, and ring nobody. Names the adapter that uses it."""
    name = identity(request.secretary.pk)
    pass_ = AccessToken(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_API_KEY,
        settings.TWILIO_API_SECRET,
        identity=name,
        ttl=TOKEN_LASTS,
    )
    pass_.add_grant(VoiceGrant(incoming_allow=True))
    return JsonResponse(
        {
            "token": pass_.to_jwt(),
            "identity": name,
            "adapter": settings.PHONE_ADAPTER,
            "base_url": settings.PHONE_BASE_URL,
        }
    )


@require_GET
@never_cache
@for_herself
def state(request):
    """The versions of what her desk shows. A change means: ask for every part again."""
    hers = Call.objects.visible_to(request.user).at_desk_of(request.secretary)
    ringing = Offer.objects.visible_to(request.user).pending().filter(secretary=request.secretary)
    rung = DiaryLeg.objects.visible_to(request.user).filter(guest__secretary=request.secretary, ended_at=None)
    presence = Presence.objects.visible_to(request.user).filter(secretary=request.secretary)
    return JsonResponse(
        {
            "calls": {str(pk): version for pk, version in hers.values_list("pk", "version")},
            "offers": [str(pk) for pk in ringing.values_list("pk", flat=True)],
            "rung": {str(pk): rank for pk, rank in rung.values_list("pk", "rank")},
            "presence": presence.values_list("version", flat=True).first() or 0,
        }
    )
