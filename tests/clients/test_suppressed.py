"""The firm sees to which addresses nothing is sent, and has one sent to again with what it found out."""

import pytest
from django.urls import reverse

from clients import suppressing
from clients.models import Suppression
from secretariat import clock
from secretariat.ledger.models import LedgerEntry

DANA = "dana@harlow.example"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def firm(office):
    return office.browser(office.supervisor())


def suppressed(address=DANA, because="bounced", channel="email") -> Suppression:
    suppressing.suppress(channel, address, because, at=clock.now())
    return Suppression.objects.get(address=address, lifted_at=None)


def test_why_nothing_is_sent_and_whose_it_is_stands_there(okafor, firm):
    mailbox = okafor.owner.addresses.get(kind="email").value
    suppressed(mailbox, "complained")
    suppressed()
    page = firm.get(reverse("suppressed")).content.decode()
    assert "Owner of Okafor Legal, Okafor Legal" in page
    assert "Marked our mail as unwanted" in page
    assert DANA in page
    found = firm.get(reverse("suppressed"), {"q": "DANA@"}).content.decode()
    assert DANA in found
    assert mailbox not in found
    assert "No such address" in firm.get(reverse("suppressed"), {"q": "unicorn"}).content.decode()


def test_it_is_sent_to_again_with_what_was_found_out(office, firm):
    row = suppressed()
    where = reverse("suppressed-one", args=[row.pk])
    empty = firm.post(where, {"why": "  "})
    assert empty.status_code == 422
    assert "It stands on the record" in empty.content.decode()
    assert Suppression.objects.standing().exists()

    assert firm.post(where, {"why": "She rang: the mailbox is there again."}).url == reverse("suppressed")
    row.refresh_from_db()
    assert row.lifted_at
    assert row.lifted_by.roles.firm_wide
    assert row.lifted_why == "She rang: the mailbox is there again."
    entry = LedgerEntry.objects.get(verb="suppression.lifted")
    assert (entry.actor_id, entry.subject_id) == (row.lifted_by.pk, str(row.pk))
    assert DANA not in firm.get(reverse("suppressed")).content.decode()
    assert DANA in firm.get(reverse("suppressed"), {"show": "lifted"}).content.decode()
    assert "the mailbox is there again" in firm.get(where).content.decode()
    assert firm.post(where, {"why": "Once more"}).url == where  # nothing stands to be lifted
    assert Suppression.objects.get().lifted_why == "She rang: the mailbox is there again."


@pytest.mark.parametrize("because", ["stop", "refused"])
def test_who_texted_stop_takes_it_back_herself(firm, because):
    row = suppressed("+447700900123", because, "text")
    where = reverse("suppressed-one", args=[row.pk])
    page = firm.get(where).content.decode()
    assert "texts START to our number" in page
    assert "Send to it again" not in page
    firm.post(where, {"why": "I should like to"})
    assert Suppression.objects.standing().exists()


def test_it_is_the_firm_s_alone(office, okafor):
    row = suppressed()
    priya = office.browser(office.secretary("Priya", okafor))
    assert priya.get(reverse("suppressed")).status_code == 404
    assert priya.post(reverse("suppressed-one", args=[row.pk]), {"why": "x"}).status_code == 404
    assert Suppression.objects.standing().exists()
