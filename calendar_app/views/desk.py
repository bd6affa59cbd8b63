"""The desk's diary: all clients she may see in one view, by day, week or as a list."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from calendar_app import days_listed, entries, offering, week_grid
from calendar_app.drawn import drawn
from calendar_app.typed import as_day, as_uuid
from clients import leaving
from clients.local_time import day_begins
from clients.models import Client
from clients.taking_out import Act
from secretariat import clock
from secretariat.office.guards import secretary_required

VIEWS = ("week", "day", "agenda")
DAY = timedelta(days=1)
AGENDA = timedelta(days=28)
YEARS_TO_AND_FRO = timedelta(days=3660)
NAMED = 6  # clients in the legend


@require_GET
@secretary_required
def index(request):
    at, zone = clock.now(), ZoneInfo(request.user.zone)
    today = at.astimezone(zone).date()
    view, on = asked_view(request, today)
    client = asked_client(request)
    choices = offering.choices(request.user, client.pk) if client else []
    diary = asked_diary(request, choices)
    visible = list(Client.objects.visible_to(request.user))
    clients = [each for each in visible if each.is_active]
    concerned = [client] if client else clients
    days, last = days_shown(view, on)
    found = entries.between(
        request.user,
        day_begins(days[0], zone),
        day_begins(last, zone),
        at=at,
        clients=[client.pk] if client else [each.pk for each in visible],
        diaries=[diary.pk] if diary else None,
    )
    found = drawn(found, zone=zone, at=at, route="diary-meeting", move="diary-move")
    if view == "week":
        days = week_grid.days_of("week", on, weekend=_has_weekend(found, zone))
    other = diary.zone_name if diary else _other_zone(client, clients, str(zone))
    facts = {"view": view, "on": on, "client": client, "today": today, "zone": str(zone), "at": at}
    facts |= {"choices": choices, "diary": diary}
    return render(
        request,
        "calendar_app/index.html",
        facts
        | {
            "first": days[0],
            "last": (last - DAY) if view == "agenda" else days[-1],
            "grid": None if view == "agenda" else _grid(found, days, str(zone), at, other),
            "other": other,
            "agenda": days_listed.by_day(found, zone, days[0], every=days if view == "week" else ()),
            "clients": clients,
            "legend": [client] if client else clients[:NAMED],
            "links": _links(view, on, client, diary, today),
            "printable": {each.pk for each in leaving.of_whom(request.user, Act.PRINT, concerned)},
            "may_keep": bool(leaving.exportable(request.user, concerned)),
        },
    )


def _grid(found, days, zone, at, other):
    return week_grid.lay_out(found, days, zone=zone, now=at, other_zone=other)


def asked_view(request, today: date) -> tuple[str, date]:
    """Which view of which day the address names."""
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "week"
    return view, _day(request.GET.get("on"), today)


def days_shown(view: str, on: date) -> tuple[list[date], date]:
    """The days of a view, and the day after its last; of a week with its weekend."""
    if view == "agenda":
        return [on], on + AGENDA
    days = week_grid.days_of(view, on, weekend=True)
    return days, days[-1] + DAY


def _has_weekend(found, zone) -> bool:
    return any(
        each.starts.astimezone(zone).weekday() > 4 or (each.ends - DAY / 1440).astimezone(zone).weekday() > 4
        for each in found
        if not each.all_day
    )


def _other_zone(client, clients, mine: str) -> str:
    """Whose clock stands beside hers: of the client she looks at, else of the first who has another."""
    if client:
        return client.zone
    return next((each.zone for each in clients if each.zone != mine), "")


def _links(view, on, client, diary, today) -> dict:
    step = {"day": DAY, "week": 7 * DAY, "agenda": AGENDA}[view]

    def to(**changed):
        whose = {"client": client.pk if client else None, "diary": diary.pk if diary else None}
        facts = {"view": view, "on": on} | whose | changed
        return "?" + urlencode({name: value for name, value in facts.items() if value})

    return {
        "before": to(on=on - step),
        "after": to(on=on + step),
        "today": to(on=today),
        "views": {each: to(view=each) for each in VIEWS},
        "paper": reverse("diary-paper") + to(),
    }


def asked_client(request) -> Client | None:
    """The one client the address names, if any."""
    asked = request.GET.get("client")
    if not asked:
        return None
    return get_object_or_404(Client.objects.visible_to(request.user), pk=as_uuid(asked))


def asked_diary(request, choices):
    """The one the address names, of those `choices` that the client has; where it has but one, all of it."""
    asked = as_uuid(request.GET.get("diary") or "")
    return next((each for each in choices if each.pk == asked), None)


def _day(text: str | None, today: date) -> date:
    found = as_day(text) or today
    return found if abs(found - today) < YEARS_TO_AND_FRO else today
