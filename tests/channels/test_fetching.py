"""Addresses that outsiders give us lead nowhere inside: told in every way that has fooled somebody."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secretariat.channels import fetching

PUBLIC = "93.184.216.34"
NAMES = {
    "calendar.example.com": [PUBLIC],
    "six.example.com": ["2606:2800:220:1:248:1893:25c8:1946"],
    "inside.example.com": ["127.0.0.1"],
    "net10.example.com": ["10.1.2.3"],
    "both.example.com": [PUBLIC, "127.0.0.1"],
    "mapped.example.com": ["::ffff:127.0.0.1"],
    "localhost": ["127.0.0.1"],
    "localtest.me": ["127.0.0.1"],
    "127.0.0.1.nip.io": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "nothing.example.com": [],
}
LEAD_INSIDE = [
    # As they are
    *(
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "http://127.0.0.1:8080/",
        "http://127.1.2.3/",
        "http://0.0.0.0/",
    ),
    *("http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/"),
    *("http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/"),
    *("http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.7/", "http://203.0.113.9/"),
    *("http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://0.1.2.3/"),
    # The same numbers, written otherwise
    *(
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
    ),
    *("http://127.1/", "http://127.0.1/", "http://0/", "http://3232235521/", "http://127.0.0.1./"),
    *("http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://１２７.0.0.1/"),
    # IPv6, and what it wraps
    *("http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/"),
    *("http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:10.0.0.1]/", "http://[::127.0.0.1]/"),
    *("http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/", "http://[2002:7f00:1::]/"),
    *("http://[2002:a00:1::1]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fc00::1]/"),
    *("http://[fd12:3456::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/"),
    *("http://[::ffff:0:127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/"),
    # Names
    *("http://localhost/", "http://LOCALHOST/", "http://localhost./", "https://inside.example.com/feed.ics"),
    *("webcal://inside.example.com/feed.ics", "http://net10.example.com/", "http://both.example.com/"),
    *("http://mapped.example.com/", "http://localtest.me/", "http://127.0.0.1.nip.io/"),
    *("http://metadata.google.internal/computeMetadata/v1/", "http://nothing.example.com/"),
    # No addresses of the web at all, or ones that readers take for different things
    *(
        "file:///etc/passwd",
        "ftp://calendar.example.com/",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "javascript:1",
    ),
    *(
        "data:text/calendar,BEGIN",
        "unix:///run/redis.sock",
        "//127.0.0.1/",
        "127.0.0.1",
        "",
        "http://",
        "http:///x",
    ),
    *("http://calendar.example.com@127.0.0.1/", "http://127.0.0.1#@calendar.example.com/"),
    *("http://calendar.example.com:80@127.0.0.1/", "http://a:b@calendar.example.com/"),
    *("http://calendar.example.com\\@127.0.0.1/", "http://127.0.0.1\\.example.com/"),
    *(
        "http://calendar.example.com\r\nHost: 127.0.0.1/",
        "http://127.0.0.1\t/",
        "http:// 127.0.0.1/",
        "http://127.0.0.1\0/",
    ),
    *("http://calendar.example.com:22/", "http://calendar.example.com:25/", "http://calendar.example.com:0/"),
    *(
        "http://calendar.example.com:99999/",
        "http://calendar.example.com:x/",
        "http://[::1/",
        "http://%31%32%37.0.0.1/",
    ),
    *("http://127.0.0.1%00.example.com/", "http://" + "a" * 2000 + "/", "http://." * 3, "http://-/"),
]


@pytest.fixture(autouse=True)
def names(settings, monkeypatch):
    """A network in which every name that leads somewhere is known, numbers as the system reads them."""
    settings.FETCH_PRIVATE_HOSTS = []
    real = socket.getaddrinfo

    def told(host, port, *args, **facts):
        if host in NAMES:
            if not NAMES[host]:
                raise socket.gaierror
            return [(0, 0, 0, "", (each, port)) for each in NAMES[host]]
        return real(host, port, *args, **facts, flags=socket.AI_NUMERICHOST)

    monkeypatch.setattr(fetching.socket, "getaddrinfo", told)
    monkeypatch.setattr(fetching, "PORTS", fetching.PORTS)


class Canary(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        status, headers, body = self.server.answers.get(self.path, (200, {}, b"hello"))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_PROPFIND = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def canary():
    """A server inside. What asked it stands in `asked`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    server.asked, server.answers = [], {}
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connected(monkeypatch):
    """To which addresses anybody connected."""
    made = []
    monkeypatch.setattr(fetching.socket, "create_connection", lambda to, *_: made.append(to) or _refused())
    return made


def _refused():
    raise ConnectionRefusedError


@pytest.mark.parametrize("url", LEAD_INSIDE)
def test_nothing_inside_is_ever_connected_to(url, connected):
    with pytest.raises(fetching.NotFetched):
        fetching.fetch("GET", url)
    assert connected == []


