"""Runs documents on a leg, one verb after another.

A verb is a generator: it yields a Wait for what it needs next (time, a key, an answer from the application)
and is resumed with the Event that came. Whatever cuts in (a hang-up, a redirect) is thrown into it, so that
a verb can tidy up (`Tidying`, in interruptions). A verb returns the Source that replaces
the rest of its document, or None to go on with the next verb.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from . import documents, twiml_rules
from .delivery import QUESTION, WAIT, Reply
from .documents import Document, Source
from .interruptions import DocumentFailed, HangUp, HungUp, Redirected, Rejected
from .twiml_rules import CONFERENCE_WAIT, HOLD, MAIN, QUEUE_WAIT
from .vocabulary import VERBS

REPEATING = (QUEUE_WAIT, CONFERENCE_WAIT, HOLD)


@dataclass(frozen=True)
class Wait:
    """Wait for the first of `names`, at most `seconds` (None: as long as it takes)."""

    names: frozenset[str] = frozenset()
    seconds: float | None = None

    @classmethod
    def for_any(cls, *names: str, seconds: float | None = None) -> "Wait":
        return cls(frozenset(names), seconds)


@dataclass(frozen=True)
class Event:
    """What ended a Wait: `name` is one of those waited for, or "time"."""

    name: str
    value: Any = None


Program = Generator[Wait, Event, Any]


class Interpreter:
    def __init__(self, leg, fallback_url: str = ""):
        self.leg = leg
        self.carrier = leg.carrier
        self.fallback_url = fallback_url
        self.running = ""  # the verb under way, for the invariants and the page
        self.waiting: Wait | None = None
        self._program: Program | None = None
        self._timer = None
        self._asked = 0

    @property
    def alive(self) -> bool:
        return self._program is not None

    # -- the machine: driven by the timeline, never re-entered

    def start(self, program: Program) -> None:
        self._program = self._whole_life(program)
        self._step(next)

    def tell(self, name: str, value=None) -> None:
        """Something happened that a verb may be waiting for; nobody waiting, nobody hears."""

        def deliver():
            if self.waiting and name in self.waiting.names:
                self._step(lambda program: program.send(Event(name, value)))

        self.carrier.timeline.soon(deliver)

    def interrupt(self, interruption, still=lambda: True) -> None:
        """Cut in with `interruption`, if `still` holds when the turn comes."""

        def cut_in():
            if still():
                self._step(lambda program: program.throw(interruption))

        self.carrier.timeline.soon(cut_in)

    def _step(self, move: Callable[[Program], Wait]) -> None:
        if self._program is None:
            return
        if self._timer:
            self._timer.cancel()
        self.waiting = None
        try:
            self.waiting = move(self._program)
        except StopIteration:
            self._program = None
            return
        if self.waiting.seconds is not None:
            self._timer = self.carrier.timeline.after(
                self.waiting.seconds, lambda: self._step(lambda program: program.send(Event("time")))
            )

    # -- the leg's life

    def _whole_life(self, program: Program) -> Program:
        """Run the first program and every document the leg is redirected to, and hang up at the end."""
        while True:
            try:
                yield from program
            except Redirected as redirect:
                program = self.main(redirect.source)
                continue
            except HungUp:
                return
            except Rejected as refusal:
                self.leg.end(refusal.status)
                return
            except HangUp:
                pass
            except DocumentFailed as failure:
                self.carrier.alarm(failure.code, failure.url)
                self.leg.hears("say", "An application error has occurred.", 3)
                self.leg.end("completed" if self.leg.answered_at else "failed")
                return
            self.leg.end("completed")
            return

    def main(self, source: Source) -> Program:
        """The leg's own documents, with the fallback where one cannot be had."""
        try:
            yield from self.run(source, MAIN)
        except DocumentFailed as failure:
            if not self.fallback_url:
                raise
            self.carrier.alarm(failure.code, failure.url)
            fields = (("ErrorCode", failure.code), ("ErrorUrl", failure.url))
            yield from self.run(Source(self.fallback_url, "POST", fields), MAIN)

    def run(self, source: Source | None, context: str) -> Program:
        """One document after another until one runs out of verbs."""
        while source is not None:
            document = yield from self.load(source, context)
            source = yield from self.perform(document, context)

    def loop(self, source: Source | None, context: str) -> Program:
        """The documents somebody waits with. Never returns; without any she hears the carrier's own music."""
        if source is None:
            self.leg.hears("music", "the carrier's waiting music")
            yield Wait()
        while True:
            began = self.carrier.now
            yield from self.run(source, context)
            if context == CONFERENCE_WAIT:
                yield Wait()  # a room's waiting words are not asked for again: silence
            elif self.carrier.now == began:
                yield Wait(seconds=1)  # a document without length would be asked for without end

    def load(self, source: Source, context: str) -> Program:
        if source.twiml:
            document = documents.read(source.twiml)
        else:
            purpose = WAIT if context in REPEATING else QUESTION
            reply = yield from self.ask(source.url, source.method, source.current_fields(), purpose)
            document = documents.parse(reply, source.url)
        for code, complaint in twiml_rules.faults(document.root, context):
            self.carrier.alarm(code, source.url)
            self.carrier.flag(code, f"{source.url or 'inline'}: {complaint}")
        return document

    def ask(self, url: str, method: str, fields, purpose=QUESTION) -> Program:
        """Post to the application and wait for its Reply."""
        self._asked += 1
        name = f"reply {self._asked}"
        self.running = self.running or "fetch"
        self.post(url, method, fields, purpose, lambda reply: self.tell(name, reply))
        event = yield Wait.for_any(name)
        return event.value

    def post(self, url: str, method: str, fields, purpose=QUESTION, on_done=None) -> None:
        """Post to the application and go on: nobody waits for the Reply unless `on_done` does."""
        whole = dict(self.leg.fields()) | dict(fields)
        self.carrier.post_room.send(
            url,
            method,
            whole.items(),
            purpose=purpose,
            leg_sid=self.leg.sid,
            on_done=on_done or (lambda reply: None),
        )

    def perform(self, document: Document, context: str) -> Program:
        for element in document.verbs:
            verb = VERBS.get(element.tag)
            if verb is None or not twiml_rules.allowed(element.tag, context):
                continue  # said by twiml_rules already
            if verb.answers(element) and self.leg.status == "ringing" and self.leg.direction == "inbound":
                self.leg.answer()
            self.running = element.tag
            if self.carrier.chaos.hangs_up_in(element.tag):
                self.leg.after(0.5, self.leg.end)
            following = yield from verb.run(self, element, document, context)
            if following is not None:
                return following
        return None


__all__ = ["Event", "Interpreter", "Program", "Reply", "Wait"]
