"""The demo's office: filled once, believable, and of people who cannot see each other's clients."""

import pytest

from calls.models import Call
from clients.models import Client, WorkItem
from messages_app.models import Message
from secretariat.local.demo_office import filling, telling
from secretariat.office.models import User


@pytest.fixture
def filled(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    filling.fill()


def test_a_second_start_changes_nothing(filled):
    before = (User.objects.count(), Call.objects.count(), Message.objects.count())
    filling.fill()
    assert (User.objects.count(), Call.objects.count(), Message.objects.count()) == before


def test_the_accounts_are_those_that_were_promised(filled):
    assert {(account["email"], account["role"]) for account in telling.accounts()} == {
        ("secretary@example.com", "secretary"),
        ("secretary2@example.com", "secretary"),
        ("client@example.com", "contact"),
        ("rival@example.com", "contact"),
        ("supervisor@example.com", "supervisor"),
        ("admin@example.com", "admin"),
    }


def test_the_two_contacts_see_nothing_of_each_other(filled):
    client, rival = (User.objects.get(email=f"{name}@example.com") for name in ("client", "rival"))
    seen, others = (
        set(Message.objects.visible_to(user).values_list("pk", flat=True)) for user in (client, rival)
    )
    assert seen
    assert others
    assert not seen & others


def test_a_fortnight_has_been_worked_and_something_is_left_to_do(filled):
    assert Call.objects.filter(state=Call.State.CLOSED).count() > 100
    assert Client.objects.count() == 4
    assert set(WorkItem.objects.filter(done_at=None).values_list("kind", flat=True)) == {
        "calls.unfinished",
        "calls.voicemail",
    }
    for call in Call.objects.filter(state=Call.State.CLOSED, secretary__isnull=False):
        assert call.rang_at < call.answered_at < call.ended_at < call.closed_at


def test_an_empty_office_has_its_administrator_alone(db):
    filling.fill(empty=True)
    assert [account["role"] for account in telling.accounts()] == ["admin"]
