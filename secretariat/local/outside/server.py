"""The three loopback listeners of this process: the carrier's REST, the pages, and the mail catcher."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from . import control, doors
from .caldav import OwnCalendars
from .configuration import Configuration
from .exchange import Exchange
from .online import Services
from .pages import Pages
from .phone import Switchboard
from .post import LARGEST_LETTER, Post

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """Which ports to listen on. Nought takes a free one."""

    api: int = 0
    outside: int = 0
    smtp: int = 0


@dataclass(frozen=True)
class Ready:
    """Where everything listens; the ready file holds the same as JSON."""

    api_base_url: str
    outside_url: str
    smtp_port: int


def rest_application(exchange: Exchange) -> web.Application:
    """What twilio-python speaks to in place of the carrier."""

    async def answer(request: web.Request) -> web.Response:
        form = await request.post()
        fields = [(name, str(value)) for name, value in form.items()]
        with exchange.acting() as carrier:
            answer = carrier.rest(
                request.method,
                request.path,
                list(request.query.items()),
                fields,
                request.headers.get("Authorization", ""),
            )
            exchange.wire.asked(carrier.now, request.method, request.path, dict(fields), answer.status)
        if answer.after_postings:
            await exchange.quiet()
        await asyncio.sleep(answer.slow_seconds)
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    return application


def outside_application(exchange: Exchange, online_file: Path | None = None) -> web.Application:
    """The pages, the control interface and the softphone's other end."""
    application = web.Application(middlewares=[doors.guard(exchange)], client_max_size=LARGEST_LETTER)
    application.on_response_prepare.append(doors.finish)
    switchboard = Switchboard(exchange)
    application.add_routes(
        [
            *Pages(exchange).routes(),
            *control.routes(exchange),
            *Services(exchange, online_file).routes(),
            *OwnCalendars(exchange).routes(),
            *Post(exchange).routes(),
            web.get("/phone/events", switchboard.events),
            web.post("/phone/{verb}", switchboard.verb),
        ]
    )
    return application


@asynccontextmanager
async def listening(
    given: Configuration, ports: Ports, data: Path | None
) -> AsyncIterator[tuple[Ready, Exchange]]:
    """Everything up for as long as the block runs. `data` is the folder that keeps the mail."""
    async with contextlib.AsyncExitStack() as stack:
        kept = (data / "mail.jsonl", data / "letters") if data else (None, None)
        exchange = Exchange(given, *kept)
        exchange.session = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
            )
        )
        api = await _serve(stack, rest_application(exchange), ports.api)
        online_file = data / "online.pickle" if data else None
        outside = await _serve(stack, outside_application(exchange, online_file), ports.outside)
        loop = asyncio.get_running_loop()
        mail = await loop.create_server(exchange.mailboxes.protocol, LOOPBACK, ports.smtp)
        stack.callback(mail.close)
        ticking = asyncio.ensure_future(exchange.run())
        stack.callback(ticking.cancel)
        ready = Ready(
            f"http://{LOOPBACK}:{api}", f"http://{LOOPBACK}:{outside}", mail.sockets[0].getsockname()[1]
        )
        yield ready, exchange


async def _serve(stack: contextlib.AsyncExitStack, application: web.Application, port: int) -> int:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, LOOPBACK, port)
    await site.start()
    return site._server.sockets[0].getsockname()[1]


async def run(given: Configuration, ports: Ports, data: Path | None, ready_file: Path | None) -> None:
    """Listen until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with listening(given, ports, data) as (ready, _exchange):
        said = json.dumps(asdict(ready))
        if ready_file:
            # Whoever waits for the file never reads half of it.
            half = ready_file.with_suffix(".part")
            half.write_text(said + "\n", encoding="utf-8")
            os.replace(half, ready_file)
        print(said, flush=True)
        await stop.wait()
