"""A booked dictation that another of ours takes over before its time, and whose telephone the diary names."""

import pytest
from django.core import mail as postbox
from django.urls import reverse

from calendar_app import booking as diary_booking
from calendar_app.models import Meeting
from calls.models import BookedDictation
from clients.models import ContactAddress, WorkItem, WorkRecord
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from tests.calendar_app import diaries
from tests.the_office import identity

from .booked import book, comes, it_is_time, said
from .rooms import talking
from .throughs import mobile

NOW = "Dictation by telephone, to Maya now: "
NOT_YOU = "Dictation by telephone goes on without you: "


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 09:00")
    client = office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)
    diaries.diary_of(client.row)
    return client


@pytest.fixture
def booked(office, okafor, priya, maya):
    return book(office.browser(priya), okafor, priya)


def takes(office, who, booked, **said):
    return office.browser(who).post(reverse("dictation-take", args=[booked.pk]), said, follow=True)


def page(office, who, booked) -> str:
    return office.browser(who).get(reverse("dictation-booked", args=[booked.pk])).content.decode()


def told(office, address: str) -> list[str]:
    office.settle()
    return [mail.subject for mail in postbox.outbox if address in mail.to]


def mailbox(contact) -> str:
    return ContactAddress.objects.get(contact=contact, kind="email").value


def who_comes(booked) -> set:
    return set(booked.meeting.guests.values_list("secretary__spoken_name", flat=True))


def test_a_colleague_takes_it_over_with_one_press_and_is_rung(office, okafor, priya, maya, booked):
    told(office, "")  # what was said of the booking has left
    assert "Take it over" not in page(office, priya, booked)
    assert "Take it over" in page(office, maya, booked)
    shown = takes(office, maya, booked).content.decode()
    assert "Maya types it now. Everybody on the line is told." in shown
    booked.refresh_from_db()
    assert booked.secretary == maya
    assert who_comes(booked) == {"Maya"}
    assert any(subject.startswith(NOT_YOU) for subject in told(office, priya.user.email))
    assert any(subject.startswith(NOW) for subject in told(office, mailbox(okafor.owner)))
    assert not any(subject.startswith(NOW) for subject in told(office, maya.user.email))  # she did it
    assert "Maya" in page(office, priya, booked)
    assert LedgerEntry.objects.filter(verb="calls.bookeddictation.taken_over").exists()
    diary = office.browser(okafor.owner).get(reverse("diary-portal-meeting", args=[booked.meeting_id]))
    assert "Maya" in diary.content.decode()
    it_is_time(office)
    comes(office, mobile(okafor.owner))
    comes(office, maya.home_number)
    office.passes(8)
    assert talking(office) == {mobile(okafor.owner), maya.home_number}
    assert identity(priya) not in talking(office)


def test_the_reminder_names_whoever_types_it_by_then(office, okafor, maya, booked):
    takes(office, maya, booked)
    office.settle()
    postbox.outbox.clear()
    office.clock_says("2026-11-24 10:05")
    office.settle()
    [mail] = [each for each in postbox.outbox if mailbox(okafor.owner) in each.to]
    assert mail.subject.startswith("Soon: ")
    assert "dictates to Maya for Okafor Legal" in mail.body


def test_the_firm_gives_it_to_somebody_who_answers_for_the_client(office, okafor, priya, maya, booked):
    helen = office.supervisor()
    shown = page(office, helen, booked)
    assert "Who types it instead" in shown
    assert f'value="{priya.pk}"' not in shown  # who has it
    refused = takes(office, helen, booked, to="").content.decode()
    assert "Choose somebody who answers for this client." in refused
    takes(office, helen, booked, to=str(maya.pk))
    booked.refresh_from_db()
    assert booked.secretary == maya
    assert any(subject.startswith(NOW) for subject in told(office, maya.user.email))
    assert any(subject.startswith(NOT_YOU) for subject in told(office, priya.user.email))


