"""What a supervisor does from the admin's lists: turns, sight, work, invitations; each on the ledger."""

import pytest
from django.urls import reverse

from clients import work
from clients.models import Access, Assignment, Contact, WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office import presence
from secretariat.office.models import Invitation, Presence
from tests.browsing import signed_in


@pytest.fixture
def helen(house):
    return signed_in(house.helen)


def does(browser, model, action, *rows):
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    answer = browser.post(page, chosen, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_turn_changes_by_ending_one_assignment_and_beginning_another(house, helen):
    does(helen, Assignment, "make_stand_in", house.assignment)
    house.assignment.refresh_from_db()
    assert house.assignment.until_at is not None
    now = Assignment.objects.get(secretary=house.priya, until_at=None)
    assert now.turn == Assignment.Turn.STAND_IN
    assert Access.objects.current().filter(secretary=house.priya, cause_id=now.pk).exists()


def test_off_the_team_and_an_access_ended_close_what_she_sees(house, helen):
    desk = signed_in(house.priya.user)
    card = reverse("client-card", args=[house.okafor.client.pk])
    assert desk.get(card).status_code == 200
    does(helen, Access, "end", Access.objects.current().get(secretary=house.priya))
    assert desk.get(card).status_code == 404
    assert LedgerEntry.objects.filter(verb="clients.access.ended", actor_id=house.helen.pk).exists()


def test_work_is_taken_over_and_put_back(house, helen):
    item = work.open_item(
        "calls.missed",
        subject=("calls.call", house.okafor.client.pk),
        client=house.okafor.client,
        owner=house.priya.user,
    )
    assert "1 piece of work is yours" in does(helen, WorkItem, "take_over", item)
    item.refresh_from_db()
    assert item.owner == house.helen
    assert not Access.objects.current().filter(because="work", cause_id=item.pk).exists()
    does(helen, WorkItem, "put_back", item)
    item.refresh_from_db()
    assert item.owner is None
    verbs = LedgerEntry.objects.filter(subject_id=str(item.pk)).values_list("verb", flat=True)
    assert {"clients.work.taken_over", "clients.work.released"} <= set(verbs)


def test_a_shift_is_ended_unless_a_caller_is_there(house, helen):
    presence.start_shift(house.rui, line="phone", at=clock.now(), declared=True)
    presence.takes_call(house.rui, at=clock.now())
    row = Presence.objects.get(secretary=house.rui)
    assert "is on a call" in does(helen, Presence, "end_shift", row)
    presence.is_free_again(house.rui, at=clock.now())
    does(helen, Presence, "end_shift", row)
    row.refresh_from_db()
    assert row.state == "off"
    assert LedgerEntry.objects.filter(verb="office.shift.ended", actor_id=house.helen.pk).exists()


def test_somebody_at_a_client_is_invited_by_her_mailbox(house, helen):
    tunde = Contact.objects.create(client=house.okafor.client, name="Tunde")
    assert "has no e-mail address" in does(helen, Contact, "invite", tunde)
    tunde.addresses.create(client=tunde.client, kind="email", value="tunde@okafor.example")
    does(helen, Contact, "invite", tunde)
    assert Invitation.objects.get().email == "tunde@okafor.example"
    house.okafor.owner.addresses.create(client=tunde.client, kind="email", value="ngozi@okafor.example")
    assert "signs in already" in does(helen, Contact, "invite", house.okafor.owner)
