from datetime import timedelta
from uuid import uuid4

import pytest

from clients import access, team, work
from clients.models import Access, Assignment, Client, WorkItem
from clients.receivers import effect_needs_person, event_needs_person
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.outbox.models import Effect, InboundEvent
from tests.told import recorded, told

HOUR = timedelta(hours=1)


@pytest.fixture
def item(house):
    return work.open_item(
        "calls.unfinished",
        subject=("calls.call", uuid7()),
        client=house.okafor.client,
        because="A call ended without a message.",
    )


def sees(secretary, client):
    return client in Client.objects.served_by(secretary)


def test_the_same_subject_is_one_piece_of_work_and_only_grows_more_pressing(house, item):
    subject = (item.subject_kind, item.subject_id)
    again = work.open_item(
        item.kind, subject=subject, client=house.okafor.client, urgency=3, promised_at=house.at + HOUR
    )
    assert again.pk == item.pk
    assert (again.urgency, again.promised_at) == (3, house.at + HOUR)
    later = work.open_item(item.kind, subject=subject, urgency=1, promised_at=house.at + 2 * HOUR)
    assert (later.urgency, later.promised_at, later.version) == (3, house.at + HOUR, again.version)


def test_why_it_is_to_be_done_is_what_made_it_more_pressing(house):
    subject = ("clients.client", house.okafor.client.pk)
    for urgency, because, kept in (
        (1, "Three quarters are used", "Three quarters are used"),
        (2, "All is used", "All is used"),
        (2, "All is used again", "All is used"),
        (3, "", "All is used"),
        (1, "Nothing much", "All is used"),
    ):
        found = work.open_item("books.used", subject=subject, because=because, urgency=urgency)
        assert (found.because, WorkItem.objects.get().because) == (kept, kept)


def test_finished_work_may_come_back_as_new_work(house, item):
    assert work.finish(item, by=house.priya.user, outcome="Message sent")
    assert not work.finish(item, by=house.rui.user, outcome="Mine")
    item.refresh_from_db()
    assert (item.done_by, item.outcome) == (house.priya.user, "Message sent")
    again = work.open_item(item.kind, subject=(item.subject_kind, item.subject_id))
    assert again.pk != item.pk
    assert recorded("clients.work.finished") == [(house.priya.user_id, str(item.pk))]


def test_one_of_two_who_claim_it_gets_it_and_sees_the_client_while_it_is_hers(house, item):
    assert work.claim(item, by=house.rui.user, version=0)
    assert not work.claim(item, by=house.priya.user, version=0)
    assert sees(house.rui, house.okafor.client)
    assert work.put_back(item, by=house.rui.user)
    assert not sees(house.rui, house.okafor.client)
    assert not work.put_back(item, by=house.rui.user)


def test_taking_it_over_moves_the_sight_with_it(house, item):
    work.claim(item, by=house.rui.user, version=0)
    item.refresh_from_db()
    assert work.claim(item, by=house.priya.user, version=item.version)
    assert not sees(house.rui, house.okafor.client)
    assert work.finish_all(subject=(item.subject_kind, item.subject_id), by=None, outcome="Gone") == 1
    assert not Access.objects.current().filter(because=Access.Because.WORK).exists()


def test_the_clients_desk_hears_of_work_and_the_client_does_not(house, item):
    assert told("task.changed") == {house.priya.user_id, house.helen.pk}


def test_an_assignment_gives_sight_and_its_end_takes_it(house):
    client = house.okafor.client
    assert sees(house.priya, client)
    assert not sees(house.rui, client)
    assert team.end(house.assignment, by=house.helen, at=house.at + HOUR)
    assert not team.end(house.assignment, by=house.helen, at=house.at + HOUR)
    assert not sees(house.priya, client)
    assert house.priya.user_id in told("instructions.changed")


def test_another_turn_is_another_assignment_and_sight_goes_on(house):
    stand_in = team.assign(
        house.priya, house.okafor.client, by=house.helen, at=house.at + HOUR, turn=Assignment.Turn.STAND_IN
    )
    assert stand_in.pk != house.assignment.pk
    assert sees(house.priya, house.okafor.client)
    assert (
        team.assign(
            house.priya,
            house.okafor.client,
            by=house.helen,
            at=house.at + HOUR,
            turn=Assignment.Turn.STAND_IN,
        )
        == stand_in
    )


def test_sight_ends_with_its_cause_and_others_stay(house):
    offer, call = uuid7(), uuid7()
    access.grant(house.rui, house.okafor.client, Access.Because.OFFER, offer)
    access.grant(house.rui, house.okafor.client, Access.Because.CALL, call)
    assert access.end(Access.Because.OFFER, offer) == 1
    assert sees(house.rui, house.okafor.client)
    assert access.end(Access.Because.CALL, call, secretary=house.priya) == 0
    assert access.end(Access.Because.CALL, call) == 1
    assert not sees(house.rui, house.okafor.client)
    access.grant(house.rui, house.okafor.client, Access.Because.OFFER, offer)  # offered again
    assert sees(house.rui, house.okafor.client)


def test_sight_for_a_while_ends_by_itself(house):
    access.grant(house.rui, house.okafor.client, Access.Because.OFFER, uuid4(), until_at=clock.now() - HOUR)
    assert not sees(house.rui, house.okafor.client)


def test_what_could_not_leave_or_be_read_becomes_work(house):
    effect = Effect(
        kind="nobody.knows",
        state=Effect.State.UNKNOWN,
        queue=Effect.Queue.URGENT,
        client_id=house.okafor.client.pk,
    )
    effect_needs_person(sender=Effect, effect=effect)
    event_needs_person(sender=InboundEvent, event=InboundEvent(provider="twilio", kind="call-status"))
    found = dict(WorkItem.objects.values_list("kind", "because"))
    assert "nobody can tell whether it arrived" in found["outbox.effect"]
    assert "call-status" in found["outbox.event"]
    assert WorkItem.objects.get(kind="outbox.effect").urgency == WorkItem.Urgency.URGENT
