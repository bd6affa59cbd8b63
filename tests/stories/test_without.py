"""Negative controls: what must not happen when a process is away, and what must happen all the same."""

import pytest
from playwright.sync_api import expect

from messages_app.models import Delivery, Message

pytestmark = pytest.mark.slow  # faults


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def desk(office, okafor):
    """Priya has talked with somebody and written down what she said."""
    page = office.at_her_desk(office.secretary("Priya", okafor))
    caller = office.rings(okafor)
    expect(page.locator("#callbar")).to_contain_text("is ringing")
    page.keyboard.press("F2")
    page.get_by_label("Caller’s name").fill("Dana Reyes")
    page.get_by_label("Message", exact=True).fill("The landlord rang about clause 9.")
    caller.hang_up()
    expect(page.locator("#callbar")).to_contain_text("Call ended")
    office.settle()
    return page


def send(desk):
    desk.get_by_role("button", name="Send to Okafor Legal").click()
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()


def arrived(office, okafor) -> bool:
    return bool(office.outside.mail(okafor.owner.user.email))


def test_without_worker_and_sweep_nothing_arrives_and_the_desk_does_not_say_it_did(office, desk, okafor):
    office.stops("worker", "sweep")
    send(desk)
    message = Message.objects.get()
    by_mail = message.deliveries.get(channel="email")
    desk.goto(desk.url.partition("/desk/")[0] + f"/desk/messages/{message.pk}/")
    told = desk.locator("main")
    expect(told).to_contain_text("E-mail: waiting to be sent")
    assert not arrived(office, okafor)
    assert by_mail.state in (Delivery.State.WAITING, Delivery.State.SENDING)

    office.starts("sweep")
    office.eventually(lambda: arrived(office, okafor))
    office.settle()
    desk.reload()
    expect(told).to_contain_text("E-mail: sent")


def test_without_redis_it_arrives_all_the_same(office, desk, okafor):
    """Redis carries hints. A hint that is lost makes work late, never lost."""
    with office.without_redis():
        send(desk)
        office.eventually(lambda: arrived(office, okafor))


def test_without_the_worker_the_sweep_does_its_work(office, desk, okafor):
    office.stops("worker")
    send(desk)
    office.eventually(lambda: arrived(office, okafor))
