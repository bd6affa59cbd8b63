"""The clients' diaries: a fortnight of meetings behind them and one before, the same at every first start."""

from datetime import date, datetime, time, timedelta

from calendar_app import booking
from calendar_app.models import Diary, DiaryHours, Meeting, Place
from calendar_app.planning import Coming, NotPossible, Plan
from clients.models import Client, Correspondent
from secretariat import clock
from secretariat.office.models import Secretary

WORKDAYS = range(5)
BACK, AHEAD = 10, 15  # days
MANNERS = {"t": Meeting.Manner.TELEPHONE, "v": Meeting.Manner.VIDEO, "p": Meeting.Manner.IN_PERSON}
# For each weekday: when, how long, about what, how (t, v, p; b keeps time free), with whom of the callers.
USUAL: dict[str, dict[int, tuple[tuple[str, int, str, str, int | None], ...]]] = {
    "Okafor Legal": {
        0: (
            ("10:00", 60, "Femi Balogun, trust deed", "p", 2),
            ("14:30", 30, "Dana Reyes, the lease", "t", 0),
        ),
        1: (("11:00", 120, "Hearing, Court 4", "p", 3),),
        2: (("12:00", 45, "Partners", "p", None), ("15:00", 30, "Harlow & Sons", "v", 1)),
        3: (("09:30", 60, "Reading for Friday", "b", None), ("14:00", 30, "Dana Reyes", "t", 0)),
        4: (("11:00", 45, "New client", "p", None),),
    },
    "Brill Dental": {
        0: (("09:30", 150, "Surgery", "b", None), ("14:00", 90, "Hygienist’s cover", "b", None)),
        1: (("09:00", 180, "Surgery", "b", None),),
        2: (("09:00", 120, "Surgery", "b", None), ("15:00", 30, "Denta Supplies", "t", 2)),
        3: (("09:00", 120, "Surgery", "b", None), ("13:30", 20, "Tom Whitaker, second opinion", "p", 0)),
        4: (("09:00", 180, "Surgery", "b", None),),
    },
    "Tidewell Plumbing": {
        1: (("08:00", 90, "Mrs Pell, bathroom", "p", 0),),
        3: (("16:00", 60, "Copper Street Lettings", "p", 1),),
    },
    "Marlowe Architects": {
        0: (("11:00", 60, "Site, Mill Lane", "p", 1),),
        2: (("10:30", 45, "City planning", "v", 0),),
    },
}
PLACES = {
    "Okafor Legal": (
        ("Chambers", "room", "12 Broad Street, Lagos", "Second floor. The lift is behind the stairs."),
        ("High Court", "address", "Court 4, Igbosere Road, Lagos", "Go in by the east gate."),
    ),
    "Brill Dental": (("Surgery", "room", "3 Weir Row, Leeds", ""),),
    "Marlowe Architects": (("Studio", "room", "40 Mill Lane, York", "Ring twice."),),
}


def keep(clients: list[Client], secretaries: dict[str, Secretary]) -> None:
    """Every client's diary, and what stands in it. `secretaries` says who arranges it, by client."""
    now = clock.now()
    for client in clients:
        diary = _diary(client)
        places = _places(client)
        callers = list(Correspondent.objects.filter(client=client).order_by("created_at", "pk"))
        for days in range(-BACK, AHEAD + 1):
            on = now.astimezone(client.tz).date() + timedelta(days=days)
            for fact in USUAL.get(client.name, {}).get(on.weekday(), ()):
                _arrange(diary, on, fact, secretaries[client.name], places, callers, now)
    _hold(clients[0], secretaries[clients[0].name], now)


def _diary(client: Client) -> Diary:
    diary = Diary.objects.create(client=client, gap_after_minutes=15, travel_minutes=30, notice_minutes=120)
    if client.name == "Okafor Legal":
        stretches = (("09:00", "13:00"), ("14:00", "17:00"))
        DiaryHours.objects.bulk_create(
            DiaryHours(client=client, diary=diary, weekday=day, opens=opens, closes=closes)
            for day in WORKDAYS
            for opens, closes in stretches
        )
        DiaryHours.objects.bulk_create(
            DiaryHours(
                client=client, diary=diary, kind="preferred", weekday=day, opens="14:00", closes="16:00"
            )
            for day in (1, 3)
        )
    return diary


def _places(client: Client) -> list[Place]:
    return [
        Place.objects.create(client=client, name=name, kind=kind, address=address, directions=directions)
        for name, kind, address, directions in PLACES.get(client.name, ())
    ]


def _arrange(diary, on: date, fact, secretary, places, callers, now: datetime) -> None:
    at, minutes, about, how, with_whom = fact
    caller = callers[with_whom] if with_whom is not None else None
    plan = Plan(
        about=about,
        on=on,
        at=time.fromisoformat(at),
        minutes=minutes,
        manner=MANNERS.get(how, Meeting.Manner.BLOCK),
        place=(places[-1] if "Court" in about else places[0]) if how == "p" and places else None,
        link="https://video.example/okafor" if how == "v" else "",
        guests=(Coming(name=str(caller), correspondent_id=caller.pk),) if caller else (),
    )
    arranged_at = min(now, plan.moments(diary)[0]) - timedelta(days=4)
    word = booking.Word("Agreed on the telephone")
    try:
        meeting = booking.book(diary, plan, by=secretary.user, at=arranged_at, word=word)
    except NotPossible:
        return
    if meeting.ends_at < now and how != "b":
        outcome = Meeting.Outcome.NO_SHOW if on.day % 9 == 0 else Meeting.Outcome.TOOK_PLACE
        booking.note_outcome(
            meeting, version=meeting.version, outcome=outcome, note="", by=secretary.user, at=meeting.ends_at
        )


def _hold(client: Client, secretary: Secretary, now: datetime) -> None:
    """A time held for somebody who has not answered yet."""
    diary = booking.diary_of(client)
    today = now.astimezone(client.tz).date()
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
    plan = Plan("Adaeze Nwosu, registry", tuesday, time(15), 30, manner=Meeting.Manner.TELEPHONE)
    booking.hold(diary, plan, until=now + timedelta(hours=36), by=secretary.user, at=now)
