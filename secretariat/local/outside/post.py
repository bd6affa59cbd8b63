"""Who prints and posts the office's letters: what it is asked over HTTP, its book as a page, what it tells.

The office asks `/lob/v1/…` in place of Lob. `/post/` shows every letter as it is printed, and moves it on.
"""

import asyncio
import hmac
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import BasicAuth, web
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.local.lob import book, notices
from secretariat.local.lob.book import Entry, NotMoved, Reply, refused

from .exchange import Exchange
from .pages import ENGINE, FONT

LARGEST_LETTER = 40_000_000  # bytes of a request
TRIES, WAITS = 4, 1.5  # how often it tells a thing, and for how many seconds longer it waits each time
STATES = {
    book.WAITING: gettext_lazy("waits to be printed"),
    book.PRINTED: gettext_lazy("printed"),
    book.MAILED: gettext_lazy("in the post"),
    book.IN_TRANSIT: gettext_lazy("on its way"),
    book.DELIVERED: gettext_lazy("delivered"),
    book.RETURNED: gettext_lazy("returned to sender"),
    book.FAILED: gettext_lazy("could not be printed"),
    book.CANCELLED: gettext_lazy("cancelled"),
}
BUTTONS = {
    book.PRINTED: gettext_lazy("Print it"),
    book.MAILED: gettext_lazy("Put it in the post"),
    book.IN_TRANSIT: gettext_lazy("On its way"),
    book.DELIVERED: gettext_lazy("Deliver it"),
    book.RETURNED: gettext_lazy("Return it to the sender"),
    book.FAILED: gettext_lazy("Fail to print it"),
}


class Post:
    def __init__(self, exchange: Exchange):
        self.exchange = exchange

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/lob/v1/letters", self.create),
            web.get("/lob/v1/letters", self.listed),
            web.get("/lob/v1/letters/{letter}", self.letter),
            web.delete("/lob/v1/letters/{letter}", self.cancel),
            web.post("/lob/v1/{kind:us|intl}_verifications", self.verified),
            web.get("/lob/assets/{letter}.pdf", self.asset),
            web.get("/post/", self.page),
            web.get("/post/{letter}.pdf", self.pdf),
            web.post("/post/{letter}/", self.move),
        ]

    # What the office asks

    async def create(self, request: web.Request) -> web.Response:
        form = await request.post()
        file = form.get("file")
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        reply = self._let_in(request) or self.exchange.book.create(
            fields,
            file.file.read() if isinstance(file, web.FileField) else None,
            key=request.headers.get("Idempotency-Key", ""),
            base=f"http://{request.host}/lob",
        )
        to = fields.get("to[name]") or fields.get("to[company]", "")
        self._asked(request, _("Print and post a letter to %(name)s") % {"name": to}, reply)
        # While nobody is to hear of it, the letter is in the book all the same.
        await self.exchange.answers_letters.wait()
        return self._answer(reply)

    async def letter(self, request: web.Request) -> web.Response:
        return self._answer(self._let_in(request) or self.exchange.book.letter(request.match_info["letter"]))

    async def listed(self, request: web.Request) -> web.Response:
        return self._answer(self._let_in(request) or self.exchange.book.listed(request.query))

    async def cancel(self, request: web.Request) -> web.Response:
        reply = self._let_in(request) or self.exchange.book.cancel(request.match_info["letter"])
        self._asked(request, _("Do not post a letter after all"), reply)
        return self._answer(reply)

    async def verified(self, request: web.Request) -> web.Response:
        kind = f"{request.match_info['kind']}_verification"
        try:
            told = await request.json()
        except ValueError:
            told = None
        if not isinstance(told, dict):
            return self._answer(refused(422, "this is no JSON object"))
        reply = self._let_in(request) or self.exchange.book.verified(kind, told)
        says = str(reply.content.get("deliverability", "")).replace("_", " ")
        self._asked(request, _("Does the post know this address? %(says)s") % {"says": says}, reply)
        return self._answer(reply)

    async def asset(self, request: web.Request) -> web.Response:
        """The letter as it is printed, for whoever has the address that the carrier gave."""
        letter = request.match_info["letter"]
        entry = self.exchange.book.entries.get(letter)
        if entry is None or not hmac.compare_digest(
            request.query.get("signature", "").encode(), entry.token.encode()
        ):
            raise web.HTTPForbidden
        return self._file(letter)

    def _let_in(self, request: web.Request) -> Reply | None:
        """Nothing, for the office's own key, which stands where a user's name would."""
        wanted = self.exchange.configuration.post.api_key
        try:
            given = BasicAuth.decode(request.headers.get("Authorization", "")).login
        except ValueError:
            given = ""
        if wanted and hmac.compare_digest(given.encode(), wanted.encode()):
            return None
        return refused(401, "this is no key of an account here")

    def _asked(self, request: web.Request, what: str, reply: Reply) -> None:
        how = f"{request.method} {request.path.removeprefix('/lob')}, {reply.status}"
        who = _("office to who prints letters")
        self.exchange.wire.noted(self.exchange.now(), who, what, how, went_well=reply.status < 400)
        self.exchange.announce()

    def _answer(self, reply: Reply) -> web.Response:
        tell(self.exchange)
        return web.json_response(reply.content, status=reply.status)

    # The page

    async def page(self, request: web.Request) -> web.Response:
        given = self.exchange.configuration
        context = {
            "name": "Lob",
            "letters": [_shown(each, given.zone) for each in reversed(self.exchange.book.entries.values())],
            "problem": request.query.get("problem", ""),
            "font": FONT.is_dir(),
            "app_url": given.app_url,
        }
        text = ENGINE.get_template("post.html").render(Context(context))
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def pdf(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["letter"])

    async def move(self, request: web.Request) -> web.Response:
        form = await request.post()
        try:
            move(self.exchange, request.match_info["letter"], str(form.get("to", "")))
        except ValueError:  # it has come further in another window: the page shows where it is
            raise web.HTTPSeeOther("/post/?problem=moved") from None
        raise web.HTTPSeeOther(f"/post/#{request.match_info['letter']}")

    def _file(self, letter: str) -> web.Response:
        content = self.exchange.book.pdf(letter)
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/pdf")


