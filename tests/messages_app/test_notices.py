"""A notice in a browser goes with its news, and a browser that has another address stays switched on."""

import json

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Device, WorkItem
from messages_app import acknowledging, by_hand, devices, dispatch, notices, withdrawing
from messages_app.models import Message
from secretariat import clock
from secretariat.channels import push
from secretariat.ledger.models import LedgerEntry
from secretariat.outbox.models import Effect
from tests.push_service import PushService


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", country="GB")


@pytest.fixture
def service():
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def phone(office, okafor, service):
    """Her telephone, in which she has switched push on."""
    return switched_on(office, okafor.owner, service.browser("phone"))


def switched_on(office, contact, browser, name="My phone"):
    said = {"name": name} | browser.subscription
    assert office.browser(contact).post(reverse("notifications-push"), said).status_code == 303
    return browser


def message(client, urgency=1) -> Message:
    facts = {"caller_name": "Dana Reyes", "text": "The court rang.", "urgency": urgency}
    made = Message.objects.create(client=client.row, contact=client.owner, **facts)
    dispatch.dispatch(made, at=clock.now())
    return made


def acknowledged(made, contact) -> None:
    acknowledging.acknowledge(made, contact=contact, how="text", at=clock.now())


# --- What is news no longer ------------------------------------------------------------------------------


def test_acknowledged_anywhere_the_notice_says_so_quietly_in_every_browser(office, okafor, service, phone):
    laptop = switched_on(office, okafor.owner, service.browser("laptop"), name="Laptop")
    made = message(okafor, urgency=3)
    office.settle()
    acknowledged(made, okafor.owner)
    office.settle()
    for browser in (phone, laptop):
        news, over = browser.told
        assert (news["urgent"], news["quiet"]) == ("yes", "")
        assert (over["title"], over["body"]) == (
            "Acknowledged: Okafor Legal",
            "You have acknowledged the message.",
        )
        assert (over["urgent"], over["quiet"], over["tag"]) == ("", "yes", news["tag"])
        assert browser.headers[1]["urgency"] == "normal"
        assert browser.headers[1]["topic"] == browser.headers[0]["topic"]
        assert not [word for word in ("Dana", "court") if word in json.dumps(over)]
    assert Effect.objects.filter(kind=notices.KIND).count() == 1


def test_whoever_else_was_told_reads_who_has_acknowledged_it(office, okafor, service):
    tunde = office.contact(okafor, "Tunde Ade")
    his = switched_on(office, tunde, service.browser("his"))
    made, priya = message(okafor), office.secretary("Priya", okafor)
    by_hand.deliver_to(made, contact=tunde, channel="push", by=priya.user, at=clock.now())
    office.settle()
    acknowledged(made, okafor.owner)
    office.settle()
    assert his.told[-1]["body"] == f"{okafor.owner.name} has acknowledged the message."


def test_what_has_not_left_when_it_is_acknowledged_never_does(office, okafor, phone):
    made = message(okafor)
    acknowledged(made, okafor.owner)
    office.settle()
    assert phone.told == []
    made.refresh_from_db()
    assert (made.state, made.deliveries.get(channel="push").state) == ("acknowledged", "withdrawn")


def test_taken_up_again_before_it_was_told_the_notice_stays(office, okafor, phone):
    made, priya = message(okafor), office.secretary("Priya", okafor)
    office.settle()
    acknowledged(made, okafor.owner)
    by_hand.reopen(made, by=priya.user, at=clock.now())
    office.settle()
    assert [each["quiet"] for each in phone.told] == [""]


def test_of_one_that_is_withdrawn_nothing_is_left_to_open(office, okafor, phone):
    made, at = message(okafor), clock.now()
    office.settle()
    reached = withdrawing.withdraw(made, because="wrong_client", by=office.supervisor(), at=at)
    withdrawing.tell_of_withdrawal(made, reached, at=at)
    office.settle()
    over = phone.told[-1]
    assert (over["title"], over["quiet"]) == ("Withdrawn: Okafor Legal", "yes")
    assert over["url"] == reverse("messages-portal")
    assert made.pk.hex == over["tag"] == phone.told[0]["tag"]


