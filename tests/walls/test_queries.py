"""What the pages that are looked at all day ask of the database at most, each in its heaviest state.

A number holds everything: who is signed in, her roles, what is shown. A page that grows dearer fails; lower
the number of one that became cheaper. The house holds several of everything, so a query for each row shows.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calls.models import Call
from clients import team, work
from clients.models import Correspondent, CorrespondentAddress, Holiday, Instruction, Status
from messages_app import taking
from secretariat import clock
from secretariat.office.models import Presence

CALLER = "+447700900123"


def asked(browser, address) -> int:
    """How many queries one page takes, once what is looked up only the first time is there."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    """Priya answers for two clients, has taken messages, and has work before her."""
    priya = office.secretary("Priya", okafor)
    # However slow the computer is, her browser has just been heard from: the pages differ if it has not.
    Presence.objects.update(heartbeat_at=timezone.now() + timedelta(hours=1))
    team.assign(priya, office.client("Brill Dental").row, by=None, at=clock.now())
    her = Correspondent.objects.create(client=okafor.row, name="Daniel Harlow", firm="Harlow", vip=True)
    CorrespondentAddress.objects.create(client=okafor.row, correspondent=her, kind="phone", value=CALLER)
    for name in ("Ngozi", "Dana"):
        office.contact(okafor, name)
    for n in range(3):
        told = Instruction.objects.create(client=okafor.row, callers="people", text=f"Told {n}")
        told.people.add(her)
        Holiday.objects.create(client=okafor.row, on=f"2026-12-2{n}", name=f"Day {n}")
        work.open_item(
            "calls.unanswered", subject=("calls.call", UUID(int=n)), client=okafor.row, because="Nobody came"
        )
    for person in okafor.people.values():
        facts = {"contact": person, "kind": "out", "set_by": okafor.owner.user}
        Status.objects.create(client=okafor.row, until_at="2026-11-25T00:00Z", **facts)
    for n in range(3):
        _takes_a_message(office, okafor, priya, n)
    return priya


def _takes_a_message(office, okafor, priya, n):
    leg = office.rings(okafor, caller=CALLER)
    office.answers(priya)
    office.passes(3)
    office.hangs_up(leg)
    call = Call.objects.get(state="wrap_up")
    taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name=f"Caller {n}",
        caller_firm="",
        call_back_on=CALLER,
        text="Rang again.",
    )
    Presence.objects.filter(secretary=priya).update(state="ready")
    office.settle()


def test_the_desk_in_every_state_of_a_call(office, okafor, priya):
    """6 for the bar and 20 for the whole desk are allowed, and no more."""
    desk = office.browser(priya)
    cost = {"idle": asked_of_the_desk(desk)}
    leg = office.rings(okafor, caller=CALLER)
    cost["ringing"] = asked_of_the_desk(desk)
    office.answers(priya)
    office.passes(3)
    cost["on a call"] = asked_of_the_desk(desk)
    owner = okafor.owner
    office.mobile_of(owner).is_by_its_owner()
    desk.post(reverse("calls-ask", args=[Call.objects.get(state="talking").pk]), {"person": owner.pk})
    office.passes(2)
    cost["ringing the client"] = asked_of_the_desk(desk)
    office.carrier.control.answer(office.mobile_of(owner).call)
    office.passes(1)
    office.carrier.control.press(office.mobile_of(owner).call, "1")
    office.settle()
    cost["putting through"] = asked_of_the_desk(desk)
    office.hangs_up(office.mobile_of(owner).call)
    office.hangs_up(leg)
    cost["wrapping up"] = asked_of_the_desk(desk)
    pinned = {
        # the whole desk, the bar, the side, the top
        "idle": (16, 4, 7, 7),
        "ringing": (17, 5, 9, 7),
        "on a call": (20, 5, 9, 6),
        "ringing the client": (19, 6, 7, 6),
        "putting through": (19, 6, 7, 6),
        "wrapping up": (20, 5, 8, 7),
    }
    dearer = {
        state: parts
        for state, parts in cost.items()
        if any(now > most for now, most in zip(parts, pinned[state], strict=True))
    }
    assert dearer == {}


def asked_of_the_desk(browser) -> tuple[int, ...]:
    parts = ("desk", "calls-bar", "desk-side", "desk-top")
    return tuple(asked(browser, reverse(name)) for name in parts)


def test_the_other_pages_that_are_looked_at_all_day(office, okafor, priya):
    desk, portal = office.browser(priya), office.browser(okafor.owner)
    firm = office.browser(office.supervisor())
    call = Call.objects.first()
    cost = {
        "desk: messages": asked(desk, reverse("messages")),
        "desk: work": asked(desk, reverse("work")),
        "desk: unfinished": asked(desk, reverse("calls-unfinished")),
        "desk: clients": asked(desk, reverse("clients")),
        "desk: a call": asked(desk, reverse("calls-record", args=[call.pk])),
        "portal: today": asked(portal, reverse("portal")),
        "portal: messages": asked(portal, reverse("messages-portal")),
        "portal: calls": asked(portal, reverse("portal-calls")),
        "portal: where I am": asked(portal, reverse("where-i-am")),
        "portal: instructions": asked(portal, reverse("instructions")),
        "firm: wallboard": asked(firm, reverse("wallboard")),
    }
    pinned = {
        "desk: messages": 14,
        "desk: work": 13,
        "desk: unfinished": 12,
        "desk: clients": 13,
        "desk: a call": 19,  # and what was arranged on it
        "portal: today": 11,
        "portal: messages": 6,
        "portal: calls": 6,
        "portal: where I am": 12,
        "portal: instructions": 8,  # and who is on call
        "firm: wallboard": 12,
    }
    assert {page: queries for page, queries in cost.items() if queries > pinned[page]} == {}