def move(exchange: Exchange, letter: str, to: str) -> None:
    """It has come to `to`, one of book.MOVES, and the office is told. Raises ValueError."""
    try:
        exchange.book.move(letter, to)
    except NotMoved as problem:
        raise ValueError(str(problem)) from problem
    tell(exchange)


def answer(exchange: Exchange, on: bool) -> None:
    """Whether it answers, and tells, of the letters that it takes."""
    if not on:
        exchange.answers_letters.clear()
        return
    exchange.answers_letters.set()
    tell(exchange)


def tell(exchange: Exchange) -> None:
    """Send the notices that are due, each in a task of its own, so that they may come in any order."""
    if not exchange.answers_letters.is_set():
        return
    for kind, letter in exchange.book.take_untold():
        if not exchange.configuration.post.webhook_url:
            continue
        task = asyncio.ensure_future(_told(exchange, kind, letter))
        exchange.in_flight.add(task)
        task.add_done_callback(exchange.in_flight.discard)
    exchange.announce()


async def _told(exchange: Exchange, kind: str, letter: dict) -> None:
    """Post one notice, and again while the office does not take it."""
    account = exchange.configuration.post
    number = f"{letter['id']}_{kind.rpartition('.')[2]}".replace("-", "_")
    body = notices.event(kind, letter, number=number, at=exchange.now())
    for tried in range(TRIES):
        await asyncio.sleep(tried * WAITS)
        headers = notices.signed(body, at=exchange.now(), secret=account.webhook_secret)
        status = await _posted(exchange, account.webhook_url, body, headers)
        exchange.wire.noted(
            exchange.now(),
            _("who prints letters tells office"),
            _("Letter to %(name)s: %(event)s") % {"name": _to(letter), "event": kind},
            f"POST {urlsplit(account.webhook_url).path}, {status or _('no answer')}, {_('signed')}",
            went_well=bool(status) and status < 300,
        )
        exchange.announce()
        if status and status < 500:
            return  # taken, or refused for good


async def _posted(exchange: Exchange, url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the office's answer; nought, where it gave none."""
    if exchange.session is None:
        return 0
    headers = {"Content-Type": "application/json", **headers}
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with exchange.session.post(url, data=body, headers=headers, timeout=timeout) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


def _to(letter: dict) -> str:
    return letter["to"].get("name") or letter["to"].get("company", "")


def _local(written: str, zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(written).astimezone(zone)
    return f"{at:%a} {at.day} {at:%b} {at:%H:%M}"


def _shown(entry: Entry, zone: ZoneInfo) -> dict:
    told, to = entry.told, entry.told["to"]
    lines = [to.get(name, "") for name in ("name", "company", "address_line1", "address_line2")]
    town = " ".join(to[name] for name in ("address_city", "address_state", "address_zip") if to.get(name))
    return {
        "id": entry.id,
        "to": _to(told),
        "address": ", ".join(each for each in [*lines, town, to.get("address_country", "")] if each),
        "state": STATES[entry.state],
        "is_waiting": entry.state == book.WAITING,
        "send_at": _local(told["send_date"], zone),
        "service": " · ".join(
            str(told[name]).replace("_", " ") for name in ("mail_type", "extra_service") if told.get(name)
        ),
        "tracking": told["tracking_number"],
        "past": [(_local(at, zone), STATES[to]) for at, to in entry.past],
        "moves": [(to, BUTTONS[to]) for to in entry.moves],
    }
