"""A client's browser is told of an urgent message while she looks at something else, and she acknowledges it.

The Chromium here has no push service to subscribe at, so its `PushManager` is played in the page: it gives
the address and keys of a browser of `tests.push_service`, which the office then really tells. What that one
opened is given to our own worker's script, for which the page plays what surrounds a worker.
"""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Device
from messages_app.models import Message
from tests.push_service import PushService

from . import by_keyboard as keys
from .at_desk import answers, writes
from .looking import go_to

pytestmark = pytest.mark.slow
PLAYED = """(told) => {
  const subscription = {
    endpoint: told.endpoint,
    toJSON: () => ({ endpoint: told.endpoint, keys: { p256dh: told.p256dh, auth: told.auth } }),
    unsubscribe: async () => { localStorage.removeItem("pushed"); return true; },
  };
  PushManager.prototype.subscribe = async (wanted) => {
    if (!wanted.userVisibleOnly || wanted.applicationServerKey.length !== 87) throw new TypeError("options");
    localStorage.setItem("pushed", "yes");
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (localStorage.getItem("pushed") ? subscription : null);
}"""

AROUND_A_WORKER = """async ([what, told]) => {
  const heard = {};
  let notice = null;
  let opened = "";
  const self = {
    location, skipWaiting: () => null, addEventListener: (name, act) => { heard[name] = act; },
    registration: {
      scope: "/portal/",
      showNotification: async (title, how) => { notice = { title, ...how, close: () => null }; },
    },
    clients: { matchAll: async () => [], openWindow: async (url) => { opened = url; } },
  };
  const happens = async (name, detail) => {
    let done = null;
    heard[name]({ ...detail, waitUntil: (promise) => { done = promise; } });
    await done;
  };
  /* the worker */
  if (what === "renewed") {
    const as = (given) => ({
      endpoint: given.endpoint,
      toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.p256dh, auth: given.auth } }),
    });
    await happens("pushsubscriptionchange", { oldSubscription: as(told[0]), newSubscription: as(told[1]) });
    return {};
  }
  await happens("push", { data: { json: () => told } });
  await happens("notificationclick", { notification: notice });
  return { title: notice.title, body: notice.body, tag: notice.tag, silent: notice.silent, opened };
}"""


@pytest.fixture
def service():
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def in_our_worker(portal, what: str, told) -> dict:
    script = portal.evaluate("async () => (await fetch('/sw.js')).text()")
    return portal.evaluate(AROUND_A_WORKER.replace("/* the worker */", script), [what, told])


def shown_and_pressed(portal, told) -> dict:
    """The notice that our worker shows of what the service handed over, and what a press on it opens."""
    return in_our_worker(portal, "push", told)


@pytest.mark.console_may_complain  # the desk is left as it asks anew for what was acknowledged
def test_she_is_told_in_her_browser_and_acknowledges(office, okafor, priya, service):
    browser = service.browser("hers")
    portal = office.enters(okafor.owner, to=reverse("notifications"))
    portal.context.grant_permissions(["notifications"])
    portal.add_init_script(f"({PLAYED})({json.dumps(browser.subscription)})")
    portal.reload()
    portal.get_by_label("What you call this device").fill("My phone")
    portal.keyboard.press("Enter")
    mine = portal.locator("[data-push-device]")
    expect(mine).to_contain_text("This browser")
    expect(portal.get_by_role("button", name="Switch push on here")).to_be_hidden()
    portal.get_by_role("button", name="Send a test to My phone").click()
    [test] = office.eventually(lambda: list(browser.told))
    assert "Okafor Legal" in test["body"]
    # The push service gives it another address, and the worker says so.
    before, browser = browser, service.browser("hers-again")
    in_our_worker(portal, "renewed", [before.subscription, browser.subscription])

    desk = office.at_her_desk(priya)
    caller = office.rings(okafor)
    answers(desk)
    writes(desk, "The court rang.")
    keys.chooses(desk.get_by_role("group", name="Urgency"), "Urgent")
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()
    told = office.eventually(lambda: [each for each in browser.told if each["urgent"]])[0]
    assert "court" not in json.dumps(told)

    notice = shown_and_pressed(portal, told)
    assert notice["title"] == "Urgent message for Okafor Legal"
    assert notice["opened"].endswith(told["url"])
    portal.evaluate("(url) => location.assign(url)", notice["opened"])
    expect(portal.get_by_text("The court rang.")).to_be_visible()
    portal.get_by_role("button", name="Acknowledge").first.click()
    go_to(desk, reverse("messages"))
    expect(desk.locator("main")).to_contain_text("cknowledged")
    assert Message.objects.get().state == "acknowledged"
    over = office.eventually(lambda: [each for each in browser.told if each["quiet"]])[0]
    quiet = shown_and_pressed(portal, over)
    assert (quiet["title"], quiet["silent"]) == ("Acknowledged: Okafor Legal", True)
    assert (notice["silent"], quiet["tag"]) == (False, notice["tag"])  # in the place of the other


def test_she_takes_it_off_by_keyboard(office, okafor, service):
    browser = service.browser("hers")
    portal = office.enters(okafor.owner, to=reverse("notifications"))
    portal.context.grant_permissions(["notifications"])
    portal.add_init_script(f"({PLAYED})({json.dumps(browser.subscription)})")
    portal.reload()
    keys.types(portal.get_by_label("What you call this device"), "My phone")
    keys.presses(portal.get_by_role("button", name="Switch push on here"))
    keys.presses(portal.get_by_role("button", name="Switch push off in My phone"))
    expect(portal.get_by_text("Push is off there.")).to_be_visible()
    expect(portal.get_by_role("button", name="Switch push on here")).to_be_visible()
    assert not Device.objects.exists()
