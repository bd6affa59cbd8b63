"""What a guest does to a meeting that is agreed, by the link in her invitation: move it, or cancel it.

Only where she is the one guest: with others it is not hers alone to decide, and what she says goes to a
person. Only where the client lets guests do so, and no later than the notice she wants.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work

from . import asking_mail, booking, busy, free_time, replying
from .booking import Changed
from .free_time import Awake, GoodTime, Wish
from .guest_links import Opened
from .models import Guest, Meeting
from .planning import Clashing, NotPossible, Plan

OFFERED = 12
STATES = (Meeting.State.CONFIRMED,)


def may_change(opened: Opened, *, at: datetime) -> bool:
    """Whether she herself may move or cancel it just now."""
    meeting = opened.meeting
    return bool(
        meeting
        and opened.guest
        and meeting.state in STATES
        and meeting.series_id is None
        and meeting.diary.guests_may_move
        and meeting.starts_at - timedelta(minutes=meeting.diary.notice_minutes) > at
        and not meeting.guests.exclude(pk=opened.guest.pk).exists()
    )


def free_times(opened: Opened, *, at: datetime) -> list[GoodTime]:
    """The next times to which it may be moved: those that the desk would offer."""
    meeting = opened.meeting
    diary = meeting.diary
    zone = opened.zone
    wish = Wish(
        minutes=meeting.minutes,
        place=busy.where_key(meeting.manner, meeting.place_id, meeting.where),
        guests=(Awake(zone),) if zone != diary.zone_name else (),
    )
    book = busy.book(diary, at=at, reader=None, but_for=meeting)
    found = free_time.next_good_times(book, wish, at_most=OFFERED + 1)
    return [each for each in found if each.starts != meeting.starts_at][:OFFERED]


@transaction.atomic
def move(opened: Opened, starts: datetime, *, at: datetime) -> Meeting:
    """To one of the free times. Raises NotPossible where it is not free, or not hers to decide."""
    meeting = _hers(opened, at)
    local = starts.astimezone(ZoneInfo(meeting.diary.zone_name))
    plan = Plan(
        about=meeting.about,
        on=local.date(),
        at=local.time(),
        minutes=meeting.minutes,
        manner=meeting.manner,
        place=meeting.place,
        where=meeting.where,
        link=meeting.link,
    )
    try:
        moved = booking.move(meeting, version=meeting.version, plan=plan, by=None, at=at)
    except Clashing as against:
        # What else stands in the diary is nobody's business outside.
        raise NotPossible(_("That time has just been taken. Choose one of those that remain.")) from against
    words = _("%(name)s moved it by the link") % {"name": str(opened.guest)}
    booking.note(moved, "by_link", by=None, at=at, guest=opened.guest, words=words)
    Guest.objects.filter(pk=opened.guest.pk).update(answer=Guest.Answer.ACCEPTED, answered_at=at)
    return moved


@transaction.atomic
def cancel(opened: Opened, *, because: str, at: datetime) -> Meeting:
    """It does not take place. A person learns of it, for the client may want another time."""
    meeting = _hers(opened, at)
    cancelled = booking.cancel(meeting, version=meeting.version, because=because, by=None, at=at)
    words = _("%(name)s cancelled it by the link") % {"name": str(opened.guest)}
    booking.note(cancelled, "by_link", by=None, at=at, guest=opened.guest, words=words)
    work.open_item(
        replying.DECLINED,
        subject=(replying.SUBJECT, opened.guest.pk),
        client=cancelled.client_id,
        because=_("A guest has cancelled by the link."),
    )
    return cancelled


@transaction.atomic
def say_not_coming(opened: Opened, *, because: str, at: datetime) -> None:
    """She does not come; whether it takes place all the same, a person judges."""
    meeting = opened.meeting
    booking.locked(meeting.diary_id, at)
    replying.answered(
        opened.guest,
        meeting,
        Guest.Answer.DECLINED,
        sequence=max(meeting.sequence, opened.guest.answered_sequence),  # of a series: as told
        stamp=at,
        comment=because,
        at=at,
    )


@transaction.atomic
def ask_for_another(opened: Opened, times: list[datetime], *, words: str, at: datetime) -> None:
    """She asks for another time, which a person judges. Of several the first is asked for, others said."""
    meeting = opened.meeting
    booking.locked(meeting.diary_id, at)
    others = _("; ").join(asking_mail.day_and_time(each, meeting.zone) for each in times[1:])
    words = _("%(words)s (or %(times)s)") % {"words": words, "times": others} if others else words
    replying.propose(opened.guest, meeting, times[0] if times else None, words=words.strip(), at=at)


def _hers(opened: Opened, at: datetime) -> Meeting:
    """The meeting as it is now, in a locked diary. Raises Changed, NotPossible."""
    booking.locked(opened.meeting.diary_id, at)
    found = Meeting.objects.select_related("diary__client", "place", "client").get(pk=opened.meeting.pk)
    if found.state not in STATES or found.version != opened.meeting.version:
        raise Changed
    if not may_change(opened, at=at):
        raise NotPossible(_("It can no longer be changed here. Ring, and we see what can be done."))
    return found
