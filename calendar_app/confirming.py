"""Guests of whom only a mobile number is known are told by text what guests with a mailbox learn by mail."""

from datetime import datetime

from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import numbers, work
from clients.models import WorkItem
from secretariat import outbox
from secretariat.outbox.models import Effect

from . import guest_words, reminding_times, signals
from .guest_words import MOVED, OFF, TOLD
from .models import Around, Guest, Meeting

TEXT = "calendar.guest_text"
GUEST = "calendar_app.guest"
NOT_TOLD = "calendar.not_told"
NEW = ("booked", "confirmed", "guests")
State = Meeting.State


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, at: datetime, before, whole_series, **facts):
    """What guests must know of it goes to them."""
    if whole_series or not _is_told_of(meeting):
        return
    if verb in NEW and meeting.state == State.CONFIRMED:
        for guest in to_text(meeting):
            if not was_told(guest):
                tell(guest, meeting, TOLD, at=at)
    elif verb == "moved" and meeting.state == State.CONFIRMED:
        for guest in to_text(meeting):
            tell(guest, meeting, MOVED if was_told(guest) else TOLD, at=at)
    elif verb == "cancelled" and before.state == State.CONFIRMED:
        for guest in to_text(meeting):
            take_back(guest, meeting, because=meeting.cancelled_because, at=at)


@receiver(signals.guest_taken_off)
def guest_taken_off(sender, guest: Guest, meeting: Meeting, at: datetime, whole_series=False, **facts):
    if (
        not whole_series
        and guest in to_text(meeting)
        and meeting.state == State.CONFIRMED
        and _is_told_of(meeting)
    ):
        take_back(guest, meeting, because="", at=at)


@receiver(signals.series_changed)
def series_changed(sender, series, meetings, verb: str, at: datetime, because="", gone=(), **facts):
    """A series is told as one, of its first date that was touched."""
    if not meetings or not _is_told_of(meetings[0]):
        return
    first = meetings[0]
    for guest in {each.number: each for each in gone if _is_texted(each)}.values():
        take_back(guest, first, because=because, at=at, repeats=True)
    for guest in to_text(first):
        if verb == "cancelled":
            take_back(guest, first, because=because or first.cancelled_because, at=at, repeats=True)
        elif verb == "moved" and was_told(guest):
            tell(guest, first, MOVED, at=at, repeats=True)
        elif not was_told(guest):
            tell(guest, first, TOLD, at=at, repeats=True)


def _is_told_of(meeting: Meeting) -> bool:
    if meeting.manner == Meeting.Manner.BLOCK:
        return False
    wishes = Around.objects.filter(diary=meeting.diary_id).first()
    return wishes is None or wishes.texts_guests


def to_text(meeting: Meeting) -> list[Guest]:
    """Who has a mobile number and no mailbox. People at the client have a diary to look at."""
    return [guest for guest in meeting.guests.all() if _is_texted(guest)]


def _is_texted(guest: Guest) -> bool:
    return not guest.email and not guest.contact_id and numbers.takes_texts(guest.number)


def was_told(guest: Guest) -> bool:
    """Of this meeting, or of the series it is one of."""
    hers = [guest.pk]
    if series := guest.meeting.series_id:
        rows = Guest.objects.filter(meeting__series=series, number=guest.number)
        hers += rows.values_list("pk", flat=True)
    told = Effect.objects.filter(kind=TEXT, subject_kind=GUEST, subject_id__in=hers)
    return told.exclude(state=Effect.State.CANCELLED).exists()


def tell(guest: Guest, meeting: Meeting, change: str, *, at: datetime, repeats=False) -> Effect:
    outbox.cancel(lane=_lane(guest), kinds=[TEXT], because="overtaken")
    guest.meeting = meeting
    return _post(guest, meeting, guest_words.text_of_change(guest, change=change, repeats=repeats), at=at)


def take_back(guest: Guest, meeting: Meeting, *, because: str, at: datetime, repeats=False) -> None:
    """It does not take place for them; nothing, if they never were told."""
    outbox.cancel(lane=_lane(guest), kinds=[TEXT], because="cancelled")
    if was_told(guest):
        guest.meeting = meeting
        words = guest_words.text_of_change(guest, change=OFF, because=because, repeats=repeats)
        _post(guest, meeting, words, at=at)


def _lane(guest: Guest) -> str:
    return f"calendar.guest_text:{guest.pk}"


def _post(guest: Guest, meeting: Meeting, payload: dict, *, at: datetime) -> Effect:
    morning = reminding_times.after_the_night(at, guest_words.zone_of(guest))
    waits = at < morning < meeting.starts_at
    return outbox.post(
        TEXT,
        key=f"{TEXT}:{guest.pk}:{meeting.version}",
        client_id=meeting.client_id,
        subject=(GUEST, guest.pk),
        payload=payload | {"meeting": str(meeting.pk)},
        lane=_lane(guest),
        due_at=morning if waits else None,
    )


def not_told(guest: Guest) -> None:
    """The text did not reach them: somebody at the desk sees it."""
    work.open_item(
        NOT_TOLD,
        subject=(GUEST, guest.pk),
        client=guest.client_id,
        because=_("A guest could not be told of a meeting by text."),
        urgency=WorkItem.Urgency.TODAY,
    )
