"""Push: a browser that a client's person switched on is told that something came, and never what."""

import json

import pytest
from django.core import mail
from django.urls import reverse

from clients.models import DeliveryRule, Device, Ladder, Rung, WorkItem
from messages_app import delivering, devices, dispatch, escalating, foretelling
from messages_app.models import Delivery, LadderStep, Message
from secretariat import clock
from secretariat.channels import push
from secretariat.ledger.models import LedgerEntry
from secretariat.local.carrier import Party
from secretariat.outbox.models import Effect
from tests.push_service import PushService

SAID = ("Dana Reyes", "Harlow & Sons", "+447700900123", "The court rang.")


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", country="GB")


@pytest.fixture
def hers(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def service():
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def phone(service, hers):
    """Her telephone, in which she has switched push on."""
    browser = service.browser("phone")
    switch_on(hers, browser)
    return browser


def switch_on(hers, browser, name="My phone", status=303):
    answer = hers.post(reverse("notifications-push"), {"name": name} | browser.subscription)
    assert answer.status_code == status
    return answer


def message(client, contact, urgency=1) -> Message:
    made = Message.objects.create(
        client=client.row,
        contact=contact,
        caller_name="Dana Reyes",
        caller_firm="Harlow & Sons",
        call_back_on="+447700900123",
        text="The court rang.",
        urgency=urgency,
    )
    dispatch.dispatch(made, at=clock.now())
    return made


def by_push(made) -> Delivery:
    return made.deliveries.get(channel="push")


def page(hers) -> str:
    return hers.get(reverse("notifications")).content.decode()


def test_a_message_is_told_in_the_browser_and_none_of_its_words(office, okafor, hers, phone):
    made = message(okafor, okafor.owner)
    office.settle()
    [told] = phone.told
    assert told["title"] == "New message for Okafor Legal"
    assert told["url"] == reverse("messages-portal-message", args=[made.pk])
    assert not [word for word in SAID if word in json.dumps(told)]
    assert by_push(made).state == "accepted"
    opened = hers.get(told["url"]).content.decode()
    assert "The court rang." in opened
    hers.post(reverse("messages-portal-acknowledge", args=[made.pk]))
    made.refresh_from_db()
    assert (made.state, made.acknowledged_by) == ("acknowledged", okafor.owner)


def test_an_urgent_one_says_so_and_stays_until_she_looks(office, okafor, phone):
    made = message(okafor, okafor.owner, urgency=3)
    office.settle()
    told = phone.told[0]
    assert (told["title"], told["urgent"]) == ("Urgent message for Okafor Legal", "yes")
    assert phone.headers[0]["urgency"] == "high"
    assert phone.headers[0]["topic"] == told["tag"] == made.pk.hex


def test_push_is_never_the_only_way(office, okafor, hers, phone):
    rules = DeliveryRule.objects.filter(contact=okafor.owner)
    rules.exclude(channel="push").delete()
    assert [rule.channel for rule in rules] == ["push"]
    made = message(okafor, okafor.owner)
    assert {each.channel for each in made.deliveries.all()} == {"portal", "email", "push"}
    office.settle()
    assert len(phone.told) == 1
    assert [each.to for each in mail.outbox] == [[okafor.owner.addresses.get(kind="email").value]]
    answer = hers.post(
        reverse("notifications"), {"by_push": "1", "by_portal": "0", "by_email": "0", "by_text": "0"}
    )
    assert answer.status_code == 422
    assert "besides push" in answer.content.decode()


def test_she_says_of_which_messages(office, okafor, hers, phone):
    said = {"by_push": "3", "by_portal": "1", "by_email": "0", "by_text": "0"}
    assert hers.post(reverse("notifications"), said).status_code == 303
    assert {each.channel for each in message(okafor, okafor.owner).deliveries.all()} == {"portal"}
    urgent = message(okafor, okafor.owner, urgency=3)
    assert "push" in {each.channel for each in urgent.deliveries.all()}


def test_in_quiet_hours_a_normal_one_waits(office, okafor, phone):
    okafor.owner.quiet_from, okafor.owner.quiet_until = "10:00", "11:00"
    okafor.owner.save()
    made = message(okafor, okafor.owner)
    office.settle()
    assert phone.told == []
    assert by_push(made).not_before is not None
    foretold = foretelling.sentences(
        okafor.row, contact=okafor.owner, urgency=1, at=clock.now(), zone="Europe/London"
    )
    assert any("push" in sentence and "11:00" in sentence for sentence in foretold)


def test_each_of_her_browsers_is_told_and_one_that_takes_it_is_enough(office, okafor, hers, service, phone):
    laptop = service.browser("laptop")
    switch_on(hers, laptop, name="Laptop")
    phone.always = 410
    made = message(okafor, okafor.owner)
    office.settle()
    assert len(laptop.told) == 1
    assert by_push(made).state == "accepted"
    gone = Device.objects.get(name="My phone")
    assert (gone.ended_because, bytes(gone.sealed)) == ("gone", b"")
    assert "It takes no more notices" in page(hers)
    message(okafor, okafor.owner)
    office.settle()
    assert len(laptop.told) == 2
    assert not WorkItem.objects.exists()


def test_where_no_browser_takes_it_the_ladder_goes_on_at_once_and_somebody_sees(office, okafor, phone):
    number = okafor.owner.addresses.get(kind="mobile").value
    office.carrier.add_party(number, Party())
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=30, passes=1)
    for rank, channel in enumerate(("push", "call")):
        Rung.objects.create(
            client=okafor.row, ladder=ladder, contact=okafor.owner, channel=channel, rank=rank
        )
    phone.always = 410
    made = message(okafor, okafor.owner, urgency=3)
    office.settle()
    delivery = by_push(made)
    assert (delivery.state, delivery.error) == ("failed", devices.NONE_TAKES)
    assert [step.state for step in made.ladder_steps.order_by("place")][:2] == ["tried", "tried"]
    assert len(office.carrier.control.legs_of(number)) == 1
    assert WorkItem.objects.filter(subject_kind="outbox.effect", subject_id=delivery.effect_id).exists()


