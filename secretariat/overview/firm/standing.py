"""How the office stands at this moment: who waits, who talks, who is there, what is late.

For the wallboard. Clients and secretaries are named; a caller never is, nor anything she said: what is
gathered here holds neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from calls.models import Call, Leg
from clients.models import WorkItem
from messages_app.escalating import END_KIND
from messages_app.models import Message
from secretariat.office.models import Firm, Presence, Shift
from secretariat.office.vacancies import for_her

from .service_level import ServiceLevel, Wait, service_level

State = Presence.State
NOT_COME = "office.late"  # the work of looking after a shift that nobody has started
WAITED = ("outcome", "rang_at", "answered_at", "ended_at")


@dataclass(frozen=True)
class LiveCall:
    """A call somebody holds a receiver for. `since` is when the state shown began; `is_first`: one
    of the first calls of somebody who learns."""

    secretary: str
    client: str
    band: str
    state: str  # talking, held, through, voicemail
    since: datetime
    is_first: bool = False


@dataclass(frozen=True)
class AtWork:
    """Somebody on shift. `until`: her planned end; `back_at`: the planned return from a break, `break_reason`
    what it is for."""

    name: str
    state: str
    since: datetime
    until: datetime | None = None
    back_at: datetime | None = None
    break_reason: str = ""
    away_because: str = ""
    late: timedelta | None = None  # back from her break
    home_late: bool = False  # she meant to have gone home


# Ready first, as a supervisor looks for somebody who can take the next call.
GROUPS = (
    (State.READY, _("Ready")),
    (State.ON_CALL, _("On a call")),
    (State.WRAP_UP, _("Wrapping up")),
    (State.BREAK, _("On a break")),
    (State.AWAY, _("Away")),
)


def of(user, *, at: datetime) -> dict:
    """Everything the wallboard shows to this person of the firm; seven queries."""
    firm = Firm.current()
    waiting, since = _waiting(user)
    on_shift = list(_at_work(user, at))
    overdue, due_soon = _promised(user, at)
    oldest = min(overdue, key=lambda item: item.promised_at, default=None)
    return {
        "at": at,
        "firm": firm,
        "waiting": waiting,
        "waiting_since": since,
        "calls": list(_live_calls(user)),
        "groups": [
            (label, state, [who for who in on_shift if who.state == state]) for state, label in GROUPS
        ],
        "on_shift": len(on_shift),
        "ending": _ending(on_shift, at),
        "not_come": [item for item in overdue if item.kind == NOT_COME],
        "level": level_of(user, since=midnight(at, firm.zone), firm=firm, at=at),
        "overdue": overdue,
        "overdue_first": oldest,
        "due_soon": due_soon,
        "overdue_for": at - oldest.promised_at if oldest else None,
        "unacknowledged": _unacknowledged(user),
        "standing_red": [item for item in overdue if item.kind == END_KIND],
    }


def midnight(at: datetime, zone: str) -> datetime:
    """When the firm's day began."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), ZoneInfo(zone))


def level_of(user, *, since: datetime, firm: Firm, at: datetime) -> ServiceLevel:
    """The service level of the calls that have rung since this moment."""
    calls = Call.objects.visible_to(user).filter(rang_at__gte=since).for_secretaries()
    within = timedelta(seconds=firm.answer_within_seconds)
    waits = (Wait(*row) for row in calls.order_by().values_list(*WAITED))
    return service_level(waits, within=within, at=at)


def _waiting(user) -> tuple[int, datetime | None]:
    """How many callers wait, and since when the first of them does.

    A caller whose secretary's line was lost waits since then, not since her first ring.
    """
    calls = Call.objects.visible_to(user).filter(state=Call.State.RINGING)
    since = Greatest("rang_at", Coalesce(Max("offers__lost_at"), "rang_at"))
    moments = list(calls.order_by().annotate(waits_since=since).values_list("waits_since", flat=True))
    return len(moments), min(moments, default=None)


def _live_calls(user) -> Iterator[LiveCall]:
    through = Exists(Leg.objects.live().filter(call=OuterRef("pk"), party=Leg.Party.CONTACT))
    calls = Call.objects.visible_to(user).filter(
        state__in=[Call.State.TALKING, Call.State.THROUGH, Call.State.VOICEMAIL]
    )
    learns = Exists(for_her.learning().filter(secretary=OuterRef("secretary")))
    rows = calls.annotate(through=through, learns=learns).order_by("answered_at", "rang_at", "pk")
    for row in rows.values_list(
        *("secretary__spoken_name", "client__name", "client__band", "state", "through"),
        *("held_at", "answered_at", "rang_at", "through_at", "learns"),
    ):
        name, client, band, state, is_through, held_at, answered_at, rang_at, through_at, first = row
        if state == Call.State.VOICEMAIL:
            yield LiveCall("", client, band, "voicemail", rang_at)
        elif state == Call.State.THROUGH:  # the two talk without us
            yield LiveCall(name or "", client, band, "connected", through_at, first)
        elif is_through:
            yield LiveCall(name, client, band, "through", answered_at, first)
        else:
            held = "held" if held_at else "talking"
            yield LiveCall(name, client, band, held, held_at or answered_at, first)


def _at_work(user, at: datetime) -> Iterator[AtWork]:
    shifts = Shift.objects.visible_to(user).filter(ended_at=None).select_related("secretary__presence")
    for shift in shifts.order_by("secretary__presence__since", "secretary__spoken_name"):
        there = getattr(shift.secretary, "presence", None)
        if there is None or there.state == State.OFF:
            continue
        yield AtWork(
            shift.secretary.spoken_name,
            there.state,
            there.since,
            shift.ends_at,
            there.back_at,
            there.break_reason,
            there.away_because,
            late=at - there.back_at if there.back_at and at > there.back_at else None,
            home_late=bool(shift.ends_at and at > shift.ends_at),
        )


def _ending(on_shift: list[AtWork], at: datetime) -> list[AtWork]:
    """Who goes home within the hour, or meant to, the first one first."""
    soon = [who for who in on_shift if who.until and who.until <= at + timedelta(hours=1)]
    return sorted(soon, key=lambda who: who.until or at)[:4]


def _promised(user, at: datetime) -> tuple[list[WorkItem], int]:
    """Work that was promised for an hour that has passed, and how much is due within the coming hour."""
    items = WorkItem.objects.visible_to(user).open().filter(promised_at__lt=at + timedelta(hours=1))
    shown = ("promised_at", "because", "owner__name", "urgency", "kind", "client__name", "client__band")
    found = list(items.select_related("owner", "client").only(*shown))
    overdue = [item for item in found if item.promised_at and item.promised_at < at]
    return overdue, len(found) - len(overdue)


def _unacknowledged(user) -> int:
    """Urgent messages that nobody at the client has acknowledged."""
    messages = Message.objects.visible_to(user).filter(
        urgency=Message.Urgency.URGENT, acknowledged_at=None, corrected_by=None
    )
    return messages.filter(~Q(state=Message.State.WITHDRAWN)).count()
