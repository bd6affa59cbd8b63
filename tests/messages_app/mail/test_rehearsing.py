"""Rules are tried out before they hold: on a mail that was never written, and on what came."""

import pytest
from django.urls import reverse

from messages_app.mail import ruling
from messages_app.models import Mailbox, MailRule, MailThread
from secretariat import clock


@pytest.fixture
def ngozi(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def second(okafor, mailbox):
    return Mailbox.objects.create(client=okafor.row, address="office@okafor.example", incoming="ours")


def rule(okafor, **said):
    usual = {"client": okafor.row, "verdict": "junk", "sender": "harlow.example"}
    return MailRule.objects.create(**usual | said)


def rehearsed(browser, **said):
    usual = {"sender": "dana@harlow.example", "subject": "Hours", "words": ""}
    return browser.get(reverse("mail-rehearse"), usual | said).content.decode()


def test_it_asks_the_rules_of_that_mailbox_alone(okafor, mailbox, second, ngozi):
    rule(okafor, mailbox=second)
    assert "<h2>Answer</h2>" in rehearsed(ngozi, mailbox=str(mailbox.pk))
    assert "<h2>Junk</h2>" in rehearsed(ngozi, mailbox=str(second.pk))


def test_with_one_mailbox_there_is_nothing_to_choose(okafor, mailbox, ngozi):
    rule(okafor, mailbox=mailbox)
    page = rehearsed(ngozi)
    assert "To which mailbox" not in page
    assert "<h2>Junk</h2>" in page


def test_what_a_machine_wrote(okafor, mailbox, ngozi):
    assert "a machine wrote it" in rehearsed(ngozi, machine="on")


def test_the_mailbox_of_another_client_is_none_of_hers(office, mailbox, second, ngozi):
    other = office.client("Harlow")
    box = Mailbox.objects.create(client=other.row, address="x@harlow.example", incoming="ours")
    page = rehearsed(ngozi, mailbox=str(box.pk))
    assert "Because:" not in page


def test_what_a_proposed_rule_would_have_caught(okafor, mailbox, ngozi, writes):
    writes(about="Lease")
    writes(about="Newsletter", of="news@shop.example")
    proposed = rule(okafor, state="proposed", sender="shop.example")
    page = ngozi.get(reverse("mail-portal")).content.decode()
    tried_at = f"{reverse('mail-rehearse')}?rule={proposed.pk}"
    assert tried_at in page
    tried = ngozi.get(tried_at).content.decode()
    assert "Newsletter" in tried
    assert "Lease" not in tried
    assert MailThread.objects.filter(verdict="answer").count() == 2  # nothing has become of it
    assert ngozi.get(f"{reverse('mail-rehearse')}?rule=nonsense").status_code == 200


def test_what_came_by_the_rules_as_they_are(okafor, mailbox, ngozi, writes):
    writes(about="Lease")
    page = ngozi.get(reverse("mail-rehearse")).content.decode()
    assert "Lease" in page
    assert "no rule says otherwise" in page


def test_what_is_accepted_is_asked_before_the_others_as_it_was_tried(okafor, mailbox):
    first = rule(okafor, verdict="urgent", rank=0)
    proposed = rule(okafor, state="proposed", sender="dana@harlow.example")
    ruling.decide(proposed, accepted=True, by=okafor.owner.user, at=clock.now())
    in_force = MailRule.objects.filter(state="in_force")
    assert list(in_force) == [proposed, first]