def test_a_step_for_somebody_without_a_browser_is_passed_over(office, okafor):
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=30, passes=1)
    for rank, channel in enumerate(("push", "email")):
        Rung.objects.create(
            client=okafor.row, ladder=ladder, contact=okafor.owner, channel=channel, rank=rank
        )
    made = message(okafor, okafor.owner, urgency=3)
    first, second, *_ = LadderStep.objects.filter(message=made).order_by("place")
    assert (first.state, second.state) == ("passed_over", "tried")


def test_the_first_step_is_not_told_twice(office, okafor, phone):
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=30, passes=1)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="push")
    message(okafor, okafor.owner, urgency=3)
    office.settle()
    assert len(phone.told) == 1


def test_a_service_that_stumbles_is_told_again_under_the_same_tag(office, okafor, phone):
    phone.answers = [500, 201]
    made = message(okafor, okafor.owner)
    office.settle()
    office.passes(60)
    assert [each["tag"] for each in phone.told] == [made.pk.hex] * 2  # which a browser shows once
    assert by_push(made).state == "accepted"


def test_a_firm_that_is_asked_to_wait_waits(office, okafor, phone):
    phone.answers = [429]
    made = message(okafor, okafor.owner)
    office.settle()
    assert phone.told == []
    effect = Effect.objects.get(pk=by_push(made).effect_id)
    assert effect.state == "pending"
    assert (effect.due_at - clock.now()).total_seconds() > 20
    office.passes(60)
    assert len(phone.told) == 1


