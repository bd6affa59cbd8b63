"""What Lob does not tell is asked: whether it has a letter at all, and what has become of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.models import WorkItem
from messages_app.letters import carrier_asking, carrier_limits, carrying, lettering
from messages_app.models import Letter, LetterVersion, Posting
from secretariat import clock
from secretariat.channels import lob
from secretariat.channels.errors import Silent
from secretariat.media.models import MediaFile
from secretariat.outbox import sending
from secretariat.outbox.models import Effect
from secretariat.outbox.posting import post_again

from . import lob_played
from .lob_letters import hand_over, says

State = Posting.State


def asked(office, *, after: timedelta = timedelta()) -> None:
    """The round that asks has been, so much later."""
    if after:
        office.is_later(after.total_seconds())
    carrier_asking.ask_for_due(at=clock.now() + timedelta(seconds=1))
    office.settle()


@pytest.fixture
def once(monkeypatch):
    """The first attempt is the last."""
    monkeypatch.setattr(sending, "MOST_ATTEMPTS", 1)


def test_what_perhaps_was_taken_is_not_printed_too_and_found_again(office, played, desk, letter, once):
    played.deaf = True
    row = hand_over(office, desk, letter)
    assert (row.state, letter.state) == (State.UNSURE, "handed")
    assert row.cost > 0
    work = WorkItem.objects.open().get(kind="letters.unsure")
    assert "Nobody knows whether the carrier has letter 1" in work.because
    assert desk.get(reverse("letters-posted", args=[letter.pk])).status_code == 404
    assert "post it otherwise" in desk.get(reverse("letters-letter", args=[letter.pk])).content.decode()
    played.deaf = False
    asked(office, after=timedelta(minutes=3))
    row.refresh_from_db()
    assert (row.state, row.carrier_id) == (State.HANDED, next(iter(played.letters)))
    assert not WorkItem.objects.open().filter(kind="letters.unsure").exists()
    assert len(played.letters) == 1


def test_what_it_never_had_is_posted_otherwise_once_somebody_has_looked(office, played, desk, letter, once):
    played.dead = True
    row = hand_over(office, desk, letter)
    assert row.state == State.UNSURE
    played.dead = False
    asked(office, after=timedelta(minutes=3))
    row.refresh_from_db()
    assert row.state == State.UNSURE  # that it shows none is no proof
    address = reverse("letters-carrier-not-there", args=[letter.pk, row.pk])
    assert desk.post(address).status_code == 303
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.state, row.cost, letter.state) == (State.REFUSED, 0, "ready")
    assert not WorkItem.objects.open().filter(kind="letters.unsure").exists()
    assert WorkItem.objects.open().filter(kind="letters.to_post").exists()
    desk.post(address)  # pressed twice
    assert Letter.objects.get().state == "ready"


def test_sent_once_more_by_a_person_it_is_still_one_letter(office, played, desk, letter, once):
    played.deaf = True
    row = hand_over(office, desk, letter)
    played.deaf = False
    played.by_key.clear()  # a day later it remembers no key
    post_again(Effect.objects.get(kind=carrying.HAND))
    office.settle()
    row.refresh_from_db()
    assert (row.state, len(played.letters)) == (State.HANDED, 1)


def test_what_it_says_before_its_answer_was_heard_counts(office, played, desk, letter, once):
    played.deaf = True
    row = hand_over(office, desk, letter)
    played.deaf = False
    [made] = played.letters.values()
    row.carrier_id = made["id"]  # it stands in the notice alone
    says(office, played, row, "letter.mailed")
    assert (row.state, row.carrier_id) == (State.POSTED, made["id"])
    letter.refresh_from_db()
    assert letter.state == "posted"


def test_it_is_seen_as_it_is_printed_while_it_can_still_be_cancelled(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    assert row.proof_id is None  # no notice came
    asked(office, after=timedelta(minutes=3))
    row.refresh_from_db()
    assert MediaFile.objects.get(pk=row.proof_id).kind == "letters.proof"
    assert row.expected_on.isoformat() == "2026-12-02"
    page = desk.get(reverse("letters-letter", args=[letter.pk])).content.decode()
    assert "As it is printed" in page
    assert "expected 2 December" in page
    assert "Cancel, until" in page


def test_without_a_notice_it_is_asked_until_it_has_arrived_or_come_back(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    asked(office, after=timedelta(minutes=3))
    told = played.letters[row.carrier_id]
    told["tracking_events"] = [{"name": "Mailed"}, {"name": "In Transit"}]
    requests = len(played.asked)
    asked(office)
    assert len(played.asked) == requests  # not at every round
    asked(office, after=timedelta(hours=13))
    row.refresh_from_db()
    assert row.state == State.POSTED
    told["tracking_events"].append({"name": "Returned to Sender"})
    asked(office, after=timedelta(hours=13))
    letter.refresh_from_db()
    assert letter.state == "returned"
    says(office, played, row, "letter.returned_to_sender")  # late, and told twice
    assert WorkItem.objects.open().filter(kind="letters.returned").count() == 1
    requests = len(played.asked)
    asked(office, after=timedelta(hours=13))
    assert len(played.asked) == requests


def test_silence_about_an_address_is_no_letter(office, played, desk, letter, once, monkeypatch):
    def silent(_to):
        raise Silent("timeout")

    monkeypatch.setattr(lob, "deliverability", silent)
    row = hand_over(office, desk, letter)
    assert (row.state, letter.state) == (State.REFUSED, "ready")
    assert not played.letters


@pytest.mark.parametrize("said", ["deliverable_missing_unit", "deliverable_incorrect_unit"])
def test_a_flat_that_the_post_misses_is_told_once_and_then_she_decides(office, played, desk, letter, said):
    played.deliverability = said
    row = hand_over(office, desk, letter)
    assert (row.state, letter.state) == (State.REFUSED, "ready")
    assert "the number of a flat or suite" in WorkItem.objects.open().get(kind="letters.to_post").because
    again = hand_over(office, desk, letter)
    assert (again.state, letter.state) == (State.HANDED, "handed")


LONG = "Okafor, Okafor, Harlow, Reyes & Partners LLP"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"name": LONG}, "no more than 40 characters"),
        ({"firm": LONG}, "no more than 40 characters"),
        ({"street": "1 Main Street\n" + "Building, " * 9}, "no more than 64 characters"),
        ({"region": "California"}, "by its two letters"),
        ({"region": ""}, "by its two letters"),
        ({"postcode": "9410"}, "five digits"),
        ({"country": "GB", "region": "", "postcode": "BA1 2QH"}, ""),
        ({}, ""),
    ],
)
def test_nothing_is_cut_but_said_on_the_page_where_it_is_handed_over(played, desk, letter, words, why):
    LetterVersion.objects.update(**words)
    newest = lettering.newest_of(letter)
    assert why in carrier_limits.why_not(letter, newest)
    assert bool(why) is bool(carrier_limits.why_not(letter, newest))
    page = desk.get(reverse("letters-posted", args=[letter.pk])).content.decode()
    assert ("Let the carrier print and post it" in page) is not bool(why)
    assert why in page
    assert ("Of an address abroad the carrier knows less" in page) is (newest.country == "GB")
    assert not played.asked


def test_six_pages_at_most_go_abroad(letter):
    LetterVersion.objects.update(country="GB", region="", postcode="BA1 2QH")
    letter.pages = 7
    assert "no more than 6 pages" in carrier_limits.why_not(letter, lettering.newest_of(letter))


@pytest.mark.parametrize("said", ["deliverable_missing_info", "undeliverable", "no_match"])
def test_an_address_abroad_that_is_not_found_is_told_once_and_then_she_decides(
    office, played, desk, letter, said
):
    LetterVersion.objects.update(country="GB", region="", city="Bath", postcode="BA1 2QH")
    played.abroad = said
    row = hand_over(office, desk, letter)
    assert (row.state, letter.state) == (State.REFUSED, "ready")
    assert "does not find this address abroad" in WorkItem.objects.open().get(kind="letters.to_post").because
    assert not played.letters
    again = hand_over(office, desk, letter)
    assert (again.state, letter.state) == (State.HANDED, "handed")


def test_where_the_contract_checks_no_address_abroad_it_goes_unchecked(office, played, desk, letter):
    LetterVersion.objects.update(country="GB", region="", city="Bath", postcode="BA1 2QH")
    played.abroad = None
    assert hand_over(office, desk, letter).state == State.HANDED


def test_a_letter_abroad_is_told_as_it_wants_addresses_abroad(office, played, desk, letter):
    LetterVersion.objects.update(country="GB", region="", city="Bath", postcode="BA1 2QH")
    row = hand_over(office, desk, letter)
    assert row.state == State.HANDED
    assert played.letters[row.carrier_id]["to"]["address_country"] == "GB"
    assert ("POST", "/v1/us_verifications") not in played.asked
    assert lob_played.SPEC["address_intl"]["required"] == ["address_line1", "address_country"]