def test_there_are_more_than_sixty_ways():
    assert len(set(LEAD_INSIDE)) >= 60


@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("https://calendar.example.com/feed.ics", (PUBLIC, 443)),
        ("http://calendar.example.com/feed.ics", (PUBLIC, 80)),
        ("webcal://calendar.example.com/feed.ics", (PUBLIC, 443)),
        ("https://calendar.example.com:8443/dav/", (PUBLIC, 8443)),
        ("https://CALENDAR.example.com./", (PUBLIC, 443)),
        ("https://six.example.com/", ("2606:2800:220:1:248:1893:25c8:1946", 443)),
        (f"http://{PUBLIC}/", (PUBLIC, 80)),
    ],
)
def test_what_lies_outside_is(url, to, connected):
    with pytest.raises(fetching.NotFetched, match="no_connection"):
        fetching.fetch("GET", url)
    assert connected == [to]


def test_a_name_that_changes_its_mind_gains_nothing(canary, monkeypatch, connected):
    """The first answer is public, the next leads inside: we connect to the one that was checked."""
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    monkeypatch.setitem(NAMES, "rebinding.example.com", [])
    monkeypatch.setattr(fetching, "resolve", lambda host, port: answers.pop(0))
    with pytest.raises(fetching.NotFetched):
        fetching.fetch("GET", f"http://rebinding.example.com:{canary.server_port}/")
    assert connected == [(PUBLIC, canary.server_port)]
    assert canary.asked == []


def test_a_private_host_is_reached_only_where_the_firm_says_so_and_by_that_name_alone(canary, settings):
    address = f"http://127.0.0.1:{canary.server_port}/feed"
    with pytest.raises(fetching.NotFetched, match="not_public"):
        fetching.fetch("GET", address)
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    assert fetching.fetch("GET", address).body == b"hello"
    with pytest.raises(fetching.NotFetched, match="not_public"):
        fetching.fetch("GET", f"http://localhost:{canary.server_port}/feed")


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "http://[::1]/", "file:///etc/passwd", "http://localhost:1/x"]
)
def test_a_redirect_is_checked_like_an_address(canary, settings, target):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    canary.answers["/"] = (302, {"Location": target}, b"")
    with pytest.raises(fetching.NotFetched, match=r"not_public|no_address|no_such_host"):
        fetching.fetch("GET", f"http://127.0.0.1:{canary.server_port}/")
    assert len(canary.asked) == 1


def test_redirects_end(canary, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    canary.answers["/"] = (307, {"Location": "/"}, b"")
    with pytest.raises(fetching.NotFetched, match="too_many_redirects"):
        fetching.fetch("PROPFIND", f"http://127.0.0.1:{canary.server_port}/")
    assert len(canary.asked) == fetching.MOST_REDIRECTS + 1


def test_what_changes_something_is_not_sent_on(canary, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    canary.answers["/"] = (307, {"Location": "/elsewhere"}, b"")
    assert fetching.fetch("PUT", f"http://127.0.0.1:{canary.server_port}/", body=b"x").status == 307
    assert [path for _, path, _ in canary.asked] == ["/"]


def test_a_password_does_not_follow_to_another_place(canary, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    other = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    other.asked, other.answers = [], {}
    thread = threading.Thread(target=other.serve_forever, args=[0.01])
    thread.start()
    try:
        canary.answers["/"] = (302, {"Location": f"http://127.0.0.1:{other.server_port}/"}, b"")
        fetching.fetch("GET", f"http://127.0.0.1:{canary.server_port}/", headers={"Authorization": "Basic x"})
    finally:
        other.shutdown()
        thread.join()
        other.server_close()
    assert canary.asked[0][2]["authorization"] == "Basic x"
    assert "authorization" not in other.asked[0][2]


def test_a_password_is_never_sent_in_the_clear(connected):
    with pytest.raises(fetching.NotFetched, match="not_secure"):
        fetching.fetch("GET", "http://calendar.example.com/", headers={"Authorization": "Basic x"})
    assert connected == []


def test_more_than_was_asked_for_is_not_read(canary, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    canary.answers["/"] = (200, {}, b"x" * 2000)
    with fetching.Fetcher(most_bytes=1000) as fetcher, pytest.raises(fetching.NotFetched, match="too_large"):
        fetcher.ask("GET", f"http://127.0.0.1:{canary.server_port}/")


def test_one_errand_keeps_its_connection(canary, settings, monkeypatch):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    asked = []
    real = fetching.resolve
    monkeypatch.setattr(fetching, "resolve", lambda *to: asked.append(to) or real(*to))
    with fetching.Fetcher() as fetcher:
        for _ in range(3):
            assert fetcher.ask("GET", f"http://127.0.0.1:{canary.server_port}/").status == 200
    assert len(asked) == 1
