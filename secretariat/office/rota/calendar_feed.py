"""Her shifts at a secret address, for calendar programs: made, made anew, taken back, and what is read there.

The address is the only key, so it is shown once and only its hash is kept. Times are told as moments (UTC),
which every program shows by its own clock. Of whom she answers for nothing is said.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from secretariat import calendar_files, ledger
from secretariat.office.models import PlannedShift, Secretary, ShiftFeed

from . import planning

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MOST = 2000
EVERY = timedelta(minutes=30)


@transaction.atomic
def make(secretary: Secretary, *, at: datetime) -> tuple[ShiftFeed, str]:
    """A new address, and the token in it, which is told only now. The one there was answers no more."""
    planning.hold([secretary])
    take_back(secretary, at=at)
    token = secrets.token_urlsafe(32)
    feed = ShiftFeed.objects.create(secretary=secretary, token_hash=hash_of(token), made_at=at)
    _record("made", feed)
    return feed, token


@transaction.atomic
def take_back(secretary: Secretary, *, at: datetime) -> bool:
    """It answers no more. False if there is none."""
    feed = ShiftFeed.objects.filter(secretary=secretary, ended_at=None).first()
    if feed is None or not ShiftFeed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=at):
        return False
    _record("taken_back", feed)
    return True


def address(token: str) -> str:
    return settings.PUBLIC_BASE_URL + reverse("shift-feed", args=[token])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def opened(token: str) -> ShiftFeed | None:
    """The feed at this address, while she works here."""
    found = ShiftFeed.objects.filter(
        token_hash=hash_of(token), ended_at=None, secretary__user__is_active=True
    )
    feed = found.select_related("secretary").first()
    return feed if feed and feed.secretary.is_engaged else None


def note_fetched(feed: ShiftFeed, *, at: datetime) -> None:
    ShiftFeed.objects.filter(pk=feed.pk).update(fetched_at=at, fetched_times=F("fetched_times") + 1)


def document(feed: ShiftFeed, *, at: datetime) -> str:
    """What stands there: her published shifts, those cancelled lately as cancelled."""
    told = PlannedShift.objects.filter(secretary=feed.secretary).exclude(published_at=None)
    told = told.between(at - BACK, at + AHEAD).select_related("skill")
    made = Calendar()
    made.add("PRODID", "-//Secretariat//Shifts//EN")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    name = _("Shifts")
    made.add("NAME", name)
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", EVERY, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", EVERY)
    stamp = told.aggregate(last=Max("published_at"))["last"] or feed.made_at
    for shift in told[:MOST]:
        made.add_component(_event(shift, stamp))
    return calendar_files.written(made)


def _event(shift: PlannedShift, stamp: datetime) -> Event:
    event = Event()
    event.add("UID", f"{shift.pk}@shifts")
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", shift.stretch.begins)
    event.add("DTEND", shift.stretch.ends)
    event.add("SUMMARY", _("Shift"))
    event.add("SEQUENCE", shift.version)
    cancelled = shift.state == PlannedShift.State.CANCELLED
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    if shift.note:
        event.add("DESCRIPTION", shift.note)
    return event


def _record(verb: str, feed: ShiftFeed) -> None:
    ledger.record(
        f"office.shift_feed.{verb}",
        actor_id=feed.secretary.user_id,
        subject=("office.shiftfeed", feed.pk),
    )