def test_where_it_cannot_be_told_it_is_nobodys_work(office, okafor, phone):
    made = message(okafor)
    office.settle()
    phone.always = 503
    acknowledged(made, okafor.owner)
    office.settle()
    office.passes(90)
    effect = Effect.objects.get(kind=notices.KIND)
    assert (effect.state, effect.receipt) == ("done", devices.NONE_TAKES)
    assert not WorkItem.objects.filter(subject_kind="outbox.effect").exists()


def test_a_browser_switched_off_meanwhile_is_told_nothing(office, okafor, phone):
    made = message(okafor)
    office.settle()
    acknowledged(made, okafor.owner)
    devices.switch_off(Device.objects.get(), by=okafor.owner.user)
    office.settle()
    assert len(phone.told) == 1
    assert Effect.objects.get(kind=notices.KIND).state == "cancelled"


# --- A browser at another address ------------------------------------------------------------------------


def renewed(before, now, **said):
    """As its worker posts it: nobody is signed in there, and no page of ours has given it a token."""
    told = {"before": before.endpoint, "secret": before.subscription["auth"]} | now.subscription | said
    return Browser(enforce_csrf_checks=True).post(reverse("push-renewed"), told)


def test_a_browser_with_another_address_is_told_there_and_nowhere_else(office, okafor, service, phone):
    again = service.browser("phone-again")
    assert renewed(phone, again).status_code == 204
    device = Device.objects.get()
    assert (device.name, device.endpoint_hash) == ("My phone", devices.hash_of(again.endpoint))
    assert devices.subscription_of(device) == push.Subscription(**again.subscription)
    message(okafor)
    office.settle()
    assert (len(phone.told), len(again.told)) == (0, 1)
    entry = LedgerEntry.objects.get(verb="clients.device.renewed")
    assert (entry.actor_id, entry.client_id) == (None, okafor.row.pk)
    assert renewed(phone, service.browser("third")).status_code == 404  # that address is over


def test_only_the_browser_itself_can_say_so(office, okafor, service, phone):
    theirs, strange = service.browser("theirs"), service.browser("strange")
    strange.auth = b"sixteen others ?"
    assert strange.subscription["auth"] != phone.subscription["auth"]
    wrong = [
        renewed(phone, theirs, secret=strange.subscription["auth"]),
        renewed(phone, theirs, secret=""),
        renewed(phone, theirs, secret="ü"),
        renewed(strange, theirs),
        renewed(phone, theirs, endpoint="https://192.168.0.1/send"),
        renewed(phone, theirs, p256dh="short"),
    ]
    assert [answer.status_code for answer in wrong] == [404] * len(wrong)
    assert Device.objects.get().endpoint_hash == devices.hash_of(phone.endpoint)
    assert Browser().get(reverse("push-renewed")).status_code == 405


def test_one_that_was_ended_is_switched_on_anew_by_her_alone(office, okafor, service, phone):
    phone.always = 410
    message(okafor)
    office.settle()
    assert renewed(phone, service.browser("again")).status_code == 404
    assert Device.objects.get().ended_because == "gone"


def test_of_one_browser_told_twice_one_is_left(office, okafor, service, phone):
    again = switched_on(office, okafor.owner, service.browser("again"), name="My new phone")
    assert renewed(phone, again).status_code == 204
    assert [device.name for device in Device.objects.all()] == ["My new phone"]


def test_an_office_that_does_not_offer_push_hears_nothing(okafor, service, phone, settings):
    settings.VAPID_PRIVATE_KEY = ""
    assert renewed(phone, service.browser("again")).status_code == 404
    assert Device.objects.get().endpoint_hash == devices.hash_of(phone.endpoint)
