"""Who prints and posts letters, over HTTP: the product's own adapter speaks to it and hears from it."""

import io
import json
import re
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from pypdf import PdfReader

from secretariat.channels import http, lob
from secretariat.channels.errors import Refused, Silent
from secretariat.local.lob import book, notices
from secretariat.local.outside.client import Outside
from tests.pdfs import a_pdf

from .conftest import POST_KEY, POST_SECRET, Process, configuration
from .test_pages import page

NOON = datetime(2026, 3, 2, 12, 33, tzinfo=UTC)
EVENTS = "/twilio/lob/events/"
HARRY = lob.To("Harry Zhang", "", "210 King St", "# 6100", "San Francisco", "CA", "94107", "US")
LAGOS = lob.To("Ngozi Okafor", "", "7 Broad Street", "", "Lagos", "", "101001", "NG")


@pytest.fixture
def carrier(outside, settings):
    speaks_to(outside, settings)
    return outside


def speaks_to(outside, settings):
    settings.LOB_API_KEY, settings.LOB_WEBHOOK_SECRET = POST_KEY, POST_SECRET
    settings.LOB_API_BASE_URL = f"{outside.url}/lob"


def posts(key="k1", to=HARRY, extra="", known_as="row 1"):
    return lob.create(
        to,
        sender="adr_210a8d4b0b76d77b",
        pdf=a_pdf(),
        mail_type="usps_first_class",
        extra=extra,
        send_at=NOON + timedelta(hours=1),
        known_as=known_as,
        key=key,
    )


def hears(office, *letters: str) -> dict:
    """The next notice of these letters, if the product believes it."""
    while json.loads((asked := office.next(EVENTS)).body)["reference_id"] not in letters:
        continue  # one of a story before, that was on its way still
    names = ("Lob-Signature", "Lob-Signature-Timestamp")
    headers = {name: asked.headers[name] for name in names}
    request = RequestFactory().post(EVENTS, asked.body, content_type="application/json", headers=headers)
    with pytest.raises(PermissionDenied):
        lob.verified(request, at=NOON + timedelta(days=9))
    return lob.verified(request, at=datetime.fromtimestamp(int(headers[names[1]]) / 1000, UTC))


def test_a_letter_is_taken_once_printed_and_found_again(carrier, office):
    made = posts()
    assert posts()["id"] == made["id"]
    other = posts(key="k2", known_as="row 2")
    assert other["id"] != made["id"]
    assert [each["metadata"] for each in carrier.letters()] == [{"posting": "row 1"}, {"posting": "row 2"}]
    assert lob.find("row 1")["id"] == lob.letter(made["id"])["id"] == made["id"]
    assert lob.find("row 3") is None
    printed = PdfReader(io.BytesIO(lob.rendered(made["url"])))
    assert len(printed.pages) == 2  # the blank one before it carries the address
    told = Counter(hears(office, made["id"], other["id"])["event_type"]["id"] for _each in range(4))
    assert told == {"letter.created": 2, "letter.rendered_pdf": 2}


def test_a_key_is_known_for_a_day(carrier):
    made = posts()
    carrier.advance(24 * 3600)
    assert posts()["id"] != made["id"]


def test_it_is_cancelled_while_it_waits_and_not_after(carrier):
    first, second = posts(), posts(key="k2")
    lob.cancel(first["id"])
    lob.cancel(first["id"])
    assert lob.letter(first["id"])["deleted"] is True
    carrier.advance(3600)
    with pytest.raises(Refused) as refusal:
        lob.cancel(second["id"])
    assert refusal.value.permanent
    third = posts(key="k3")
    assert [each["state"] for each in carrier.letters()] == ["cancelled", "waiting", "waiting"]
    assert third["id"] == carrier.letters()[-1]["id"]


@pytest.mark.parametrize(
    ("extra", "events"),
    [
        ("", ["letter.mailed", "letter.in_transit", "letter.delivered"]),
        ("certified", [f"letter.certified.{each}" for each in ("mailed", "in_transit", "delivered")]),
    ],
)
def test_what_becomes_of_it_is_told_and_shown(carrier, office, extra, events):
    made = posts(extra=extra)
    assert len([hears(office, made["id"]) for _each in range(2)]) == 2
    for to, event in zip(("mailed", "in_transit", "delivered"), events, strict=True):
        carrier.move_letter(made["id"], to)
        told = hears(office, made["id"])
        assert told["event_type"]["id"] == event
    shown = lob.letter(made["id"])
    names = [each["name"] for each in shown["tracking_events"]]
    assert names == ["Mailed", "In Transit", "Delivered"]
    assert re.fullmatch(r"\d{22}", shown["tracking_number"])


