"""Whether a meeting by telephone is rung at its time: said at the desk, or by the client."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from calendar_app import ringing
from calendar_app.planning import NotPossible
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .arranging import known, version_shown
from .frames import DESK, PORTAL


@require_POST
@secretary_required
def at_desk(request, meeting_id):
    return _say(request, meeting_id, DESK)


@require_POST
@portal_required
def in_portal(request, meeting_id):
    return _say(request, meeting_id, PORTAL)


def _say(request, meeting_id, frame):
    meeting = known(request, meeting_id)
    wanted = request.POST.get("we_ring") == "1"
    try:
        ringing.say(meeting, version=version_shown(request), we_ring=wanted, by=request.user, at=clock.now())
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("Both are rung at the time.") if wanted else _("Nobody is rung.")
        messages.success(request, said)
        seconds.keep(request, meeting, frame)
    return see_other(request, reverse(frame.name("meeting"), args=[meeting.pk]))
