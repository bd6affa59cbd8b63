"""The times a secretary reads out, and the panel in which she chooses one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, parse
from phonenumbers.timezone import time_zones_for_number

from clients.local_time import day_begins

from . import busy, diaries, spoken
from .booking import Word
from .free_time import Awake, Clash, Wish
from .models import Diary, Meeting
from .planning import Clashing, NotPossible
from .typed import as_day, as_moment, as_uuid

SHOWN = 8
LONGEST = 24 * 60


@dataclass(frozen=True)
class Offer:
    """A good time, and how it is read out to whoever is on the line. `is_own`: one she brought herself."""

    starts: datetime
    ends: datetime
    preferred: bool
    said: str
    is_own: bool = False

    @property
    def value(self) -> str:
        return self.starts.isoformat()


def offers(diary: Diary, asked: dict, *, at: datetime, reader) -> list[Offer]:
    """The next good times for what is typed so far. `asked`: minutes, manner, place, where, zone, from_on."""
    begins = as_day(str(asked.get("from_on") or ""))
    theirs = diary.zone_name
    yours = asked.get("zone") if asked.get("zone") in available_timezones() else theirs
    found = busy.next_good_times(
        diary,
        _wish(diary, asked),
        at=at,
        reader=reader,
        begins=day_begins(begins, ZoneInfo(theirs)) if begins else None,
        at_most=SHOWN,
    )
    return [
        Offer(each.starts, each.ends, each.preferred, spoken.two_times(each.starts, theirs, yours))
        for each in found
    ]


def _wish(diary: Diary, asked: dict) -> Wish:
    zone = asked.get("zone") or ""
    awake = (Awake(zone),) if zone in available_timezones() and zone != diary.zone_name else ()
    place = busy.where_key(
        asked.get("manner") or Meeting.Manner.IN_PERSON,
        as_uuid(str(asked.get("place") or "")),
        asked.get("where") or "",
    )
    return Wish(minutes=_minutes(diary, asked), place=place, guests=awake)


def _minutes(diary: Diary, asked: dict) -> int:
    text = str(asked.get("minutes") or "")
    return min(LONGEST, int(text)) if text.isdecimal() and int(text) else diary.usual_minutes


def zone_of(number: str, *likely: str) -> str:
    """Where a telephone number (E.164) is at home: of several zones the `likely` one; empty if unclear."""
    try:
        zones = time_zones_for_number(parse(number)) if number else ()
    except NumberParseException:
        return ""
    known = [zone for zone in zones if zone in available_timezones()]
    for zone in likely:
        if zone in known:
            return zone
    return known[0] if len(known) == 1 else ""


def accepted(clashes: tuple[Clash, ...]) -> str:
    """The clashes that are shown, as the form sends them back."""
    return " ".join(sorted(clash.key for clash in clashes))


def tried(form, act):
    """(meeting, clashes) of an act with what the form says; no meeting where it could not be done.

    What is wrong stands in the form; what stands against the time are the clashes.
    """
    if not form.is_valid():
        return None, ()
    said = form.cleaned_data
    word = Word(said["reason"], form.accepted_keys) if said["reason"].strip() else None
    try:
        return act(word), ()
    except Clashing as against:
        if word and not against.is_final and {each.key for each in against.clashes} - form.accepted_keys:
            form.add_error(None, _("Something else stands against it now. Read it, and decide again."))
        return None, against.clashes
    except NotPossible as refusal:
        form.add_error("at" if "at" in form.fields else None, str(refusal))
        return None, ()


def panel(user, diary: Diary, form, typed: dict, clashes=(), *, at: datetime) -> dict:
    """What the form of arranging shows: the times on offer, and what stands against the one chosen."""
    found, own = offers(diary, typed, at=at, reader=user), _own(diary, typed)
    if own and own.value not in {each.value for each in found}:
        found = [own, *found]
    return about(user, diary, form, clashes) | {"offers": found, "chosen": own.value if own else ""}


def _own(diary: Diary, typed: dict) -> Offer | None:
    """The time she has chosen, which may be none that is on offer, or no longer."""
    starts = as_moment(typed.get("starts"))
    if starts is None:
        return None
    starts = starts.astimezone(UTC)
    said = spoken.two_times(starts, diary.zone_name, diary.zone_name)
    return Offer(starts, starts + timedelta(minutes=_minutes(diary, typed)), False, said, is_own=True)


def choices(user, client_id: UUID) -> list[Diary]:
    """Whose time it may be, where the client has several diaries."""
    found = diaries.in_use(Diary.objects.visible_to(user), client_id)
    return found if len(found) > 1 else []


def about(user, diary: Diary, form, clashes=()) -> dict:
    return {
        "diary": diary,
        "choices": choices(user, diary.client_id),
        "diary_is_new": diary._state.adding,
        "client": diary.client,
        "form": form,
        "clashes": clashes,
        "is_final": any(each.is_final for each in clashes),
        "accepted": accepted(clashes),
        "zone": diary.zone_name,
        "mine": user.zone,
    }
