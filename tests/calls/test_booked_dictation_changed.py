"""A booked dictation that does not go as it was booked: moved, without her, or on a line that is lost."""

from dataclasses import replace
from datetime import time

import pytest
from django.core import mail as postbox
from django.urls import reverse

from calendar_app import booking as diary_booking
from calendar_app import copying, planning
from calls import diary_legs, telephone_meetings, whom_to_ring
from calls.models import Call, DiaryLeg, MeetingCall, Offer
from clients import team
from clients.models import Assignment, Contact, Line, WorkItem, WorkRecord
from secretariat import clock
from secretariat.office.models import Secretary
from tests.calendar_app import diaries
from tests.the_office import identity

from .booked import Result, bar, book, comes, it_is_time, the_call
from .rooms import heard, talking
from .throughs import CALLER, mobile, phone, picks_up, presses

UNSETTLED = "calls.dictation_unsettled"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 09:00")
    client = office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)
    diaries.diary_of(client.row)
    return client


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def moves(booked, at: str, *, by=None) -> None:
    booked.meeting.refresh_from_db()
    plan = replace(planning.plan_of(booked.meeting), at=time.fromisoformat(at))
    diary_booking.move(booked.meeting, version=booked.meeting.version, plan=plan, by=by, at=clock.now())


def takes_off(booked, secretary, *, by=None) -> None:
    booked.meeting.refresh_from_db()
    guest = booked.meeting.guests.get(secretary=secretary)
    diary_booking.take_off(booked.meeting, guest, version=booked.meeting.version, by=by, at=clock.now())


def unsettled() -> list[str]:
    return list(WorkItem.objects.open().filter(kind=UNSETTLED).values_list("because", flat=True))


def subjects(office, secretary) -> list[str]:
    office.settle()
    return [mail.subject for mail in postbox.outbox if secretary.user.email in mail.to]


