"""Gives the simulated carrier a body: carries its postings over HTTP and lets its time pass.

The core in `secretariat.local.carrier` does no input or output and has no clock of its own. Everything
that touches it goes through `Exchange.acting()`, so that afterwards its postings leave and the pages
and softphones hear of the change.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import aiohttp
from yarl import URL

from secretariat.local.carrier.core import Carrier
from secretariat.local.carrier.delivery import Posting
from secretariat.local.carrier.legs import Leg
from secretariat.local.carrier.parties import Heard, Party
from secretariat.local.lob.book import Book

from . import letters, moving
from .configuration import Configuration
from .mail import Mail, Mailboxes
from .wire import Wire

logger = logging.getLogger(__name__)


class Exchange:
    """One simulated carrier with its postings in flight, its clock, its mail and what went over the wire."""

    def __init__(
        self,
        configuration: Configuration,
        mail_file: Path | None = None,
        letters_folder: Path | None = None,
    ):
        self.listeners: set[Callable[[], None]] = set()
        self.in_flight: set[asyncio.Task] = set()
        self.session: aiohttp.ClientSession | None = None
        self.carrier: Carrier | None = None
        self._passing = asyncio.Lock()
        self._woken = asyncio.Event()
        self.mailboxes = Mailboxes(mail_file, now=self.now, arrived=self._mail_arrived)
        self.book = Book(letters_folder, now=self.now)
        self.answers_letters = asyncio.Event()  # unset: it takes a letter, and nobody hears that it did
        self.answers_letters.set()
        self.configure(configuration)

    def configure(self, configuration: Configuration) -> None:
        """Begin anew with these numbers and people. Calls and texts are forgotten, mail is kept."""
        self.configuration = configuration
        account = configuration.account
        registered = self.carrier.registered if self.carrier else ()
        self.carrier = Carrier(
            account.account_sid,
            account.auth_token,
            api_key_sid=account.api_key_sid,
            api_key_secret=account.api_key_secret,
            # The office of a demo outlives this process, so no SID may come twice.
            seed=configuration.seed if configuration.manual else secrets.randbits(64),
            start=datetime.now(UTC),
        )
        self.carrier.registered.update(registered)
        self.carrier.answers_within = (
            None  # how fast a computer is that does much else is for the bench to say
        )
        for line in configuration.numbers:
            self.carrier.add_number(
                line.number, line.voice_url, line.fallback_url, line.sms_url, line.status_callback
            )
        self.reset()

    def reset(self, start: datetime | None = None) -> None:
        """Forget every call, text and posting; numbers, people and registered browsers stay.

        A manual clock begins again at `start`, or where the configuration says.
        """
        for task in self.in_flight:
            task.cancel()
        self.in_flight.clear()
        given = self.configuration
        self.shift = timedelta(seconds=given.shift_seconds)
        self.carrier.timeline.now = start or (given.manual and given.start) or datetime.now(UTC) + self.shift
        self.carrier.reset()
        self._real = time.monotonic()
        self.carrier.parties.clear()
        for person in given.people:
            if person.number:
                self.behave(person.number, **person.behaviour)
        self.wire = Wire(given)
        self.said: dict[str, list[Heard]] = {}
        self.put_away: set[str] = set()  # calls whose phone somebody has put away
        self.announce()

    def say(self, leg: Leg, words: str) -> None:
        """The person at this end speaks; she hears herself too, which the carrier does not know."""
        with self.acting() as carrier:
            self.said.setdefault(leg.sid, []).append(Heard(carrier.now, "own", words, 0.0))
            carrier.control.say(leg, words)

    def ring(self, to: str, caller: str, **more) -> Leg:
        """A telephone outside dials `to`: a line, or a number whose calls come to one. Raises KeyError."""
        own = {line.forwarded_from: line.number for line in self.configuration.numbers if line.forwarded_from}
        with self.acting() as carrier:
            if to in own and to not in carrier.account.numbers and not carrier.party_at(to).forwards_to:
                return carrier.control.ring(own[to], caller=caller, **({"forwarded_from": to} | more))
            return carrier.control.ring(to, caller=caller, **more)

    async def write(self, sender: str, to: str, subject: str, text: str, in_reply_to: str = "") -> None:
        """A person outside writes a mail to the office. Raises letters.NotTaken."""
        await self._bring(letters.written(sender, to, subject, text, in_reply_to), sender)

    async def invite(self, sender: str, guest: str, about: str, starts: datetime, minutes: int) -> None:
        """A person outside invites a client whose mail comes to the office. Raises letters.NotTaken."""
        await self._bring(letters.invitation(sender, guest, about, starts, minutes, self.now()), sender)

    async def answer_invitation(self, number: int, sender: str, answer: str) -> None:
        """Her calendar answers the invitation that came in mail `number`. Raises letters.NotTaken."""
        asked = next((mail for mail in self.mailboxes.of(sender) if mail.number == number), None)
        if asked is None or not asked.invitation:
            raise letters.NotTaken("There is no such invitation.")
        facts = (asked.invitation, sender, asked.answer_to, answer, asked.message_id, self.now())
        await self._bring(letters.reply(*facts), sender)

    async def _bring(self, mail: EmailMessage, sender: str) -> None:
        status = await letters.deliver(self.session, self.configuration, mail)
        self.wire.written(self.now(), sender, str(mail["Subject"]), status)
        self.announce()

    def behave(self, number: str, **behaviour) -> None:
        """Say what the person at this number does when rung. Raises TypeError or ValueError."""
        if "keys" in behaviour:
            behaviour["keys"] = tuple((after, digits) for after, digits in behaviour["keys"])
        self.carrier.add_party(number, Party(**behaviour))

    def now(self) -> datetime:
        """The time outside, which is the office's: aware, UTC."""
        self.catch_up()
        return self.carrier.now

    @property
    def idle(self) -> bool:
        """Nothing is on its way to the office and the carrier has nothing to do at this moment."""
        return self.carrier.idle and not self.in_flight

    @contextmanager
    def acting(self) -> Iterator[Carrier]:
        """The carrier at this moment, to do something to it; what follows from it leaves afterwards."""
        try:
            self.catch_up()
            yield self.carrier
        finally:
            self.announce()

    def announce(self) -> None:
        """Send what the carrier wants sent, and tell whoever shows its state."""
        for posting in self.carrier.take_postings():
            task = asyncio.ensure_future(self._deliver(posting))
            self.in_flight.add(task)
            task.add_done_callback(self.in_flight.discard)
        self._woken.set()
        for listener in list(self.listeners):
            listener()

    # Time

    def catch_up(self) -> None:
        """Under a real clock, bring the carrier to this moment."""
        before, self._real = self._real, time.monotonic()
        if not self.configuration.manual and self._real > before:
            self.carrier.advance(self._real - before)

    async def run(self) -> None:
        """Let time pass for ever. A manual clock stands still here and moves in `pass_time`."""
        while True:
            self._woken.clear()
            due = None if self.configuration.manual else self.carrier.next_due()
            wait = max(0.0, (due - self.carrier.now).total_seconds()) if due else None
            try:
                await asyncio.wait_for(self._woken.wait(), wait)
            except TimeoutError:
                self._live_on()

    def _live_on(self) -> None:
        """Do what is due. A fault in one thing must not stop the clock for all that comes after it."""
        try:
            with self.acting():
                pass  # being brought to this moment is all it needs
        except Exception as fault:
            logger.exception("the simulator fell over what was due")
            self.carrier.flag("fell", f"{type(fault).__name__}: {fault}")

    async def pass_time(self, seconds: float) -> None:
        """Move the carrier forward, stopping at every due moment until the office has answered."""
        async with self._passing:
            target = self.now() + timedelta(seconds=seconds)
            while True:
                await self.quiet()
                due = self.carrier.next_due()
                if due is None or due > target:
                    break
                self._advance_to(due)
            self._advance_to(target)
            await self.quiet()

    def _advance_to(self, moment: datetime) -> None:
        self.carrier.advance(max(0.0, (moment - self.carrier.now).total_seconds()))
        self.announce()

    async def quiet(self) -> None:
        """Wait until no posting is in flight. Each has a timeout of its own, so this ends."""
        while self.in_flight:
            await asyncio.wait(set(self.in_flight))

    async def move_clock(self, seconds: float) -> None:
        """Move the office's clock and then ours. Raises moving.Refused if the office will not."""
        shift = self.shift + timedelta(seconds=seconds)
        await moving.ask_the_office(self.session, self.configuration, shift)
        self.shift = shift
        await self.pass_time(seconds)

    # The wire

    async def _deliver(self, posting: Posting) -> None:
        began = time.monotonic()
        timeout = aiohttp.ClientTimeout(sock_read=posting.timeout, sock_connect=posting.connect_timeout)
        status, failure = None, ""
        try:
            async with self.session.request(
                posting.method,
                # To the letter: it was signed as it stands, and would else be written anew.
                URL(posting.url, encoded=True),
                data=posting.body or None,
                headers=posting.headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                body = await response.read()
                status, headers = response.status, dict(response.headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            failure = "ct"
        except (aiohttp.ClientError, TimeoutError):
            failure = "rt"
        seconds = time.monotonic() - began
        with self.acting() as carrier:
            self.wire.posted(carrier.now, posting, status, seconds)
            if failure:
                carrier.failed(posting, failure)
            else:
                carrier.answered(posting, status=status, headers=headers, body=body, seconds=seconds)

    def _mail_arrived(self, mail: Mail) -> None:
        self.wire.mailed(mail)
        self.announce()
