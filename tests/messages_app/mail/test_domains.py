"""A client's domain: its records are looked at, and mail goes the safe way while one is missing."""

import pytest

from clients.models import WorkItem
from messages_app.answering import domains, making
from messages_app.models import SendingDomain
from secretariat import clock
from secretariat.channels import domain_records
from tests.messages_app.mail.test_domain_check import DMARC, GOOD, SPF


@pytest.fixture
def zone(monkeypatch):
    """What the name servers say, by name; None: they are silent."""
    held = {"okafor.example": [SPF], "pm._domainkey.okafor.example": [GOOD], "_dmarc.okafor.example": [DMARC]}
    monkeypatch.setattr(domain_records, "texts", lambda name: held.get(name, []))
    return held


@pytest.fixture
def domain(office, okafor, mailbox, zone, priya):
    mailbox.from_mode = "verified"
    mailbox.save()
    assert making.heading_of(mailbox).because == "not_checked"
    domains.set_up(
        okafor.row,
        "Okafor.example.",
        selectors=["pm"],
        include="spf.provider.example",
        by=priya.user,
        at=clock.now(),
    )
    office.settle()
    return SendingDomain.objects.get()


def test_a_domain_that_stands_bears_her_name(domain, mailbox):
    assert domain.stands
    heading = making.heading_of(mailbox)
    assert (heading.because, heading.domain) == ("verified", "okafor.example")
    assert all(domains.in_words(each) for each in domain.findings)


def test_a_record_that_is_gone_is_found_within_the_week_and_told(office, domain, mailbox, zone):
    del zone["pm._domainkey.okafor.example"]
    assert domains.ask_for_due(at=clock.now()) == 0
    domains.ask_for_due(at=clock.now() + domains.EVERY)
    office.settle()
    assert making.heading_of(mailbox).because == "records_gone"
    item = WorkItem.objects.open().get()
    assert (item.kind, item.subject_id) == (domains.GONE, domain.pk)
    domain.refresh_from_db()
    missing = next(each for each in domain.findings if each["record"] == "dkim")
    assert missing["name"] == "pm._domainkey.okafor.example"
    assert "missing" in domains.in_words(missing)
    zone["pm._domainkey.okafor.example"] = [GOOD]
    domains.ask_for_due(at=clock.now() + 2 * domains.EVERY)
    office.settle()
    assert making.heading_of(mailbox).because == "verified"
    assert not WorkItem.objects.open().exists()


def test_silent_name_servers_change_nothing_and_are_asked_again(office, domain, mailbox, zone):
    for name in zone:
        zone[name] = None
    domains.ask_for_due(at=clock.now() + domains.EVERY)
    office.settle()
    domain.refresh_from_db()
    assert domain.stands
    assert making.heading_of(mailbox).because == "verified"
    assert domain.due_at < clock.now() + domains.EVERY
