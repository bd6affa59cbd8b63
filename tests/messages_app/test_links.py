"""A one-tap link: it tells the time by the client's clocks, and closes when it should."""

import pytest
from django.urls import reverse

from messages_app import links, taking
from messages_app.models import Delivery
from secretariat import clock


@pytest.fixture
def delivery(call, priya):
    taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=call.client.contacts.get(),
        caller_name="Dana Reyes",
        caller_firm="",
        call_back_on="",
        text="Ring back",
    )
    return Delivery.objects.get(channel="email")


def opened(browser, delivery):
    return browser.get(reverse("messages-link", args=[links.token(delivery)]))


def test_it_tells_the_time_by_the_clients_clocks(client, office, delivery):
    office.settle()
    delivery.refresh_from_db()
    page = opened(client, delivery).content.decode()
    in_lagos = delivery.settled_at.astimezone(delivery.message.client.tz)
    assert f"sent {in_lagos:%H:%M}" in page


def test_it_closes_when_its_reader_has_left_the_client(client, delivery):
    assert opened(client, delivery).status_code == 200
    delivery.contact.is_active = False
    delivery.contact.save()
    assert opened(client, delivery).status_code == 410


def test_a_changed_link_opens_nothing(client, delivery):
    token = links.token(delivery)
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert client.get(reverse("messages-link", args=[forged])).status_code == 404


def test_it_is_good_for_as_long_as_the_key_it_was_signed_with(client, settings, delivery):
    address = reverse("messages-link", args=[links.token(delivery)])
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, " * 5
    assert client.get(address).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert client.get(address).status_code == 200


def test_it_ages_by_the_offices_own_clock(client, office, delivery):
    token = links.token(delivery)
    address = reverse("messages-link", args=[token])
    office.clock_says("2026-12-01 10:20")
    assert client.get(address).status_code == 200
    office.clock_says("2026-12-01 10:45")
    assert client.get(address).status_code == 410
    assert opened(client, delivery).status_code == 200  # a link that is made now is good from now on
