"""Letters that Lob prints and posts: asked as its description has it, and nothing posted twice."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import requests
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from messages_app.letters import carrying, posting
from messages_app.models import Letter, Letterhead, Posting
from secretariat import clock
from secretariat.media.models import MediaFile
from secretariat.outbox.models import InboundEvent

from . import lob_played
from .lob_letters import NOON, hand_over, says

State = Posting.State


@pytest.mark.parametrize(
    ("kind", "mail_type", "extra"),
    [
        ("standard", "usps_standard", None),
        ("first", "usps_first_class", None),
        ("signed", "usps_first_class", "certified"),
        ("registered", "usps_first_class", "certified_return_receipt"),
    ],
)
def test_a_letter_is_handed_over_as_the_description_has_it(
    office, played, desk, letter, kind, mail_type, extra
):
    row = hand_over(office, desk, letter, kind)
    assert (letter.state, row.state, row.carrier) == ("handed", State.HANDED, "lob")
    made = played.letters[row.carrier_id]
    assert (made["mail_type"], made.get("extra_service")) == (mail_type, extra)
    assert made["to"]["address_line2"] == "# 6100"
    assert made["use_type"] == "operational"
    assert datetime.fromisoformat(made["send_date"]) == row.cancel_until.replace(microsecond=0)
    assert not WorkItem.objects.open().exists()


def test_an_answer_that_was_lost_does_not_post_it_twice(office, played, desk, letter):
    played.fails = requests.ReadTimeout()
    row = hand_over(office, desk, letter)
    office.passes(120)
    row.refresh_from_db()
    assert row.state == State.HANDED
    assert len(played.letters) == 1
    assert played.asked.count(("POST", "/v1/letters")) == 1  # it was asked whether it has it


def test_an_address_the_post_does_not_know_is_seen_by_a_person(office, played, desk, letter):
    played.deliverability = "undeliverable"
    row = hand_over(office, desk, letter)
    assert (letter.state, row.state, row.cost) == ("ready", State.REFUSED, 0)
    assert not played.letters
    waits = WorkItem.objects.open().get(kind="letters.to_post")
    assert "does not know this address" in waits.because


def test_it_is_cancelled_in_time_and_is_to_be_posted_again(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    shown = desk.get(reverse("letters-letter", args=[letter.pk])).content.decode()
    assert reverse("letters-carrier-cancel", args=[letter.pk, row.pk]) in shown
    desk.post(reverse("letters-carrier-cancel", args=[letter.pk, row.pk]))
    office.settle()
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (letter.state, row.state, row.cost) == ("ready", State.CANCELLED, 0)
    assert not played.letters


def test_after_the_window_nothing_is_asked_and_too_late_there_is_seen(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    played.too_late = True
    desk.post(reverse("letters-carrier-cancel", args=[letter.pk, row.pk]))
    office.settle()
    assert WorkItem.objects.open().filter(kind="letters.not_cancelled").exists()
    office.clock_says("2026-11-24 12:30")
    asked = [each for each in played.asked if each[0] == "DELETE"]
    desk.post(reverse("letters-carrier-cancel", args=[letter.pk, row.pk]))
    office.settle()
    assert [each for each in played.asked if each[0] == "DELETE"] == asked


def test_what_it_says_moves_the_letter_on_in_any_order_and_never_back(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    says(office, played, row, "letter.rendered_pdf", number=1)
    assert MediaFile.objects.get(pk=row.proof_id).client_id == letter.client_id
    says(office, played, row, "letter.delivered", number=3, tracking_number="9400")
    says(office, played, row, "letter.mailed", number=2)
    says(office, played, row, "letter.delivered", number=3)
    letter.refresh_from_db()
    assert (letter.state, row.state, row.tracking) == ("posted", State.ARRIVED, "9400")
    assert row.arrived_at is not None
    says(office, played, row, "letter.re-routed", number=4)
    assert row.state == State.ARRIVED


def test_what_comes_back_is_the_desks_again(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    says(office, played, row, "letter.returned_to_sender")
    letter.refresh_from_db()
    assert letter.state == Letter.State.RETURNED
    assert row.returned_at is not None
    assert WorkItem.objects.open().get().kind == "letters.returned"


def test_only_what_it_signed_just_now_is_believed(office, played, desk, letter):
    row = hand_over(office, desk, letter)
    body = lob_played.event("letter.mailed", played.letters[row.carrier_id])
    at = clock.now()
    for headers in (
        {},
        lob_played.signed(body, at=at, secret="another"),
        lob_played.signed(body, at=at - timedelta(minutes=6)),
        lob_played.signed(body + b" ", at=at),
    ):
        answer = Browser().post(
            reverse("letters-lob-events"), body, content_type="application/json", headers=headers
        )
        assert answer.status_code == 403
    assert not InboundEvent.objects.filter(provider="lob").exists()


def test_a_letter_it_cannot_print_is_refused_before_anything_is_asked(office, played, okafor, desk, letter):
    Letterhead.objects.update(sender_at_carrier="")
    with pytest.raises(posting.NotTaken):
        carrying.hand_over(
            letter,
            posting.Envelope("first", Decimal(1), Decimal(0)),
            version=letter.version,
            by=office.priya.user,
            at=NOON,
        )
    assert not played.asked
