"""The whole site in one process, for demo and stories: the live stream, and everything else.

Production serves the two apart: `secretariat.wsgi` and `secretariat.live.asgi`.
"""

import os

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.settings.demo")

from secretariat.wsgi import application as pages

THREADS = 8  # each keeps one database connection

_pages = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]  # Django's answer is iterable


async def application(scope, receive, send):
    if scope["type"] == "http" and scope["path"].startswith("/live/"):
        from secretariat.live.asgi import application as live

        await live(scope, receive, send)
    else:
        await _pages(scope, _as_coroutine(receive), send)


def _as_coroutine(receive):
    """a2wsgi runs `receive()` from a thread, which only coroutines allow; granian's is a future."""

    async def received():
        return await receive()

    return received
