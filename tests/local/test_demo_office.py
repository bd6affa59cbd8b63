"""The demo's office: filled once, believable, and of people who cannot see each other's clients."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.test import override_settings

from calls.models import Call, Offer, PutThrough
from clients.models import Client, WorkItem
from messages_app.models import Message
from secretariat.books.models import PayRun
from secretariat.local.demo_office import filling, telling
from secretariat.office.models import User
from secretariat.overview import connecting


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """Filled once for all who look at it."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        filling.fill()
        yield
        transaction.set_rollback(True)


def test_an_empty_office_has_its_administrator_alone(db):
    filling.fill(empty=True)
    assert [account["role"] for account in telling.accounts()] == ["admin"]


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
        ("company@example.com", "partner"),
        ("supervisor@example.com", "supervisor"),
        ("admin@example.com", "admin"),
    }


def test_both_secretaries_are_paid_and_nothing_hindered_it(filled):
    run = PayRun.objects.get()
    assert (run.state, run.hindered, run.statements.count()) == ("approved", {}, 2)


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
        "books.milestone",
        "books.questioned",
        "calls.unfinished",
        "calls.voicemail",
        "dictation.waiting",
        "messages.correspondence",
        "letters.to_post",
        "office.application",
        "office.certificate",
        "office.claim",
        "office.enquiry",
        "office.swap",
        "post.to_pass_on",
        "requests.open",
    }
    for call in Call.objects.filter(state=Call.State.CLOSED, secretary__isnull=False):
        assert call.rang_at < call.answered_at < call.ended_at < call.closed_at


def test_the_past_gives_a_report_something_to_say(filled):
    calls = Call.objects.filter(state=Call.State.CLOSED)
    late = calls.filter(answered_at__gt=F("rang_at") + timedelta(seconds=20))
    assert 0.03 < late.count() / calls.count() < 0.2
    assert calls.filter(outcome="abandoned").exists()
    assert set(Message.objects.values_list("urgency", flat=True)) == {1, 2, 3}
    assert {"expired", "accepted"} <= set(Offer.objects.values_list("state", flat=True))
    assert PutThrough.objects.filter(state="done").exists()


def test_the_numbers_are_pointed_here_as_a_firm_points_hers(filled, settings):
    wanted = connecting.wanted()
    for number in telling.numbers():
        assert settings.PUBLIC_BASE_URL + number["sms_url"] == wanted["sms_url"]
        if "voice_url" in number:
            assert settings.PUBLIC_BASE_URL + number["voice_url"] == wanted["voice_url"]
            assert settings.PUBLIC_BASE_URL + number["fallback_url"] == wanted["voice_fallback_url"]
