"""The office of the stories: the same words as in `tests.the_office`, over real processes.

Rows that were there before the story begins are written into the story's database; from then on people act:
in the browser, outside at a telephone, in a mailbox. The clocks run; `passes` moves them, both alike.
"""

import os
import signal
import time
from contextlib import contextmanager
from dataclasses import asdict

import redis
from allauth.account.models import EmailAddress
from django.db import connection, connections
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.local import entering
from secretariat.local.carrier import Party
from secretariat.local.emptying import empty
from secretariat.local.outside.client import Call, Outside, Telephone
from secretariat.local.story_office import StoryOffice
from secretariat.office.models import LineKind, Presence
from secretariat.outbox.models import Effect, InboundEvent
from tests.patience import PATIENCE
from tests.the_office import Office, identity

PASSWORD = "correct horse battery"


class NotSettled(AssertionError):
    """Work is left over; the message lists it."""


class Switchboard:
    """What the office tells the carrier while it is being made: numbers that ring us, and people outside."""

    def __init__(self, outside: Outside, office: StoryOffice):
        self.outside, self.office = outside, office
        self.numbers: list[dict] = []
        self.parties: dict[str, dict] = {}
        self.calendars: list[dict] = []

    def add_number(self, number, voice_url="", **addresses):
        self.numbers.append({"number": number, "voice_url": voice_url, **addresses})
        self._tell()

    def add_calendar(self, **calendar):
        """A client's own calendar, which the world outside shows as her telephone does."""
        self.calendars.append(calendar)
        self._tell()

    def _tell(self):
        keys = self.office.keys
        self.outside.configure(
            {
                "app_url": self.office.url,
                "twilio": {
                    "account_sid": keys.account_sid,
                    "auth_token": keys.auth_token,
                    "api_key_sid": keys.api_key_sid,
                    "api_key_secret": keys.api_key_secret,
                },
                "numbers": self.numbers,
                "calendars": self.calendars,
                "mail": {"url": "/anymail/postmark/inbound/", "secret": keys.anymail_webhook_secret},
                "post": {
                    "api_key": keys.lob_api_key,
                    "webhook_url": reverse("letters-lob-events"),
                    "webhook_secret": keys.lob_webhook_secret,
                },
            }
        )
        for one, behaviour in self.parties.items():
            self.outside.behave(one, **behaviour)

    def add_party(self, number: str, party: Party) -> None:
        self.parties[number] = asdict(party)
        self.outside.behave(number, **self.parties[number])

    def register(self, identity: str) -> None:
        """A browser registers by itself, once its page is open."""


