"""The pages on which one person is everybody else. They work by links and forms; a script makes them live."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from aiohttp import BasicAuth, web
from django.template import Context, Engine
from django.utils.translation import gettext as _

from secretariat.local import npm
from secretariat.local.carrier.parties import GREETING

from . import devices
from .exchange import Exchange
from .letters import NotTaken
from .moving import Refused

HERE = Path(__file__).resolve().parent
PRODUCT = HERE.parent.parent.parent / "static"
STATIC_FOLDERS = (HERE / "static", PRODUCT / "css", PRODUCT / "js", PRODUCT / "img")
FONT = npm.FOLDER / "node_modules" / "@fontsource-variable" / "atkinson-hyperlegible-next"
ENGINE = Engine(
    dirs=[HERE / "templates", PRODUCT.parent / "templates"],
    libraries={
        "i18n": "django.templatetags.i18n",
        "tz": "django.templatetags.tz",
        "lucide": "lucide.templatetags.lucide",
        "outside": "secretariat.local.outside.tags",
    },
    builtins=["secretariat.local.outside.tags"],
)
AT_MOST_A_SECOND = 4  # refreshes told to one page; in between they are one
FURTHEST = 31 * 24 * 3600


def page(exchange: Exchange, query: Mapping[str, str]) -> str:
    """The whole page for this query."""
    given = exchange.configuration
    known = ("caller", "home", "mobile", "mailbox", "mail")
    kept = {name: query[name] for name in known if query.get(name)}
    callers = given.playing("caller")
    context = {
        "now": exchange.now(),
        "font": FONT.is_dir(),
        "zone": given.zone,
        "query": kept,
        "back": urlencode(kept),
        "app_url": given.app_url,
        "problem": query.get("problem", ""),
        "entry": devices.entry_of(list(given.people)),
        "at_once": {"number": query["ring"], "caller": callers[0].number}
        if query.get("ring") and callers
        else None,
        "ring_name": given.name_of(query.get("ring", "")),
        "caller_phone": devices.caller(exchange, query),
        "home_phone": devices.home_phone(exchange, query),
        "mobile": devices.mobile(exchange, query),
        "mailbox": devices.mailbox(exchange, query),
        "passages": list(exchange.wire.passages)[:40],
    }
    return ENGINE.get_template("page.html").render(Context(context))


class Pages:
    def __init__(self, exchange: Exchange):
        self.exchange = exchange

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.home),
            web.get("/events", self.events),
            web.get("/static/{name}", self.static),
            *([web.static("/static/npm/font", FONT)] if FONT.is_dir() else []),
            web.get("/media/{name}", self.media),
            web.post("/ring/", self.ring),
            web.post("/calls/{sid}/{verb:press|say|hang-up|answer|decline|mute|put-away}/", self.on_call),
            web.post("/telephones/", self.telephone),
            web.post("/mail/", self.write),
            web.post("/mail/answer/", self.answer_invitation),
            web.post("/mail/invite/", self.invite),
            web.post("/texts/", self.text),
            web.post("/clock/", self.clock),
        ]

    async def home(self, request: web.Request) -> web.Response:
        body = page(self.exchange, request.query)
        return web.Response(text=body, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def static(self, request: web.Request) -> web.FileResponse:
        name = request.match_info["name"]
        for folder in STATIC_FOLDERS:
            file = folder / name
            if file.parent == folder and file.is_file():
                return web.FileResponse(file, headers={"Cache-Control": "no-cache"})
        raise web.HTTPNotFound

    async def media(self, request: web.Request) -> web.Response:
        """A recording of the carrier's, as the office would fetch it."""
        account = self.exchange.configuration.account
        path = f"/2010-04-01/Accounts/{account.account_sid}/Recordings/{request.match_info['name']}"
        authorization = BasicAuth(account.account_sid, account.auth_token).encode()
        with self.exchange.acting() as carrier:
            answer = carrier.rest("GET", path, authorization=authorization)
        if answer.status != 200:
            raise web.HTTPNotFound
        return web.Response(body=answer.body, headers={"Content-Type": answer.headers["Content-Type"]})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """One event for whatever changed; the page fetches itself again and keeps what is being typed."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform"}
        )
        await response.prepare(request)
        changed = asyncio.Event()
        self.exchange.listeners.add(changed.set)
        try:
            await response.write(b"retry: 1000\n\nevent: changed\ndata: \n\n")
            while True:
                try:
                    await asyncio.wait_for(changed.wait(), 15)
                    words = b"event: changed\ndata: \n\n"
                except TimeoutError:
                    words = b"event: beat\ndata: \n\n"
                changed.clear()
                await response.write(words)
                await asyncio.sleep(1 / AT_MOST_A_SECOND)
        except ConnectionError:
            return response  # the page was closed
        finally:
            self.exchange.listeners.discard(changed.set)

    async def ring(self, request: web.Request) -> web.Response:
        form = await request.post()
        number, chosen = (
            str(form.get("caller_other") or form.get("caller", "")).strip(),
            str(form.get("to", "")),
        )
        try:
            leg = self.exchange.ring(chosen, number)
        except KeyError as number:
            return _back(form, problem=_("No client has the number %(number)s.") % {"number": number.args[0]})
        return _back(form, caller=leg.sid)

    async def on_call(self, request: web.Request) -> web.Response:
        form = await request.post()
        sid, verb = request.match_info["sid"], request.match_info["verb"]
        try:
            with self.exchange.acting() as carrier:
                control = carrier.control
                leg = control.find(sid)
                if leg is None:
                    raise ValueError(_("This call is no longer known."))
                match verb:
                    case "press":
                        control.press(leg, str(form.get("digits", "")))
                    case "say":
                        self.exchange.say(leg, str(form.get("words", "")))
                    case "hang-up":
                        control.hang_up(leg)
                    case "answer":
                        control.answer(leg)
                    case "decline":
                        control.decline(leg)
                    case "mute":
                        control.mute(leg, bool(form.get("on")))
                    case "put-away":
                        self.exchange.put_away.add(sid)
        except ValueError as problem:
            return _back(form, problem=str(problem))
        return _back(form)

    async def telephone(self, request: web.Request) -> web.Response:
        """Say what a mobile does when it is rung."""
        form = await request.post()
        answer = str(form.get("answer", ""))
        behaviour: dict = {"answer": answer}
        try:
            if answer == "voicemail":
                behaviour |= {"after": float(str(form.get("after") or 15)), "greeting": GREETING}
            elif answer == "forwards":
                behaviour["forwards_to"] = str(form.get("forwards_to", ""))
            self.exchange.behave(str(form.get("number", "")), **behaviour)
        except ValueError as problem:
            return _back(form, problem=str(problem))
        self.exchange.announce()
        return _back(form)

    async def write(self, request: web.Request) -> web.Response:
        """A mail to the office, new or in answer to one that arrived."""
        form = await request.post()
        given = {name: str(form.get(name, "")) for name in ("sender", "to", "subject", "text", "in_reply_to")}
        try:
            await self.exchange.write(**given)
        except NotTaken as problem:
            return _back(form, problem=str(problem))
        return _back(form)

    async def invite(self, request: web.Request) -> web.Response:
        """Ask a client, whose mail the office reads, to a meeting, as a calendar program does."""
        form = await request.post()
        given = {name: str(form.get(name, "")).strip() for name in ("sender", "guest", "about")}
        try:
            starts = datetime.fromisoformat(str(form.get("starts", "")))
            starts = starts.replace(tzinfo=self.exchange.configuration.zone)
            await self.exchange.invite(**given, starts=starts, minutes=30)
        except (NotTaken, ValueError) as problem:
            return _back(form, problem=str(problem))
        return _back(form)

    async def answer_invitation(self, request: web.Request) -> web.Response:
        """Accept or decline, as a calendar program does."""
        form = await request.post()
        number, sender, answer = (str(form.get(name, "")) for name in ("mail", "sender", "answer"))
        try:
            await self.exchange.answer_invitation(int(number) if number.isdigit() else 0, sender, answer)
        except NotTaken as problem:
            return _back(form, problem=str(problem))
        return _back(form)

    async def text(self, request: web.Request) -> web.Response:
        form = await request.post()
        try:
            with self.exchange.acting() as carrier:
                words = str(form.get("body") or form.get("words", ""))
                carrier.control.text(str(form.get("to", "")), str(form.get("sender", "")), words)
        except KeyError as number:
            return _back(form, problem=_("Nobody answers texts to %(number)s.") % {"number": number.args[0]})
        return _back(form)

    async def clock(self, request: web.Request) -> web.Response:
        form = await request.post()
        try:
            seconds = 60 * float(str(form.get("minutes") or form.get("minutes_other") or 0))
            if not 0 < seconds <= FURTHEST:
                raise Refused(_("The clock moves forward, by 31 days at most."))
            await self.exchange.move_clock(seconds)
        except (Refused, ValueError) as problem:
            return _back(form, problem=str(problem))
        return _back(form)


def _back(form, **more: str) -> web.Response:
    """See the page again, as it was chosen before."""
    query = dict(parse_qsl(str(form.get("back", "")))) | more
    return web.Response(status=303, headers={"Location": "/?" + urlencode(query) if query else "/"})
