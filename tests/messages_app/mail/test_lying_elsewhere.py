"""Pictures that lie elsewhere: we fetch them, so that nobody there learns where the mail was opened."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client as Browser

from messages_app.mail import lying_elsewhere
from secretariat.channels import fetching

pytestmark = pytest.mark.django_db
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(20)
LIES = {
    "/1.png": (200, "image/png", PIXEL),
    "/typed-wrongly": (200, "text/html", PIXEL),
    "/page.png": (200, "image/png", b"<html><script>alert(1)</script></html>"),
    "/drawn.svg": (200, "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "/gone.png": (404, "image/png", PIXEL),
    "/large.png": (200, "image/png", PIXEL + bytes(lying_elsewhere.MOST_BYTES)),
}


@pytest.fixture
def shop(settings):
    """A server somewhere else; what it was asked, with which headers."""
    asked = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, kind, content = LIES[self.path.partition("?")[0]]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    server.asked, server.url = asked, f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def asks(path: str, **more):
    """As the frame does: without a session."""
    return Browser(**more).get(lying_elsewhere.address(path))


def test_it_is_fetched_by_us_and_tells_nothing_of_whoever_looks(shop):
    answer = asks(
        f"{shop.url}/1.png?to=ngozi", headers={"user-agent": "Hers", "cookie": "a=b", "referer": "x"}
    )
    assert (answer.content, answer["Content-Type"]) == (PIXEL, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    [(path, told)] = shop.asked
    assert path == "/1.png?to=ngozi"
    assert not {"cookie", "referer", "x-forwarded-for"} & told.keys()
    assert told["user-agent"] == "Secretariat"


def test_it_is_what_its_bytes_are(shop):
    assert asks(f"{shop.url}/typed-wrongly")["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", ["/page.png", "/drawn.svg", "/gone.png", "/large.png"])
def test_what_a_browser_would_not_only_draw_is_not_handed_on(shop, path):
    assert asks(shop.url + path).status_code == 404
    assert len(shop.asked) == 1


def test_nothing_within_the_firms_own_network_is_asked(shop, settings):
    settings.FETCH_PRIVATE_HOSTS = []
    assert asks(f"{shop.url}/1.png").status_code == 404
    assert shop.asked == []


def test_only_an_address_that_we_wrote_is_asked_and_only_for_a_while(office, shop):
    ours = lying_elsewhere.address(f"{shop.url}/1.png")
    assert Browser().get(ours).status_code == 200
    for forged in (ours[:-3] + "xx/", re.sub(r"picture/[^:]+", "picture/abc", ours)):
        assert Browser().get(forged).status_code == 404
    office.passes(lying_elsewhere.GOOD_FOR.total_seconds() + 1)
    assert Browser().get(ours).status_code == 404
    assert len(shop.asked) == 1


def test_a_server_that_is_not_found_is_no_fault_of_ours(monkeypatch):
    def nobody(host, port):
        raise TimeoutError

    monkeypatch.setattr(fetching, "resolve", nobody)
    assert asks("https://silent.example/1.png").status_code == 404
