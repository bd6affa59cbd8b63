"""A client's domain: its records are looked at, and mail goes the safe way while one is missing."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from clients.models import WorkItem
from messages_app.answering import domains, making
from messages_app.models import Mailbox, SendingDomain
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
def helen(office):
    return office.supervisor()


@pytest.fixture
def domain(office, okafor, mailbox, zone, priya):
    assert making.heading_of(mailbox).because == "via_firm"
    domains.set_up(
        okafor.row,
        "Okafor.example.",
        selectors=["pm"],
        include="spf.provider.example",
        by=priya.user,
        at=clock.now(),
    )
    mailbox.refresh_from_db()
    assert making.heading_of(mailbox).because == "not_checked"
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


def test_the_client_reads_which_record_is_missing_and_as_whom_she_is_seen(
    office, okafor, mailbox, zone, helen
):
    """She, or whoever looks after her domain, is the one who can put it there."""
    portal, firm = office.browser(okafor.owner), office.browser(helen)
    before = portal.get(reverse("mail-portal")).content.decode()
    assert "Ask the office if they are to leave in the name of okafor.example" in before
    del zone["pm._domainkey.okafor.example"]
    said = {"domain": "okafor.example", "selectors": "pm", "include": "spf.provider.example"}
    assert firm.post(reverse("mail-domain-set-up", args=[okafor.row.pk]), said).status_code == 303
    office.settle()
    shown = portal.get(reverse("mail-portal")).content.decode()
    assert "Ngozi Okafor via" in shown
    assert "What is missing at okafor.example" in shown
    assert "pm._domainkey.okafor.example" in shown
    assert "The key for signing (DKIM) is missing" in shown
    zone["pm._domainkey.okafor.example"] = [GOOD]
    domains.ask_for_due(at=clock.now() + domains.EVERY)
    office.settle()
    shown = portal.get(reverse("mail-portal")).content.decode()
    assert "Your answers leave as Ngozi Okafor &lt;ngozi@okafor.example&gt;" in shown
    assert "What is missing" not in shown


def test_what_leaves_by_her_own_server_needs_no_record(office, okafor, mailbox, domain):
    Mailbox.objects.update(from_mode="own", incoming="imap")
    shown = office.browser(okafor.owner).get(reverse("mail-portal")).content.decode()
    assert "Your answers leave as" not in shown


def test_a_mailbox_made_afterwards_bears_the_name_of_a_domain_that_stands(office, okafor, domain, settings):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    office.browser(okafor.owner).post(reverse("mail-forward"), {"address": "ada@okafor.example"})
    office.settle()
    made = Mailbox.objects.get(address="ada@okafor.example")
    assert making.heading_of(made).because == "verified"


def test_what_the_firm_said_of_its_own_domain_holds_for_each_mailbox_there(
    office, okafor, zone, helen, settings
):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    zone["pm._domainkey.mail.secretariat.example"] = [GOOD]
    first, second = (office.browser(each.owner) for each in (okafor, office.client("Brill Dental")))
    first.post(reverse("mail-ours"), {"word": "okafor"})
    said = {"domain": "mail.secretariat.example", "selectors": "pm"}
    office.browser(helen).post(reverse("mail-domain-set-up", args=[okafor.row.pk]), said)
    second.post(reverse("mail-ours"), {"word": "brill"})
    office.settle()
    for made in Mailbox.objects.filter(address__endswith="@mail.secretariat.example"):
        assert making.heading_of(made).because == "verified"
    assert Mailbox.objects.count() == 2
    shown = second.get(reverse("mail-portal")).content.decode()
    assert "brill@mail.secretariat.example" in shown


def test_mailboxes_of_before_bear_the_name_of_their_domain(domain, mailbox):
    Mailbox.objects.update(from_mode="via_firm")
    import_module("messages_app.migrations.0027_let_go_and_in_her_name").bear_their_names(apps, None)
    mailbox.refresh_from_db()
    assert making.heading_of(mailbox).because == "verified"
