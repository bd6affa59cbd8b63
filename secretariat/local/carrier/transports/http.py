"""The carrier over HTTP: its REST interface as an aiohttp application, postings by an aiohttp session."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from yarl import URL

from secretariat.local.carrier import Carrier, Posting

LONGEST_BODY = 1_000_000


def rest_app(carrier: Carrier, *, delivered: Callable[[], Awaitable[None]] | None = None) -> web.Application:
    """The account's REST interface.

    `delivered` waits until the postings now under way are out; it is asked when chaos wants webhooks to
    arrive before the answer. Call `carrier.rest` from this one event loop only.
    """

    async def answer(request: web.Request) -> web.Response:
        form = parse_qsl((await request.content.read(LONGEST_BODY)).decode(), keep_blank_values=True)
        answered = carrier.rest(
            request.method,
            request.path,
            parse_qsl(request.query_string, keep_blank_values=True),
            form,
            request.headers.get("Authorization", ""),
        )
        if answered.after_postings and delivered:
            await delivered()
        if answered.slow_seconds:
            await asyncio.sleep(answered.slow_seconds)
        return web.Response(status=answered.status, body=answered.body, headers=answered.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    return app


async def deliver(carrier: Carrier, session: aiohttp.ClientSession, posting: Posting) -> None:
    """Send one posting and report back. Never raises for what the network does."""
    began = time.monotonic()
    timeout = aiohttp.ClientTimeout(
        total=None, sock_connect=posting.connect_timeout, sock_read=posting.timeout
    )
    try:
        async with session.request(
            posting.method,
            URL(posting.url, encoded=True),  # the signature is over these very bytes
            data=posting.body or None,
            headers=posting.headers,
            timeout=timeout,
            allow_redirects=False,
        ) as answer:
            body = await answer.read()
            carrier.answered(
                posting,
                status=answer.status,
                headers=dict(answer.headers),
                body=body,
                seconds=time.monotonic() - began,
            )
    except (aiohttp.ServerTimeoutError, aiohttp.ServerDisconnectedError) as trouble:
        carrier.failed(posting, "ct" if isinstance(trouble, aiohttp.ConnectionTimeoutError) else "rt")
    except (aiohttp.ClientError, OSError):
        carrier.failed(posting, "ct")
