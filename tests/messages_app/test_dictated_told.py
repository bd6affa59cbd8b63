"""Whoever dictated is told that it is typed; where she cannot be, somebody at the desk hears so."""

import pytest
from django.core import mail as postbox

from clients import suppressing
from clients.models import WorkItem
from messages_app.dictated import typing
from messages_app.models import DictatedVersion
from secretariat import clock
from tests.dictating import handed_in

from .test_dictated import asked, says

TASK = {"words": "Order flowers.", "due_on": "2026-11-27"}


@pytest.fixture
def tunde(office, okafor):
    return office.contact(okafor, "Tunde Adeyemi")


@pytest.fixture
def draft(tunde, priya):
    return typing.begin(handed_in(tunde), by=priya.user, at=clock.now())


def open_work():
    return list(WorkItem.objects.open().values_list("kind", flat=True))


def leaves(contact):
    type(contact).objects.filter(pk=contact.pk).update(is_active=False)


def complains(contact):
    for each in contact.addresses.filter(kind="email"):
        suppressing.suppress("email", each.value, "complained", at=clock.now())


def has_no_mailbox(contact):
    """She may sign in to the portal, but nothing tells her to."""
    contact.addresses.filter(kind="email").delete()


@pytest.mark.parametrize("happens", [leaves, complains])
def test_who_cannot_be_told_any_more_when_it_is_to_leave(office, draft, tunde, desk, happens):
    asked(desk, draft, "task", **TASK)
    happens(tunde)
    office.settle()
    assert not postbox.outbox
    assert open_work() == ["dictation.stuck"]


@pytest.mark.parametrize("happened", [leaves, complains, has_no_mailbox])
def test_who_cannot_be_told_when_it_is_shown(draft, tunde, desk, happened):
    happened(tunde)
    asked(desk, draft, "task", **TASK)
    assert open_work() == ["dictation.stuck"]


def test_the_next_of_her_mailboxes_is_written_to(office, draft, tunde, desk):
    complains(tunde)
    tunde.addresses.create(client=tunde.client, kind="email", value="tunde@home.example", rank=2)
    asked(desk, draft, "task", **TASK)
    office.settle()
    assert [letter.to for letter in postbox.outbox] == [["tunde@home.example"]]
    assert open_work() == []


@pytest.mark.parametrize(("decision", "left"), [("agree", "dictation.task"), ("change", "dictation.change")])
def test_whoever_decides_before_she_is_told_need_not_be(office, draft, tunde, desk, decision, left):
    asked(desk, draft, "task", **TASK)
    says(office.browser(tunde), draft, decision, words="Roses.")
    office.settle()
    assert open_work() == [left]


def test_whoever_found_it_in_the_portal_need_not_be_told_otherwise(office, draft, tunde, desk):
    has_no_mailbox(tunde)
    asked(desk, draft, "task", **TASK)
    says(office.browser(tunde), draft, "change", words="Roses.")
    assert open_work() == ["dictation.change"]
    assert DictatedVersion.objects.get().wish == "Roses."
