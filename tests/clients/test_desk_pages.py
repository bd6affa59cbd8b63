from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients import instructing, work
from clients.models import Contact, ContactAddress, WorkItem
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.ledger.models import LedgerEntry
from secretariat.outbox.models import Effect
from tests.browsing import signed_in


@pytest.fixture
def desk(house):
    return signed_in(house.priya.user)


@pytest.fixture
def item(house):
    return work.open_item(
        "x.y",
        subject=("x.y", uuid7()),
        client=house.okafor.client,
        because="No outcome yet.",
    )


def test_the_card_shows_what_holds_now_and_the_look_is_recorded(house, desk):
    instructing.write(
        house.okafor.client, by=house.okafor.owner.user, at=clock.now(), text="Never her mobile"
    )
    answer = desk.get(reverse("client-card", args=[house.okafor.client.pk]))
    assert answer.status_code == 200
    assert "Never her mobile" in answer.content.decode()
    assert "it is the only instruction" in answer.content.decode()
    assert LedgerEntry.objects.filter(
        actor_id=house.priya.user_id, verb="looked", subject_id=str(house.okafor.client.pk)
    ).exists()


def test_the_card_takes_no_more_queries_the_more_there_is_on_it(house, desk):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            desk.get(reverse("client-card", args=[house.okafor.client.pk]))
        return len(counted)

    queries()  # the first look is recorded
    before = queries()
    for number in range(6):
        person = Contact.objects.create(client=house.okafor.client, name=f"Person {number}")
        ContactAddress.objects.create(
            client=house.okafor.client, contact=person, kind="phone", value=f"+44770090020{number}"
        )
        instructing.write(house.okafor.client, by=house.helen, at=clock.now(), text=f"Note {number}")
    assert queries() <= before + 1  # the people an instruction names, asked for once


def test_what_holds_now_has_an_address_of_its_own(house, desk):
    answer = desk.get(reverse("client-now", args=[house.okafor.client.pk]))
    assert "No instructions yet. Take a message." in answer.content.decode()
    assert b"<h1" not in answer.content


@pytest.mark.parametrize("name", ["client-card", "client-now"])
def test_a_client_she_does_not_serve_is_not_there(house, desk, name):
    assert desk.get(reverse(name, args=[house.rival.client.pk])).status_code == 404
    assert desk.get(reverse(name, args=[uuid7()])).status_code == 404
    assert (
        signed_in(house.okafor.owner.user).get(reverse(name, args=[house.okafor.client.pk])).status_code
        == 404
    )
    assert signed_in(house.helen).get(reverse(name, args=[house.rival.client.pk])).status_code == 200


@pytest.mark.parametrize(
    ("sought", "found"),
    [("", True), ("okafor", True), ("OKÁFOR", True), ("ngozi", True), ("7946 0101", True), ("brill", False)],
)
def test_clients_are_found_by_name_person_or_number(house, desk, sought, found):
    shown = desk.get(reverse("clients"), {"q": sought}).content.decode()
    assert ("Okafor Legal" in shown) is found
    assert "Brill Dental" not in shown


def test_the_queue_shows_what_is_hers_to_see_most_pressing_first(house, desk, item):
    urgent = work.open_item(
        "x.y",
        subject=("x.y", uuid7()),
        client=house.okafor.client,
        because="Ring her back.",
        urgency=WorkItem.Urgency.URGENT,
        promised_at=clock.now() - timedelta(minutes=12),
    )
    work.open_item("x.y", subject=("x.y", uuid7()), client=house.rival.client, because="Not hers.")
    shown = desk.get(reverse("work")).content.decode()
    assert shown.index(urgent.because) < shown.index(item.because)
    assert "12 min late" in shown
    assert "Not hers." not in shown
    assert "You have nothing to finish" in desk.get(reverse("work"), {"show": "mine"}).content.decode()
    fragment = desk.get(reverse("work"), headers={"HX-Request": "true"}).content.decode()
    assert "<h1" not in fragment


def test_a_piece_of_work_is_taken_finished_and_gone(house, desk, item):
    page = reverse("work-item", args=[item.pk])
    assert "No outcome yet." in desk.get(page).content.decode()
    assert desk.post(reverse("work-claim", args=[item.pk]), {"version": 0}).status_code == 303
    item.refresh_from_db()
    assert item.owner == house.priya.user
    assert "No outcome yet." in desk.get(reverse("work"), {"show": "mine"}).content.decode()
    assert desk.post(reverse("work-done", args=[item.pk]), {"outcome": ""}).status_code == 422
    assert desk.post(reverse("work-done", args=[item.pk]), {"outcome": "Rang her back"}).status_code == 303
    item.refresh_from_db()
    assert (item.done_by, item.outcome) == (house.priya.user, "Rang her back")
    assert "Rang her back" in desk.get(page).content.decode()


def test_a_stale_claim_changes_nothing(house, desk, item):
    work.claim(item, by=house.helen, version=0)
    for version in ("0", "", "x"):
        desk.post(reverse("work-claim", args=[item.pk]), {"version": version})
    item.refresh_from_db()
    assert item.owner == house.helen


def test_she_may_put_it_back(house, desk, item):
    desk.post(reverse("work-claim", args=[item.pk]), {"version": 0})
    desk.post(reverse("work-put-back", args=[item.pk]))
    item.refresh_from_db()
    assert item.owner is None


@pytest.mark.parametrize("verb", ["work-claim", "work-put-back", "work-done", "work-send-again"])
def test_strangers_touch_nothing(house, item, verb):
    for stranger in (house.rui.user, house.okafor.owner.user, house.rival.owner.user):
        answer = signed_in(stranger).post(reverse(verb, args=[item.pk]), {"version": 0, "outcome": "Mine"})
        assert answer.status_code == 404
    item.refresh_from_db()
    assert (item.version, item.owner, item.done_at) == (0, None, None)


def test_what_could_not_be_sent_can_be_sent_again_once(house, desk):
    effect = Effect.objects.create(
        kind="nobody.knows",
        key="text 1",
        queue=Effect.Queue.URGENT,
        client_id=house.okafor.client.pk,
        state=Effect.State.DEAD,
        due_at=clock.now(),
        posted_at=clock.now(),
        changed_at=clock.now(),
    )
    item = work.open_item("outbox.effect", subject=("outbox.effect", effect.pk), client=house.okafor.client)
    assert "Send it again" in desk.get(reverse("work-item", args=[item.pk])).content.decode()
    assert desk.post(reverse("work-send-again", args=[item.pk])).status_code == 303
    assert desk.post(reverse("work-send-again", args=[item.pk])).status_code == 404
    assert Effect.objects.exclude(pk=effect.pk).count() == 1
