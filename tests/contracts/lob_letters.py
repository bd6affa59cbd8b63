"""A letter that is handed to Lob, and what Lob says of it."""

from datetime import UTC, datetime

from django.test import Client as Browser
from django.urls import reverse

from messages_app.models import Posting
from secretariat import clock

from . import lob_played

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def hand_over(office, desk, letter, kind="first") -> Posting:
    told = {"version": letter.version, "kind": kind, "postage": "1.10", "paper": "0.20", "by": "carrier"}
    answer = desk.post(reverse("letters-posted", args=[letter.pk]), told)
    assert answer.status_code == 303, answer.context["form"].errors
    office.settle()
    letter.refresh_from_db()
    return letter.postings.first()


def says(office, played, row, kind, *, number=1, **facts):
    told = played.letters.get(row.carrier_id, {"id": row.carrier_id}) | facts
    body = lob_played.event(kind, told, number=number)
    headers = lob_played.signed(body, at=clock.now())
    address = reverse("letters-lob-events")
    answer = Browser().post(address, body, content_type="application/json", headers=headers)
    assert answer.status_code == 204
    office.settle()
    row.refresh_from_db()
