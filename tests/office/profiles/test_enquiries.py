"""Of an enquiry for which somebody was suggested nothing may come: closed, found, opened again."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Enquiry, SecretaryLanguage
from secretariat.outbox.models import Effect

ASKED = {"name": "Sam Buyer", "firm": "Buyer & Co", "email": "sam@buyer.example", "words": "Mornings"}


@pytest.fixture
def priya(office):
    office.clock_says("2026-11-24 10:30")
    her = office.secretary("Priya", ready=False)
    SecretaryLanguage.objects.get_or_create(secretary=her, language="en-GB", defaults={"level": 7})
    return her


@pytest.fixture
def firm(office, priya):
    return office.browser(office.supervisor())


@pytest.fixture
def suggested(firm, priya):
    Browser().post(reverse("directory-ask"), ASKED)
    enquiry = Enquiry.objects.get()
    does(firm, "suggest", enquiry, secretary=str(priya.pk))
    enquiry.refresh_from_db()
    assert enquiry.state == "matched"
    return enquiry


def does(firm, verb, enquiry, **said):
    return firm.post(reverse(f"enquiry-{verb}", args=[enquiry.pk]), said)


def shown(firm, enquiry) -> str:
    return firm.get(reverse("enquiry", args=[enquiry.pk])).content.decode()


def listed(firm, **query) -> str:
    return firm.get(reverse("enquiries"), query).content.decode()


def mails(what: str) -> list[str]:
    found = Effect.objects.filter(kind="office.enquiry", key__contains=f":{what}:").order_by("place")
    return [each.payload["text"] for each in found]


def is_ticked(page: str) -> bool:
    """Whether they are written to, where nobody unticks it."""
    return re.search(r'<input[^>]* name="tells"[^>]* checked', page) is not None


def test_of_whom_nobody_was_suggested_is_told_by_itself(firm, suggested):
    Enquiry.objects.update(state="open", matched=None, answered_by=None, answered_at=None)
    page = shown(firm, suggested)
    assert is_ticked(page)
    assert "have nobody just now" in page


def test_what_was_suggested_and_came_to_nothing_is_closed_with_the_reason(firm, suggested):
    assert "Suggested, and not settled yet" in listed(firm)
    page = shown(firm, suggested)
    assert "we had suggested somebody to you" in page
    assert 'name="tells"' in page
    assert not is_ticked(page)
    lost = does(firm, "close", suggested, note="", words="Dear Sam")
    assert lost.status_code == 422
    assert "Dear Sam</textarea>" in lost.content.decode()
    unsaid = does(firm, "close", suggested, note="She was too dear", tells="on", words="")
    assert unsaid.status_code == 422
    assert "She was too dear" in unsaid.content.decode()
    closed = does(firm, "close", suggested, note="She was too dear", words="Dear Sam, as it stood there")
    assert closed.status_code == 303
    suggested.refresh_from_db()
    assert (suggested.state, suggested.note, suggested.written) == ("closed", "She was too dear", "")
    assert mails("closed") == []  # nobody ticked that they are told
    assert "Suggested, and not settled yet" not in listed(firm)
    page = shown(firm, suggested)
    assert "She was too dear" in page
    assert "Priya" in page
    assert "Make a client of it" not in page
    assert LedgerEntry.objects.filter(verb="office.enquiry.closed", subject_id=suggested.pk).exists()


def test_they_are_told_where_that_is_ticked(firm, suggested):
    words = "Dear Sam, nothing has come of it."
    does(firm, "close", suggested, note="No answer", tells="on", words=words)
    assert mails("closed") == [words]
    assert words in shown(firm, suggested)


def test_it_is_found_and_opened_again_and_answered_once_more(office, firm, priya, suggested):
    does(firm, "close", suggested, note="No answer", tells="on", words="Dear Sam, farewell.")
    for word in ("sam b", "BUYER &", "buyer.example"):
        assert "Sam Buyer" in listed(firm, q=word), word
    assert "No enquiry of that name" in listed(firm, q="Somebody else")
    assert "Open it again" in shown(firm, suggested)
    assert does(firm, "reopen", suggested).status_code == 303
    does(firm, "reopen", suggested)  # a second press opens nothing twice
    suggested.refresh_from_db()
    assert (suggested.state, suggested.answered_at, suggested.answered_by) == ("open", None, None)
    [item] = WorkItem.objects.open().filter(kind="office.enquiry")
    assert item.because == "Sam Buyer looks for a secretary: opened again."
    page = shown(firm, suggested)
    for words in ("Priya was suggested before.", "No answer", "Dear Sam, farewell."):
        assert words in page, words
    assert "we had suggested somebody to you" in page  # and not that we have nobody
    assert not is_ticked(page)
    assert "To be answered" in listed(firm)
    office.is_later(60)
    does(firm, "suggest", suggested, secretary=str(priya.pk))
    assert len(mails("matched")) == 2
    assert not WorkItem.objects.open().filter(kind="office.enquiry").exists()
    does(firm, "close", suggested, note="Again nothing", tells="on", words="Dear Sam, once more.")
    assert mails("closed") == ["Dear Sam, farewell.", "Dear Sam, once more."]


def test_what_became_a_client_is_neither_closed_nor_opened(firm, suggested):
    Enquiry.objects.update(state="client", made_client_id=suggested.pk, answered_at=clock.now())
    does(firm, "close", suggested, note="Late")
    does(firm, "reopen", suggested)
    suggested.refresh_from_db()
    assert suggested.state == "client"
