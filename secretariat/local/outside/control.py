"""The control interface: what stories do to the outside world, and ask of it, as JSON."""

import json
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from secretariat.local.carrier.legs import Leg
from secretariat.local.carrier.messages import Message

from . import configuration, post
from .exchange import Exchange
from .letters import NotTaken
from .moving import Refused


def routes(exchange: Exchange) -> list[web.RouteDef]:
    """All of `/control/`. A POST takes a JSON object, does one thing and says what came of it."""
    desk = Control(exchange)
    return [
        *(web.post(f"/control/{verb.__name__}", _spoken(verb)) for verb in desk.verbs),
        *(web.get(f"/control/{question.__name__}", _spoken(question)) for question in desk.questions),
        web.get("/control/calls/{sid}", _spoken(desk.call)),
    ]


class Control:
    """Each verb is named as in the simulator's core, and takes its keywords."""

    def __init__(self, exchange: Exchange):
        self.exchange = exchange
        self.verbs = (
            *(self.ring, self.press, self.say, self.hang_up, self.answer, self.decline, self.mute, self.text),
            *(self.write, self.invite, self.answer_invitation, self.register, self.unregister, self.behave),
            *(self.chaos, self.advance, self.move, self.reset, self.configure),
            *(self.move_letter, self.answer_letters),
        )
        self.questions = (self.state, self.idle, self.log, self.mail, self.letters, self.check)

    # Being somebody

    async def ring(self, to: str, caller: str, **more) -> dict:
        """A telephone outside dials a number of the office. Answers with the call's SID."""
        return {"call": self.exchange.ring(to, caller, **more).sid}

    async def press(self, call: str, digits: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.press(self._leg(call), digits)

    async def say(self, call: str, words: str) -> None:
        self.exchange.say(self._leg(call), words)

    async def mute(self, call: str, muted: bool = True) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.mute(self._leg(call), muted)

    async def hang_up(self, call: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.hang_up(self._leg(call))

    async def answer(self, call: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.answer(self._leg(call))

    async def decline(self, call: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.decline(self._leg(call))

    async def text(self, sender: str, to: str, body: str) -> dict:
        with self.exchange.acting() as carrier:
            return {"message": carrier.control.text(to, sender, body).sid}

    async def write(self, sender: str, to: str, subject: str, text: str, in_reply_to: str = "") -> None:
        """A mail to the office, by its mail provider. `in_reply_to` is a Message-ID."""
        await self.exchange.write(sender, to, subject, text, in_reply_to)

    async def invite(self, sender: str, guest: str, about: str, starts: str, minutes: int = 30) -> None:
        """A calendar program invites a client, whose mail we read; `starts` is ISO 8601 with its offset."""
        await self.exchange.invite(sender, guest, about, datetime.fromisoformat(starts), minutes)

    async def answer_invitation(self, mail: int, sender: str, answer: str) -> None:
        """`answer` is ACCEPTED, TENTATIVE or DECLINED; `mail` the number of the mail that invited."""
        await self.exchange.answer_invitation(mail, sender, answer)

    async def move_letter(self, letter: str, to: str) -> None:
        """What became of a letter that was printed and posted, as the buttons of its page say."""
        post.move(self.exchange, letter, to)

    async def answer_letters(self, on: bool) -> None:
        """Off: a letter is taken, and neither an answer nor a notice of it leaves until it is on again."""
        post.answer(self.exchange, on)

    async def register(self, identity: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.register(identity)

    async def unregister(self, identity: str) -> None:
        with self.exchange.acting() as carrier:
            carrier.unregister(identity)

    async def behave(self, number: str, **behaviour) -> None:
        """Say how the person at this number behaves from now on."""
        self.exchange.behave(number, **behaviour)

    async def chaos(self, **modes) -> None:
        with self.exchange.acting() as carrier:
            carrier.control.chaos(**modes)

    # The clock, and beginning anew

    async def advance(self, seconds: float) -> dict:
        """Move the carrier's clock alone. The caller moves the office's."""
        await self.exchange.pass_time(seconds)
        return await self.idle()

    async def move(self, seconds: float) -> dict:
        """Move the office's clock, then the carrier's, as the button on the page does."""
        await self.exchange.move_clock(seconds)
        return await self.idle()

    async def reset(self, start: str = "", mail: bool = True) -> None:
        """Forget all calls and texts, and mail and letters too; a manual clock may begin at `start`."""
        self.exchange.reset(start=datetime.fromisoformat(start).astimezone(UTC) if start else None)
        self.exchange.answers_letters.set()
        if mail:
            self.exchange.mailboxes.empty()
            self.exchange.book.empty()

    async def configure(self, **given) -> None:
        self.exchange.configure(configuration.read(given))

    # Asking

    async def state(self) -> dict:
        carrier = self.exchange.carrier
        return {
            "now": self.exchange.now().isoformat(),
            "shift_seconds": self.exchange.shift.total_seconds(),
            "calls": [_described(leg) for leg in carrier.legs.values()],
            "texts": [_text(text) for text in carrier.messages.by_sid.values()],
            "registered": sorted(carrier.registered),
            **await self.idle(),
        }

    async def idle(self) -> dict:
        """Whether nothing is under way, and when the next thing happens of itself."""
        now, due = self.exchange.now(), self.exchange.carrier.next_due()
        return {
            "idle": self.exchange.idle,
            "now": now.isoformat(),
            "in_flight": len(self.exchange.in_flight),
            "next_due_in": (due - now).total_seconds() if due else None,
        }

    async def log(self) -> list:
        return _plain(list(self.exchange.carrier.log))

    async def mail(self, address: str = "") -> list[dict]:
        boxes = self.exchange.mailboxes
        chosen = boxes.of(address) if address else reversed(boxes.kept)
        return [mail.described() for mail in chosen]

    async def letters(self) -> list[dict]:
        """The book of who prints and posts letters, the oldest first."""
        book = self.exchange.book
        return [{"state": each.state, **each.told} for each in book.entries.values()]

    async def check(self) -> dict:
        """The simulator's invariants: a list of what is wrong, empty when nothing is."""
        return {"wrong": _plain(self.exchange.carrier.check())}

    async def call(self, sid: str) -> dict:
        self.exchange.catch_up()
        return _described(self._leg(sid))

    def _leg(self, sid: str) -> Leg:
        leg = self.exchange.carrier.control.find(sid)
        if leg is None:
            raise ValueError(f"there is no call {sid}")
        return leg


def _described(leg: Leg) -> dict:
    return {
        "call": leg.sid,
        "from": leg.from_,
        "to": leg.to,
        "direction": leg.direction,
        "status": leg.status,
        "seconds": leg.seconds,
        "forwarded_from": leg.forwarded_from,
        "machine": leg.machine,
        "awaits_key": leg.awaits_key,
        "muted": leg.silent or bool(leg.participant and leg.participant.muted),
        "held": bool(leg.participant and leg.participant.hold),
        "hears": [other.far_end for other in leg.company_heard()],
        "heard": [_plain(piece) for piece in leg.heard],
    }


def _text(message: Message) -> dict:
    return {
        "message": message.sid,
        "from": message.from_,
        "to": message.to,
        "body": message.body,
        "direction": message.direction,
        "status": message.status,
        "at": message.created_at.isoformat(),
    }


def _spoken(verb):
    """The handler of one verb: JSON or a query in, JSON out, 400 for what cannot be done."""

    async def handler(request: web.Request) -> web.Response:
        given: Any = dict(request.match_info) | dict(request.query)
        if request.method == "POST" and request.can_read_body:
            try:
                given |= await request.json()
            except (json.JSONDecodeError, TypeError) as problem:
                raise web.HTTPBadRequest(text=f"this is no JSON object: {problem}") from problem
        try:
            answer = await verb(**given)
        except (Refused, NotTaken) as problem:
            raise web.HTTPBadGateway(text=str(problem)) from problem
        except (TypeError, ValueError, KeyError) as problem:
            raise web.HTTPBadRequest(text=f"{verb.__name__}: {problem}") from problem
        return web.json_response({"ok": True} if answer is None else answer)

    return handler


def _plain(thing):
    """The same in what JSON knows."""
    if isinstance(thing, dict):
        return {str(name): _plain(value) for name, value in thing.items()}
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [_plain(value) for value in thing]
    if hasattr(thing, "__dataclass_fields__"):
        return {name: _plain(getattr(thing, name)) for name in thing.__dataclass_fields__}
    return thing if isinstance(thing, (str, int, float, bool, type(None))) else str(thing)
