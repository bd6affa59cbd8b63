"""The browser softphone's other end: what the Voice SDK's servers are to a real one.

A page opens ``/phone/events?token=…`` and is registered for as long as that stream lives, and five
seconds longer, so that a reload does not lose the line. Verbs are posted to ``/phone/<verb>``. Both carry
the Voice access token the office made, and it is checked as the real servers check it.
"""

import asyncio
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field

import jwt
from aiohttp import web

from .exchange import Exchange

GRACE = 5.0  # seconds a stream may be gone before the line is unregistered
WARNING = 30.0  # seconds before a token's end that its page is told to fetch another
BEAT = 1.0  # how soon a page that was closed is noticed
IDENTITY = re.compile(r"sec_[0-9a-f]{32}")
RINGING, TALKING = "ringing", "in-progress"


class BadToken(Exception):
    """The access token is not one of ours, is over, or does not allow calls in."""


@dataclass(frozen=True)
class Bearer:
    """Who a token speaks for, and until when (seconds since the epoch)."""

    identity: str
    until: float


@dataclass(eq=False)
class Stream:
    """One page that listens."""

    until: float
    waiting: asyncio.Queue = field(default_factory=asyncio.Queue)
    shown: dict[str, str] = field(default_factory=dict)  # leg → what this page was last told of it
    warned: bool = False

    def tell(self, event: str, **facts) -> None:
        self.waiting.put_nowait(f"event: {event}\ndata: {json.dumps(facts)}\n\n")


def bearer(token: str, exchange: Exchange) -> Bearer:
    """Read a Voice access token. Raises BadToken."""
    account = exchange.configuration.account
    try:
        if jwt.get_unverified_header(token).get("cty") != "twilio-fpa;v=1":
            raise BadToken("this is no access token")
        claims = jwt.decode(
            token,
            account.api_key_secret,
            algorithms=["HS256"],
            issuer=account.api_key_sid,
            options={"require": ["exp", "iss", "sub"]},
        )
        grants = claims["grants"]
        allowed = grants["voice"]["incoming"]["allow"] is True and claims["sub"] == account.account_sid
        identity = grants["identity"]
    except (jwt.PyJWTError, KeyError, TypeError) as problem:
        raise BadToken(str(problem)) from problem
    if not allowed or not IDENTITY.fullmatch(identity):
        raise BadToken("the token does not allow this browser to take calls")
    return Bearer(identity, claims["exp"])


class Switchboard:
    """Which browsers are on the line, and what each has been told."""

    def __init__(self, exchange: Exchange):
        self.exchange = exchange
        self.streams: dict[str, set[Stream]] = defaultdict(set)
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        exchange.listeners.add(self.refresh)

    def legs_of(self, identity: str) -> dict:
        """The live legs of this browser, by their SID."""
        legs = self.exchange.carrier.control.legs_of(identity)
        return {leg.sid: leg for leg in legs if leg.status in (RINGING, TALKING)}

    def refresh(self) -> None:
        """Tell every page what has changed for it since it was last told."""
        for identity, streams in self.streams.items():
            legs = self.legs_of(identity)
            for stream in streams:
                self._tell_changes(stream, legs)

    def _tell_changes(self, stream: Stream, legs: dict) -> None:
        for sid, leg in legs.items():
            if stream.shown.get(sid) != leg.status:
                stream.shown[sid] = leg.status
                if leg.status == RINGING:
                    stream.tell("incoming", call=sid, **{"from": leg.from_, "parameters": leg.parameters})
                else:
                    stream.tell("accepted", call=sid)
        for sid in [sid for sid in stream.shown if sid not in legs]:
            del stream.shown[sid]
            stream.tell("ended", call=sid)

    def join(self, identity: str, stream: Stream) -> None:
        if leaving := self._leaving.pop(identity, None):
            leaving.cancel()
        stream.tell("registered", identity=identity)
        self.streams[identity].add(stream)
        with self.exchange.acting() as carrier:
            carrier.register(identity)

    def leave(self, identity: str, stream: Stream) -> None:
        self.streams[identity].discard(stream)
        if not self.streams[identity]:
            loop = asyncio.get_running_loop()
            self._leaving[identity] = loop.call_later(GRACE, self.gone, identity)

    def gone(self, identity: str) -> None:
        """The browser is not coming back: its line is down, and a call on it is lost."""
        self._leaving.pop(identity, None)
        for stream in self.streams.pop(identity, ()):
            stream.tell("unregistered")
            stream.until = 0
        with self.exchange.acting() as carrier:
            carrier.unregister(identity)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """GET /phone/events?token=…"""
        who = _asked_by(request.query.get("token", ""), self.exchange)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform"}
        )
        await response.prepare(request)
        stream = Stream(until=who.until)
        self.join(who.identity, stream)
        try:
            await response.write(b"retry: 500\n\n")
            while time.time() < stream.until or not stream.waiting.empty():
                if request.transport is None:
                    break
                if not stream.warned and stream.until - time.time() < WARNING:
                    stream.warned = True
                    stream.tell("expiring")
                patience = min(BEAT, max(0.05, stream.until - time.time() - WARNING * (not stream.warned)))
                try:
                    words = await asyncio.wait_for(stream.waiting.get(), patience)
                except TimeoutError:
                    words = "event: beat\ndata: {}\n\n"
                await response.write(words.encode())
            await response.write(b"event: unregistered\ndata: {}\n\n")
        except ConnectionError:
            pass  # the page is gone; `leave` gives it time to come back
        finally:
            self.leave(who.identity, stream)
        return response

    async def verb(self, request: web.Request) -> web.Response:
        """POST /phone/<verb> with `token` and what the verb needs."""
        form = await request.post()
        who = _asked_by(str(form.get("token", "")), self.exchange)
        name, sid = request.match_info["verb"], str(form.get("call", ""))
        if name == "register":
            for stream in self.streams[who.identity]:
                stream.until, stream.warned = who.until, False
                stream.tell("beat")
            return web.json_response({"registered": bool(self.streams[who.identity])})
        if name == "unregister":
            self.gone(who.identity)
            return web.json_response({"registered": False})
        leg = self.legs_of(who.identity).get(sid)
        if leg is None:
            raise web.HTTPConflict(text="This call is over.")
        with self.exchange.acting() as carrier:
            control = carrier.control
            match name:
                case "accept":
                    control.answer(leg)
                case "reject":
                    control.decline(leg)
                case "hangup":
                    control.hang_up(leg)
                case "digits":
                    control.press(leg, str(form.get("digits", "")))
                case "mute":  # the microphone is the browser's own: the carrier only hears nothing more
                    control.mute(leg, bool(form.get("on")))
                case _:
                    raise web.HTTPNotFound
        return web.json_response({"call": sid})


def _asked_by(token: str, exchange: Exchange) -> Bearer:
    try:
        return bearer(token, exchange)
    except BadToken as problem:
        raise web.HTTPUnauthorized(text=str(problem)) from problem
