"""Enclosures as files, and letters that are printed as one file and posted together."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from clients.models import WorkItem, WorkRecord
from messages_app.letters import joining, lettering, run_sheets
from messages_app.letters.run_sheets import Piece
from messages_app.models import Letter, Letterhead, Posting, PrintRun
from secretariat.media import storing
from secretariat.media.models import MediaFile
from tests.messages_app.letters.deeds import does, form_of, page
from tests.pdfs import a_pdf

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PHOTOGRAPH = b"\xff\xd8\xff\xe0 a receipt"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB")
    Letterhead.objects.create(
        client=okafor.row, name="Okafor Legal", signer="Ada Okafor", needs_approval=False
    )
    return okafor


@pytest.fixture
def desk(office, okafor):
    office.priya = office.secretary("Priya", okafor)
    return office.browser(office.priya)


@pytest.fixture
def write(office, okafor, desk):
    """Write a letter that lacks nothing."""

    def written(name="Dana Reyes", **more) -> Letter:
        letter = lettering.begin(okafor.row, by=office.priya.user, at=NOON)
        newest = lettering.newest_of(letter)
        words = {each: getattr(newest, each) for each in lettering.WORDS}
        words |= {"name": name, "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
        words |= {"subject": "The keys", "body": "They are with Priya."} | more
        lettering.save(letter, words, version=letter.version, by=office.priya.user, at=NOON)
        return letter

    return written


@pytest.fixture
def ready(office, write):
    def released(name="Dana Reyes", **more) -> Letter:
        letter = write(name, **more)
        lettering.release(letter, version=letter.version, by=office.priya.user, at=NOON)
        return letter

    return released


def put_in(desk, letter, content, **said):
    letter.refresh_from_db()
    file = SimpleUploadedFile("lease.pdf", content, content_type="application/pdf")
    told = {"version": letter.version, "name": "The lease", "joined": "on", "file": file} | said
    return desk.post(reverse("letters-enclose", args=[letter.pk]), told)


def does_with_file(browser, address, letter, file):
    letter.refresh_from_db()
    browser.post(reverse(address, args=[letter.pk, file.pk]), {"version": letter.version})
    letter.refresh_from_db()


def content_of(media_id) -> bytes:
    return b"".join(storing.read(MediaFile.objects.get(pk=media_id)))


def test_a_pdf_that_goes_with_it_is_named_under_it_and_printed_after_it(office, desk, write):
    letter = write()
    assert put_in(desk, letter, a_pdf(2)).status_code == 303
    assert put_in(desk, letter, a_pdf(3), name="The plan", joined="").status_code == 303
    letter.refresh_from_db()
    assert lettering.sheet_of(letter, lettering.newest_of(letter)).enclosures == [
        "The lease",
        "The plan (sent apart)",
    ]
    lettering.release(letter, version=letter.version, by=office.priya.user, at=NOON)
    assert letter.pages == 3
    assert joining.count(content_of(letter.media_id)) == 3
    shown = desk.get(reverse("letters-letter", args=[letter.pk])).content.decode()
    assert "printed with the letter" in shown
    assert put_in(desk, letter, a_pdf()).status_code == 303  # it is to be posted: nothing is added any more
    assert letter.files.count() == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no PDF at all", "cannot be read as a PDF"),
        (a_pdf(password="secret"), "locked with a password"),
        (a_pdf(61), "more than 60 pages"),
    ],
)
def test_what_cannot_be_printed_is_said_at_once(desk, write, content, why):
    letter = write()
    answer = put_in(desk, letter, content)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not letter.files.exists()


def test_one_is_taken_out_again_and_its_file_goes(desk, write):
    letter = write()
    put_in(desk, letter, a_pdf())
    letter.refresh_from_db()
    file = letter.files.get()
    desk.post(reverse("letters-take-out", args=[letter.pk, file.pk]), {"version": letter.version})
    assert not letter.files.exists()
    assert MediaFile.objects.get(pk=file.media_id).deleted_at is not None


def test_what_the_client_was_shown_keeps_its_files_whatever_is_put_in_or_taken_out_since(
    office, okafor, desk, write
):
    letter, portal = write(), office.browser(okafor.owner)
    put_in(desk, letter, a_pdf(2))
    does(desk, "letters-ask", letter, enclosed=["", f"{letter.files.get().media_id} The lease"])
    assert letter.state == "asked"
    does(portal, "letters-portal-change", letter, number=1, words="The signed one, please.")
    old = letter.files.get()
    does_with_file(desk, "letters-take-out", letter, old)
    office.clock_says("2026-11-24 11:30")
    put_in(desk, letter, a_pdf(2))
    read = page(portal, "letters-portal-letter", letter)
    assert "taken out since" in read
    assert str(letter.files.get().media_id) not in read  # nobody has shown it to her yet
    first, second = letter.versions.all()
    assert (first.body, second.body) == ("They are with Priya.", "They are with Priya.")
    assert lettering.sheet_of(letter, first).enclosures == ["The lease"]
    does(desk, "letters-write", letter, **form_of(letter))
    does(desk, "letters-ask", letter)
    read = page(portal, "letters-portal-letter", letter)
    assert "<strong>Files:</strong>" in read  # under the same name, and yet another one
    assert str(letter.files.get().media_id) in read
    does(portal, "letters-portal-agree", letter, number=2)
    assert letter.state == "ready"


def test_the_client_is_not_asked_about_files_that_are_not_on_the_page(office, okafor, desk, write):
    letter = write()
    letter.refresh_from_db()
    page = reverse("letters-letter", args=[letter.pk])
    seen = {"version": letter.version, "enclosed": desk.get(page).context["seen"]}
    assert 'name="enclosed" value=""' in desk.get(page).content.decode()
    put_in(office.browser(office.secretary("Rui", okafor)), letter, a_pdf())
    for address in ("letters-ask", "letters-release"):
        refused = desk.post(reverse(address, args=[letter.pk]), seen, follow=True).content.decode()
        assert "The letter has changed since. Nothing was done. Goes with it now: The lease." in refused
        letter.refresh_from_db()
        assert letter.state == Letter.State.DRAFT


def begun(desk, okafor, **kinds) -> PrintRun:
    answer = desk.post(reverse("letters-run-new"), {"client": okafor.row.pk} | kinds)
    assert answer.status_code == 303, answer.context["form"].errors
    return PrintRun.objects.order_by("-number").first()


def test_letters_lie_in_the_file_by_class_with_a_sheet_before_each_pile(office, okafor, desk, ready):
    signed, plain, with_key = ready("Tom Hale"), ready(), ready("Ravi Patel", enclosures="a key")
    by_class = {signed.pk.hex: "signed", plain.pk.hex: "standard", with_key.pk.hex: "standard"}
    run = begun(desk, okafor, **by_class)
    office.settle()
    run.refresh_from_db()
    assert run.state == "made"
    assert [(each.letter, each.first_page) for each in run.letters.all()] == [
        (plain, 2),
        (with_key, 4),
        (signed, 6),
    ]
    read = PdfReader(BytesIO(content_of(run.media_id)))
    said = [each.extract_text() for each in read.pages]
    assert len(said) == run.pages == 6
    assert "Standard" in said[0]
    assert "Put in with each: a key" in said[2]
    assert "Signed for" in said[4]
    assert "Hale" in said[5]


def test_they_are_posted_together_with_one_proof_and_what_each_cost(office, okafor, desk, ready):
    signed, plain, stays = ready("Tom Hale"), ready(), ready("Ravi Patel")
    kinds = {signed.pk.hex: "signed", plain.pk.hex: "standard", stays.pk.hex: "standard"}
    run = begun(desk, okafor, **kinds)
    office.settle()
    run.refresh_from_db()
    page, live = reverse("letters-run", args=[run.pk]), {"HX-Request": "true", "HX-Target": "run"}
    came = desk.get(page, headers=live)
    assert came["HX-Reselect"] == "#run"  # its form comes with it, and the page is not loaded anew
    assert "HX-Refresh" not in came
    assert "Postage of one letter in GBP: Standard" in came.content.decode()
    opened = desk.get(page).context["began"]
    office.is_later(600)
    told = {
        "version": run.version,
        "began": opened,
        "postage_standard": "0.85",
        "postage_signed": "2.70",
        "a_page": "0.12",
    }
    told |= {f"tracking_{signed.pk.hex}": "RM1", f"left_{stays.pk.hex}": "on"}
    told["proof"] = SimpleUploadedFile("receipt.jpg", PHOTOGRAPH, content_type="image/jpeg")
    answer = desk.post(reverse("letters-run-posted", args=[run.pk]), told)
    assert answer.status_code == 303, answer.context["form"].errors
    costs = {each.letter: (each.postage, each.paper, each.tracking) for each in Posting.objects.all()}
    assert costs == {
        signed: (Decimal("2.70"), Decimal("0.12"), "RM1"),
        plain: (Decimal("0.85"), Decimal("0.12"), ""),
    }
    states = dict(Letter.objects.values_list("pk", "state"))
    assert (states[signed.pk], states[plain.pk], states[stays.pk]) == ("posted", "posted", "ready")
    run.refresh_from_db()
    assert content_of(run.proof_id) == PHOTOGRAPH
    record = WorkRecord.objects.get(kind="post", subject_id=run.pk)
    assert 599 <= (record.ended_at - record.started_at).total_seconds() <= 602
    assert WorkItem.objects.open().get().subject_id == stays.pk
    shown = desk.get(reverse("letters-letter", args=[plain.pk])).content.decode()
    assert reverse("media-file", args=[run.proof_id]) in shown
    again = begun(desk, okafor, **{stays.pk.hex: "standard"})
    assert again.number == 2


def test_no_letter_is_in_two_runs_and_a_dropped_one_lets_go(office, okafor, desk, ready):
    letter = ready()
    run = begun(desk, okafor, **{letter.pk.hex: "standard"})
    assert (
        letter.pk.hex not in desk.get(reverse("letters-run-new"), {"client": okafor.row.pk}).content.decode()
    )
    empty = desk.post(reverse("letters-run-new"), {"client": okafor.row.pk, letter.pk.hex: "standard"})
    assert empty.status_code == 422
    office.settle()
    run.refresh_from_db()
    there = desk.get(reverse("letters-run", args=[run.pk]))
    began = there.context["began"]
    assert began in there.content.decode().partition('id="drop-run"')[2]
    office.passes(30)
    desk.post(reverse("letters-run-drop", args=[run.pk]), {"version": run.version, "began": began})
    record = WorkRecord.objects.get(kind="post", subject_id=run.pk)
    assert (record.client, (record.ended_at - record.started_at).total_seconds()) == (okafor.row, 30)
    run.refresh_from_db()
    assert run.state == "dropped"
    assert MediaFile.objects.get(pk=run.media_id).deleted_at is not None
    assert begun(desk, okafor, **{letter.pk.hex: "first"}).number == 2


def test_the_order_of_a_run():
    def piece(key, kind, apart=(), pages=1):
        return Piece(key, ord(key), kind, "uk-dl", "", apart, pages)

    pieces = [
        *(piece("a", "signed"), piece("b", "standard", ("key",)), piece("c", "standard", pages=3)),
        piece("d", "standard"),
    ]
    piles = run_sheets.in_order(pieces)
    assert [[each.key for each in pile] for pile in piles] == [["c", "d"], ["b"], ["a"]]
    assert run_sheets.first_pages(piles, [1, 2, 1]) == {"c": 2, "d": 5, "b": 8, "a": 10}
