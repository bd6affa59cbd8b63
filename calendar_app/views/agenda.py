"""The agenda of some days, to read and to print: what the mail of the evening before tells."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.shortcuts import render
from django.views.decorators.http import require_GET

from calendar_app import agendas
from calendar_app.typed import as_day
from clients.doors import portal_required
from secretariat import clock

from . import whose

DAY, MOST = timedelta(days=1), timedelta(days=13)


@require_GET
@portal_required
def page(request):
    diary = whose.diary(request)
    today = clock.now().astimezone(ZoneInfo(diary.zone_name)).date()
    first = as_day(request.GET.get("on")) or today + DAY
    last = min(max(as_day(request.GET.get("until")) or first, first), first + MOST)
    days = [] if diary._state.adding else agendas.of(diary, first, last, reader=request.user)
    context = {
        "diary": diary,
        "diary_is_new": diary._state.adding,
        "client": diary.client,
        "days": days,
        "zone": diary.zone_name,
        "before": first - DAY,
        "after": last + DAY,
    }
    return render(request, "calendar_app/portal_agenda.html", context)
