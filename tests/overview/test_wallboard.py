"""The wallboard: how the office stands, and never who rang or what was said."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from calls.models import Call
from clients import work
from messages_app.models import Message
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.live.models import LiveEvent
from secretariat.office import presence
from secretariat.office.models import Shift

CANARY = "+447700900666"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", band="plum")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def board(office, okafor):
    """What the supervisor's board says just now, as one line of words."""
    helen = office.browser(office.supervisor())

    def read(**headers):
        answer = helen.get(reverse("wallboard"), headers=headers)
        assert answer.status_code == 200
        return words(answer.content.decode())

    read.browser = helen
    return read


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" .", ".")


def test_before_the_first_call_there_is_no_level(board):
    said = board()
    assert "No calls yet" in said
    assert "%" not in said
    assert "Nobody is on shift." in said


def test_a_caller_who_waits_is_counted_and_timed(office, okafor, board):
    okafor.row.assignments.all().delete()
    maya = office.secretary("Maya", okafor)
    presence.take_break(maya, reason="Lunch", at=clock.now(), back_at=clock.now() + timedelta(minutes=15))
    office.rings(okafor)
    Call.objects.update(rang_at=clock.now() - timedelta(minutes=8))
    said = board()
    assert "Waiting now 1 longest 8:0" in said
    assert "1 On a break Maya, lunch, back 10:45" in said


def test_a_break_that_lasts_too_long_says_so(office, priya, board):
    presence.take_break(priya, reason="Tea", at=clock.now(), back_at=clock.now() + timedelta(minutes=15))
    office.clock_says("2026-11-24 10:49:30")
    assert "Priya, tea, back 10:45, 4 min late" in board()


def test_a_live_call_shows_its_client_and_state(office, okafor, priya, board):
    office.rings(okafor, caller=CANARY)
    office.answers(priya)
    Call.objects.update(answered_at=clock.now() - timedelta(minutes=42))
    assert "Priya Okafor Legal On call 42:0" in board()
    Call.objects.update(held_at=clock.now() - timedelta(minutes=5))
    assert "Priya Okafor Legal On hold 5:0" in board()


def test_the_level_is_printed_with_what_it_counts(office, okafor, priya, board):
    leg = office.rings(okafor)
    office.answers(priya)
    office.hangs_up(leg)
    assert "100 %" in board()
    call = Call.objects.get()
    Call.objects.create(
        client=okafor.row,
        line=okafor.line,
        carrier_id="gave-up",
        route="offer",
        state="closed",
        outcome="abandoned",
        rang_at=call.rang_at,
        ended_at=call.rang_at + timedelta(seconds=34),
        closed_at=call.rang_at + timedelta(seconds=34),
    )
    said = board()
    assert "50 % answered within 20 s of the first ring ÷ all calls; 1 of 2 today" in said
    assert "Gave up 1 of 2, after 0:34 on average. They count as calls." in said


def test_a_call_that_found_nobody_at_work_spoils_the_level(office, okafor, board):
    office.rings(okafor)
    office.passes(60)
    said = board()
    assert "0 % answered within 20 s of the first ring ÷ all calls; 0 of 1 today" in said
    assert "1 more found nobody." in said


def test_a_call_outside_our_hours_is_nobodys(office, board):
    closed = office.client("Brill Dental", opens="14:00", closes="15:00", answers="when_open")
    office.rings(closed)
    assert Call.objects.get().route == "voicemail"
    assert "No calls yet" in board()


def test_what_is_late_and_what_nobody_acknowledged(office, okafor, priya, board):
    at = clock.now()
    work.open_item(
        "clients.task",
        subject=("clients.client", okafor.row.pk),
        client=okafor.row,
        promised_at=at - timedelta(minutes=4),
        owner=priya.user,
    )
    Message.objects.create(client=okafor.row, contact=okafor.owner, urgency=3, text="Ring", taken_at=at)
    said = board()
    assert "Overdue 1 oldest 4 min, with Priya." in said
    assert "1 urgent message is not acknowledged." in said


def test_what_is_due_within_the_hour_is_counted(office, okafor, board):
    for minutes in (5, 55, 65):
        work.open_item(
            "clients.task",
            subject=("clients.client", uuid7()),
            client=okafor.row,
            promised_at=clock.now() + timedelta(minutes=minutes),
        )
    said = board()
    assert "Nothing is late. 2 more are due within the hour." in said
    office.clock_says("2026-11-24 10:36")
    assert "Overdue 1 oldest 1 min, with nobody yet. 2 more are due within the hour." in board()


def test_who_goes_home_soon(office, priya, board):
    Shift.objects.update(ends_at=clock.now() + timedelta(minutes=30))
    assert "Priya ends 11:00." in board()
    office.clock_says("2026-11-24 11:05")
    assert "Priya was to end at 11:00." in board()


def test_no_caller_is_on_the_board(office, okafor, priya, board):
    leg = office.rings(okafor, caller=CANARY)
    waiting = office.client("Brill Dental")
    office.rings(waiting, caller=CANARY)
    office.answers(priya)
    canaries = {"caller_name": "Canary Jones", "caller_firm": "Canary Works", "caller_say": "ca-NA-ry"}
    Call.objects.update(**canaries)
    Message.objects.create(
        client=okafor.row,
        contact=okafor.owner,
        urgency=3,
        text="Canary text",
        caller_name="Canary Jones",
        call_back_on=CANARY,
        taken_at=clock.now(),
    )
    work.open_item(
        "messages.reply",
        subject=("clients.client", okafor.row.pk),
        client=okafor.row,
        because="Canary reply",
        promised_at=clock.now() - timedelta(minutes=1),
    )
    for headers in ({}, {"HX-Request": "true"}):
        html = board.browser.get(reverse("wallboard"), headers=headers).content.decode()
        assert "Okafor Legal" in html
        assert "anary" not in html
        assert "900666" not in html.replace(" ", "")
    office.hangs_up(leg)


def test_it_costs_as_many_queries_for_a_full_office_as_for_an_empty_one(
    office, okafor, priya, board, django_assert_max_num_queries
):
    office.rings(okafor)
    office.answers(priya)
    for name in ("Maya", "Joan", "Tom"):
        office.secretary(name, okafor)
    office.rings(okafor)
    board()
    with django_assert_max_num_queries(12):
        board(**{"HX-Request": "true"})


def test_the_queue_is_told_of_when_it_changes_and_not_otherwise(office, okafor, priya):
    helen = office.supervisor()
    told = LiveEvent.objects.filter(event="queue.changed")
    leg = office.rings(okafor)
    office.passes(5)
    assert [set(event.audience) for event in told.all()] == [{helen.pk, priya.user.pk}]
    office.hangs_up(leg)
    office.passes(6)
    assert told.count() == 2