def test_whoever_is_on_the_line_already_stands_there_once(office, okafor, priya, maya):
    booked = book(office.browser(priya), okafor, priya, colleagues=[maya.pk])
    takes(office, maya, booked)
    assert list(booked.meeting.guests.values_list("secretary__spoken_name", flat=True)) == ["Maya"]


def test_she_is_not_booked_twice_at_once_nor_taken_for_what_is_over(office, okafor, priya, maya, booked):
    book(office.browser(maya), okafor, maya, on="2026-11-25")
    other = BookedDictation.objects.latest("meeting__starts_at")
    takes(office, maya, other)  # it is hers already
    assert who_comes(other) == {"Maya"}
    Meeting.objects.filter(pk=other.meeting_id).update(
        starts_at=booked.meeting.starts_at, ends_at=booked.meeting.ends_at, overlaps=True
    )
    busy = takes(office, maya, booked).content.decode()
    assert "Maya is booked for another dictation at that time." in busy
    office.clock_says("2026-11-24 11:00")
    assert "Take it over" not in page(office, maya, booked)
    late = takes(office, maya, booked).content.decode()
    assert "it is not taken over any more" in late
    booked.refresh_from_db()
    assert booked.secretary == priya


def test_where_nobody_was_left_to_type_it_one_press_settles_that(office, okafor, priya, maya, booked):
    guest = booked.meeting.guests.get(secretary=priya)
    diary_booking.take_off(booked.meeting, guest, version=booked.meeting.version, by=None, at=clock.now())
    assert WorkItem.objects.open().filter(kind="calls.dictation_unsettled").exists()
    takes(office, maya, booked)
    assert who_comes(booked) == {"Maya"}
    assert not WorkItem.objects.open().filter(kind="calls.dictation_unsettled").exists()


def test_the_diary_names_who_is_rung_where_another_dictates(office, okafor, priya, tunde):
    booked = book(office.browser(priya), okafor, priya, contact=tunde.pk)
    portal = office.browser(okafor.owner)
    agenda = portal.get(reverse("diary-agenda"), {"on": "2026-11-24"}).content.decode()
    assert "we ring Tunde Adeyemi and the others named here at the time" in agenda
    assert "we ring you both" not in agenda
    for who, route in ((okafor.owner, "diary-portal-meeting"), (priya, "diary-meeting")):
        shown = office.browser(who).get(reverse(route, args=[booked.meeting_id])).content.decode()
        assert "We ring Tunde Adeyemi and the others named here at the time." in shown
        assert "A minute before it begins we ring Tunde Adeyemi, then the others" in shown


def opened(browser, page: str) -> str:
    """When it was opened, as its form says."""
    form = browser.get(page).content.decode()
    return form.partition('name="began" value="')[2].partition('"')[0]


def test_booking_it_taking_it_over_and_calling_it_off_are_work_for_the_client(office, okafor, priya, maya):
    hers, mayas = office.browser(priya), office.browser(maya)
    began = opened(hers, f"{reverse('dictation-book')}?client={okafor.row.pk}")
    office.passes(50)
    refused = hers.post(reverse("dictation-book"), said(okafor, priya, minutes="0", began=began))
    assert refused.status_code == 422
    booked = book(hers, okafor, priya, began=began)
    page = reverse("dictation-booked", args=[booked.pk])
    began = opened(mayas, page)
    office.passes(20)
    mayas.post(reverse("dictation-take", args=[booked.pk]), {"began": began})
    off = reverse("diary-cancel", args=[booked.meeting_id])
    began = opened(mayas, off)
    office.passes(10)
    version = Meeting.objects.get().version
    assert mayas.post(off, {"because": "She is ill", "version": version, "began": began}).status_code == 303
    records = WorkRecord.objects.filter(client=okafor.row, kind="diary").order_by("started_at")
    times = [(each.secretary, (each.ended_at - each.started_at).total_seconds()) for each in records]
    assert times == [(priya, 50), (maya, 20), (maya, 10)]
    assert {each.subject_id for each in records} == {booked.meeting_id}