def test_a_service_that_is_down_holds_up_nobody_else(office, okafor, service, phone):
    nowhere = service.browser("nowhere")
    nowhere.endpoint = "http://127.0.0.1:65533/send/nowhere"
    rival = office.client("Rival Ltd", country="GB")
    theirs = office.browser(rival.owner)
    switch_on(theirs, nowhere)
    for _ in range(12):
        message(rival, rival.owner)
    office.settle()
    made = message(okafor, okafor.owner)
    office.settle()
    assert len(phone.told) == 1
    assert by_push(made).state == "accepted"


def test_one_that_was_acknowledged_meanwhile_is_not_pressed_on_her_again(office, okafor, phone):
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=2, passes=2)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="push")
    made = message(okafor, okafor.owner, urgency=3)
    office.settle()
    escalating.stop(made, at=clock.now())
    office.passes(300)
    assert len(phone.told) == 1


# --- Her page --------------------------------------------------------------------------------------------


def test_switching_it_on_brings_the_rule_and_her_wishes_stay(okafor, hers, service):
    before = set(DeliveryRule.objects.filter(contact=okafor.owner).values_list("channel", "at_least"))
    switch_on(hers, service.browser("phone"))
    after = set(DeliveryRule.objects.filter(contact=okafor.owner).values_list("channel", "at_least"))
    assert after == before | {("push", 1)}
    DeliveryRule.objects.filter(contact=okafor.owner, channel="push").update(at_least=3)
    switch_on(hers, service.browser("laptop"), name="Laptop")
    assert DeliveryRule.objects.get(contact=okafor.owner, channel="push").at_least == 3


def test_what_reaches_a_browser_is_sealed_and_stands_nowhere_else(okafor, hers, phone):
    [row] = Device.objects.values()
    kept = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
    for secret in phone.subscription.values():
        assert secret not in str(kept)
        assert secret not in page(hers)
        assert secret not in str(list(LedgerEntry.objects.values()))
    assert devices.subscription_of(Device.objects.get()) == push.Subscription(**phone.subscription)
    assert "sealed" not in str(Effect.objects.values_list("payload", flat=True))


def test_she_sends_herself_a_test_in_one_browser(office, okafor, hers, service, phone):
    laptop = service.browser("laptop")
    switch_on(hers, laptop, name="Laptop")
    device = Device.objects.get(name="My phone")
    hers.post(reverse("notifications-push-test", args=[device.pk]))
    assert "The test is on its way." in page(hers)
    office.settle()
    [told] = phone.told
    assert told["title"].startswith("A test from ")
    assert "Okafor Legal" in told["body"]
    assert laptop.told == []
    assert "Test sent" in page(hers)


def test_a_test_that_comes_to_nothing_is_seen_in_her_list_and_is_nobody_s_work(office, okafor, hers, phone):
    phone.always = 410
    hers.post(reverse("notifications-push-test", args=[Device.objects.get().pk]))
    office.settle()
    assert "Nothing is told there. Switch it on again in that browser" in page(hers)
    assert not WorkItem.objects.exists()


def test_tests_come_to_an_end(office, okafor, hers, phone):
    device = Device.objects.get()
    for minute in range(8):
        office.clock_says(f"2026-11-24 10:{31 + minute}")
        hers.post(reverse("notifications-push-test", args=[device.pk]))
    assert "Enough tests for one hour." in page(hers)
    assert Effect.objects.filter(kind="messages.test_push").count() == 6


def test_what_she_switched_off_is_told_nothing_and_nothing_is_left_of_it(office, okafor, hers, phone):
    device = Device.objects.get()
    assert hers.post(reverse("notifications-push-off", args=[device.pk])).status_code == 303
    assert not Device.objects.exists()
    made = message(okafor, okafor.owner)
    office.settle()
    assert phone.told == []
    assert not made.deliveries.filter(channel="push").exists()
    verbs = [entry.verb for entry in LedgerEntry.objects.filter(verb__startswith="clients.device")]
    assert verbs == ["clients.device.switched_on", "clients.device.switched_off"]


