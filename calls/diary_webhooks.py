"""What the carrier asks about lines we ring for the diary: answered as its questions about calls are."""

from uuid import UUID

from django.http import Http404

from . import diary_legs, diary_twiml, reminder_calls, telephone_meetings, twiml
from .models import DiaryLeg
from .webhooks import question

YES, NO = "1", "2"


def _leg(leg_id: UUID, *, reminds: bool) -> DiaryLeg:
    try:
        leg = diary_legs.locked(leg_id)
    except DiaryLeg.DoesNotExist as strange:
        raise Http404 from strange
    if bool(leg.reminder_id) is not reminds:
        raise Http404
    return leg


@question("remind")
def remind(notice, leg_id):
    """A guest who is to be reminded has picked up, or their mailbox has."""
    leg = _leg(leg_id, reminds=True)
    diary_legs.connected(leg, notice.params["CallSid"], at=notice.received_at)
    reminder = reminder_calls.reminder_of(leg)
    if reminder_calls.is_over(reminder, at=notice.received_at):
        return diary_twiml.over(leg)
    return diary_twiml.reminded(leg, reminder)


@question("remind-key")
def remind_key(notice, leg_id):
    leg = _leg(leg_id, reminds=True)
    match notice.params.get("Digits"):
        case "1":
            reminder_calls.confirmed(leg, at=notice.received_at)
            return diary_twiml.confirmed(leg)
        case "2":
            reminder_calls.asks_to_be_called(leg, at=notice.received_at)
            return diary_twiml.called_back(leg)
    return diary_twiml.reminded(leg, reminder_calls.reminder_of(leg))


@question("meeting")
def meeting(notice, leg_id):
    """Somebody who is rung for a meeting has picked up, or a mailbox has."""
    leg = _leg(leg_id, reminds=False)
    diary_legs.connected(leg, notice.params["CallSid"], at=notice.received_at)
    if not telephone_meetings.is_awaited(leg):
        return diary_twiml.over(leg)
    if telephone_meetings.needs_key(leg):
        return diary_twiml.begins(leg, telephone_meetings.call_of(leg))
    return _comes_in(leg, notice.received_at)


@question("meeting-key")
def meeting_key(notice, leg_id):
    leg = _leg(leg_id, reminds=False)
    key = notice.params.get("Digits")
    if key == YES:
        return _comes_in(leg, notice.received_at)
    if key == NO:
        telephone_meetings.refused(leg, at=notice.received_at)
        return twiml.hang_up()
    if telephone_meetings.is_awaited(leg):
        return diary_twiml.begins(leg, telephone_meetings.call_of(leg))
    return diary_twiml.over(leg)


def _comes_in(leg: DiaryLeg, at) -> str:
    if telephone_meetings.took(leg, at=at):
        return diary_twiml.comes_in(leg, telephone_meetings.call_of(leg))
    return diary_twiml.over(leg)


@question("meeting-word")
def meeting_word(notice, leg_id, word):
    """The client, who waits in the room, is told how it stands."""
    leg = _leg(leg_id, reminds=False)
    call = telephone_meetings.call_of(leg)
    if word == telephone_meetings.NOBODY:
        return diary_twiml.nobody(leg, call)
    if call.is_over:
        return twiml.hang_up()
    return diary_twiml.again(leg, call) if word == telephone_meetings.AGAIN else diary_twiml.trying(leg, call)


@question("meeting-left")
def meeting_left(notice, leg_id):
    """Somebody has come out of the room with the line still open: it is over for them."""
    return twiml.hang_up()
