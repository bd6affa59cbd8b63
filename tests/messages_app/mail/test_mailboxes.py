"""A client connects her mailbox in a minute, says how she writes and what is urgent, and tries rules out."""

import re
from email.utils import parseaddr

import pytest
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress
from messages_app.answering import making
from messages_app.mail import opening
from messages_app.models import Mail, Mailbox, MailRule, MailThread
from secretariat import clock

from .lies_elsewhere import LiesElsewhere


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", lambda server: there.opened(server))
    return there


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def test_address_and_password_connect_a_mailbox_and_what_comes_there_is_seen_to(
    office, okafor, portal, there
):
    assert "No mailbox is connected" in portal.get(reverse("mail-portal")).content.decode()
    answer = portal.post(reverse("mail-connect"), {"address": "Ngozi@Gmail.com", "password": "right"})
    mailbox = Mailbox.objects.get()
    assert answer.url == reverse("mail-settings", args=[mailbox.pk])
    assert (mailbox.address, mailbox.imap_host, mailbox.smtp_host) == (
        "ngozi@gmail.com",
        "imap.gmail.com",
        "smtp.gmail.com",
    )
    assert mailbox.from_mode == "own"
    assert b"right" not in bytes(mailbox.sealed_secret)
    assert opening.secret_of(mailbox) == {"password": "right"}
    office.settle()
    assert "Connected" in portal.get(reverse("mail-portal")).content.decode()