def test_one_switched_off_between_taking_and_sending_is_told_nothing(office, okafor, hers, phone):
    made = message(okafor, okafor.owner)
    hers.post(reverse("notifications-push-off", args=[Device.objects.get().pk]))
    office.settle()
    assert phone.told == []
    assert by_push(made).state == "failed"


def test_a_browser_belongs_to_whoever_switched_it_on_last(office, okafor, hers, phone):
    tunde = office.contact(okafor, "Tunde Ade", by=("portal", "email"))
    switch_on(office.browser(tunde), phone, name="Office computer")
    assert [device.contact for device in Device.objects.all()] == [tunde]
    message(okafor, okafor.owner)
    office.settle()
    assert phone.told == []


def test_the_same_browser_twice_is_one(okafor, hers, phone):
    switch_on(hers, phone, name="My new phone")
    assert [device.name for device in Device.objects.all()] == ["My new phone"]


def test_there_are_five_at_most(okafor, hers, service):
    for n in range(5):
        switch_on(hers, service.browser(f"n{n}"), name=f"Browser {n}")
    answer = switch_on(hers, service.browser("n6"), name="One more", status=422)
    assert "There are 5 already. Switch one off first." in answer.content.decode()
    assert 'value="One more"' in answer.content.decode()


def test_what_is_no_browser_is_said_and_the_name_is_kept(okafor, hers, service):
    browser = service.browser("phone")
    browser.endpoint = "https://192.168.0.1/send"
    answer = switch_on(hers, browser, status=422)
    assert "did not say how it is reached" in answer.content.decode()
    assert 'value="My phone"' in answer.content.decode()
    assert "Give it a name" in switch_on(hers, service.browser("x"), name="", status=422).content.decode()
    assert not Device.objects.exists()


def test_somebody_else_s_browser_is_not_hers_to_touch(office, okafor, hers, phone):
    device = Device.objects.get()
    tunde = office.contact(okafor, "Tunde Ade", by=("portal", "email"))
    rival = office.client("Rival Ltd", country="GB")
    for other in (office.browser(tunde), office.browser(rival.owner)):
        for name in ("notifications-push-off", "notifications-push-test"):
            assert other.post(reverse(name, args=[device.pk])).status_code == 404
        assert "My phone" not in other.get(reverse("notifications")).content.decode()
    assert Device.objects.filter(pk=device.pk).exists()


def test_whoever_no_longer_signs_in_is_told_in_no_browser(office, okafor, phone):
    """She could open nothing there."""
    okafor.owner.user = None
    okafor.owner.save()
    assert delivering.address_of(okafor.owner, "push") == ""
    assert not message(okafor, okafor.owner).deliveries.filter(channel="push").exists()


def test_an_office_without_a_key_does_not_offer_it(okafor, hers, settings):
    settings.VAPID_PRIVATE_KEY = ""
    shown = page(hers)
    assert "by_push" not in shown
    assert "push.js" not in shown
    assert hers.post(reverse("notifications-push"), {"name": "x"}).status_code == 303
    assert not Device.objects.exists()


def test_another_key_of_the_firm_and_every_browser_is_switched_on_anew(office, okafor, hers, phone, settings):
    settings.VAPID_PRIVATE_KEY = push.new_private_key()
    assert "Nothing is told there. Switch it on again" in page(hers)
    assert not message(okafor, okafor.owner).deliveries.filter(channel="push").exists()
    switch_on(hers, phone)
    message(okafor, okafor.owner)
    office.settle()
    assert len(phone.told) == 1


def test_the_worker_is_for_the_whole_portal_and_may_do_nothing_else(client, db):
    answer = client.get(reverse("push-worker"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    policy = set(answer["Content-Security-Policy"].split("; "))  # in no certain order
    assert policy == {"default-src 'none'", "connect-src 'self'"}
    assert "no-cache" in answer["Cache-Control"]
    assert "showNotification" in answer.content.decode()
    assert len(answer.content.decode().splitlines()) <= 150
