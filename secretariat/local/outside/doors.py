"""Who may speak to this process: its own pages, this demo's desk, and tools without an origin.

All of them listen on the loopback only, but any page open in the same browser could post there too.
"""

from urllib.parse import urlsplit

from aiohttp import web

from .exchange import Exchange

CSP = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "font", "connect", "media")),
        "img-src 'self' data:",
        "form-action 'self'",
        *(f"{kind} 'none'" for kind in ("base-uri", "object-src", "frame-ancestors")),
    ]
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def is_ours(host: str) -> bool:
    """Whether this host is a name of this computer, so that no foreign name can be pointed at it."""
    return host in ("127.0.0.1", "localhost", "::1") or host.endswith(".localhost")


def is_the_office(origin: str, app_url: str) -> bool:
    """Whether this origin is the demo's own, under any of its people's host names."""
    asking, office = urlsplit(origin), urlsplit(app_url)
    if origin == app_url:
        return True
    return asking.scheme == "http" and asking.port == office.port and is_ours(asking.hostname or "")


def guard(exchange: Exchange):
    """The middleware of the outside pages."""

    @web.middleware
    async def checked(request: web.Request, handler):
        if not is_ours(urlsplit(f"//{request.host}").hostname or ""):
            raise web.HTTPMisdirectedRequest(text="This is another host.")
        origin = request.headers.get("Origin")
        own = f"http://{request.host}"
        from_the_desk = (
            origin
            and request.path.startswith("/phone/")
            and is_the_office(origin, exchange.configuration.app_url)
        )
        reading = request.method in ("GET", "HEAD")
        if origin and origin != own and not from_the_desk and not reading:
            raise web.HTTPForbidden(text="Only the pages of this demo may do that.")
        if from_the_desk:
            request["allowed_origin"] = origin
        return await handler(request)

    return checked


async def finish(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers every answer carries, streams and errors included."""
    response.headers.update(ALWAYS)
    if origin := request.get("allowed_origin"):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin"
