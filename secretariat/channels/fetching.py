"""Requests to addresses that somebody outside gave us, such as a client's calendar server.

They never reach into the firm's own network. A name is resolved once, every address it has must be a public
one, and the connection goes to that checked address and no other, so that a name which changes its mind
between check and use gains nothing. Each redirect is checked the same way. Size, time and redirects are
bounded. `FETCH_PRIVATE_HOSTS` names the hosts of the firm's own network that are meant to be reached.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from django.conf import settings

from . import haste

MOST_BYTES = 20_000_000
CONNECTING = 8.0  # seconds for one step
ALTOGETHER = 60.0  # seconds for one request, however slowly it drips
MOST_REDIRECTS = 5
LONGEST_ADDRESS = 2000
PORTS = {"http": 80, "https": 443, "webcal": 443, "webcals": 443}
SECRETS = {"authorization", "cookie"}
REDIRECTS = {301, 302, 303, 307, 308}
SAFE = {"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"}  # asked again, they change nothing
WRAPPERS = (  # addresses that carry another one inside, and how far from the end it stands, in bits
    (ipaddress.ip_network("::/96"), 0),  # IPv4-compatible
    (ipaddress.ip_network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (ipaddress.ip_network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (ipaddress.ip_network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.ip_network("64:ff9b:1::/48"), 0),
    (ipaddress.ip_network("2002::/16"), 80),  # 6to4
)
NEVER = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("fec0::/10"))  # Teredo, site-local


class NotFetched(Exception):
    """It did not come about. `code` is our own word for why; `sent`: the request may have arrived."""

    def __init__(self, code: str, *, sent: bool = False):
        super().__init__(code)
        self.code = code
        self.sent = sent


@dataclass(frozen=True)
class Answer:
    """`headers` in lower case; `url` is the address that answered, after redirects."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""


