"""The diary steers the telephone: whoever is in a meeting is not put through, unless she says so."""

from datetime import timedelta

import pytest

from calendar_app.models import Diary, Meeting
from calls import rehearsing
from clients import instructing, where_i_am
from clients.guidance import guidance_at
from clients.instructions import Caller
from clients.models import Line
from secretariat import clock

from .meetings import diary_of, in_a_diary, in_her_own_calendar
from .rooms import rings, the_call
from .test_put_through_by_rule import because
from .throughs import mobile, phone

HOUR = timedelta(hours=1)


@pytest.fixture
def instructed(okafor, tunde):
    return says(okafor, tunde)


def says(okafor, tunde, **words):
    """The client's word: every caller goes straight to Tunde, without a secretary."""
    return instructing.write(
        okafor.row,
        by=okafor.owner.user,
        at=clock.now(),
        action="put_through",
        put_through_to=tunde,
        directly=True,
        **words,
    )


def in_a_meeting(okafor, who, **facts):
    return in_a_diary(okafor.row, who, clock.now() - HOUR / 2, **facts)


def test_a_secretary_takes_the_call_and_the_record_says_why(office, okafor, priya, tunde, instructed):
    meeting = in_a_meeting(okafor, tunde)
    office.rings(okafor)
    office.passes(2)
    assert rings(office, priya)
    assert phone(office, mobile(tunde)) is None
    call = the_call()
    assert f"Where is Tunde Adeyemi? In a meeting until {meeting.ends_at:%H:%M}" in because(call)
    assert "it stands in the diary" in because(call)
    [over] = call.passed_over
    assert over["because"] == f"Tunde Adeyemi is in a meeting until {meeting.ends_at:%H:%M}"
    assert call.guidance["whereabouts"][0]["words"] == "In a meeting"


def test_when_the_meeting_is_over_he_is_put_through_again(office, okafor, priya, tunde, instructed):
    in_a_meeting(okafor, tunde)
    office.is_later(1800)
    office.rings(okafor)
    office.passes(2)
    assert phone(office, mobile(tunde))


@pytest.mark.parametrize("who", ["tunde", "everybody"])
def test_an_entry_of_his_own_calendar_counts_as_a_meeting(office, okafor, priya, tunde, instructed, who):
    in_her_own_calendar(okafor.row, tunde if who == "tunde" else None, clock.now() - HOUR / 2)
    office.rings(okafor)
    office.passes(2)
    assert rings(office, priya)
    assert phone(office, mobile(tunde)) is None


@pytest.mark.parametrize(
    "arranged",
    [
        lambda okafor, tunde: in_a_meeting(okafor, tunde, state=Meeting.State.CANCELLED),
        lambda okafor, tunde: in_a_meeting(
            okafor, tunde, state=Meeting.State.HELD, expires_at=clock.now() + HOUR
        ),
        lambda okafor, tunde: in_a_meeting(okafor, tunde, manner=Meeting.Manner.BLOCK),
        lambda okafor, tunde: in_a_meeting(okafor, okafor.owner),
        lambda okafor, tunde: in_her_own_calendar(
            okafor.row, tunde, clock.now() - HOUR / 2, busy="tentative"
        ),
        lambda okafor, tunde: in_her_own_calendar(okafor.row, tunde, clock.now() - HOUR / 2, busy="free"),
        lambda okafor, tunde: in_her_own_calendar(okafor.row, tunde, clock.now() - HOUR / 2, all_day=True),
        lambda okafor, tunde: in_her_own_calendar(
            okafor.row, tunde, clock.now() - HOUR / 2, calendar={"counts_as_busy": False}
        ),
        lambda okafor, tunde: (
            diary_of(okafor.row, tunde, not_put_through=False),
            in_a_meeting(okafor, tunde),
        ),
    ],
    ids=["cancelled", "held", "kept free", "another’s", "tentative", "free", "all day", "not busy", "unless"],
)
def test_what_is_no_meeting_of_his_changes_nothing(office, okafor, priya, tunde, instructed, arranged):
    arranged(okafor, tunde)
    office.rings(okafor)
    office.passes(2)
    assert phone(office, mobile(tunde))


def test_an_instruction_may_hold_during_meetings_too(office, okafor, priya, tunde):
    says(okafor, tunde, in_meetings="also")
    in_a_meeting(okafor, tunde)
    office.rings(okafor)
    office.passes(2)
    assert phone(office, mobile(tunde))


def test_an_instruction_may_hold_during_meetings_only(office, okafor, priya, tunde):
    """During meetings only these callers: the one number is put through, and no other."""
    in_a_meeting(okafor, tunde)
    says(okafor, tunde, in_meetings="only", callers="numbers", numbers=["+447700900123"])
    office.rings(okafor, caller="+447700900999")
    office.passes(2)
    assert phone(office, mobile(tunde)) is None
    office.rings(okafor, caller="+447700900123")
    office.passes(2)
    assert phone(office, mobile(tunde))


def test_who_says_that_he_is_available_is_put_through_whatever_his_diary_says(
    office, okafor, priya, tunde, instructed
):
    in_a_meeting(okafor, tunde)
    at = clock.now()
    where_i_am.set_status(tunde, kind="available", until_at=at + HOUR, by=okafor.owner.user, at=at)
    office.rings(okafor)
    office.passes(2)
    assert phone(office, mobile(tunde))


def test_what_somebody_said_of_herself_stands_before_what_her_diary_says(office, okafor, tunde):
    in_a_meeting(okafor, tunde)
    at = clock.now()
    where_i_am.set_status(tunde, kind="lunch", until_at=at + HOUR, by=okafor.owner.user, at=at)
    told = guidance_at(okafor.row, okafor.line, Caller(), at)
    assert [(each.kind, each.by_diary) for each in told.whereabouts] == [("lunch", False)]


def test_meetings_that_touch_are_one_as_far_as_callers_are_told(office, okafor, tunde):
    first = in_a_meeting(okafor, tunde)
    next_one = in_a_diary(okafor.row, tunde, first.ends_at)
    in_her_own_calendar(okafor.row, tunde, first.starts_at)  # the same one, as it stands over there
    [told] = guidance_at(okafor.row, okafor.line, Caller(), clock.now()).whereabouts
    assert (told.contact_id, told.until_at) == (tunde.pk, next_one.ends_at)


def test_a_rehearsal_of_the_hour_knows_the_meeting(office, okafor, priya, tunde, instructed):
    begins = clock.now() + 2 * HOUR
    in_a_diary(okafor.row, tunde, begins)
    line = Line.objects.select_related("client").get(pk=okafor.line.pk)

    def route(at):
        return rehearsing.rehearse(line, caller="+447700900123", at=at).route.kind

    assert [route(begins - HOUR), route(begins), route(begins + HOUR)] == [
        "put_through",
        "offer",
        "put_through",
    ]


def test_a_diary_out_of_use_steers_nothing(office, okafor, priya, tunde, instructed):
    in_a_meeting(okafor, tunde)
    Diary.objects.update(is_active=False)
    office.rings(okafor)
    office.passes(2)
    assert phone(office, mobile(tunde))
