"""The short way of an incoming call: the same answer and the same rows as the long way, in two statements."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls import at_once, incoming, routing
from calls.models import Call, CallEvent, Leg, Offer, Voicemail
from clients import guidance, numbers
from clients.models import (
    Access,
    Assignment,
    Correspondent,
    CorrespondentAddress,
    Holiday,
    Instruction,
    Line,
    LineHours,
    ServiceSuspension,
    Status,
)
from secretariat.ids import uuid7
from secretariat.ledger.models import LedgerEntry
from secretariat.live.models import LiveEvent
from secretariat.office.models import Firm, Presence
from secretariat.outbox.models import Effect, InboundEvent

from .test_webhooks import CALL, ring

CALLER, OURS, WITHHELD = "+447700900123", "+442079460777", "anonymous"
MOMENT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)  # a Tuesday
HOUR = timedelta(hours=1)
SAVEPOINTS_ARE_THE_TESTS_OWN = True  # one for each way of answering, and the rows it begins with
WRITTEN = (
    Call,
    Leg,
    Offer,
    CallEvent,
    Access,
    Effect,
    LiveEvent,
    InboundEvent,
    Voicemail,
    LedgerEntry,
)
NEW_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")


@pytest.fixture
def house(office, okafor):
    """Okafor Legal with a team of every kind; the clock stands at MOMENT."""
    office.clock_says("2026-11-24 10:30")
    okafor.row.zone, okafor.row.language = "Africa/Lagos", "pt-PT"
    okafor.row.save()
    office.secretary("Priya", okafor)
    office.secretary("Maya", okafor, line="phone", turn="stand_in")
    office.secretary("Rui", okafor, turn="pool")
    office.secretary("Joan", okafor, turn="pool", line="phone")
    Presence.objects.update(heartbeat_at=timezone.now() + HOUR)  # however slow the computer is
    brill = office.client("Brill Dental")
    type(brill.line).objects.filter(pk=brill.line.pk).update(number=OURS)
    return okafor


@contextmanager
def undone():
    """What is done in this block has not been done after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def moments():
    return st.sampled_from([-3, -1, 0, 1, 3]).map(lambda hours: MOMENT + hours * HOUR)


hours = st.tuples(
    st.sampled_from(["open", "answered"]), st.integers(0, 6), st.sampled_from([(8, 12), (9, 17), (13, 0)])
)
instructions = st.fixed_dictionaries(
    {
        "action": st.sampled_from(["message", "voicemail", "refuse"]),
        "callers": st.sampled_from(["anyone", "people", "numbers", "companies", "vips", "unknown"]),
        "numbers": st.sampled_from([[], [CALLER]]),
        "companies": st.sampled_from([[], ["Harlow & Sons", "Brill"]]),
        "from_at": st.none() | moments(),
        "until_at": st.none() | moments(),
        "replaced_at": st.none() | moments(),
        "on_this_line": st.booleans(),
        "names_her": st.booleans(),
    }
).filter(lambda each: not (each["from_at"] and each["until_at"]) or each["from_at"] < each["until_at"])
statuses = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Status.Kind.values),
        "text": st.sampled_from(["", "In court"]),
        "from_at": moments(),
        "lasts": st.integers(1, 4),
        "ended_at": st.none() | moments(),
    }
)
known = st.none() | st.fixed_dictionaries({"vip": st.booleans(), "blocked": st.booleans()})
present = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["ready", "ready", "on_call", "break", "off"]),
        "phone_registered": st.booleans(),
        "level": st.integers(0, 7),
        "terms": st.booleans(),
    }
)
situations = st.fixed_dictionaries(
    {
        "caller": st.sampled_from([CALLER, CALLER, OURS, WITHHELD, "+1"]),
        "known": known,
        "earlier": st.integers(0, 2),
        "answers": st.sampled_from(["always", "when_closed", "listed"]),
        "hours": st.lists(hours, max_size=4, unique_by=lambda each: each[:2]),
        "holidays": st.lists(st.sampled_from([date(2026, 11, 24), date(2026, 11, 25)]), unique=True),
        "statuses": st.lists(statuses, max_size=2),
        "instructions": st.lists(instructions, max_size=3),
        "team": st.lists(present, min_size=4, max_size=4),
        "put_through": st.booleans(),
        "ringing_elsewhere": st.booleans(),
        "suspended": st.sampled_from([None, None, -1, 1]),  # since, or from then on
    }
)


