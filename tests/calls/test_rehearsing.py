"""A rehearsal says what then happens: several hundred situations, each rehearsed and then really rung."""

import os
import random
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from calls import rehearsing
from calls.models import Call
from clients import rostering, where_i_am
from clients.models import (
    Assignment,
    CallType,
    Contact,
    ContactAddress,
    Correspondent,
    CorrespondentAddress,
    Holiday,
    Instruction,
    Line,
    LineHours,
    Status,
)
from secretariat import clock
from secretariat.local.carrier import Party
from secretariat.office.models import Presence
from tests.browsing import signed_in
from tests.the_office import HEARD_UNTIL

from .meetings import in_a_diary

# Situations of each part; the parts run beside each other. `SITUATIONS` says how many there are in all.
PART, SITUATIONS = 80, int(os.environ.get("SITUATIONS", "320"))
LATER = [range(n, n + PART) for n in range(PART, SITUATIONS, PART)]
PARTS = [range(PART), *(pytest.param(part, marks=pytest.mark.slow) for part in LATER)]
SEED = 20261124
KNOWN, STRANGER = "+447700900123", "+447700900999"
HOUR = timedelta(hours=1)


@pytest.fixture
def okafor(office):
    """A client with two lines, people with and without numbers, callers, and a team of every kind."""
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", greeting="One moment.")
    office.contact(okafor, "Tunde", signs_in=False)
    silent = office.contact(okafor, "Nobody’s number", signs_in=False)
    ContactAddress.objects.filter(contact=silent).delete()
    Contact.objects.filter(client=okafor.row).exclude(pk=okafor.owner.pk).update(rank=5)
    office.secretary("Priya", okafor)
    office.secretary("Maya", okafor, line="phone", turn="stand_in")
    office.secretary("Rui", okafor, turn="pool")
    office.secretary("Joan", okafor, line="phone", turn="pool")
    for address in ContactAddress.objects.filter(client=okafor.row, kind="mobile"):
        office.carrier.add_party(address.value, Party())
    okafor.rival = office.client("Brill Dental")
    CallType.objects.create(client=okafor.row, name="Court", rank=3)
    office.settle()  # what is due once is done before, and not in every situation
    return okafor


