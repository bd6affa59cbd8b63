"""Asked for a line and never heard the answer: which of the carrier's lines is it?"""

import pytest

from calls import effects, whose_line
from calls.models import Leg
from secretariat import outbox
from secretariat.channels import twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.models import Effect

from .rooms import the_call


@pytest.fixture
def ringing(office, okafor, priya):
    """Her telephone has rung for a call and stopped, and all of it is known. We speak to the carrier."""
    office.rings(okafor)
    office.passes(25)
    with twilio.transported_by(office.transport.http_client()):
        yield office


def another_ring(okafor, priya) -> Effect:
    """She is to be rung again for the same call, by a worker who dies of it."""
    call = the_call()
    before = call.legs.filter(party=Leg.Party.SECRETARY).first()
    leg = Leg.objects.create(
        client=okafor.row, call=call, party=Leg.Party.SECRETARY, secretary=priya, to=before.to
    )
    effect = outbox.post(
        "calls.offer",
        key=f"calls.offer:{leg.pk}",
        queue="calls",
        client_id=okafor.row.pk,
        subject=("calls.offer", call.offers.first().pk),
        payload={"to": leg.to, "from": call.line.number, "leg": leg.pk.hex, "seconds": 20},
        lane=leg.lane,
    )
    Effect.objects.filter(pk=effect.pk).update(perhaps_sent=True)
    return effect


def is_placed(effect) -> str:
    """The carrier heard of it, and rings."""
    return effects.OfferLeg().send(effect)


def test_a_line_nobody_else_knows_is_ours_and_one_of_another_ring_is_not(ringing, okafor, priya):
    effect = another_ring(okafor, priya)
    assert whose_line.rung_for(effect) is None
    placed = is_placed(effect)
    assert whose_line.rung_for(effect) == placed
    Leg.objects.filter(pk=effect.payload["leg"]).update(carrier_id=placed)
    assert whose_line.rung_for(effect) == placed  # its own notice told so already


@pytest.mark.parametrize("rung", [0, 1])
def test_while_two_wait_for_one_line_neither_takes_it_until_its_notice_names_the_leg(
    ringing, okafor, priya, rung
):
    both = [another_ring(okafor, priya) for _each in range(2)]
    placed = is_placed(both[rung])
    for each in both:
        with pytest.raises(whose_line.NotYetClear):
            whose_line.rung_for(each)
    ringing.transport.deliver()
    ringing.work()
    assert Leg.objects.get(pk=both[rung].payload["leg"]).carrier_id == placed
    assert whose_line.rung_for(both[rung]) == placed
    assert whose_line.rung_for(both[1 - rung]) is None


def test_whose_line_its_notice_has_named_waits_for_nobody_else(ringing, okafor, priya):
    both = [another_ring(okafor, priya) for _each in range(2)]
    placed = [is_placed(each) for each in both]
    for effect, sid in zip(both, placed, strict=True):
        Leg.objects.filter(pk=effect.payload["leg"]).update(carrier_id=sid)
    assert [whose_line.rung_for(each) for each in both] == placed


def test_two_lines_that_nobody_names_are_for_a_person(ringing, okafor, priya):
    effect = another_ring(okafor, priya)
    is_placed(effect)
    is_placed(effect)
    assert whose_line.rung_for(effect) is CannotAsk
