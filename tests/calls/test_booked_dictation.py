"""A booked dictation is rung at its time with everyone named, in the browser as well as by telephone."""

from itertools import pairwise

import pytest
from django.core import mail as postbox
from django.urls import reverse

from calendar_app import booking as diary_booking
from calls.models import BookedDictation, DiaryLeg, Dictation, MeetingCall, Offer
from clients import team
from clients.models import WorkItem, WorkRecord
from messages_app.models import DictatedDraft
from secretariat import clock
from secretariat.office.models import Presence
from tests.calendar_app import diaries
from tests.the_office import identity

from .booked import Result, bar, book, comes, is_at, it_is_time, said, the_call
from .rooms import heard, talking
from .throughs import CALLER, mobile, phone, picks_up, presses


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 09:00")
    client = office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)
    diaries.diary_of(client.row)
    return client


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def test_all_who_are_named_are_rung_each_where_she_works(office, okafor, priya, maya, tunde, desk):
    booked = book(desk, okafor, priya, contacts=[tunde.pk], colleagues=[maya.pk])
    assert not booked.meeting.guests.filter(secretary__isnull=False).exclude(number="").exists()
    it_is_time(office)
    owner = mobile(okafor.owner)
    leg = picks_up(office, owner)
    assert "The dictation you booked, with Priya, Maya and Tunde Adeyemi." in heard(leg)
    presses(office, owner, "1")
    office.passes(4)  # the carrier begins one call each second
    assert 'data-phone="accept"' in bar(desk)
    assert "Owner of Okafor Legal dictates" in bar(desk)
    office.answers(priya)  # in the browser, where no key is asked for
    comes(office, maya.home_number)
    hers = picks_up(office, mobile(tunde))
    assert "The dictation of Okafor Legal is about to begin, and you are expected in it." in heard(hers)
    presses(office, mobile(tunde), "1")
    office.passes(8)
    assert talking(office) == {owner, identity(priya), maya.home_number, mobile(tunde)}
    assert reverse("dictation-booked", args=[booked.pk]) in bar(desk)
    begun = desk.post(reverse("dictation-booked", args=[booked.pk]), {"contact": okafor.owner.pk})
    assert begun.status_code == 303