@contextmanager
def undone():
    """What is done in this block has not been done after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("part", PARTS, ids=str)
def test_what_is_rehearsed_is_what_then_happens(office, okafor, part):
    seen, because = Counter(), set()
    for number in part:
        dice = random.Random(SEED + number)
        with undone():
            caller = arrange(office, okafor, dice)
            line = Line.objects.select_related("client").get(pk=okafor.line.pk)
            told = rehearsing.rehearse(line, caller=caller, at=clock.now())
            leg = office.rings(okafor, caller=caller)
            call = Call.objects.get()
            happened = (call.route, call.reasons[: len(told.route.reasons)], call.passed_over)
            assert happened == tuple(told.route.as_kept().values()), f"situation {SEED + number}"
            rung = set(call.offers.filter(round=1).values_list("secretary", flat=True))
            assert rung == {each.secretary_id for each in told.route.offered}, f"situation {SEED + number}"
            if told.route.kind == "put_through":
                assert [each["number"] for each in told.ring.numbers] == list(numbers_of(okafor))
            assert told.outcome
            assert told.steps[0].seconds == 0
            seen[call.route] += 1
            because |= {reason["because"] for reason in call.reasons}
            if leg.live:
                office.hangs_up(leg)
    # The situations are many-sided enough: every kind of route, and many reasons.
    assert set(seen) == {"offer", "voicemail", "refuse", "looped", "put_through"}, seen
    assert len(because) > 30


def numbers_of(okafor):
    mobiles = ContactAddress.objects.filter(contact=okafor.owner, kind="mobile", for_calls=True)
    return mobiles.order_by("rank", "pk").values_list("value", flat=True)


def arrange(office, okafor, dice) -> str:
    """Make a situation of rows, at a moment of its own. Returns who rings, as the carrier sends it."""
    client, line, zone = okafor.row, okafor.line, ZoneInfo("Europe/London")
    on = date(2026, 11, 20) + timedelta(days=dice.randrange(14))
    moment = datetime.combine(on, time(dice.randrange(24), dice.choice([0, 15, 30, 59])))
    office.clock_says(f"{moment:%Y-%m-%d %H:%M}")
    now = moment.replace(tzinfo=zone)
    Line.objects.filter(pk=line.pk).update(
        answers=dice.choice(["always", "always", "when_closed", "listed"]),
        recording_notice=dice.choice(["This is recorded.", ""]),
    )
    LineHours.objects.filter(line=line).delete()
    for kind in ("open", "answered"):
        for weekday in range(7):
            for opens, closes in dice.sample([(0, 8), (8, 12), (13, 17), (17, 0)], dice.randrange(4)):
                facts = {"opens": time(opens), "closes": time(closes)}
                LineHours.objects.create(client=client, line=line, kind=kind, weekday=weekday, **facts)
    for _ in range(dice.randrange(3)):
        _holiday(client, line, on, dice)
    for _ in range(dice.randrange(3)):
        _status(okafor, now, dice)
    if dice.random() < 0.4:
        _meeting(okafor, now, dice)
    her = None
    if dice.random() < 0.6:
        her = Correspondent.objects.create(
            client=client,
            name="Dana Reyes",
            firm=dice.choice(["", "Harlow & Sons"]),
            vip=dice.random() < 0.3,
            blocked=dice.random() < 0.15,
        )
        CorrespondentAddress.objects.create(client=client, correspondent=her, kind="phone", value=KNOWN)
    for n in range(dice.randrange(5)):
        _instruction(okafor, her, now, n, dice)
    _team(client, dice)
    return dice.choice([KNOWN, KNOWN, KNOWN, STRANGER, STRANGER, "anonymous", "", "+1", okafor.rival.number])


def _holiday(client, line, on, dice):
    says = dice.choice(["closed", "half", "open", "asked"])
    first = on + timedelta(days=dice.randrange(-2, 2))
    Holiday.objects.create(
        client=client,
        on=first,
        until_on=dice.choice([None, first + timedelta(days=2)]),
        name="Founders’ Day",
        says=says,
        closes=time(13) if says == "half" else None,
        line=dice.choice([None, line]),
    )


def _status(okafor, now, dice):
    begins = now + dice.randrange(-4, 3) * HOUR
    stand_in = dice.choice([None, okafor.people["Tunde"]])
    Status.objects.create(
        client=okafor.row,
        contact=okafor.owner,
        kind=dice.choice(Status.Kind.values),
        from_at=begins,
        until_at=begins + dice.randrange(1, 9) * HOUR,
        set_at=now - 5 * HOUR,
        stand_in=stand_in,
    )


def _meeting(okafor, now, dice):
    begins = now + dice.choice([-1, -1, 0, 1]) * HOUR / 2
    who = dice.choice([okafor.owner, okafor.owner, None])
    in_a_diary(
        okafor.row, who, begins, minutes=60, state=dice.choice(["confirmed", "confirmed", "cancelled"])
    )


def _instruction(okafor, her, now, n, dice):
    action = dice.choice(["message", "put_through", "put_through", "voicemail", "refuse"])
    through = dice.choice([okafor.owner, okafor.owner, okafor.people["Nobody’s number"]])
    begins = dice.choice([None, now + dice.randrange(-30, 5) * HOUR])
    ends = dice.choice([None, (begins or now) + dice.randrange(1, 40) * HOUR])
    hours = dice.choice([(None, None), (time(14), time(16)), (time(22), time(6)), (time(9), None)])
    typed = action in ("message", "put_through") and dice.random() < 0.15
    row = Instruction.objects.create(
        client=okafor.row,
        line=dice.choice([None, None, okafor.line]),
        written_at=now - (6 + n) * HOUR,
        action=action,
        put_through_to=through if action == "put_through" else None,
        directly=action == "put_through" and dice.random() < 0.7,
        in_meetings=dice.choice(["", "", "also", "only"]),
        callers=dice.choice(["anyone", "anyone", "people", "numbers", "companies", "vips", "unknown"]),
        numbers=[KNOWN],
        companies=["Harlow and Sons Ltd"],
        from_at=begins,
        until_at=ends,
        weekdays=dice.choice([[], [], sorted(dice.sample(range(7), 3))]),
        from_time=hours[0],
        until_time=hours[1],
        call_type=okafor.row.call_types.get(name="Court") if typed else None,
    )
    if her and dice.random() < 0.7:
        row.people.add(her)


def _team(client, dice):
    for assignment in Assignment.objects.filter(client=client).select_related("secretary"):
        secretary = assignment.secretary
        Presence.objects.filter(secretary=secretary).update(
            state=dice.choice(["ready", "ready", "ready", "on_call", "wrap_up", "break", "away", "off"]),
            phone_registered=dice.random() < 0.9,
            heartbeat_at=timezone.now() + HEARD_UNTIL if secretary.line == "browser" else None,
        )
        secretary.languages.update(level=dice.choice([2, 7, 7]))
        accepted = clock.now() if dice.random() < 0.8 else None
        Assignment.objects.filter(pk=assignment.pk).update(terms_accepted_at=accepted)


def test_nothing_is_written_by_a_rehearsal(office, okafor):
    signed_in(office.supervisor()).get("/admin/rehearse/")  # the first look is on record
    browser = office.browser(office.supervisor("Gwen"))
    browser.get("/admin/rehearse/")
    before = Call.objects.count(), Instruction.objects.count()
    assert browser.get("/admin/rehearse/").status_code == 200
    assert (Call.objects.count(), Instruction.objects.count()) == before == (0, 0)


def asked(okafor, **values):
    return {
        "line": str(okafor.line.pk),
        "on": "2026-11-24",
        "time": "18:05",
        "caller": "new",
        "number": "",
        "call_type": "",
    } | values


def test_the_firm_reads_what_happens_why_and_why_not_otherwise(office, okafor):
    Instruction.objects.create(client=okafor.row, action="refuse", callers="vips")
    helen = office.browser(office.supervisor())
    shown = helen.get("/admin/rehearse/", asked(okafor)).content.decode()
    assert "Priya’s desk rings." in shown
    assert "It is for VIPs, and the caller is not one." in shown
    assert "She says" in shown
    assert "is offered the call for" in shown
    assert "Maya" in shown


def test_who_is_on_call_then_is_told_and_when_nobody_is(office, okafor):
    rostering.write(
        okafor.row,
        people=[okafor.owner],
        by=okafor.owner.user,
        at=clock.now(),
        name="Days",
        since=date(2026, 11, 23),
        from_time=time(9),
        until_time=time(17),
    )
    helen = office.browser(office.supervisor())
    shown = helen.get("/admin/rehearse/", asked(okafor) | {"time": "12:00"}).text
    assert f"On call then, Days</strong> {okafor.owner.name}" in shown
    assert "Nobody is on call 17:00–09:00." in shown
    assert (
        "On call then, Days</strong> nobody"
        in helen.get("/admin/rehearse/", asked(okafor) | {"time": "20:00"}).text
    )


def test_a_gap_on_the_way_is_named(office, okafor):
    Presence.objects.update(state="off")
    Line.objects.filter(pk=okafor.line.pk).update(recording_notice="")
    shown = office.browser(office.supervisor()).get("/admin/rehearse/", asked(okafor)).content.decode()
    assert "Nobody of the team is on shift just now." in shown
    assert "when nobody answers, nothing is recorded" in shown


def test_a_dead_number_is_named(office, okafor):
    Instruction.objects.create(
        client=okafor.row,
        action="put_through",
        put_through_to=okafor.people["Nobody’s number"],
        directly=True,
    )
    shown = office.browser(office.supervisor()).get("/admin/rehearse/", asked(okafor)).content.decode()
    assert "has no number for calls, so the instruction cannot be followed" in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": ""}, "This field is required"),
        ({"time": "25:00"}, "Enter a valid time"),
        ({"number": "12"}, "too short or too long"),
        ({"caller": "somebody"}, "not one of the available choices"),
    ],
)
def test_a_question_without_sense_is_asked_again(office, okafor, values, words):
    answer = office.browser(office.supervisor()).get("/admin/rehearse/", asked(okafor, **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_client_rehearses_her_own_lines_in_plain_words_and_no_others(office, okafor):
    browser = office.browser(okafor.owner)
    shown = browser.get("/portal/rehearse/", asked(okafor)).content.decode()
    assert "Priya’s desk rings." in shown
    assert "somebody else’s turn" not in shown  # who is busy is the firm’s own business
    other = browser.get("/portal/rehearse/", asked(okafor) | {"line": str(okafor.rival.line.pk)})
    assert "Brill" not in other.content.decode()
    assert office.browser(office.supervisor()).get("/portal/rehearse/").status_code == 404
    assert browser.get("/admin/rehearse/").status_code == 404


def test_what_is_for_a_stand_in_is_foreseen(office, okafor):
    where_i_am.set_status(
        okafor.owner,
        kind="away",
        until_at=clock.now() + timedelta(days=3),
        by=okafor.owner.user,
        at=clock.now(),
        stand_in=okafor.people["Tunde"],
    )
    shown = office.browser(okafor.owner).get("/portal/rehearse/", asked(okafor)).content.decode()
    assert "A message goes to</strong> Tunde" in shown