def arrange(okafor, *, caller, known, team, **facts):
    """Make this situation of rows."""
    client, line = okafor.row, okafor.line
    line.answers, line.forwarded_from = facts["answers"], "+442079461111"
    line.recording_notice = "This is recorded."
    line.save()
    for kind, weekday, (opens, closes) in facts["hours"]:
        LineHours.objects.create(
            client=client, line=line, kind=kind, weekday=weekday, opens=time(opens), closes=time(closes)
        )
    for on in facts["holidays"]:
        Holiday.objects.create(client=client, on=on, name="St Andrew")
    her = None
    if known is not None:
        facts_known = {"name": "Daniel Harlow", "firm": "Harlow and Sons Ltd"} | known
        her = Correspondent.objects.create(client=client, **facts_known)
        CorrespondentAddress.objects.create(client=client, correspondent=her, kind="phone", value=CALLER)
    for status in facts["statuses"]:
        until = status["from_at"] + status.pop("lasts") * HOUR
        Status.objects.create(
            client=client, contact=okafor.owner, until_at=until, set_at=MOMENT - 4 * HOUR, **status
        )
    for n, told in enumerate(facts["instructions"]):
        names_her, here = told.pop("names_her"), told.pop("on_this_line")
        written_at = MOMENT - (5 + n) * HOUR
        row = Instruction.objects.create(
            client=client, line=line if here else None, written_at=written_at, **told
        )
        if her and names_her:
            row.people.add(her)
    for assignment, each in zip(Assignment.objects.filter(client=client).order_by("pk"), team, strict=True):
        Presence.objects.filter(secretary=assignment.secretary).update(
            state=each["state"], phone_registered=each["phone_registered"]
        )
        assignment.secretary.languages.update(language="pt", level=each["level"])
        Assignment.objects.filter(pk=assignment.pk).update(
            terms_accepted_at=MOMENT if each["terms"] else None
        )
    if facts["suspended"]:
        _suspended(client, okafor.owner.user, from_at=MOMENT + facts["suspended"] * HOUR)
    before = [_earlier_call(client, line, n) for n in range(facts["earlier"])]
    if before and facts["put_through"]:
        Leg.objects.create(client=client, call=before[0], party="contact", to=line.forwarded_from)
    if before and facts["ringing_elsewhere"]:
        first = Assignment.objects.filter(client=client).order_by("pk").first()
        Offer.objects.create(
            client=client,
            call=before[0],
            secretary=first.secretary,
            line="browser",
            offered_at=MOMENT,
            expires_at=MOMENT + HOUR,
        )


def _suspended(client, user, *, from_at):
    ServiceSuspension.objects.create(
        client=client,
        bills=[uuid7()],
        amount=10,
        currency="GBP",
        from_at=from_at,
        callers_hear="We cannot connect you.",
        urgent_callers="Leave a message.",
        announced_by=user,
        notified_at=from_at - timedelta(days=8),
    )


def _earlier_call(client, line, n):
    return Call.objects.create(
        client=client, line=line, carrier_id=f"CA-before-{n}", caller_number=CALLER, rang_at=MOMENT - HOUR
    )


def written(before) -> list[str]:
    """Every row that was not there before, with new ids and the time made equal."""
    found = []
    for model in WRITTEN:
        for row in model.objects.exclude(pk__in=before[model]).order_by("pk"):
            facts = {each.attname: getattr(row, each.attname) for each in model._meta.concrete_fields}
            for name, value in facts.items():
                if isinstance(value, datetime) and value.microsecond:
                    facts[name] = "by the database's clock"  # which goes on while the test runs
            for name in ("sealed_body", "place"):
                facts.pop(name, None)
            if not isinstance(row.pk, str) and model._meta.pk.name == "id":
                facts.pop("id")
            found.append((model.__name__, facts))
    return sorted(_with_ids_in_order(repr(each)) for each in found)


def _with_ids_in_order(text: str) -> str:
    """New ids differ; those of the house do not, and were made before."""
    return NEW_ID.sub(lambda id_: id_[0] if id_[0].replace("-", "") in _OLD else "an id", text)


_OLD: set[str] = set()


def every_id() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT replace(id::text, '-', '') FROM office_secretary UNION SELECT replace(id::text, '-', '') "
            "FROM office_user UNION SELECT replace(id::text, '-', '') FROM clients_client UNION "
            "SELECT replace(id::text, '-', '') FROM clients_line UNION "
            "SELECT replace(id::text, '-', '') FROM clients_correspondent UNION "
            "SELECT replace(id::text, '-', '') FROM clients_instruction"
        )
        return {id_ for (id_,) in cursor.fetchall()}


def found_the_same(short, long) -> None:
    assert short.situation == long.situation
    assert routing.choose_route(short.situation) == routing.choose_route(long.situation)
    assert vars(short.guidance) == vars(long.guidance)
    assert (short.number, short.earlier_calls) == (long.number, long.earlier_calls)
    for one, other in [(short.line, long.line), (short.known, long.known)]:
        assert facts_of(one) == facts_of(other)


