"""After the call: a message, no message with a reason, or put aside. A call never just disappears."""

from datetime import datetime

from django.utils.translation import gettext as _

from clients import access, audience, work
from clients.models import Access
from secretariat import ledger, live
from secretariat.office import presence

from . import her_line, records, timeline
from .models import Call, IllegalMove

WORK_KIND = "calls.unfinished"


def begin(call, *, at: datetime) -> None:
    """Nobody is on the line any more.

    What was noted while they talked closes the call; else she who answered has the firm's time to finish.
    """
    if call.outcome:
        _close(call, call.outcome, at=at, by=call.secretary.user if call.secretary_id else None)
        return
    if call.secretary_id is None:  # put through by instruction: nobody of ours has anything to finish
        _close(call, Call.Outcome.PUT_THROUGH, at=at, by=None)
        return
    settle_presence(call.secretary, at=at)
    live.announce("call.wrapup", call.pk, call.version, [call.secretary.user_id])


def close_with_message(call, *, at: datetime, by=None) -> None:
    """The message is taken. `by` is the user who sent it.

    While the line stands, the call goes on and closes by itself when it ends. A call that nobody answered
    keeps its outcome: what was left, or said when she was rung back, is passed on. Raises IllegalMove if the
    call was closed otherwise.
    """
    if call.nobody_answered:
        _nothing_left(call, _("Message taken"), by=by)
        return
    _close_or_note(call, Call.Outcome.MESSAGE, at=at, by=by)


def close_without_message(call, reason: str, *, by, at: datetime) -> None:
    """There is nothing to pass on, for a reason of `Call.NoMessage`. Raises ValueError for another one.

    While the line stands, the call goes on and closes by itself when it ends. Raises IllegalMove if the call
    has been closed, or its message taken.
    """
    if reason not in Call.NoMessage.values:
        raise ValueError(f"{reason!r} is no reason the trade knows")
    _close_or_note(call, Call.Outcome.NO_MESSAGE, at=at, by=by, no_message_reason=reason)


def finish(call, *, by, at: datetime) -> None:
    """The caller was put through, and that is all there is to it. `by` is the user.

    Raises IllegalMove if she was not, or the call has been closed.
    """
    if call.through_at is None:
        raise IllegalMove(f"call {call.pk} was not put through")
    _close_or_note(call, Call.Outcome.PUT_THROUGH, at=at, by=by)


def wants_message(call, *, by, at: datetime) -> None:
    """A message is to be taken after all.

    Raises IllegalMove if the call has been closed, or its message taken.
    """
    _note(call, Call.Outcome.NONE, at=at, by=by)


def close_unspoken(call, outcome, *, at: datetime) -> None:
    """A call nobody of ours talked on."""
    call.close(outcome, at=at)
    _written(call, by=None)


def park(call, *, by, at: datetime) -> None:
    """Put the call aside among the unfinished, to be free for the next. `by` is the user."""
    call.park(at=at)
    _unfinished(call, owner=call.secretary.user if call.secretary else None)
    timeline.note(call, timeline.PUT_ASIDE, at=at, secretary_id=call.secretary_id)
    settle_presence(call.secretary, at=at)
    _tell("call.ended", call)
    _record("call.put_aside", call, by)


def take_up(call, *, by, at: datetime) -> None:
    """Back to the desk of the secretary who answered. Raises IllegalMove while she is on another call."""
    if Call.objects.at_desk_of(call.secretary).exists():
        raise IllegalMove(f"secretary {call.secretary_id} has another call")
    call.take_up()
    timeline.note(call, timeline.TAKEN_UP, at=at, secretary_id=call.secretary_id)
    settle_presence(call.secretary, at=at)
    _tell("call.wrapup", call)
    _record("call.taken_up", call, by)


def reopen(call, *, by, at: datetime) -> None:
    """It was closed without a message too early: it waits among the unfinished."""
    call.reopen(at=at)
    answered = call.secretary.user if call.secretary else None
    _unfinished(call, owner=work.still_hers(answered, call.client_id))
    timeline.note(call, timeline.REOPENED, at=at, secretary_id=call.secretary_id)
    _tell("call.ended", call)
    _record("call.reopened", call, by)


def more_time(call, *, by) -> None:
    call.take_more_time()
    _record("call.more_time", call, by)
    live.announce("call.wrapup", call.pk, call.version, [call.secretary.user_id])


def _close_or_note(call, outcome, *, at, by, **facts) -> None:
    if call.state not in (Call.State.TALKING, Call.State.THROUGH, Call.State.RINGING):
        _close(call, outcome, at=at, by=by, **facts)
        return
    _note(call, outcome, at=at, by=by, **facts)


def _note(call, outcome, *, at, by, **facts) -> None:
    call.note_outcome(outcome, **facts)
    if call.state == Call.State.THROUGH:  # she is free, while the two talk on
        _nothing_left(call, call.get_outcome_display(), by=by)
        if call.secretary_id:
            settle_presence(call.secretary, at=at)
    timeline.note(call, timeline.NOTED, at=at, secretary_id=call.secretary_id, outcome=outcome)
    ledger.record(
        "call.outcome_noted",
        actor_id=by.pk if by else None,
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        detail={"outcome": outcome},
    )
    if call.secretary_id:
        live.announce("call.wrapup", call.pk, call.version, [call.secretary.user_id])


def _close(call, outcome, *, at, by, **facts) -> None:
    call.close(outcome, at=at, **facts)
    _nothing_left(call, call.get_outcome_display(), by=by)
    if call.secretary_id:
        settle_presence(call.secretary, at=at)
    _written(call, by=by)


def _nothing_left(call, outcome: str, *, by) -> None:
    """What others have to do about it, such as going through it with her, is theirs to end."""
    work.finish_all(subject=("calls.call", call.pk), by=by, outcome=outcome, package="calls")


def _written(call, *, by) -> None:
    timeline.note(call, timeline.CLOSED, at=call.closed_at, outcome=call.outcome)
    records.write(call)
    access.end(Access.Because.CALL, call.pk)
    ledger.record(
        "call.closed",
        actor_id=by.pk if by else None,
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        detail={"outcome": call.outcome},
    )
    _tell("call.ended", call)


def _unfinished(call, *, owner) -> None:
    work.open_item(
        WORK_KIND,
        subject=("calls.call", call.pk),
        client=call.client_id,
        because=_("A call was put aside before it was finished"),
        owner=owner,
    )


def settle_presence(secretary, *, at: datetime) -> None:
    """She is what the calls on her desk make her, and a meeting or dictation for which she is on the line."""
    states = set(Call.objects.at_desk_of(secretary).values_list("state", flat=True))
    if Call.State.TALKING in states or her_line.is_in_a_meeting(secretary):
        presence.takes_call(secretary, at=at)
    elif states:
        presence.wraps_up(secretary, at=at)
    else:
        presence.is_free_again(secretary, at=at)


def _tell(event, call) -> None:
    live.announce(
        event, call.pk, call.version, audience.desk(call.client_id) | audience.portal(call.client_id)
    )


def _record(verb, call, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=call.client_id, subject=("calls.call", call.pk))
