"""What a browser's push service is told, and what its answers mean."""

import pytest

from secretariat.channels import push
from secretariat.channels.errors import Refused, Silent
from tests.push_service import PushService

WORDS = b'{"title": "New message"}'
TOPIC = "a" * 32


@pytest.fixture
def service():
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def browser(service):
    return service.browser("hers")


def send(browser, **facts):
    return push.send(
        push.checked(**browser.subscription), WORDS, **{"topic": TOPIC, "urgent": False, "within": 5} | facts
    )


def test_only_the_browser_opens_it_and_the_service_sees_who_sent_it(service, browser):
    send(browser)
    assert browser.told == [{"title": "New message"}]
    [headers] = browser.headers
    assert (headers["topic"], headers["urgency"]) == (TOPIC, "normal")
    assert service.refused == []


def test_what_is_urgent_wakes_the_telephone(browser):
    send(browser, urgent=True)
    assert browser.headers[0]["urgency"] == "high"


def test_what_is_signed_with_another_key_than_we_say_is_refused(service, browser, settings, monkeypatch):
    """The service looks: else nothing here would show that we sign at all."""
    other = push._vapid(push.new_private_key())
    real = push._signature
    monkeypatch.setattr(
        push,
        "_signature",
        lambda endpoint: (
            real(endpoint).partition(",k=")[0]
            + ",k="
            + other.sign({"aud": service.address, "sub": "mailto:a@b.example"})["Authorization"].partition(
                ",k="
            )[2]
        ),
    )
    with pytest.raises(Refused):
        send(browser)
    assert service.refused == ["signature"]
    assert browser.told == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_over_is_told_apart(browser, status):
    browser.answers = [status]
    with pytest.raises(push.Gone):
        send(browser)


@pytest.mark.parametrize(
    ("status", "permanent"), [(400, True), (413, True), (302, True), (307, True), (403, False), (429, False)]
)
def test_a_refusal_is_for_good_or_for_now(browser, status, permanent):
    browser.answers = [status]
    with pytest.raises(Refused) as refused:
        send(browser)
    assert refused.value.permanent is permanent
    assert refused.value.retry_after == (30 if status == 429 else None)
    assert browser.told == []


def test_a_service_that_stumbles_may_have_passed_it_on(browser):
    browser.answers = [500]
    with pytest.raises(Silent):
        send(browser)


def test_a_service_that_is_not_there_has_surely_told_nobody(service, browser):
    service.close()
    with pytest.raises(Refused) as refused:
        send(browser)
    assert not refused.value.permanent


def test_no_browser_leads_into_the_firm_s_own_network(browser, settings):
    hers = push.checked(**browser.subscription)
    settings.FETCH_PRIVATE_HOSTS = []
    with pytest.raises(push.NoSubscription):
        push.checked(**browser.subscription)
    with pytest.raises(Refused) as refused:  # one that was let in while that host was still allowed
        push.send(hers, WORDS, topic=TOPIC, urgent=False, within=5)
    assert refused.value.permanent
    assert browser.told == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "not an address",
        "javascript:alert(1)",
        "http://push.example.com/send/1",  # in the clear
        "https://user:secret@push.example.com/send/1",
        "https://10.0.0.1/send/1",
        "https://2130706433/send/1",
        "https://0x7f000001/send/1",
        "https://[::1]/send/1",
        "https://push.example.com:22/send/1",
        f"https://push.example.com/{'a' * 3000}",
    ],
)
def test_what_is_no_address_of_a_service_is_no_subscription(browser, endpoint):
    with pytest.raises(push.NoSubscription):
        push.checked(**browser.subscription | {"endpoint": endpoint})


@pytest.mark.parametrize(
    "facts", [{"p256dh": ""}, {"p256dh": "AAAA"}, {"p256dh": "ü"}, {"auth": "AAAA"}, {"auth": ""}]
)
def test_what_is_no_key_is_no_subscription(browser, facts):
    with pytest.raises(push.NoSubscription):
        push.checked(**browser.subscription | facts)


def test_without_a_key_it_is_not_offered(settings):
    assert push.is_configured()
    settings.VAPID_PRIVATE_KEY = ""
    assert not push.is_configured()
    assert push.mark() == ""