def test_what_does_not_work_is_said_and_nothing_typed_is_lost(portal, there):
    typed = {"address": "ngozi@okafor.example", "password": "wrong", "imap_host": "mail.okafor.example"}
    answer = portal.post(reverse("mail-connect"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not accepted there" in page
    assert "mail.okafor.example" in page
    assert not Mailbox.objects.exists()
    there.is_away = True
    assert (
        "did not answer as a mail server does" in portal.post(reverse("mail-connect"), typed).content.decode()
    )


def test_one_address_is_answered_for_one_client(office, okafor, portal, there):
    brill = office.client("Brill Dental")
    Mailbox.objects.create(client=brill.row, address="ngozi@okafor.example")
    typed = {"address": "ngozi@okafor.example", "password": "right"}
    assert "is connected already" in portal.post(reverse("mail-connect"), typed).content.decode()


def test_a_mailbox_is_connected_again_and_disconnected_without_a_trace(portal, there):
    portal.post(reverse("mail-connect"), {"address": "ngozi@okafor.example", "password": "right"})
    mailbox = Mailbox.objects.get()
    Mailbox.objects.update(state="refused", trouble="No longer accepted")
    there.password = "new"
    portal.post(reverse("mail-again", args=[mailbox.pk]), {"address": mailbox.address, "password": "new"})
    mailbox.refresh_from_db()
    assert (mailbox.state, mailbox.trouble) == ("new", "")
    assert opening.secret_of(mailbox) == {"password": "new"}
    portal.post(reverse("mail-end", args=[mailbox.pk]))
    mailbox.refresh_from_db()
    assert (mailbox.state, bytes(mailbox.sealed_secret)) == ("off", b"")
    assert portal.get(reverse("mail-settings", args=[mailbox.pk])).status_code == 404


def test_mail_can_be_sent_on_to_an_address_of_ours(settings, portal, writes):
    assert "Not set up by the office yet" in portal.get(reverse("mail-portal")).content.decode()
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    portal.post(reverse("mail-forward"), {"address": "ngozi@okafor.example"})
    mailbox = Mailbox.objects.get()
    assert mailbox.our_address in portal.get(reverse("mail-portal")).content.decode()
    writes(to=mailbox.our_address)
    mailbox.refresh_from_db()
    assert mailbox.state == "connected"
    assert Mail.objects.get().mailbox == mailbox
    writes("Straight to the address that was only named.", about="Straight")
    assert Mail.objects.count() == 1


def test_one_that_is_sent_on_to_us_is_read_where_it_lies_too(settings, portal, there, writes):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    portal.post(reverse("mail-forward"), {"address": "ngozi@okafor.example", "name": "Ngozi"})
    mailbox = Mailbox.objects.get()
    ours = mailbox.our_address
    typed = {"address": "ngozi@okafor.example", "password": "right"}
    assert portal.post(reverse("mail-connect"), typed).status_code == 303
    mailbox.refresh_from_db()
    assert (mailbox.incoming, mailbox.our_address, mailbox.from_mode) == ("both", ours, "own")
    assert (mailbox.name, opening.secret_of(mailbox)) == ("Ngozi", {"password": "right"})
    writes(to=ours)
    assert Mail.objects.get().mailbox == mailbox
    assert (
        f"What you have sent on to {ours} is here at once"
        in portal.get(reverse("mail-portal")).content.decode()
    )


def test_one_that_is_read_where_it_lies_is_sent_on_to_us_too(settings, portal, there, writes):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    portal.post(reverse("mail-connect"), {"address": "ngozi@okafor.example", "password": "right"})
    portal.post(reverse("mail-forward"), {"address": "ngozi@okafor.example"})
    mailbox = Mailbox.objects.get()
    assert (mailbox.incoming, mailbox.from_mode) == ("both", "own")
    assert opening.secret_of(mailbox) == {"password": "right"}
    writes(to=mailbox.our_address)
    assert Mail.objects.get().mailbox == mailbox


def test_nobody_elses_is_sent_on_or_read(office, settings, portal, there):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    brill = office.browser(office.client("Brill Dental").owner)
    portal.post(reverse("mail-forward"), {"address": "ngozi@okafor.example"})
    typed = {"address": "ngozi@okafor.example", "password": "right"}
    assert "is connected already" in brill.post(reverse("mail-connect"), typed).content.decode()
    assert "is connected already" in brill.post(reverse("mail-forward"), typed).content.decode()
    assert Mailbox.objects.get().incoming == "ours"


def test_a_mailbox_at_our_domain_needs_none_elsewhere(office, settings, portal, writes):
    """An answer that was begun from it is known by its address, whatever its headers say."""
    new = reverse("mail-ours")
    assert "Not set up by the office yet" in portal.get(reverse("mail-portal")).content.decode()
    assert "takes no mail in yet" in portal.post(new, {"word": "okafor"}).content.decode()
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    assert "@mail.secretariat.example" in portal.get(new).content.decode()
    assert portal.post(new, {"word": "Okafor.Legal", "name": "Okafor Legal"}).status_code == 303
    mailbox = Mailbox.objects.get()
    assert (mailbox.address, mailbox.our_address) == ("okafor.legal@mail.secretariat.example", "")
    assert "Nothing has come yet" in portal.get(reverse("mail-portal")).content.decode()
    writes(to=mailbox.address)
    mailbox.refresh_from_db()
    assert mailbox.state == "connected"
    thread = MailThread.objects.get()
    heading = making.heading_of(mailbox)
    answers = making.reply_to(mailbox, heading, thread.pk)
    assert "okafor.legal+t-" in answers
    writes("And Tuesday?", about="Another", to=parseaddr(answers)[1])
    assert MailThread.objects.count() == 1


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("postmaster", "the office’s own"),
        ("office", "the office’s own"),
        ("brill", "is taken"),
        ("brills-old-one", "is taken"),
        ("a b", "Letters without accents"),
        ("a+b", "Letters without accents"),
        ("ümit", "Letters without accents"),
        ("-a", "Letters without accents"),
        ("a" * 22, "at most 21"),
    ],
)
def test_what_no_mailbox_at_our_domain_is_called(office, settings, portal, word, why):
    settings.INBOUND_MAIL_DOMAIN = "mail.secretariat.example"
    settings.DEFAULT_FROM_EMAIL = "The office <office@mail.secretariat.example>"
    brill = office.client("Brill Dental")
    browser = office.browser(brill.owner)
    for name in ("brill", "brills-old-one"):
        browser.post(reverse("mail-ours"), {"word": name})
    browser.post(reverse("mail-end", args=[Mailbox.objects.get(address__startswith="brills").pk]))
    answer = portal.post(reverse("mail-ours"), {"word": word, "name": "As typed"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert why in shown
    assert "As typed" in shown
    assert Mailbox.objects.count() == 2


def test_how_she_writes_is_read_before_an_answer_is_written(okafor, mailbox, portal, desk, writes):
    said = {"name": "Ngozi", "signature": "Kind regards", "tone": "Never first names", "answer_hours": "2"}
    portal.post(reverse("mail-settings", args=[mailbox.pk]), said)
    writes()
    thread = MailThread.objects.get()
    assert "Never first names" in desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert (thread.promised_at - thread.last_at).total_seconds() == 2 * 3600


RULE = {"known": "anyone", "hours": "any"}


def test_a_rule_is_written_put_in_anothers_place_and_ended(okafor, portal):
    portal.post(reverse("mail-rule"), RULE | {"verdict": "urgent", "sender": "@Harlow.example"})
    first = MailRule.objects.get()
    assert first.sender == "harlow.example"
    portal.post(
        reverse("mail-rule-change", args=[first.pk]), RULE | {"verdict": "later", "sender": "x.example"}
    )
    first.refresh_from_db()
    second = first.replaced_by
    assert (first.state, first.verdict, second.state, second.verdict) == (
        "ended",
        "urgent",
        "in_force",
        "later",
    )
    assert portal.get(reverse("mail-rule-change", args=[first.pk])).status_code == 404
    portal.post(reverse("mail-rule"), RULE | {"verdict": "junk", "sender": "y.example"})
    third = MailRule.objects.get(verdict="junk")
    portal.post(reverse("mail-rule-sooner", args=[third.pk]))
    assert list(MailRule.objects.filter(state="in_force")) == [third, second]
    portal.post(reverse("mail-rule-end", args=[second.pk]))
    assert list(MailRule.objects.filter(state="in_force")) == [third]


def test_what_the_desk_proposed_holds_when_she_accepts_it(okafor, portal, priya):
    given = {"client": okafor.row, "state": "proposed", "by": priya.user}
    one = MailRule.objects.create(verdict="junk", sender="spam.example", **given)
    other = MailRule.objects.create(verdict="later", sender="news.example", **given)
    page = portal.get(reverse("mail-portal")).content.decode()
    assert "from spam.example" in page
    portal.post(reverse("mail-rule-decide", args=[one.pk]), {"accepted": "yes"})
    portal.post(reverse("mail-rule-decide", args=[other.pk]), {"accepted": "no"})
    states = dict(MailRule.objects.values_list("sender", "state"))
    assert states == {"spam.example": "in_force", "news.example": "declined"}


def said_in(page) -> str:
    """The words of the page, without what stands in its tags."""
    return re.sub(r"<[^>]*>", " ", page.content.decode())


def test_rules_are_tried_out_and_say_why_not_otherwise(okafor, portal):
    dana = Correspondent.objects.create(client=okafor.row, name="Dana", firm="Harlow & Sons", vip=True)
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=dana, kind="email", value="dana@harlow.example"
    )
    at = {"client": okafor.row, "since": clock.now()}
    MailRule.objects.create(verdict="urgent", known="vip", hours="closed", rank=0, **at)
    MailRule.objects.create(verdict="later", company="Harlow", rank=1, **at)
    asked = {"sender": "dana@harlow.example", "subject": "Lease"}
    page = portal.get(reverse("mail-rehearse"), asked).content.decode()
    assert "Because: from the firm Harlow." in page
    assert "you were open" in page
    page = portal.get(reverse("mail-rehearse"), asked | {"closed": "on"}).content.decode()
    assert "Because: from somebody important to you, while you are closed." in page
    rules = portal.get(reverse("mail-portal")).content.decode()
    assert "Mail from somebody important to you, while you are closed" in rules
    for address in (reverse("mail-portal"), reverse("mail-rule"), reverse("mail-rehearse")):
        assert "the client" not in said_in(portal.get(address))
