"""Rows written together are what the ORM would have written one after the other."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from calls.models import Call, CallEvent, Leg, Offer
from clients.models import Access
from secretariat import clock, outbox
from secretariat.live.models import LiveEvent
from secretariat.one_trip.writing import Rows
from secretariat.outbox.models import Effect, InboundEvent

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def maya(office, okafor):
    return office.secretary("Maya", okafor)


def a_call(okafor, **facts):
    return Call(client=okafor.row, line=okafor.line, carrier_id="CA1", rang_at=AT, **facts)


def an_offer(call, secretary):
    return Offer(
        client=call.client,
        call=call,
        secretary=secretary,
        line="browser",
        offered_at=AT,
        expires_at=clock.now(),
    )


def values(row):
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def test_every_value_arrives_as_it_was(okafor):
    call = a_call(
        okafor, reasons=[{"question": "“Is it?” \\ 100 %", "decided": True}], guidance={}, nth_call=3
    )
    event = InboundEvent(
        provider="twilio",
        kind="x",
        key="k",
        sealed_body=b"\x00\xff'",
        headers={"a": None},
        due_at=AT,
        received_at=AT,
    )
    rows = Rows()
    rows.add(event)
    rows.add(call)
    rows.write()
    assert values(Call.objects.get()) == values(call)
    kept = InboundEvent.objects.get()
    assert bytes(kept.sealed_body) == b"\x00\xff'"
    assert kept.headers == {"a": None}
    call.outcome = Call.Outcome.REFUSED
    call.save()  # it is known to be there


def test_the_database_fills_what_is_its_own_and_we_learn_the_numbers(okafor, priya, maya):
    rows = Rows()
    call = rows.add(a_call(okafor))
    lines = [rows.add(CallEvent(client=okafor.row, call=call, at=AT, verb=verb)) for verb in ("rang", "held")]
    effect = rows.add(outbox.unposted("calls.offer", key="k", queue="calls"))
    told = rows.add(LiveEvent(event="call.ringing", subject_id="1", audience=[priya.user_id]))
    rows.write()
    assert [line.pk for line in lines] == list(call.events.values_list("pk", flat=True))
    kept = Effect.objects.get(pk=effect.pk)
    assert kept.place > 0
    assert abs((kept.due_at - clock.now()).total_seconds()) < 3600
    assert LiveEvent.objects.get(pk=told.pk).audience == [priya.user_id]


def test_what_is_taken_is_left_out_with_all_that_hangs_on_it(okafor, priya, maya):
    rows = Rows()
    rows.add(a_call(okafor))
    before = rows._added[0].row
    rows.add(an_offer(before, priya), unless_taken=True)
    rows.write()
    assert Offer.objects.get().secretary == priya

    second, done = Rows(), []
    call = Call(client=okafor.row, line=okafor.line, carrier_id="CA2", rang_at=AT)
    second.add(call)
    offers = [an_offer(call, each) for each in (priya, maya)]
    for offer in offers:
        given = Access(
            client=okafor.row, secretary=offer.secretary, because="offer", cause_id=offer.pk, from_at=AT
        )
        # Added before the offer it hangs on: the order of adding does not matter.
        second.add(given, only_with=offer, then=done.append)
        second.add(offer, unless_taken=True)
    second.write()
    assert [offer._state.adding for offer in offers] == [True, False]
    assert [each.secretary for each in done] == [maya]
    assert list(call.offers.values_list("secretary", flat=True)) == [maya.pk]
    assert list(Access.objects.filter(because="offer").values_list("pk", flat=True)) == [done[0].pk]


def test_one_that_may_not_be_spoils_all(okafor):
    rows = Rows()
    call = rows.add(a_call(okafor))
    rows.add(Leg(client=okafor.row, call=call, party="caller", carrier_id="CA1"))
    rows.add(a_call(okafor))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write()
    assert not Call.objects.exists()
    assert not Leg.objects.exists()


def test_nothing_to_write_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        Rows().write()
