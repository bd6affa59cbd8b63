"""A caller rings and a secretary answers: the rooms where it happens."""

from calls.models import Call
from secretariat.office.models import Presence

from .switchboard import CALLER


def test_a_call_rings_at_the_clients_own_secretary_and_she_answers(board, priya, maya):
    caller = board.rings()
    assert board.ringing_at(priya) is not None
    assert board.ringing_at(maya) is None
    board.answers(priya)
    call = board.call()
    assert call.state == Call.State.TALKING
    assert call.secretary == priya
    assert board.in_room() == {CALLER, f"sec_{priya.pk.hex}"}
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.ON_CALL
    board.passes(42)
    board.hangs_up(caller)
    call = board.call()
    assert call.state == Call.State.WRAP_UP
    assert call.ended_by == "caller"
    assert board.carrier.control.legs() == []
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.WRAP_UP
