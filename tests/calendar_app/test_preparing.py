"""What is to be prepared for a meeting, its files, its place, and what came of it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calendar_app import around, preparing
from calendar_app.models import Meeting, Paper, Place
from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.media.models import MediaFile
from tests.calendar_app import diaries


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def meeting(okafor):
    diary = diaries.diary_of(okafor.row)
    return diaries.booked(diary, "14:00", date(2026, 11, 25), when=clock.now(), about="The lease")


def prepares(browser, where, meeting, *, words="", paper=None, version=None):
    said = {"version": meeting.version if version is None else version, "words": words}
    return browser.post(
        f"{where}/diary/meetings/{meeting.pk}/prepare/", said | ({"paper": paper} if paper else {})
    )


def file(name="lease.pdf", content=b"%PDF-1.7 the lease"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_desk_and_client_write_down_what_to_prepare_and_add_files(office, okafor, meeting):
    priya = office.browser(office.secretary("Priya", okafor))
    owner = office.browser(okafor.owner)
    assert prepares(priya, "/desk", meeting, words="Read clause 4.", paper=file()).status_code == 303
    page = owner.get(f"/portal/diary/meetings/{meeting.pk}/").content.decode()
    assert "Read clause 4." in page
    assert "lease.pdf" in page
    paper = Paper.objects.get()
    answer = owner.get(f"/media/{paper.media_id}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 the lease"
    meeting.refresh_from_db()
    assert prepares(owner, "/portal", meeting, words="Read it all.").status_code == 303
    took = owner.post(f"/portal/diary/meetings/{meeting.pk}/papers/{paper.pk}/take-away/")
    assert took.status_code == 303
    assert not Paper.objects.exists()
    assert MediaFile.objects.get(pk=paper.media_id).deleted_at


def test_a_file_is_for_those_who_see_the_meeting(office, okafor, meeting):
    rival = office.client("Rival")
    preparing.add(meeting, file(), by=okafor.owner.user, at=clock.now())
    address = f"/media/{Paper.objects.get().media_id}/"
    assert office.browser(rival.owner).get(address).status_code == 404
    assert office.browser(office.secretary("Sol", rival)).get(address).status_code == 404
    Meeting.objects.update(private=True)
    assert office.browser(office.secretary("Priya", okafor)).get(address).status_code == 404
    assert office.browser(okafor.owner).get(address).status_code == 200


def test_what_was_changed_meanwhile_loses_nothing_typed(office, okafor, meeting):
    priya = office.browser(office.secretary("Priya", okafor))
    answer = prepares(priya, "/desk", meeting, words="Read clause 4.", version=99)
    assert answer.status_code == 422
    assert "Read clause 4." in answer.content.decode()
    assert Meeting.objects.get().preparation == ""


def test_a_file_that_is_too_large_is_refused(office, okafor, meeting, monkeypatch):
    monkeypatch.setattr(preparing, "LARGEST", 10)
    owner = office.browser(okafor.owner)
    answer = prepares(owner, "/portal", meeting, words="Read it.", paper=file())
    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_client_adds_changes_and_retires_places(office, okafor):
    owner, priya = office.browser(okafor.owner), office.browser(office.secretary("Priya", okafor))
    assert "No places yet" in owner.get("/portal/places/").content.decode()
    assert owner.post("/portal/places/add/", {"kind": "video", "name": "Our room"}).status_code == 422
    said = {
        "kind": "address",
        "name": "Broad Street",
        "address": "12 Broad Street",
        "directions": "Ring twice.",
    }
    assert owner.post("/portal/places/add/", said).status_code == 303
    place = Place.objects.get()
    book = f"/desk/diary/book/?client={okafor.row.pk}"
    assert "Broad Street" in priya.get(book).content.decode()
    owner.post(f"/portal/places/{place.pk}/", said | {"name": "The office"})
    assert Place.objects.get().name == "The office"
    owner.post(f"/portal/places/{place.pk}/retire/")
    assert "The office" not in priya.get(book).content.decode()
    owner.post(f"/portal/places/{place.pk}/restore/")
    assert "The office" in priya.get(book).content.decode()


def test_what_came_of_a_meeting_is_asked_noted_and_found(office, okafor, meeting):
    priya, owner = office.browser(office.secretary("Priya", okafor)), office.browser(okafor.owner)
    around.say(meeting.diary, {"asks_outcome": True}, by=okafor.owner.user)
    office.clock_says("2026-11-25 14:40")
    office.settle()
    item = WorkItem.objects.open().get(kind="calendar.outcome")
    assert work.describe(item).title == "Note what came of: The lease"
    assert "The lease" in priya.get("/desk/diary/over/?outcome=none").content.decode()
    said = {"version": meeting.version, "outcome": "no_show", "note": "Waited half an hour"}
    answer = owner.post(f"/portal/diary/meetings/{meeting.pk}/outcome/", said)
    assert answer.status_code == 303
    assert not WorkItem.objects.open().filter(kind="calendar.outcome").exists()
    assert "No such meetings" in priya.get("/desk/diary/over/?outcome=none").content.decode()
    for page in (priya.get("/desk/diary/over/?outcome=no_show"), owner.get("/portal/diary/over/")):
        assert "Guest did not come" in page.content.decode()
        assert "Waited half an hour" in page.content.decode()
    office.clock_says("2026-11-25 16:00")
    office.settle()
    assert not WorkItem.objects.open().filter(kind="calendar.outcome").exists()


def test_nobody_is_asked_what_came_of_it_where_the_client_does_not_want_it(office, okafor, meeting):
    office.clock_says("2026-11-25 14:40")
    office.settle()
    assert not WorkItem.objects.filter(kind="calendar.outcome").exists()
