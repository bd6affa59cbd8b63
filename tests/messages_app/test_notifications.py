"""How somebody at the client is told, as she says it herself; and what is then sent follows it."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from clients import suppressing
from clients.models import AddressCheck, Contact, ContactAddress, DeliveryRule, Suppression
from messages_app import dispatch, own_addresses
from messages_app.models import Message
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.local.carrier import Party
from secretariat.outbox.models import Effect

NEW_MOBILE = "+447700900555"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", country="GB")


@pytest.fixture
def tunde(office, okafor) -> Contact:
    return office.contact(okafor, "Tunde Ade", by=("portal", "email"))


@pytest.fixture
def hers(office, okafor):
    return office.browser(okafor.owner)


def says(browser, name="notifications", args=(), **facts):
    body = {"by_portal": "1", "by_email": "0", "by_text": "0"} | facts
    return browser.post(reverse(name, args=args), body)


def told(okafor, contact, urgency=1, call_type=None) -> set:
    chosen = dispatch.whom(okafor.row, contact.pk, urgency, call_type, at=clock.now())
    return {each.channel for each in chosen if each.contact == contact.pk}


def message(okafor, contact, urgency=1) -> Message:
    made = Message.objects.create(client=okafor.row, contact=contact, text="Ring back", urgency=urgency)
    dispatch.dispatch(made, at=clock.now())
    return made


def texts(office, number) -> list:
    return [text.body for text in office.carrier.messages.by_sid.values() if text.to == number]


# --- What, and by which way ------------------------------------------------------------------------------


def test_what_she_says_is_what_decides_deliveries(okafor, hers):
    assert says(hers, by_text="3").status_code == 303
    assert told(okafor, okafor.owner) == {"portal"}
    assert told(okafor, okafor.owner, urgency=3) == {"portal", "text"}
    assert says(hers, by_email="1", by_portal="0").status_code == 303
    assert told(okafor, okafor.owner, urgency=3) == {"email"}


def test_one_kind_of_call_may_reach_her_further(okafor, hers):
    court = okafor.row.call_types.create(name="Court")
    place = [each.pk for each in okafor.row.call_types.all()].index(court.pk)
    assert says(hers, **{f"kind_{place}_text": "1"}).status_code == 303
    assert told(okafor, okafor.owner, call_type=court.pk) == {"portal", "text"}
    assert told(okafor, okafor.owner) == {"portal"}
    assert "Every message" in hers.get(reverse("notifications")).content.decode()


def test_somebody_who_would_be_told_of_nothing_is_asked_again(okafor, hers):
    answer = says(hers, by_portal="0", by_text="3")
    assert answer.status_code == 422
    assert "Choose one way for every message." in answer.content.decode()
    assert {rule.channel for rule in DeliveryRule.objects.all()} == {"portal", "email"}


def test_a_way_that_leads_nowhere_is_not_taken(okafor, hers):
    ContactAddress.objects.filter(contact=okafor.owner, kind="mobile").delete()
    answer = says(hers, by_text="1")
    assert answer.status_code == 422
    assert "There is no mobile yet." in answer.content.decode()


def test_quiet_hours_hold_back_what_can_wait(office, okafor, hers):
    assert says(
        hers, by_portal="0", by_email="1", quiet_from="10:00", quiet_until="11:00", zone="Europe/Paris"
    )
    delivery = message(okafor, okafor.owner).deliveries.get(channel="email")
    assert delivery.not_before is None  # 11:30 in Paris
    says(hers, by_portal="0", by_email="1", quiet_from="11:00", quiet_until="12:00", zone="Europe/Paris")
    delivery = message(okafor, okafor.owner).deliveries.get(channel="email")
    assert f"{delivery.not_before:%H:%M}" == "11:00"  # UTC
    assert message(okafor, okafor.owner, urgency=2).deliveries.get(channel="email").not_before is None


def test_half_quiet_hours_are_said_and_kept(hers):
    answer = says(hers, quiet_from="22:00")
    assert answer.status_code == 422
    assert "Quiet hours need both ends, or none." in answer.content.decode()
    assert 'value="22:00"' in answer.content.decode()


def test_a_member_speaks_for_herself_and_an_owner_for_her(office, okafor, tunde, hers):
    member = office.browser(tunde)
    assert says(member, by_text="2", others="on").status_code == 303
    assert told(okafor, tunde, urgency=2) == {"portal", "text"}
    assert not DeliveryRule.objects.filter(contact=tunde, even_if_not_addressed=True).exists()
    assert says(member, "notifications-of", [okafor.owner.pk]).status_code == 404
    assert says(hers, "notifications-of", [tunde.pk], others="on").status_code == 303
    assert DeliveryRule.objects.get(contact=tunde).even_if_not_addressed
    # What she then changes leaves what the owner said of others' messages as it is.
    says(member, by_email="1")
    assert {rule.even_if_not_addressed for rule in DeliveryRule.objects.filter(contact=tunde)} == {True}
    assert LedgerEntry.objects.filter(verb="clients.contact.told_otherwise").count() == 3


def test_a_member_reads_nobody_elses_address(office, okafor, tunde):
    page = office.browser(tunde).get(reverse("notifications")).content.decode()
    assert "tunde.ade@clients.example" in page
    assert "owner.of.okafor" not in page


# --- Where -----------------------------------------------------------------------------------------------


def test_a_new_mobile_is_hers_once_the_code_is_typed(office, okafor, hers):
    before = okafor.owner.addresses.get(kind="mobile").value
    office.carrier.add_party(NEW_MOBILE, Party())
    hers.post(reverse("notifications-address"), {"kind": "mobile", "value": "07700 900555"})
    office.settle()
    [text] = texts(office, NEW_MOBILE)
    code = re.match(r"\d{6}", text)[0]
    assert okafor.owner.addresses.get(kind="mobile").value == before
    assert not Effect.objects.filter(payload__contains={"code": code}).exists()
    says(hers, by_text="1")
    message(okafor, okafor.owner)
    office.settle()
    assert len(texts(office, NEW_MOBILE)) == 1  # the code and nothing else
    body = {"kind": "mobile", "code": f"{code[:3]} {code[3:]}"}
    assert hers.post(reverse("notifications-code"), body).status_code == 303
    assert okafor.owner.addresses.get(kind="mobile").value == NEW_MOBILE
    message(okafor, okafor.owner)
    office.settle()
    assert len(texts(office, NEW_MOBILE)) == 2


def test_a_new_mailbox_likewise(office, okafor, hers):
    hers.post(reverse("notifications-address"), {"kind": "email", "value": "Ngozi@New.example"})
    office.settle()
    [sent] = [each for each in mail.outbox if each.to == ["ngozi@new.example"]]
    code = re.match(r"\d{6}", sent.body)[0]
    assert code not in sent.subject
    suppressing.suppress("email", "ngozi@new.example", "bounced", at=clock.now())
    assert hers.post(reverse("notifications-code"), {"kind": "email", "code": code}).status_code == 303
    assert okafor.owner.addresses.get(kind="email").value == "ngozi@new.example"
    assert not Suppression.objects.standing().exists()  # mail has arrived there


def test_wrong_codes_come_to_an_end(office, okafor, hers):
    own_addresses.ask(okafor.owner, kind="email", value="a@new.example", by=okafor.owner.user, at=clock.now())
    check = AddressCheck.objects.get()
    wrong = f"{(int(own_addresses.code_of(check)) + 1) % 10**6:06}"
    body = {"kind": "email", "code": wrong}
    assert "This is not the code." in hers.post(reverse("notifications-code"), body).content.decode()
    hers.post(reverse("notifications-code"), body)
    assert "This code is over." in hers.post(reverse("notifications-code"), body).content.decode()
    right = {"kind": "email", "code": own_addresses.code_of(check)}
    assert hers.post(reverse("notifications-code"), right).status_code == 422
    assert okafor.owner.addresses.get(kind="email").value != "a@new.example"


def test_a_code_is_good_for_ten_minutes(office, okafor, hers):
    check = own_addresses.ask(
        okafor.owner, kind="email", value="a@new.example", by=okafor.owner.user, at=clock.now()
    )
    office.clock_says("2026-11-24 10:41")
    outcome = own_addresses.confirm(
        okafor.owner, own_addresses.code_of(check), kind="email", by=okafor.owner.user, at=clock.now()
    )
    assert outcome == own_addresses.Outcome.OVER


def test_codes_cannot_be_asked_for_without_end(office, okafor, hers):
    for n in range(5):
        hers.post(reverse("notifications-address"), {"kind": "email", "value": f"a{n}@new.example"})
    answer = hers.post(reverse("notifications-address"), {"kind": "email", "value": "b@new.example"})
    assert answer.status_code == 422
    assert "Enough codes for one hour." in answer.content.decode()
    assert 'value="b@new.example"' in answer.content.decode()


def test_what_is_no_address_is_said_and_kept(hers):
    answer = hers.post(reverse("notifications-address"), {"kind": "mobile", "value": "12"})
    assert answer.status_code == 422
    assert 'value="12"' in answer.content.decode()
    assert not AddressCheck.objects.exists()


# --- Does it arrive --------------------------------------------------------------------------------------


def test_a_test_goes_the_way_of_messages_once_a_minute(office, okafor, hers):
    mobile = okafor.owner.addresses.get(kind="mobile")
    office.carrier.add_party(mobile.value, Party())
    for _twice in range(2):
        assert hers.post(reverse("notifications-test", args=[mobile.pk])).status_code == 303
    office.settle()
    [text] = texts(office, mobile.value)
    assert "It has arrived." in text
    assert "Test sent Tue 24 Nov 10:30." in hers.get(reverse("notifications")).content.decode()


def test_after_stop_nothing_goes_and_the_page_says_what_to_do(office, okafor, hers):
    mobile = okafor.owner.addresses.get(kind="mobile")
    suppressing.suppress("text", mobile.value, "stop", at=clock.now())
    page = hers.get(reverse("notifications")).content.decode()
    assert "text START from that telephone" in page
    hers.post(reverse("notifications-test", args=[mobile.pk]))
    office.settle()
    assert texts(office, mobile.value) == []
    assert "The test was not sent" in hers.get(reverse("notifications")).content.decode()
    hers.post(reverse("notifications-again", args=[mobile.pk]))
    assert Suppression.objects.standing().exists()  # only the telephone itself takes it back


def test_a_mailbox_that_works_again_is_sent_to_again(office, okafor, hers):
    mailbox = okafor.owner.addresses.get(kind="email")
    suppressing.suppress("email", mailbox.value, "bounced", at=clock.now())
    assert "It works again" in hers.get(reverse("notifications")).content.decode()
    hers.post(reverse("notifications-again", args=[mailbox.pk]))
    assert not Suppression.objects.standing().exists()