def test_she_answers_it_while_she_finishes_a_call(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    caller = office.rings(okafor, caller=CALLER)
    office.passes(2)
    office.answers(priya)
    office.hangs_up(caller)
    assert Call.objects.get().state == Call.State.WRAP_UP
    comes(office, mobile(okafor.owner))
    shown = bar(desk)
    assert 'data-phone="accept"' in shown
    assert "Call ended" in shown
    office.answers(priya)
    shown = bar(desk)
    assert "On the line" in shown
    assert "Call ended" in shown
    assert talking(office) == {mobile(okafor.owner), identity(priya)}


def test_no_caller_is_offered_to_her_while_it_rings(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.rings(okafor, caller=CALLER)
    assert not Offer.objects.exists()
    assert "Owner of Okafor Legal dictates" in bar(desk)


def test_each_line_that_is_lost_is_told_of(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    leg = picks_up(office, mobile(okafor.owner))
    presses(office, mobile(okafor.owner), "1")
    office.passes(8)
    for times in (1, 2):
        office.answers(priya)
        office.hangs_up(office.phone_of(priya))
        office.passes(8)
        assert heard(leg).count("One moment. We are connecting you again.") == times
    office.answers(priya)
    office.passes(3)
    assert talking(office) == {mobile(okafor.owner), identity(priya)}


def test_while_she_is_rung_again_nobody_is_let_go_because_another_leaves(office, okafor, priya, tunde, desk):
    book(desk, okafor, priya, contacts=[tunde.pk])
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.passes(4)
    office.answers(priya)
    comes(office, mobile(tunde))
    office.hangs_up(office.phone_of(priya))
    office.hangs_up(phone(office, mobile(tunde)))
    office.passes(8)
    office.answers(priya)
    office.passes(3)
    assert talking(office) == {mobile(okafor.owner), identity(priya)}


def test_the_client_leaves_while_another_is_still_rung_and_nobody_stays_alone(
    office, okafor, priya, maya, desk
):
    book(desk, okafor, priya, colleagues=[maya.pk])
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.passes(4)
    office.answers(priya)
    office.passes(3)
    office.hangs_up(phone(office, mobile(okafor.owner)))
    office.passes(5)
    assert the_call().result == Result.TALKED
    assert not DiaryLeg.objects.filter(ended_at=None).exists()
    assert talking(office) == set()


def test_a_line_that_is_over_is_not_left_again(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.answers(priya)
    office.passes(60)
    office.hangs_up(office.phone_of(priya))
    office.settle()
    kept = list(WorkRecord.objects.filter(secretary=priya).values_list("started_at", "ended_at"))
    office.passes(2)
    lost = DiaryLeg.objects.get(guest__secretary=priya, ended_at__isnull=False)
    desk.post(reverse("dictation-leave", args=[lost.pk]))  # from a bar that was drawn before
    assert list(WorkRecord.objects.filter(secretary=priya).values_list("started_at", "ended_at")) == kept
    assert the_call().state != MeetingCall.State.OVER


def test_that_it_was_rung_in_vain_is_nobodys_work_once_they_talk(office, okafor, priya, desk):
    booked = book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    desk.post(reverse("dictation-leave", args=[DiaryLeg.objects.get(guest__secretary=priya).pk]))
    office.passes(20)
    assert the_call().result == Result.NO_GUEST
    work = WorkItem.objects.open().filter(kind=telephone_meetings.NOT_REACHED)
    assert work.exists()
    desk.post(reverse("dictation-ring-again", args=[booked.pk]))
    while phone(office, mobile(okafor.owner)) is None:
        office.passes(5)
    comes(office, mobile(okafor.owner))
    assert work.exists()
    office.answers(priya)
    assert not work.exists()


def test_who_does_not_answer_for_the_client_any_more_is_not_rung(office, okafor, priya, maya, desk):
    book(desk, okafor, priya, colleagues=[maya.pk])
    team.end(Assignment.objects.get(secretary=priya, until_at=None), by=None, at=clock.now())
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.passes(4)
    assert list(DiaryLeg.objects.filter(party="guest").values_list("guest__secretary", flat=True)) == [
        maya.pk
    ]


def test_whoever_dictates_and_is_there_no_more_is_not_rung(office, okafor, priya, tunde, desk):
    book(desk, okafor, priya, contact=tunde.pk)
    Contact.objects.filter(pk=tunde.pk).update(is_active=False)
    it_is_time(office)
    assert phone(office, mobile(tunde)) is None
    assert the_call().result == Result.NO_NUMBER


def test_a_telephone_of_hers_that_comes_back_to_us_is_not_rung(office, okafor, priya):
    Line.objects.filter(client=okafor.row).update(forwarded_from=priya.home_number)
    assert whom_to_ring.may_be_rung(priya)  # in her browser
    Secretary.objects.filter(pk=priya.pk).update(line="phone")
    priya.refresh_from_db()
    assert not whom_to_ring.may_be_rung(priya)


def test_moved_onto_another_of_hers_it_is_somebodys_work_until_it_is_moved_away(office, okafor, priya, desk):
    book(desk, okafor, priya)
    rival = office.client("Rival & Co")
    diaries.diary_of(rival.row)
    team.assign(priya, rival.row, by=None, at=clock.now())
    other = book(desk, rival, priya, at="14:00")
    moves(other, "11:15")
    assert unsettled() == ["Priya is booked for another dictation at that time: move one of them."]
    moves(other, "15:00")
    assert unsettled() == []


def test_all_hear_of_each_time_it_is_moved_to_also_back(office, okafor, priya, maya, desk):
    booked = book(desk, okafor, maya)
    postbox.outbox.clear()
    for at in ("12:00", "13:00", "12:00"):
        moves(booked, at, by=priya.user)
        office.settle()
    told = subjects(office, maya)
    assert told == [f"Dictation by telephone, at another time: {at}" for at in ("12:00", "13:00", "12:00")]


def test_who_is_taken_off_hears_so_and_another_of_ours_types(office, okafor, priya, maya, desk):
    booked = book(desk, okafor, maya, colleagues=[priya.pk])
    postbox.outbox.clear()
    takes_off(booked, maya, by=priya.user)
    assert subjects(office, maya) == ["Dictation by telephone goes on without you: 11:00"]
    booked.refresh_from_db()
    assert booked.secretary == priya
    assert unsettled() == []
    office.clock_says("2026-11-24 10:01")
    office.settle()
    assert len(subjects(office, maya)) == 1  # no reminder of what is not hers
    takes_off(booked, priya)
    assert unsettled() == ["Nobody is left who types a booked dictation. Book it anew with somebody."]
    moves(booked, "15:00")
    assert len(unsettled()) == 1


def test_the_like_of_it_arranged_from_the_diary_still_names_her_by_herself(okafor, priya, desk):
    booked = book(desk, okafor, priya)
    when = {"on": booked.meeting.on, "at": booked.meeting.at, "minutes": 30}
    [coming] = copying.plan(booked.meeting, when).guests
    assert (coming.secretary_id, coming.number) == (priya.pk, "")


def test_in_the_clients_diary_she_is_coming_and_asked_nothing(office, okafor, priya, desk):
    booked = book(desk, okafor, priya)
    page = reverse("diary-portal-meeting", args=[booked.meeting_id])
    shown = office.browser(okafor.owner).get(page).content.decode()
    assert "Not answered" not in shown
    assert priya.home_number not in shown


def test_rung_again_while_she_is_booked_elsewhere_it_waits(office, okafor, priya, desk):
    booked = book(desk, okafor, priya)
    rival = office.client("Rival & Co")
    diaries.diary_of(rival.row)
    team.assign(priya, rival.row, by=None, at=clock.now())
    book(desk, rival, priya, at="11:30")
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    with_leg = diary_legs.locked(DiaryLeg.objects.get(guest__secretary=priya).pk)
    telephone_meetings.leave(with_leg, at=clock.now())
    office.passes(20)
    office.clock_says("2026-11-24 11:20")
    answer = desk.post(reverse("dictation-ring-again", args=[booked.pk]), follow=True)
    assert "Priya is booked for another dictation at that time." in answer.content.decode()
    assert MeetingCall.objects.filter(meeting=booked.meeting).count() == 1


def test_the_portal_says_by_whose_clock_and_whom_of_hers(office, okafor, priya, tunde):
    shown = office.browser(okafor.owner).get(reverse("dictation-portal-book")).content.decode()
    assert "Time, in London" in shown
    assert "Rung as well, of your people" in shown
    assert "the client" not in shown.partition("<main")[2]