def comes_round(caller) -> bool:
    """Which leg of ours comes back is looked up on the long way alone."""
    number = numbers.normalise(caller, "GB")
    put_through = Leg.objects.live().filter(party="contact", call__caller_number=number)
    return Line.objects.filter(number=number).exists() or put_through.exists()


def by_the(way, okafor, caller, monkeypatch):
    """The answer by one way, the rows it wrote, and how it was reached, all undone afterwards."""
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in WRITTEN}
    with undone(), monkeypatch.context() as only:
        taken = []
        only.setattr("secretariat.channels.notice.clock.now", lambda: MOMENT)
        if way == "long":
            only.setattr(at_once, "answer", lambda notice: None)
        else:
            short = at_once.answer
            only.setattr(at_once, "answer", lambda notice: taken.append(short(notice)) or taken[-1])
        told = ring(okafor, caller=caller)
        assert told.status_code == 200
        assert way == "long" or taken != [None] or comes_round(caller), "the short way gave up"
        return NEW_ID.sub("an id", told.content.decode()), written(before)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=situations)
def test_both_ways_give_the_same_answer_and_the_same_rows(house, monkeypatch, facts):
    with undone():
        arrange(house, **facts)
        _OLD.clear()
        _OLD.update(every_id())
        params = {"From": facts["caller"], "To": house.number, "CallSid": CALL}
        line = incoming.situation.line_called(house.number)
        long = incoming.looked_up(line, params=params, at=MOMENT)
        short = at_once.looked_up(params, at=MOMENT)
        assert long.guidance.instructions == tuple(guidance.instructions_at(house.row, MOMENT))
        if comes_round(facts["caller"]):
            assert short is None
        else:
            found_the_same(short, long)
        (answer, rows), (expected, expected_rows) = (
            by_the(way, house, facts["caller"], monkeypatch) for way in ("short", "long")
        )
        assert answer == expected
        assert set(rows) ^ set(expected_rows) == set()
        assert len(rows) == len(expected_rows)


def facts_of(row):
    return row and {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def test_a_call_that_is_offered_takes_two_statements(office, okafor, priya):
    Firm.current()
    with CaptureQueriesContext(connection) as ran:
        assert ring(okafor).status_code == 200
    asked = [each["sql"] for each in ran if "SAVEPOINT" not in each["sql"]]
    assert [sql.partition(" ")[0] for sql in asked] == ["WITH", "WITH"]
    assert Offer.objects.get().state == "pending"


def test_one_at_whose_desk_another_call_begins_to_ring_is_left_out_with_all_that_hangs_on_it(
    office, okafor, priya, maya, monkeypatch
):
    """The other call was not there yet when we looked."""
    looked_up = at_once.looked_up

    def and_then_another_rings(params, *, at):
        found = looked_up(params, at=at)
        call = _earlier_call(okafor.row, okafor.line, 1)
        Offer.objects.create(
            client=okafor.row, call=call, secretary=priya, line="browser", expires_at=at + HOUR
        )
        return found

    monkeypatch.setattr(at_once, "looked_up", and_then_another_rings)
    ring(okafor)
    call = Call.objects.get(carrier_id=CALL)
    assert not call.offers.exists()
    assert list(call.legs.values_list("party", flat=True)) == ["caller"]
    assert list(call.events.values_list("verb", flat=True)) == ["rang"]
    assert not Effect.objects.exists()
    assert not LiveEvent.objects.filter(event="call.ringing").exists()
    assert not Access.objects.filter(because="offer").exists()


def test_a_fault_of_the_short_way_loses_no_caller(office, okafor, priya, monkeypatch):
    def falls(*args, **facts):
        raise RuntimeError

    monkeypatch.setattr(at_once.QUESTION, "ask", falls)
    assert b"<Enqueue" in ring(okafor).content
    assert Offer.objects.get().secretary == priya


@pytest.mark.django_db(transaction=True)
def test_the_same_ring_twice_in_one_moment_is_one_call(office, okafor, priya, monkeypatch):
    looked_up, together = at_once.looked_up, []

    def both_have_looked(params, *, at):
        found = looked_up(params, at=at)
        together.append(found)
        return found

    monkeypatch.setattr(at_once, "looked_up", both_have_looked)

    def rings(_):
        try:
            return ring(okafor).content
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as carrier:
        one, other = carrier.map(rings, range(2))
    assert one == other
    assert b"<Enqueue" in one
    assert Call.objects.count() == Offer.objects.count() == InboundEvent.objects.count() == 1


def test_ids_of_ours_are_told_apart_in_these_tests():
    assert NEW_ID.fullmatch(str(uuid7()))
    assert NEW_ID.fullmatch(uuid7().hex)
