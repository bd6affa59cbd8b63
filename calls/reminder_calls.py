"""Reminding a guest by telephone: it says what there is to say, and a key confirms it or asks for a call."""

from datetime import datetime, timedelta

from django.dispatch import receiver
from django.utils.translation import gettext as _

from calendar_app import booking, reminding, signals
from calendar_app.models import Reminder
from clients import work
from clients.models import WorkItem
from secretariat.ids import uuid7

from . import diary_legs
from .models import DiaryLeg, Leg

CALL_BACK = "calls.call_guest_back"
GUEST = "calendar_app.guest"
AGAIN_AFTER = timedelta(minutes=15)
TRIES = 2
RING_SECONDS = 30
State = Reminder.State


@receiver(signals.reminder_to_ring, dispatch_uid="calls.reminder_to_ring")
def reminder_to_ring(sender, reminder: Reminder, at: datetime, **rest):
    line = diary_legs.line_of(reminder.client_id)
    if line:
        _ring(reminder, line, nth=1, due_at=None)
    else:
        reminding.not_reached(reminder, _("the client has no number of ours to ring from"), at=at)


def _ring(reminder: Reminder, line: str, *, nth: int, due_at: datetime | None) -> None:
    leg = DiaryLeg.objects.create(
        id=uuid7(),
        client_id=reminder.client_id,
        meeting_id=reminder.meeting_id,
        reminder=reminder,
        guest_id=reminder.guest_id,
        party=DiaryLeg.Party.GUEST,
        to=reminder.guest.number,
        nth=nth,
    )
    diary_legs.ring(leg, diary_legs.REMIND, line=line, seconds=RING_SECONDS, due_at=due_at)


def reminder_of(leg: DiaryLeg) -> Reminder:
    found = Reminder.objects.select_for_update(of=("self",)).select_related(
        "meeting__diary", "meeting__client", "meeting__place", "guest"
    )
    reminder = found.get(pk=leg.reminder_id)
    reminder.guest.meeting = reminder.meeting
    return reminder


def confirmed(leg: DiaryLeg, *, at: datetime) -> None:
    """They pressed the key that says so."""
    reminder = reminder_of(leg)
    if reminding.become(reminder, State.CONFIRMED, at=at):
        _note(reminder, "reminded", _("%(name)s was rung and confirmed"), at=at)


def asks_to_be_called(leg: DiaryLeg, *, at: datetime) -> None:
    """They want to talk to somebody about it."""
    reminder = reminder_of(leg)
    if not reminding.become(reminder, State.CALL_BACK, at=at):
        return
    _note(reminder, "call_back", _("%(name)s was rung and asks to be called back"), at=at)
    work.open_item(
        CALL_BACK,
        subject=(GUEST, reminder.guest_id),
        client=reminder.client_id,
        because=_("A guest who was reminded of a meeting asks to be called back."),
        urgency=WorkItem.Urgency.TODAY,
        promised_at=min(reminder.of, at + timedelta(hours=2)),
    )


def ended(leg: DiaryLeg, *, at: datetime) -> None:
    """The line is over. Picked up without a key it was said, to them or to a mailbox; else once more."""
    reminder = reminder_of(leg)
    if reminder.state != State.LEAVING:
        return
    if because := reminding.no_longer(reminder, at=at):
        reminding.become(reminder, State.DROPPED, because=because, at=at)
    elif leg.status == Leg.Status.COMPLETED:
        if reminding.become(reminder, State.SENT, because=_("picked up, and no key was pressed"), at=at):
            _note(reminder, "reminded", _("%(name)s was rung and told; no key was pressed"), at=at)
    elif _may_try_again(leg, reminder, at=at):
        line = diary_legs.line_of(reminder.client_id)
        _ring(reminder, line, nth=leg.nth + 1, due_at=at + AGAIN_AFTER)
    else:
        reminding.not_reached(reminder, str(leg.get_status_display()).lower(), at=at)


def _may_try_again(leg: DiaryLeg, reminder: Reminder, *, at: datetime) -> bool:
    then = at + AGAIN_AFTER
    late = reminding.no_longer(reminder, at=then) or reminding.asleep(reminder, at=then)
    return leg.nth < TRIES and not late and bool(diary_legs.line_of(reminder.client_id))


def _note(reminder: Reminder, verb: str, words: str, *, at: datetime) -> None:
    said = words % {"name": str(reminder.guest)}
    booking.note(reminder.meeting, verb, by=None, at=at, words=said, guest=reminder.guest)


def reminder_seen(leg: DiaryLeg) -> Reminder:
    """As it stands, without holding it."""
    return Reminder.objects.select_related("meeting", "guest").get(pk=leg.reminder_id)


def is_over(reminder: Reminder, *, at: datetime) -> bool:
    """Whether there is nothing to say any more."""
    return reminder.state != State.LEAVING or bool(reminding.no_longer(reminder, at=at))


def disturbs(reminder: Reminder, *, at: datetime) -> str:
    return reminding.asleep(reminder, at=at)
