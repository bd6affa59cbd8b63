"""A firm with two secretaries, a client's line, and the carrier: what the tests of calls play on.

The carrier is the simulator's core. It posts signed requests through Django's test client, and
twilio-python reaches it without a network. Time is the carrier's; the office's clock follows it.
"""

from datetime import UTC, datetime, timedelta

from django.test import Client as Browser
from django.utils import timezone

from calls.models import Call
from calls.offers import identity
from clients import team
from clients.models import Assignment, Client, Contact, Line, WorkItem
from secretariat import clock, outbox
from secretariat.channels import twilio
from secretariat.local.carrier import Carrier
from secretariat.local.carrier.transports.in_process import CoreHttpClient, InProcessCarrier
from secretariat.local.models import Clock
from secretariat.office import presence
from secretariat.office.models import Secretary, User
from secretariat.outbox import rounds

MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday
CALLER = "+447700900123"
QUEUES = ("calls", "urgent", "bulk", "cpu")


class Wire(CoreHttpClient):
    """The carrier's REST side, recordings included."""

    def fetch(self, url, auth, most_bytes):
        answer = self.request("GET", url, auth=auth)
        return answer.status_code, answer.text.encode()


class Switchboard:
    def __init__(self, settings):
        self.carrier = Carrier(
            settings.TWILIO_ACCOUNT_SID,
            settings.TWILIO_AUTH_TOKEN,
            start=MORNING,
            api_key_sid=settings.TWILIO_API_KEY,
            api_key_secret=settings.TWILIO_API_SECRET,
        )
        self.transport = InProcessCarrier(
            self.carrier, Browser(raise_request_exception=False), work=self.work
        )
        self.wire = Wire(self.transport, timeout=8)
        Clock.objects.update_or_create(pk=1, defaults={"shift": self.carrier.now - timezone.now()})
        self.client = Client.objects.create(name="Okafor Legal")
        self.owner = Contact.objects.create(
            client=self.client,
            name="Ngozi Okafor",
            standing=Contact.Standing.OWNER,
            user=User.objects.create(email="ngozi@example.com", name="Ngozi Okafor"),
        )
        self.line = self.add_line(
            self.client, "+442079460101", recording_notice="This call is recorded.", ring_seconds=20
        )

    def add_line(self, client, number, **facts) -> Line:
        self.carrier.add_number(
            number,
            "http://testserver/twilio/voice/",
            fallback_url="http://testserver/twilio/voice/fallback/",
            status_callback="http://testserver/twilio/call-status/",
        )
        return Line.objects.create(client=client, number=number, **facts)

    def secretary(self, name, *, turn=Assignment.Turn.OWN, home_number="", client=None) -> Secretary:
        """Somebody at work and ready: by her browser, or by her own telephone if she has given its number."""
        user = User.objects.create(email=f"{name.lower()}@example.com", name=name)
        line = "phone" if home_number else "browser"
        secretary = Secretary.objects.create(user=user, spoken_name=name, line=line, home_number=home_number)
        team.assign(
            secretary,
            client or self.client,
            by=None,
            at=self.now,
            turn=turn,
            terms_accepted_at=self.now,
        )
        presence.start_shift(secretary, line=line, at=self.now, declared=True)
        if not home_number:
            presence.heartbeat(secretary, at=self.now, phone_registered=True)
            self.carrier.register(identity(secretary))
        return secretary

    # -- time

    @property
    def now(self):
        return self.carrier.now

    def follow_clock(self):
        """Move the office's clock on to the carrier's, never back: what is due must stay due."""
        if self.carrier.now > clock.now():
            Clock.objects.update_or_create(pk=1, defaults={"shift": self.carrier.now - timezone.now()})

    def work(self) -> bool:
        """Whatever the application has to do at this moment. Whether it did anything."""
        self.follow_clock()
        return bool(outbox.drain_inbox() + sum(outbox.drain(queue) for queue in QUEUES))

    def settle(self):
        self.follow_clock()
        self.transport.settle()

    def passes(self, seconds: float):
        """Let time pass second by second, as the sweep sees it."""
        until = self.now + timedelta(seconds=seconds)
        while self.now < until:
            step = min(1.0, (until - self.now).total_seconds())
            self.transport.passes(step)
            rounds.go()
            self.settle()

    # -- people outside and at the desk

    def rings(self, number=CALLER, **extra):
        leg = self.carrier.control.ring(self.line.number, number, **extra)
        self.settle()
        return leg

    def call(self) -> Call:
        return Call.objects.select_related("client", "line", "secretary").latest("rang_at", "id")

    def ringing_at(self, secretary):
        """The carrier's leg that rings at her, if any."""
        address = secretary.home_number if secretary.presence.line == "phone" else identity(secretary)
        legs = [leg for leg in self.carrier.control.legs_of(address) if leg.status == "ringing"]
        return legs[0] if legs else None

    def answers(self, secretary):
        leg = self.ringing_at(secretary)
        self.carrier.control.answer(leg)
        self.settle()
        return leg

    def presses(self, leg, keys):
        self.carrier.control.press(leg, keys)
        self.settle()

    def hangs_up(self, leg):
        self.carrier.control.hang_up(leg)
        self.settle()

    def heard(self, leg) -> str:
        return " ".join(each.text for each in leg.heard if each.kind == "say")

    def in_room(self) -> set[str]:
        """Who hears whom at this moment, by the far end's address."""
        return {
            participant.leg.far_end.removeprefix("client:")
            for conference in self.carrier.conferences.by_sid.values()
            for participant in conference.present
        }

    def work_items(self) -> list[str]:
        return sorted(WorkItem.objects.open().values_list("kind", flat=True))

    def events(self) -> list[str]:
        return list(self.call().events.values_list("verb", flat=True))


def connected(board):
    return twilio.transported_by(board.wire)


__all__ = ["CALLER", "MORNING", "Switchboard", "clock", "connected"]
