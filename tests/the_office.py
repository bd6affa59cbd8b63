"""The office that tests speak of: clients, secretaries and callers with names, and a clock that obeys.

A story reads like the trade: `office.client(…)`, `office.secretary(…)`, `office.rings(…)`. The carrier is
the simulator's core in this process: it posts signed requests through Django's test client, and
twilio-python reaches it through an HttpClient of ours. Nothing sleeps, no timer is jumped over, and the clock
stands still until it is told to move: how fast the computer is changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client as Browser
from django.utils import timezone

from calendar_app.models import Reminder
from calls.models import Call, Offer
from clients import team
from clients.models import (
    Assignment,
    CallType,
    Client,
    Contact,
    ContactAddress,
    DeliveryRule,
    Line,
    LineHours,
)
from messages_app.models import LadderStep
from secretariat import clock, outbox
from secretariat.books.models import Issuer
from secretariat.channels import twilio
from secretariat.local.carrier import Carrier, Party
from secretariat.local.carrier.transports.in_process import InProcessCarrier
from secretariat.local.models import Clock
from secretariat.office import presence
from secretariat.office.models import LineKind, Post, Presence, Secretary, SecretaryLanguage, User
from secretariat.outbox import rounds
from secretariat.outbox.models import Effect, InboundEvent
from secretariat.retention.rounds import end_what_is_over

from .looks import looks
from .telephones import Telephone

WEEK = range(7)
LONGEST_STEP = timedelta(seconds=5)  # duties such as the reaper look every few seconds
HEARD_UNTIL = timedelta(hours=1)
SLOW = 5  # seconds between two turns of a duty from which on a hurried office lets it wait for its turn


@dataclass
class OfficeClient:
    """A client as a test needs it: the row, its line and the people there."""

    row: Client
    line: Line
    people: dict[str, Contact] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.line.number

    @property
    def owner(self) -> Contact:
        return next(iter(self.people.values()))


class Office:
    def __init__(self, *, hurried=False):
        """Hurried, it does slow duties only as often as the sweep does them, and not after each step."""
        self._hurried = hurried
        self._done_at: dict[object, datetime] = {}  # slow duties, by the office's clock
        self._numbers = iter(f"+4420794601{n:02}" for n in range(100))
        self._mobiles = iter(f"+4477009001{n:02}" for n in range(100))
        looks.begin()
        Issuer.objects.get_or_create(
            defaults={"name": "The Firm", "address": "1 High Street", "vat_percent": 0}
        )
        self.carrier, self.transport = self._carrier()
        self.carrier.add_number(settings.TWILIO_TEXT_FROM, sms_url=f"{settings.PUBLIC_BASE_URL}/twilio/sms/")

    def _carrier(self):
        """The simulator's core in this process, and what carries its requests to us and ours to it."""
        self._stands_at(clock.now())
        carrier = Carrier(
            settings.TWILIO_ACCOUNT_SID,
            settings.TWILIO_AUTH_TOKEN,
            api_key_sid=settings.TWILIO_API_KEY,
            api_key_secret=settings.TWILIO_API_SECRET,
            start=clock.now(),
        )
        # As outside, an error of ours is a 500 to the carrier, not an exception in the carrier.
        return carrier, InProcessCarrier(
            carrier,
            Browser(raise_request_exception=False),
            base_url=settings.PUBLIC_BASE_URL,
            work=self.work,
        )

    # --- Who there is ------------------------------------------------------------------------------------

    def client(self, name, *, opens="09:00", closes="17:00", zone="Europe/London", answers="always", **facts):
        """A client with one line, open at these hours every day, and an owner who signs in."""
        line_facts = {key: facts.pop(key) for key in list(facts) if key in _LINE_FACTS}
        row = Client.objects.create(name=name, zone=zone, **facts)
        line = Line.objects.create(
            client=row,
            number=next(self._numbers),
            answers=answers,
            **({"recording_notice": "This call is recorded."} | line_facts),
        )
        LineHours.objects.bulk_create(
            LineHours(
                client=row,
                line=line,
                kind=LineHours.Kind.OPEN,
                weekday=weekday,
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
            )
            for weekday in WEEK
        )
        CallType.objects.create(client=row, name="Message", is_default=True)
        self.carrier.add_number(
            line.number,
            f"{settings.PUBLIC_BASE_URL}/twilio/voice/",
            fallback_url=f"{settings.PUBLIC_BASE_URL}/twilio/voice/fallback/",
            sms_url=f"{settings.PUBLIC_BASE_URL}/twilio/sms/",
            status_callback=f"{settings.PUBLIC_BASE_URL}/twilio/call-status/",
        )
        made = OfficeClient(row, line)
        self.contact(made, f"Owner of {name}", standing="owner")
        return made

    def contact(
        self, client, name, *, standing=Contact.Standing.MEMBER, by=("portal", "email"), signs_in=True
    ):
        """Somebody at the client, with a mailbox and a mobile, told by these channels."""
        slug = name.lower().replace(" ", ".")
        person = Contact.objects.create(
            client=client.row,
            name=name,
            standing=standing,
            user=self.user(f"{slug}@clients.example", name) if signs_in else None,
        )
        for kind, value in (("email", f"{slug}@clients.example"), ("mobile", next(self._mobiles))):
            ContactAddress.objects.create(client=client.row, contact=person, kind=kind, value=value)
        for channel in by:
            DeliveryRule.objects.create(client=client.row, contact=person, channel=channel)
        client.people[name] = person
        return person

    def secretary(self, name, *clients, line="browser", turn=Assignment.Turn.OWN, ready=True) -> Secretary:
        """A secretary on these clients' teams; ready, she is on shift with a working line."""
        at_home = next(self._mobiles)
        secretary = Secretary.objects.create(
            user=self.user(f"{name.lower()}@example.com", name),
            spoken_name=name,
            line=line,
            home_number=at_home,
            verified_number=at_home,
        )
        SecretaryLanguage.objects.create(secretary=secretary, language="en", level=7)
        for client in clients:
            assigned = team.assign(secretary, client.row, by=None, at=clock.now(), turn=turn)
            Assignment.objects.filter(pk=assigned.pk).update(terms_accepted_at=clock.now())
        if ready:
            self.starts_shift(secretary)
        return secretary

    def starts_shift(self, secretary: Secretary) -> None:
        presence.start_shift(secretary, line=secretary.line, at=clock.now(), declared=True)
        if secretary.line == LineKind.BROWSER:
            presence.heartbeat(secretary, at=timezone.now(), phone_registered=True)
            # Hearts beat by the computer’s clock, and how slow that computer is must not matter here.
            Presence.objects.filter(secretary=secretary).update(heartbeat_at=Now() + HEARD_UNTIL)
            self.carrier.add_party(identity(secretary), Party())
            self.carrier.register(identity(secretary))
        else:
            self.carrier.add_party(secretary.home_number, Party())

    def supervisor(self, name="Helen") -> User:
        user = self.user(f"{name.lower()}@example.com", name)
        Post.objects.create(user=user, post=Post.Kind.SUPERVISOR)
        return user

    def user(self, email, name) -> User:
        return User.objects.create(email=email, name=name)

    def browser(self, who) -> Browser:
        """A browser in which this person (user, secretary, contact) has signed in."""
        browser = Browser()
        browser.force_login(getattr(who, "user", who), "allauth.account.auth_backends.AuthenticationBackend")
        return browser

    # --- Calls -------------------------------------------------------------------------------------------

    def rings(self, client: OfficeClient, caller="+447700900123", forwarded_from=""):
        """Somebody rings the client. Returns her leg once everything that follows at once is done."""
        leg = self.carrier.control.ring(client.number, caller, forwarded_from)
        self.settle()
        return leg

    def phone_of(self, secretary: Secretary):
        """The secretary's ringing or connected leg, by browser or at home."""
        far_end = identity(secretary) if secretary.line == LineKind.BROWSER else secretary.home_number
        legs = self.carrier.control.legs_of(far_end)
        return legs[-1] if legs else None

    def answers(self, secretary: Secretary) -> None:
        """She picks up, and presses 1 where her own telephone asks for it."""
        leg = self.phone_of(secretary)
        self.carrier.control.answer(leg)
        self.settle()
        if secretary.line == LineKind.PHONE:
            self.carrier.control.press(leg, "1")
            self.settle()

    def sits_down(self, secretary: Secretary) -> None:
        """She is at her desk. In one process she is that once her shift has started."""

    def mobile_of(self, contact: Contact) -> Telephone:
        """The mobile of somebody at a client: it rings, answers, has a mailbox, forwards its calls."""
        return Telephone(self, contact.addresses.get(kind="mobile").value)

    def hangs_up(self, leg) -> None:
        self.carrier.control.hang_up(leg)
        self.settle()

    @staticmethod
    def eventually(holds):
        """It holds at once: whatever followed has been done. What it was."""
        answer = holds()
        assert answer
        return answer

    # --- Time and work -----------------------------------------------------------------------------------

    def clock_says(self, local: str, zone="Europe/London") -> None:
        """It is this moment of that zone, "2026-11-24 10:30", for the office and the carrier alike."""
        moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
        self._stands_at(moment)
        self.carrier.timeline.now = moment.astimezone(ZoneInfo("UTC"))

    def passes(self, seconds: float) -> None:
        """Let time pass from one due moment to the next, doing whatever falls due on the way."""
        self.settle()
        left = timedelta(seconds=seconds)
        while left > timedelta():
            step = min(left, self._until_next_due())
            self._stands_at(self.carrier.now + step)
            self.transport.passes(step.total_seconds())
            left -= step

    def is_later(self, seconds: float) -> None:
        """So much later nothing has been done meanwhile: what fell due is done now, all at once."""
        moment = clock.now() + timedelta(seconds=seconds)
        self._stands_at(moment)
        self.carrier.timeline.now = moment
        self.settle()

    @staticmethod
    def _stands_at(moment: datetime) -> None:
        if not Clock.objects.filter(pk=1).update(stands_at=moment):
            Clock.objects.create(pk=1, stands_at=moment)

    def _until_next_due(self) -> timedelta:
        """How long until something is due on either side, a moment at least and some seconds at most."""
        now, moments = self.carrier.now, looks.remembered("due moments", _due_moments)
        waits = [moment - now for moment in [*moments, self.carrier.next_due()] if moment and moment > now]
        wait = max(timedelta(milliseconds=250), min(waits, default=LONGEST_STEP))
        # Our clock is moved before the carrier's: a long wait ends shortly before the moment, so that what
        # falls due then does not happen at its beginning.
        return wait - LONGEST_STEP if wait > 2 * LONGEST_STEP else wait

    def settle(self) -> None:
        """Do everything that is due now, on both sides of the wire."""
        self.transport.settle()

    def work(self) -> int:
        """One turn of our own queues and duties. Returns how much there was to do."""
        at = clock.now()
        with twilio.transported_by(self.transport.http_client()):
            done = looks.unless_in_vain("inbox", outbox.drain_inbox, at=at)
            done += looks.unless_in_vain("outbox", _drain_outbox, at=at)
            if done and self._hurried:
                return done  # workers take up what there is at once; the sweep comes each second
            for duty in rounds.duties():
                if duty.run is end_what_is_over or not self._is_its_turn(duty, at=at):
                    continue  # the first a month's affair, and no test's but its own
                done += looks.unless_in_vain(duty.run, partial(_do, duty), at=at)
            return done

    def _is_its_turn(self, duty, *, at: datetime) -> bool:
        if not self._hurried or duty.seconds <= SLOW:
            return True
        last = self._done_at.get(duty.run)
        if last and last <= at < last + timedelta(seconds=duty.seconds):
            return False
        self._done_at[duty.run] = at
        return True