def test_what_could_not_be_printed_is_told_and_goes_no_further(carrier, office):
    made = posts()
    assert len([hears(office, made["id"]) for _each in range(2)]) == 2
    carrier.move_letter(made["id"], "failed")
    assert hears(office, made["id"])["event_type"]["id"] == "letter.failed"
    assert lob.letter(made["id"])["status"] == "failed"
    moved = page(carrier, f"/post/{made['id']}/", to="mailed")
    assert "This letter has come further by now." in moved.html


def test_a_notice_that_the_office_did_not_take_is_told_again(carrier, office):
    office.answer(EVENTS, 503)
    made = posts()
    told = [hears(office, made["id"]) for _each in range(2)]
    office.answers.clear()
    again = [hears(office, made["id"]) for _each in range(2)]
    assert {each["id"] for each in told} == {each["id"] for each in again}


def test_its_page_lists_the_letters_and_moves_them_without_a_script(carrier):
    assert "Nothing was sent here yet." in page(carrier, "/post/").html
    made = posts()
    shown = page(carrier, "/post/")
    assert "Harry Zhang, 210 King St, # 6100, San Francisco CA 94107, US" in shown.html
    with urllib.request.urlopen(f"{carrier.url}/post/{made['id']}.pdf") as file:
        assert file.read(5) == b"%PDF-"
    moved = page(carrier, f"/post/{made['id']}/", to="printed")
    assert moved.address.startswith("/post/")
    assert "Put it in the post" in moved.html
    assert "Print it" not in moved.html
    assert 'href="/post/"' in page(carrier).html


def test_an_address_is_known_or_not_by_what_its_street_says(carrier):
    said = {
        "210 King St": "deliverable",
        "1 Undeliverable Road": "undeliverable",
        "Missing Unit House": "deliverable_missing_unit",
    }
    for street, says in said.items():
        assert lob.deliverability(lob.To("H", "", street, "", "Austin", "TX", "78701", "US")) == says
    assert lob.deliverability(LAGOS) == "deliverable"
    nowhere = lob.To("N", "", "No Match", "", "Lagos", "", "", "NG")
    assert lob.deliverability(nowhere) == "no_match"


def test_only_the_offices_key_and_whole_letters_are_taken(carrier, settings):
    with pytest.raises(Refused):
        posts(to=lob.To("x" * 41, "", "210 King St", "", "Austin", "TX", "78701", "US"))
    settings.LOB_API_KEY = "another"
    with pytest.raises(Refused) as refusal:
        posts()
    assert refusal.value.code == "unauthorized"
    assert carrier.letters() == []


def test_a_file_is_shown_to_whoever_has_its_address_alone(carrier, settings):
    made = posts()
    with pytest.raises(Refused):
        lob.rendered(f"{made['url']}x")
    with pytest.raises(Refused):
        lob.rendered("http://127.0.0.1:1/lob/assets/x.pdf")
    settings.LOB_API_BASE_URL = ""
    with pytest.raises(Refused):  # only where it is played on this computer
        lob.rendered(made["url"])


def test_what_it_took_and_did_not_answer_is_in_its_book(carrier, monkeypatch):
    monkeypatch.setattr(http, "TIMEOUT", 0.5)
    carrier.answer_letters(False)
    with pytest.raises(Silent):
        posts()
    assert len(carrier.letters()) == 1
    assert lob.find("row 1")["id"] == carrier.letters()[0]["id"]
    carrier.answer_letters(True)
    assert posts()["id"] == carrier.letters()[0]["id"]


def test_its_book_outlives_the_process(office, settings, tmp_path):
    with Process(configuration(office.url), tmp_path) as running:
        speaks_to(Outside(running.ready["outside_url"]), settings)
        made = posts()
    with Process(configuration(office.url), tmp_path) as running:
        world = Outside(running.ready["outside_url"])
        speaks_to(world, settings)
        world.move_letter(made["id"], "mailed")
        assert lob.letter(made["id"])["tracking_events"][0]["name"] == "Mailed"
        with urllib.request.urlopen(f"{world.url}/post/{made['id']}.pdf") as file:
            assert file.read(5) == b"%PDF-"
        world.reset()
        assert not list((tmp_path / "data" / "letters").glob("*.pdf"))
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{world.url}/post/{made['id']}.pdf")


def test_it_knows_no_event_that_the_description_does_not():
    events = {event for _before, event, _name in book.MOVES.values()} | {"created", "rendered_pdf", "deleted"}
    for event in events:
        notices.event(f"letter.{event}", {"id": "ltr_1"}, number="1", at=NOON)
    with pytest.raises(ValueError):
        notices.event("letter.eaten", {"id": "ltr_1"}, number="1", at=NOON)
