"""The one process of demo and stories, asked as its server asks it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from secretariat import asgi


class Awaited:
    """What granian's `receive()` gives: it can be awaited, and is no coroutine."""

    def __init__(self, message):
        self.message = message

    def __await__(self):
        yield from ()
        return self.message


def test_what_is_posted_arrives_whole(monkeypatch):
    said = []

    def page(environ, start_response):
        said.append(environ["wsgi.input"].read(20))
        start_response("204 No Content", [])
        return [b""]

    monkeypatch.setattr(asgi, "_pages", asgi.WSGIMiddleware(page, workers=1))

    async def ask():
        async def send(message):
            said.append(message["type"])

        def receive():
            return Awaited({"type": "http.request", "body": b"login=priya", "more_body": False})

        headers = [(b"host", b"testserver"), (b"content-length", b"11")]
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "query_string": b""}
        await asgi.application(scope | {"scheme": "http", "http_version": "1.1"}, receive, send)

    with ThreadPoolExecutor() as beside:  # a browser test may have left a loop running in this thread
        beside.submit(asyncio.run, ask()).result()
    assert said[:2] == [b"login=priya", "http.response.start"]