def _drain_outbox() -> int:
    waiting = Effect.objects.filter(state__in=[Effect.State.PENDING, Effect.State.LEASED])
    queues = [queue for queue in Effect.Queue.values if waiting.filter(queue=queue).exists()]
    return sum(map(outbox.drain, queues))


def _do(duty) -> int:
    with transaction.atomic():  # as the sweep gives each of them one of its own
        return duty.run() or 0


def _due_moments() -> list[datetime | None]:
    """When the first row of each kind falls due, or did."""
    rows = [
        (Effect.objects.filter(state=Effect.State.PENDING), "due_at"),
        (InboundEvent.objects.filter(state=InboundEvent.State.KEPT), "due_at"),
        (LadderStep.objects.filter(state=LadderStep.State.WAITING), "due_at"),
        (Offer.objects.filter(state=Offer.State.PENDING), "expires_at"),
        (Call.objects.exclude(state=Call.State.CLOSED), "voicemail_at"),
        (Reminder.objects.filter(state=Reminder.State.PLANNED), "due_at"),
    ]
    return [row.order_by(name).values_list(name, flat=True).first() for row, name in rows]


_LINE_FACTS = (
    "forwarded_from",
    "greeting",
    "voicemail_greeting",
    "recording_notice",
    "ring_seconds",
    "voicemail_after_seconds",
    "announce_place",
)


def identity(secretary: Secretary) -> str:
    return f"sec_{secretary.pk.hex}"
