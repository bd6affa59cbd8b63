"""One letter to many: each copy looked at before anything is made, one word of hers, each set once."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import Correspondent, PostalAddress, WorkItem, WorkRecord
from messages_app.letters import joining, serial_making, serials
from messages_app.models import (
    Letter,
    LetterFile,
    Letterhead,
    LetterTemplate,
    LetterVersion,
    SerialLetter,
)
from messages_app.personal_letters import LETTERS
from messages_app.views import desk_serials
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox.models import Effect
from tests.pdfs import a_pdf

from . import paper
from .deeds import does, page


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB")
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", signer="Ada Okafor")
    LetterTemplate.objects.create(
        client=okafor.row,
        name="We move",
        subject="We move, {firm}",
        salutation="Dear {name},",
        body="From January we are in Mill Lane.",
    )
    for name, postcode in (("Dana Reyes", "BA1 2QH"), ("Ravi Patel", "LS1 1AA"), ("No Code", "")):
        person = Correspondent.objects.create(client=okafor.row, name=name, firm=f"Firm of {name}")
        where = {"street": "12 Mill Lane", "city": "Bath", "postcode": postcode, "country": "GB"}
        PostalAddress.objects.create(client=okafor.row, correspondent=person, **where)
    Correspondent.objects.create(client=okafor.row, name="Nowhere")
    return okafor


@pytest.fixture
def desk(office, okafor):
    office.priya = office.secretary("Priya", okafor)
    return office.browser(office.priya)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner.user)


@pytest.fixture
def serial(desk, okafor):
    said = {"client": okafor.row.pk, "template": LetterTemplate.objects.get().pk}
    assert desk.post(reverse("letters-serial-new"), said).status_code == 303
    return SerialLetter.objects.get()


def whole(office, desk, serial):
    """Looked at, and what lacks something left out."""
    office.settle()
    does(desk, "letters-serial-leave-out", serial)


def test_everybody_with_an_address_has_a_copy_and_what_is_missing_is_shown_first(office, desk, serial):
    assert Letter.objects.filter(serial=serial).count() == 3
    Letter.objects.update(gaps=None)
    assert "3 copies are still being looked at." in page(desk, "letters-serial", serial)
    does(desk, "letters-serial-ask", serial)
    assert serial.state == "draft"
    serial_making.look(list(Letter.objects.values_list("pk", flat=True)))
    shown = page(desk, "letters-serial", serial)
    assert "In 1 copy something is missing" in shown
    assert shown.index("No Code") < shown.index("Dana Reyes</span>")
    assert "The address has no postcode" in shown
    does(desk, "letters-serial-ask", serial)
    assert serial.state == "draft"
    assert not MediaFile.objects.exists()
    subjects = set(LetterVersion.objects.values_list("subject", flat=True))
    assert subjects == {f"We move, Firm of {name}" for name in ("Dana Reyes", "Ravi Patel", "No Code")}


def test_the_client_agrees_once_and_each_copy_is_set_and_kept_with_its_hash(office, desk, portal, serial):
    whole(office, desk, serial)
    does(desk, "letters-serial-ask", serial)
    assert "Waits for you" in portal.get(reverse("letters-portal")).content.decode()
    copy = serial.copies.exclude(state="withdrawn").first()
    assert portal.get(reverse("letters-portal-page", args=[copy.pk])).status_code == 200
    seen = serial.version
    does(portal, "letters-portal-serial-agree", serial)
    portal.post(reverse("letters-portal-serial-agree", args=[serial.pk]), {"version": seen})
    office.settle()
    serial.refresh_from_db()
    assert serial.state == "ready"
    copies = list(serial.copies.filter(state="ready"))
    assert len(copies) == 2
    for letter in copies:
        kept = b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id)))
        assert hashlib.sha256(kept).hexdigest() == letter.sha256
        assert letter.pages == 1
        words = " ".join(each.text for each in paper.lines(kept))
        assert letter.correspondent.name in words
    assert MediaFile.objects.count() == 2
    item = WorkItem.objects.open().get()
    assert (item.kind, item.because) == (
        "letters.serial_to_post",
        "2 letters are to be printed and posted.",
    )


def test_the_work_of_posting_is_done_with_the_last_copy_that_went_alone(office, desk, portal, serial):
    whole(office, desk, serial)
    does(desk, "letters-serial-ask", serial)
    does(portal, "letters-portal-serial-agree", serial)
    office.settle()
    for copy, left in zip(serial.copies.filter(state="ready"), (1, 0), strict=True):
        assert does(desk, "letters-posted", copy, kind="standard", postage="0.85").status_code == 303
        assert WorkItem.objects.open().filter(kind="letters.serial_to_post").count() == left


def test_what_goes_to_many_without_asking_the_client_reads_all_the_same(office, desk, portal, serial):
    whole(office, desk, serial)
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-serial-release", serial)
    shown = portal.get(reverse("letters-portal-serial", args=[serial.pk])).content.decode()
    copies = serial.copies.filter(state="making")
    assert copies.count() == 2
    for copy in copies:
        there = reverse("letters-portal-letter", args=[copy.pk])
        assert there in shown
        assert portal.get(there).status_code == 200


def test_whoever_was_killed_in_the_middle_leaves_each_copy_to_be_set_once(office, desk, serial):
    whole(office, desk, serial)
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-serial-release", serial)
    first, second = serial.copies.filter(state="making").order_by("number")
    assert serial_making.make([first.pk]) == 1  # and no further
    assert not serial_making.finish(serial.pk)
    kept = Letter.objects.get(pk=first.pk).media_id
    assert serial_making.make([first.pk, second.pk]) == 1
    assert Letter.objects.get(pk=first.pk).media_id == kept
    assert MediaFile.objects.count() == 2
    assert serial_making.finish(serial.pk)
    assert not serial_making.finish(serial.pk)


def test_what_the_client_wants_changed_is_written_anew_in_every_copy(office, desk, portal, serial):
    whole(office, desk, serial)
    does(desk, "letters-serial-ask", serial)
    letter = serial.copies.filter(state="draft").first()
    answer = desk.get(reverse("letters-write", args=[letter.pk]))
    said = {"version": letter.version, "subject": "Behind her back"}
    desk.post(reverse("letters-write", args=[letter.pk]), answer.context["form"].initial | said)
    assert not LetterVersion.objects.filter(subject="Behind her back").exists()
    does(portal, "letters-portal-serial-change", serial, words="Say from when.")
    assert serial.state == "change"
    assert WorkItem.objects.open().get().kind == "letters.serial_change"
    assert "Say from when." in page(desk, "letters-serial-write", serial)
    words = {name: getattr(serial, name) for name in serials.WORDS} | {"body": "From 4 January, {name}."}
    does(desk, "letters-serial-write", serial, **words)
    assert not WorkItem.objects.open().exists()
    newest = serials.newest_of(serial)
    assert {each.number for each in newest} == {2}
    assert {each.body for each in newest} == {"From 4 January, Dana Reyes.", "From 4 January, Ravi Patel."}
    office.settle()
    does(desk, "letters-serial-ask", serial)
    assert serial.state == "asked"
    shown = page(portal, "letters-portal-serial", serial)
    assert "Changes since it was last shown" in shown
    assert "<ins>" in shown


def test_what_is_typed_for_all_is_kept_and_changes_no_copy_until_it_is_saved(office, desk, portal, serial):
    whole(office, desk, serial)
    words = {name: getattr(serial, name) for name in serials.WORDS}
    typing = reverse("letters-serial-draft", args=[serial.pk])
    serial.refresh_from_db()
    kept = desk.post(typing, words | {"body": "From 4 Jan", "dated_on": "", "revision": serial.version})
    assert kept.json()["revision"] == serial.version + 1
    assert {each.body for each in serials.newest_of(serial)} == {"From January we are in Mill Lane."}
    again = page(desk, "letters-serial-write", serial)
    assert "From 4 Jan</textarea>" in again
    assert f'data-draft-url="{typing}"' in again
    stale = desk.post(typing, words | {"body": "Other", "revision": serial.version})
    assert (stale.status_code, stale.json()["fields"]["body"]) == (409, "From 4 Jan")
    serial.refresh_from_db()
    said = words | {"body": "From 4 January.", "version": 0, "revision": serial.version}
    assert desk.post(reverse("letters-serial-write", args=[serial.pk]), said).status_code == 303
    serial.refresh_from_db()
    assert (serial.typed, serial.body) == (None, "From 4 January.")
    office.settle()
    does(desk, "letters-serial-ask", serial)
    asked = desk.post(typing, words | {"body": "Too late", "revision": serial.version})
    assert asked.status_code == 409


def test_a_copy_that_cannot_be_set_any_more_is_given_back_and_goes_alone(office, desk, serial):
    whole(office, desk, serial)
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-serial-release", serial)
    Letterhead.objects.update(name="x" * 120, lines="\n".join("line" for _ in range(60)))
    office.settle()
    serial.refresh_from_db()
    assert serial.state == "ready"
    assert set(serial.copies.exclude(state="withdrawn").values_list("state", flat=True)) == {"draft"}
    assert WorkItem.objects.open().filter(kind="letters.change").count() == 2


def test_each_copy_is_addressed_by_its_own_title(desk, okafor):
    LetterTemplate.objects.update(salutation="{salutation}", closing="{closing}")
    Correspondent.objects.filter(name="Ravi Patel").update(name="Mr Ravi Patel")
    whom = {"client": okafor.row.pk, "template": LetterTemplate.objects.get().pk}
    desk.post(reverse("letters-serial-new"), whom)
    said = set(LetterVersion.objects.values_list("salutation", "closing"))
    assert ("Dear Mr Patel,", "Yours sincerely,") in said
    assert ("Dear Dana Reyes,", "Yours sincerely,") in said


def people(desk, okafor, **said):
    whom = {"client": okafor.row.pk, "template": LetterTemplate.objects.get().pk}
    return desk.post(reverse("letters-serial-new"), whom | said)


def test_whom_it_goes_to_is_ticked(office, desk, okafor):
    shown = people(desk, okafor, look="1")
    assert shown.status_code == 200
    assert not SerialLetter.objects.exists()
    assert [str(each) for each, ticked in shown.context["found"] if ticked] == [
        "Dana Reyes",
        "No Code",
        "Ravi Patel",
    ]
    assert "2000 people at most" in shown.content.decode()
    dana = Correspondent.objects.get(name="Dana Reyes")
    nobody = people(desk, okafor, ticking="1")
    assert nobody.status_code == 422
    assert "Nobody is ticked." in nobody.content.decode()
    rival = Correspondent.objects.create(client=office.client("Brookes Dental").row, name="Zed")
    ticks = [dana.pk, rival.pk, "nonsense"]
    assert people(desk, okafor, ticking="1", who=ticks).status_code == 303
    assert [each.correspondent for each in Letter.objects.all()] == [dana]


def test_whoever_is_one_too_many_is_said_and_nobody_is_dropped(desk, okafor, monkeypatch):
    monkeypatch.setattr(serials, "MOST", 2)
    refused = people(desk, okafor)
    assert refused.status_code == 422
    assert "3 people are found, and 2 at most" in refused.content.decode()
    assert not Letter.objects.exists()
    monkeypatch.setattr(desk_serials, "TICKED", 2)
    refused = people(desk, okafor, look="1")
    assert "3 people are found, and 2 at most" in refused.content.decode()
    assert people(desk, okafor, words="Reyes").status_code == 303


def test_words_that_do_not_fit_are_not_cut_but_said_of_their_copy(office, desk, okafor):
    LetterTemplate.objects.update(subject="We move in January, and so does {firm}, " + "x" * 100)
    Correspondent.objects.filter(name="Dana Reyes").update(firm="Harlow " * 10)
    people(desk, okafor)
    office.settle()
    long = Letter.objects.get(correspondent__name="Dana Reyes")
    newest = long.versions.get()
    assert newest.subject.startswith("We move in January, and so does {firm}")
    assert any("no room for “{firm}”" in gap for gap in long.gaps)
    other = Letter.objects.get(correspondent__name="Ravi Patel")
    assert other.gaps == []
    assert "so does Firm of Ravi Patel" in other.versions.get().subject


def test_withdrawn_nothing_is_set(office, desk, serial):
    whole(office, desk, serial)
    does(desk, "letters-serial-withdraw", serial)
    assert set(serial.copies.values_list("state", flat=True)) == {"withdrawn"}
    assert not Effect.objects.filter(kind=serials.MAKE).exists()


def puts_in(desk, serial, content, **said):
    file = SimpleUploadedFile("plan.pdf", content, content_type="application/pdf")
    return does(desk, "letters-serial-enclose", serial, name="The plan", joined="on", file=file, **said)


def test_what_goes_with_all_is_kept_once_and_printed_after_each(office, desk, portal, serial):
    whole(office, desk, serial)
    assert puts_in(desk, serial, a_pdf(2)).status_code == 303
    assert MediaFile.objects.count() == 1
    assert "2 copies are still being looked at." in page(desk, "letters-serial", serial)
    office.settle()
    does(desk, "letters-serial-ask", serial)
    assert "The plan" in page(portal, "letters-portal-serial", serial)
    assert portal.get(reverse("media-file", args=[MediaFile.objects.get().pk])).status_code == 200
    does(portal, "letters-portal-serial-agree", serial)
    office.settle()
    letter = serial.copies.filter(state="ready").first()
    assert letter.pages == 3
    kept = b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id)))
    assert joining.count(kept) == 3
    assert "The plan" in " ".join(each.text for each in paper.lines(kept))


def test_what_is_taken_out_of_all_goes_with_none(office, desk, serial):
    whole(office, desk, serial)
    puts_in(desk, serial, a_pdf())
    file = LetterFile.objects.first()
    out = reverse("letters-serial-take-out", args=[serial.pk, file.media_id])
    desk.post(out, {"version": serial.version - 1})
    assert LetterFile.objects.count() == 2
    desk.post(out, {"version": serial.version})
    assert not LetterFile.objects.exists()
    assert MediaFile.objects.get(pk=file.media_id).deleted_at is not None


def test_asked_for_a_change_the_client_goes_on_seeing_the_files_she_was_shown(office, desk, portal, serial):
    whole(office, desk, serial)
    puts_in(desk, serial, a_pdf())
    office.settle()
    does(desk, "letters-serial-ask", serial)
    does(portal, "letters-portal-serial-change", serial, words="Not that plan.")
    old = LetterFile.objects.first().media_id
    desk.post(reverse("letters-serial-take-out", args=[serial.pk, old]), {"version": serial.version})
    assert "taken out since" in page(portal, "letters-portal-serial", serial)


def test_a_file_that_cannot_be_printed_is_refused_with_the_reason(office, desk, serial):
    answer = puts_in(desk, serial, b"%PDF-1.7 nonsense")
    assert answer.status_code == 422
    assert "This file cannot be read as a PDF." in answer.content.decode()
    assert not LetterFile.objects.exists()


def test_when_one_copy_is_forgotten_the_others_keep_their_file(office, desk, serial):
    whole(office, desk, serial)
    puts_in(desk, serial, a_pdf())
    first, second = serial.copies.filter(state="draft")
    LETTERS.doing(Letter.objects.filter(pk=first.pk))
    assert MediaFile.objects.get(pk=second.files.get().media_id).deleted_at is None
    LETTERS.doing(Letter.objects.filter(pk=second.pk))
    assert MediaFile.objects.get().deleted_at is not None


def test_the_seconds_of_writing_to_many_are_kept(office, okafor, desk):
    def opened(name, *ids, **asked):
        return desk.get(reverse(name, args=ids), asked).context["began"]

    client = {"client": okafor.row.pk}
    began = opened("letters-serial-new", **client)
    office.passes(30)
    said = client | {"template": LetterTemplate.objects.get().pk, "began": began}
    desk.post(reverse("letters-serial-new"), said)
    serial = SerialLetter.objects.get()
    began = opened("letters-serial-write", serial.pk)
    office.passes(45)
    words = {name: getattr(serial, name) for name in serials.WORDS} | {"body": "We move in March."}
    assert does(desk, "letters-serial-write", serial, **words, began=began).status_code == 303
    office.settle()
    for seconds, verb in ((15, "letters-serial-leave-out"), (20, "letters-serial-ask")):
        began = opened("letters-serial", serial.pk)
        office.passes(seconds)
        does(desk, verb, serial, began=began)
    assert serial.state == "asked"
    began = opened("letters-serial", serial.pk)
    office.passes(60)
    does(desk, "letters-serial-release", serial, began=began)  # not now: nothing was done
    records = WorkRecord.objects.order_by("started_at")
    lengths = [round((each.ended_at - each.started_at).total_seconds()) for each in records]
    assert lengths == [30, 45, 15, 20]
    assert {(each.kind, each.subject_id, each.secretary) for each in records} == {
        ("letter", serial.pk, office.priya)
    }


def test_a_copy_that_was_written_on_by_itself_is_named_to_the_client(office, desk, portal, serial):
    whole(office, desk, serial)
    does(desk, "letters-serial-ask", serial)
    assert "written on by itself" not in page(portal, "letters-portal-serial", serial)
    does(portal, "letters-portal-serial-change", serial, words="Say to Ravi that his rent stays.")
    letter = serial.copies.get(correspondent__name="Ravi Patel")
    write = reverse("letters-write", args=[letter.pk])
    told = desk.get(write).context["form"].initial
    office.passes(60)
    desk.post(write, told | {"version": letter.version, "body": "Your rent stays as it is."})
    office.settle()
    does(desk, "letters-serial-ask", serial)
    shown = page(portal, "letters-portal-serial", serial)
    assert "One copy was written on by itself" in shown
    assert (
        shown.index("written on by itself") < shown.index(str(letter.pk)) < shown.index("Where braces stand")
    )
    assert "Your rent stays as it is." in page(portal, "letters-portal-letter", letter)