def test_nobody_who_calls_is_offered_to_her_while_she_is_dictated_to(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.answers(priya)
    assert is_at(priya) == Presence.State.ON_CALL
    office.rings(okafor, caller=CALLER)
    assert not Offer.objects.exists()
    office.hangs_up(phone(office, mobile(okafor.owner)))
    office.settle()
    assert the_call().result == Result.TALKED
    office.passes(3)
    assert Offer.objects.filter(secretary=priya).exists()  # the caller who waited is hers now


def test_what_she_listened_is_kept_once(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.answers(priya)
    office.passes(120)
    office.hangs_up(phone(office, mobile(okafor.owner)))
    office.settle()
    kept = WorkRecord.objects.get(secretary=priya)
    assert kept.kind == WorkRecord.Kind.DESK
    assert 118 <= (kept.ended_at - kept.started_at).total_seconds() <= 125


def test_what_she_typed_while_she_listened_is_counted_once(office, okafor, priya, desk):
    booked = book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    office.answers(priya)
    desk.post(reverse("dictation-booked", args=[booked.pk]), {"contact": okafor.owner.pk})
    desk.post(reverse("dictation-type", args=[Dictation.objects.get().pk]))
    draft = DictatedDraft.objects.get()
    page, save = (reverse(f"dictated-{each}", args=[draft.pk]) for each in ("draft", "save"))
    desk.get(page)
    office.passes(60)
    desk.post(save, {"words": "Dear", "revision": "0"})
    office.passes(60)
    office.hangs_up(phone(office, mobile(okafor.owner)))
    office.settle()
    office.passes(30)
    desk.post(save, {"words": "Dear Dana", "revision": "1"})
    desk.post(reverse("dictated-drop", args=[draft.pk]))
    rows = list(WorkRecord.objects.filter(secretary=priya).order_by("started_at"))
    assert [each.kind for each in rows[-3:]] == ["dictation", "desk", "dictation"]
    assert all(one.ended_at <= other.started_at for one, other in pairwise(rows))
    lengths = [(each.ended_at - each.started_at).total_seconds() for each in rows[-3:]]
    assert lengths[0] == 60  # on the line
    assert 55 <= lengths[1] <= 65  # listened only
    assert 28 <= lengths[2] <= 35  # after it


def test_if_she_does_not_answer_in_the_browser_her_telephone_rings_and_then_somebody_is_told(
    office, okafor, priya, desk
):
    booked = book(desk, okafor, priya)
    it_is_time(office)
    owner = mobile(okafor.owner)
    leg = picks_up(office, owner)
    presses(office, owner, "1")
    office.passes(40)
    assert phone(office, priya.home_number)
    assert "Priya has not answered. We are trying once more." in heard(leg)
    office.passes(60)
    assert heard(leg).endswith("Priya could not be reached. The office has been told. Goodbye.")
    assert the_call().result == Result.NO_GUEST
    item = WorkItem.objects.open().get(kind="calls.meeting_not_reached")
    assert item.because == "A booked dictation did not come about: No guest was reached."

    page = reverse("dictation-booked", args=[booked.pk])
    shown = desk.get(page).content.decode()
    assert "It did not come about." in shown
    assert shown.count("Priya: no answer") == 2
    again = reverse("dictation-ring-again", args=[booked.pk])
    began = shown.partition('name="began" value="')[2].partition('"')[0]
    office.passes(15)
    assert desk.post(again, {"began": began})["Location"] == page
    record = WorkRecord.objects.get(kind="diary", subject_id=booked.meeting_id)
    assert (record.secretary, (record.ended_at - record.started_at).total_seconds()) == (priya, 15)
    while phone(office, owner) is None:
        office.passes(5)
    comes(office, owner)
    office.answers(priya)
    assert the_call().state == MeetingCall.State.TALKING
    desk.post(again)  # while they talk there is nothing to ring again
    assert MeetingCall.objects.count() == 2


def test_a_browsers_line_that_is_lost_is_rung_again_and_hanging_up_is_not(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    owner = mobile(okafor.owner)
    leg = picks_up(office, owner)
    presses(office, owner, "1")
    office.passes(8)
    office.answers(priya)
    office.hangs_up(office.phone_of(priya))  # she has loaded the page anew
    office.passes(8)
    assert "One moment. We are connecting you again." in heard(leg)
    office.answers(priya)
    office.passes(3)
    assert talking(office) == {owner, identity(priya)}
    line = DiaryLeg.objects.get(guest__secretary=priya, ended_at=None)
    assert desk.post(reverse("dictation-leave", args=[line.pk])).status_code == 303
    office.passes(3)
    assert phone(office, owner) is None
    assert the_call().result == Result.TALKED
    assert is_at(priya) == Presence.State.READY


def test_not_now_is_not_rung_again(office, okafor, priya, desk):
    book(desk, okafor, priya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    line = DiaryLeg.objects.get(guest__secretary=priya)
    desk.post(reverse("dictation-leave", args=[line.pk]))
    office.passes(20)
    assert DiaryLeg.objects.filter(guest__secretary=priya).count() == 1
    assert the_call().result == Result.NO_GUEST


def test_a_line_of_somebody_else_is_not_hers_to_leave(office, okafor, priya, maya, desk):
    book(desk, okafor, maya)
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    line = DiaryLeg.objects.get(guest__secretary=maya)
    assert desk.post(reverse("dictation-leave", args=[line.pk])).status_code == 404


def test_who_dictates_is_rung_herself_and_not_the_owner(office, okafor, priya, tunde, desk):
    book(desk, okafor, priya, contact=tunde.pk)
    it_is_time(office)
    assert phone(office, mobile(tunde))
    assert phone(office, mobile(okafor.owner)) is None


def test_a_client_books_it_in_the_portal_and_all_hear_of_it(office, okafor, priya, maya, tunde):
    portal = office.browser(okafor.owner)
    page = reverse("dictation-portal-book")
    assert portal.get(page).context["form"].initial["typist"] == priya.pk
    postbox.outbox.clear()
    answer = portal.post(page, said(okafor, priya, contacts=[tunde.pk]))
    assert answer.status_code == 303, answer.context["form"].errors
    office.settle()
    told = {to: mail for mail in postbox.outbox for to in mail.to}
    assert set(told) == {priya.user.email, tunde.addresses.get(kind="email").value}
    words = told[priya.user.email].body
    assert "Owner of Okafor Legal dictates to Priya for Okafor Legal: 11:00 (London), 30 minutes." in words
    assert "On the line besides: Tunde Adeyemi." in words
    member = told[tunde.addresses.get(kind="email").value].body
    assert "On the line" not in member
    assert "/portal/" not in member  # where her page says nothing of it
    shown = portal.get(reverse("dictation-portal")).content.decode()
    assert "Owner of Okafor Legal dictates to Priya, 30 min" in shown

    office.clock_says("2026-11-24 10:00:30")
    office.settle()
    soon = [mail for mail in postbox.outbox if mail.subject.startswith("Soon")]
    assert len(soon) == 3  # the client's owner with them
    meeting = BookedDictation.objects.get().meeting
    diary_booking.cancel(meeting, version=meeting.version, because="Ill", by=None, at=clock.now())
    office.settle()
    off = [mail for mail in postbox.outbox if "does not take place" in mail.subject]
    assert len(off) == 3
    assert "Nobody is rung." in off[0].body


def test_a_reminder_for_a_time_that_was_given_up_does_not_go_out(office, okafor, priya, desk):
    booked = book(desk, okafor, priya)
    meeting = booked.meeting
    diary_booking.cancel(meeting, version=meeting.version, because="Ill", by=priya.user, at=clock.now())
    office.clock_says("2026-11-24 10:01")
    office.settle()
    assert not [mail for mail in postbox.outbox if mail.subject.startswith("Soon")]


def test_nobody_of_ours_is_on_two_at_once_and_what_was_typed_stays(office, okafor, priya, maya, desk):
    rival = office.client("Rival & Co")
    diaries.diary_of(rival.row)
    office.secretary("Rosa", rival)
    book(desk, okafor, priya, colleagues=[maya.pk])
    other = office.browser(maya)
    team.assign(maya, rival.row, by=None, at=clock.now(), turn="stand_in")
    answer = other.post(reverse("dictation-book"), said(rival, maya, at="11:15"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Maya is booked for another dictation at that time." in shown
    assert 'value="11:15"' in shown


def test_without_a_telephone_or_browser_to_ring_her_on_nothing_is_booked(office, okafor, maya):
    type(maya).objects.filter(pk=maya.pk).update(verified_number="")
    answer = office.browser(maya).post(reverse("dictation-book"), said(okafor, maya))
    assert answer.status_code == 422
    assert "no telephone number at which you could be rung" in answer.content.decode()


def test_somebody_without_a_number_is_named_and_nothing_is_booked(office, okafor, priya, tunde, desk):
    tunde.addresses.filter(kind="mobile").delete()
    answer = desk.post(reverse("dictation-book"), said(okafor, priya, contacts=[tunde.pk]))
    assert answer.status_code == 422
    assert "There is no telephone number for calls to Tunde Adeyemi." in answer.content.decode()


def test_a_member_books_for_herself_and_sees_no_other(office, okafor, priya, tunde, desk):
    member = office.browser(tunde)
    refused = member.post(reverse("dictation-portal-book"), said(okafor, priya))
    assert refused.status_code == 422  # the owner is not hers to name
    taken = member.post(reverse("dictation-portal-book"), said(okafor, priya, contact=tunde.pk))
    assert taken.status_code == 303, taken.context["form"].errors
    book(desk, okafor, priya, at="12:00")
    shown = member.get(reverse("dictation-portal")).content.decode()
    assert "Tunde Adeyemi dictates to Priya" in shown
    assert "Owner of Okafor Legal dictates" not in shown
