"""The floor of `crowd`: the least that can keep a browser's stream open. Plain ASGI, nothing of the product.

Each stream has a bounded queue of its own and a heartbeat. It asks nobody who is there, and is told nothing.
"""

import asyncio

HEARTBEAT = 25.0  # seconds
HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]
BEAT = b"event: beat\ndata: 0\n\n"


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    if scope["path"] != "/live/":
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    waiting: asyncio.Queue[bytes] = asyncio.Queue(100)
    waiting.put_nowait(BEAT)
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT):
                words = await waiting.get()
        except TimeoutError:
            words = BEAT
        await send({"type": "http.response.body", "body": words, "more_body": True})
