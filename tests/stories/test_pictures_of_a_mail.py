"""A mail whose pictures lie elsewhere: she asks for them, and who has them learns nothing of her."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.models import Mailbox
from secretariat.local.outside import letters

from .by_provider import brings

pytestmark = pytest.mark.slow
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def shop():
    """Who wrote, and what their server was asked."""
    asked = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PIXEL)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.asked, server.picture = asked, f"http://127.0.0.1:{server.server_port}/offer.png?to=ngozi"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_pictures_come_when_she_asks_for_them_and_by_way_of_the_office(office, shop):
    okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    priya = office.secretary("Priya", okafor)
    Mailbox.objects.create(client=okafor.row, address="ngozi@okafor.example", incoming="ours")
    mail = letters.written("shop@offers.example", "ngozi@okafor.example", "An offer", "")
    mail.set_content(f'<p>Look:</p><img src="{shop.picture}" alt="The offer">', subtype="html")
    desk = office.enters(priya, to=reverse("inbox"))
    brings(office, mail, mail["To"])
    desk.get_by_role("link", name="An offer").click()
    desk.get_by_role("link", name="As it was laid out").click()
    expect(desk.get_by_text("1 picture lies elsewhere and is not shown")).to_be_visible()
    assert shop.asked == []
    with desk.expect_response(lambda answer: "/mail/picture/" in answer.url) as drawn:
        desk.get_by_role("link", name="Show pictures").click()
    assert (drawn.value.status, drawn.value.body()) == (200, PIXEL)
    expect(desk.frame_locator("iframe").get_by_role("img", name="The offer")).to_be_visible()
    [told] = shop.asked
    assert told["user-agent"] == "Secretariat"
    assert not {"cookie", "referer", "origin", "accept-language"} & told.keys()