def checked(url: str) -> SplitResult:
    """The address in its parts, if it is one that may be asked for at all. Raises NotFetched."""
    if len(url) > LONGEST_ADDRESS or not url.isprintable() or any(c in url for c in " \\<>\"'`{}|^"):
        raise NotFetched("no_address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise NotFetched("no_address") from error
    if parts.scheme not in PORTS or not host or parts.username is not None or parts.password is not None:
        raise NotFetched("no_address")
    scheme = "http" if parts.scheme == "http" else "https"
    port = PORTS[scheme] if port is None else port
    if port not in (80, 443) and port < 1024:
        raise NotFetched("no_address")
    name = _host(host)
    shown = f"[{name}]" if ":" in name else name
    return SplitResult(scheme, f"{shown}:{port}", parts.path or "/", parts.query, "")


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if "%" in host or not host:
        raise NotFetched("no_address")
    if ":" in host:
        return host
    try:
        name = host.encode("idna").decode()
    except UnicodeError as error:
        raise NotFetched("no_address") from error
    if not all(c.isalnum() or c in "-._" for c in name):
        raise NotFetched("no_address")
    return name


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the open internet, whatever it is wrapped in."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in NEVER):
            return False
        for network, from_end in WRAPPERS:
            if address in network:
                inner = ipaddress.IPv4Address((int(address) >> from_end) & 0xFFFFFFFF)
                return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Fetcher:
    """Requests of one errand: connections stay open, and stay with the address that was checked.

    Use it as a context; it is no thread's but its own.
    """

    def __init__(self, *, headers: Mapping[str, str] | None = None, most_bytes: int = MOST_BYTES):
        self.headers = dict(headers or {})
        self.most_bytes = most_bytes
        self._open: dict[tuple[str, str], http.client.HTTPConnection] = {}

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_):
        for connection in self._open.values():
            connection.close()
        self._open.clear()

    def ask(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request and its answer, whatever its status. Only what changes nothing follows redirects.

        Passwords go to the host they were meant for and by TLS, or not at all. Raises NotFetched.
        """
        parts, sent = checked(url), {k.lower(): v for k, v in (self.headers | dict(headers or {})).items()}
        for _ in range(MOST_REDIRECTS + 1):
            _refuse_in_the_clear(parts, sent)
            answer = self._once(method, parts, sent, body)
            to = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not to or method not in SAFE:
                return answer
            target = checked(urljoin(urlunsplit(parts), to))
            if (target.scheme, target.netloc) != (parts.scheme, parts.netloc):
                sent = {name: value for name, value in sent.items() if name not in SECRETS}
            if answer.status == 303:
                method, body = "GET", None
            parts = target
        raise NotFetched("too_many_redirects")

    def _once(
        self, method: str, parts: SplitResult, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        try:
            haste.at_most(ALTOGETHER)
        except haste.OutOfTime as error:
            raise NotFetched("no_answer") from error
        kept = (parts.scheme, parts.netloc)
        reused = kept in self._open
        connection = self._open.pop(kept, None) or _connected(parts)
        try:
            answer = self._answer(connection, method, parts, headers, body)
        except (http.client.RemoteDisconnected, ConnectionError) as error:
            connection.close()
            # A server may close a connection it kept; what changes something is not simply sent again.
            if reused and method in SAFE:
                return self._once(method, parts, headers, body)
            raise NotFetched("no_answer", sent=True) from error
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise NotFetched("no_answer", sent=True) from error
        except NotFetched:
            connection.close()
            raise
        if connection.sock is not None:
            self._open[kept] = connection
        return answer

    def _answer(self, connection, method, parts: SplitResult, headers, body) -> Answer:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        ending = threading.Timer(haste.at_most(ALTOGETHER), _cut, [connection.sock])
        ending.daemon = True
        ending.start()
        try:
            connection.request(
                method,
                _written(path),
                body=body,
                headers={"accept-encoding": "identity", "user-agent": "Secretariat", **headers},
            )
            told = connection.getresponse()
            content = told.read(self.most_bytes + 1)
            if len(content) > self.most_bytes:
                raise NotFetched("too_large", sent=True)
            if told.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
                raise NotFetched("no_answer", sent=True)
        finally:
            ending.cancel()
        named = {name.lower(): value for name, value in told.getheaders()}
        return Answer(told.status, named, content, urlunsplit(parts))


def _refuse_in_the_clear(parts: SplitResult, headers: Mapping[str, str]) -> None:
    private = (parts.hostname or "") in settings.FETCH_PRIVATE_HOSTS
    if parts.scheme == "http" and not private and SECRETS & headers.keys():
        raise NotFetched("not_secure")


def reachable(host: str, port: int) -> list[str]:
    """The addresses of a server that somebody named, if all of them may be reached. Raises NotFetched."""
    try:
        addresses = _resolved(host, port)
    except (OSError, UnicodeError) as error:
        raise NotFetched("no_such_host") from error
    if not addresses:
        raise NotFetched("no_such_host")
    if host not in settings.FETCH_PRIVATE_HOSTS and not all(is_public(each) for each in addresses):
        raise NotFetched("not_public")
    return list(dict.fromkeys(addresses))


def _connected(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the checked address. Nothing has been sent when this raises NotFetched."""
    host, port = parts.hostname or "", parts.port or 443
    addresses = reachable(host, port)
    fault: OSError | None = None
    for address in addresses:
        try:
            made = _Pinned(host, port, address, secure=parts.scheme == "https")
            made.connect()
        except ssl.SSLCertVerificationError as error:
            raise NotFetched("certificate") from error
        except OSError as error:
            fault = error
        else:
            return made
    raise NotFetched("no_connection") from fault


def _resolved(host: str, port: int) -> list[str]:
    """As `resolve`; but whoever is in haste waits for no name server that is silent. Raises OSError."""
    if not haste.is_hurried():
        return resolve(host, port)
    found: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            found.append(resolve(host, port))
        except OSError as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(haste.at_most(CONNECTING))
    if not found:
        raise TimeoutError("no name server answered in time")
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to one address, whatever its host's name means by now."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool):
        super().__init__(host, port, timeout=haste.at_most(CONNECTING))
        self.address = address
        self.secure = secure
        if secure:
            self.default_port = 443  # as the Host header leaves it out

    def connect(self) -> None:
        line = socket.create_connection((self.address, self.port), haste.at_most(CONNECTING))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.secure:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=self.host)
        self.sock = line
        self.auto_open = 0  # never again by its name


def _cut(line: socket.socket | None) -> None:
    """End a request that takes too long; whoever waits for it gets an error."""
    if line is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def _written(path: str) -> str:
    """The path as it may stand in a request line."""
    return "".join(c if 32 < ord(c) < 127 else "".join(f"%{b:02X}" for b in c.encode()) for c in path)


def fetch(method: str, url: str, **facts) -> Answer:
    """One request alone: see `Fetcher.ask`."""
    with Fetcher() as fetcher:
        return fetcher.ask(method, url, **facts)