class OfficeInLife(Office):
    """An office with real processes. `processes` stops and starts single ones."""

    def __init__(self, running: StoryOffice, browsers):
        self.running, self.browsers = running, browsers
        self.url, self.processes = running.url, running.processes
        self.outside = Outside(running.outside_url)
        self.desks = {}
        super().__init__()

    def _carrier(self):
        return Switchboard(self.outside, self.running), None

    # --- People ------------------------------------------------------------------------------------------

    def starts_shift(self, secretary) -> None:
        """By browser the enter link does it, as she comes in; her own telephone needs no browser."""
        if secretary.line == LineKind.PHONE:
            super().starts_shift(secretary)

    def enters(self, who, to="", **context):
        """A page of this person's own browser, signed in by the demo's link."""
        page = self.browsers.context(**context).new_page()
        page.goto(entering.link_for(getattr(who, "user", who).email) + (f"?next={to}" if to else ""))
        return page

    def at_her_desk(self, secretary, **context):
        """Her desk, with its line connected."""
        page = self.enters(secretary, to="/desk/", **context)
        self.line_is_connected(page, secretary)
        self.desks[secretary.pk] = page
        return page

    def sits_down(self, secretary) -> None:
        self.at_her_desk(secretary)

    def line_is_connected(self, page, secretary) -> None:
        """Wait until the page has its line and the office knows: before that no call rings at her."""
        page.locator("body[data-phone=registered]").wait_for(state="attached")
        self.eventually(Presence.objects.filter(secretary=secretary, phone_registered=True).exists)

    def signs_in(self, who, **context):
        """A page signed in by the form, with a password; nothing else happens by it."""
        user = getattr(who, "user", who)
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"primary": True, "verified": True}
        )
        page = self.browsers.context(**context).new_page()
        page.goto(f"{self.url}/accounts/login/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").first.click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    # --- Calls -------------------------------------------------------------------------------------------

    def rings(self, client, caller="+447700900123", **more):
        """Somebody dials the client's number. Her end of the call."""
        return self.outside.ring(client.number, caller=caller, **more)

    def phone_of(self, secretary) -> Call | None:
        """Her end of the call, ringing or connected, by browser or at home."""
        if secretary.line == LineKind.PHONE:
            return self.outside.call_to(secretary.home_number)
        return self.outside.call_to(f"client:{identity(secretary)}")

    def answers(self, secretary) -> None:
        """She answers by F2 at her desk, or picks up at home and presses 1 where that is asked for."""
        if secretary.line == LineKind.PHONE:
            leg = self.eventually(lambda: self.phone_of(secretary))
            leg.answer()
            self.presses(leg, "1")
        else:
            expect(self.desks[secretary.pk].locator("#callbar")).to_contain_text("is ringing")
            self.desks[secretary.pk].keyboard.press("F2")

    def presses(self, leg: Call, keys: str) -> None:
        """Once she is asked for a key: pressed before, nobody hears it."""
        self.eventually(lambda: leg.awaits_key)
        leg.press(keys)

    def hangs_up(self, leg: Call) -> None:
        leg.hang_up()

    def mobile_of(self, contact) -> "Mobile":
        """The mobile of somebody at a client, played from outside."""
        return Mobile(self, contact.addresses.get(kind="mobile").value)

    # --- Time and work -----------------------------------------------------------------------------------

    def passes(self, seconds: float) -> None:
        """Move the office's clock and the carrier's."""
        self.outside.do("move", seconds=seconds)

    def settle(self) -> None:
        """Wait until nothing is under way on either side. Raises NotSettled with what is left."""
        deadline = time.monotonic() + PATIENCE
        while left := self._left_over():
            if time.monotonic() > deadline:
                raise NotSettled(left)
            time.sleep(0.05)

    def _left_over(self) -> list[str]:
        left = [] if self.outside.idle()["in_flight"] == 0 else ["a posting of the carrier"]
        under_way = [Effect.State.PENDING, Effect.State.LEASED]
        effects = Effect.objects.filter(state__in=under_way, due_at__lte=clock.Now())
        left += [f"{kind} {state}" for kind, state in effects.values_list("kind", "state")]
        kept = InboundEvent.objects.filter(state=InboundEvent.State.KEPT)
        return left + list(kept.values_list("kind", flat=True))

    @staticmethod
    def eventually(holds):
        """Ask until the answer is yes; what it was. Raises NotSettled after a while."""
        deadline = time.monotonic() + PATIENCE
        while not (answer := holds()):
            if time.monotonic() > deadline:
                raise NotSettled("what was waited for never came")
            time.sleep(0.05)
        return answer

    def stops(self, *names: str) -> None:
        for name in names:
            self.processes.stop(name)

    def is_killed(self, name: str) -> None:
        """By SIGKILL, and whatever it started with it: nothing of it is finished."""
        child = next(each for each in self.processes.children.running if each.name == name)
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self.processes.stop(name)  # which only forgets it

    @contextmanager
    def without_redis(self):
        """Redis stands still: it takes connections and answers nobody, the worst way to be away."""
        server = next(c for c in self.processes.children.running if c.name == "valkey").process
        server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            server.send_signal(signal.SIGCONT)

    def starts(self, *names: str) -> None:
        for name in names:
            self.processes.start(name)


class Mobile(Telephone):
    """Its behaviour is kept with the office's numbers, so that a number added later does not undo it."""

    def __init__(self, office: OfficeInLife, number: str):
        super().__init__(office.outside, number)
        self.office = office

    def presses(self, digits: str) -> None:
        self.office.presses(self._on_the_line(), digits)

    def behaves(self, **behaviour) -> None:
        self.office.carrier.add_party(self.number, Party(**behaviour))


class Browsers:
    """The contexts of one story, each a person's browser, and what their consoles said."""

    def __init__(self, chrome):
        self.chrome, self.contexts, self.said = chrome, [], []

    def context(self, **options):
        options = {"viewport": {"width": 1366, "height": 768}, "permissions": ["microphone"]} | options
        context = self.chrome.new_context(**options)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        self.contexts.append(context)
        return context

    def _heard(self, message):
        self.said.append(f"{message.type}: {message.text} ({message.location['url']})")

    def close(self):
        for context in self.contexts:
            context.close()


@contextmanager
def beside(running: StoryOffice):
    """Let this process read and write the story's rows, and sign as the story's office does."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = running.database_url.rpartition("/")[2]
    try:
        with override_settings(
            SECRET_KEY=running.keys.secret_key,
            PUBLIC_BASE_URL=running.url,
            TWILIO_ACCOUNT_SID=running.keys.account_sid,
            REDIS_URL=running.redis_url,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"],
        ):
            yield
    finally:
        connection.close()
        default.settings_dict["NAME"] = before


def begin_anew(running: StoryOffice) -> None:
    """Nobody in the office, nothing in the queue, no call and no mail, the clocks right."""
    Outside(running.outside_url).reset()  # first, so that nothing new comes in
    empty(running.owner_url)  # which gives way to what the last story's processes are still about
    redis.Redis.from_url(running.redis_url).flushdb()
