"""What is done only after somebody has said yes: pictures fetched, mails marked as read, words recorded."""

import re
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Dictation
from clients.models import Line
from messages_app.models import Mail
from secretariat.ledger.models import LedgerEntry
from secretariat.local.outside import letters

from .at_desk import answers
from .by_keyboard import comes_to, presses
from .looking import go_to
from .own_mailbox import NGOZI

pytestmark = pytest.mark.slow
DANA = "Dana Reyes <dana@harlow.example>"
GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def elsewhere():
    """Where the picture lies: `asked`, with which headers, and `picture`, its address there."""
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.end_headers()
            self.wfile.write(GIF)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    server.asked, server.picture = asked, f"http://127.0.0.1:{server.server_port}/opened.gif?who=ngozi"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def with_a_picture_at(address: str) -> EmailMessage:
    made = letters.written(DANA, NGOZI, "Our offer", "It is below.")
    made.add_alternative(f'<p>It is below.</p><img src="{address}" alt="Our offer">', subtype="html")
    return made


def test_a_picture_that_lies_elsewhere_is_fetched_by_us_when_she_asks_for_it_and_not_before(
    office, priya, hers, watched, elsewhere
):
    """Whoever wrote learns then that somebody has opened the mail, and nothing of her."""
    desk = office.enters(priya, to=reverse("inbox"))
    hers.receives(with_a_picture_at(elsewhere.picture).as_bytes())
    desk.get_by_role("link", name="Our offer").click()
    presses(desk.get_by_role("link", name="As it was laid out"))
    frame = desk.frame_locator("iframe.mail-frame")
    expect(frame.get_by_text("It is below.")).to_be_visible()
    expect(desk.locator(".notice")).to_contain_text("1 picture lies elsewhere and is not shown")
    assert elsewhere.asked == []

    with desk.expect_response(lambda answer: "/mail/picture/" in answer.url) as drawn:
        presses(desk.get_by_role("link", name="Show pictures"))
    assert (drawn.value.status, drawn.value.body()) == (200, GIF)
    expect(frame.get_by_alt_text("Our offer")).to_be_visible()
    [told] = elsewhere.asked
    assert told["user-agent"] == "Secretariat"
    assert not {"cookie", "referer", "origin", "accept-language"} & told.keys()
    expect(desk.get_by_role("link", name="Show pictures")).to_have_count(0)
    assert LedgerEntry.objects.filter(verb="correspondence.pictures", actor_id=priya.user_id).exists()

    go_to(desk, reverse("inbox-mail", args=[Mail.objects.get().pk]))  # once is not always
    expect(frame.get_by_text("It is below.")).to_be_visible()
    expect(desk.get_by_role("link", name="Show pictures")).to_be_visible()
    assert len(elsewhere.asked) == 1


def test_what_is_read_here_stays_unread_for_her_until_she_allows_the_mark(
    office, okafor, priya, hers, watched
):
    desk = office.enters(priya, to=reverse("inbox"))
    hers.receives(letters.written(DANA, NGOZI, "Lease", "When?").as_bytes())
    desk.get_by_role("link", name="Lease").click()
    expect(desk.get_by_role("heading", name="Lease")).to_be_visible()
    office.passes(61)
    assert "\\Seen" not in hers.flags("Lease")

    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    presses(portal.get_by_role("link", name=f"How {NGOZI} is answered"))
    allowed = portal.get_by_label("What we have read is marked as read there")
    expect(allowed).not_to_be_checked()
    comes_to(allowed)
    portal.keyboard.press("Space")
    presses(portal.get_by_role("button", name="Save"))
    expect(portal.get_by_role("heading", name=NGOZI)).to_be_visible()
    go_to(portal, reverse("mail-settings", args=[watched.pk]))
    expect(allowed).to_be_checked()

    hers.receives(letters.written(DANA, NGOZI, "Rent", "How much?").as_bytes())
    go_to(desk, reverse("inbox"))
    desk.get_by_role("link", name="Rent").click()
    expect(desk.get_by_role("heading", name="Rent")).to_be_visible()
    office.eventually(lambda: "\\Seen" in hers.flags("Rent"))
    assert "\\Seen" not in hers.flags("Lease")  # which was opened before she allowed it
    office.passes(61)
    go_to(desk, reverse("inbox"))  # our own mark does not take it off the desk
    expect(desk.get_by_role("link", name="Rent")).to_be_visible()


def test_what_is_dictated_on_a_call_is_recorded_only_where_she_has_said_so(office, okafor, priya):
    desk = office.at_her_desk(priya)
    caller = office.rings(okafor, caller="+447700900555")
    answers(desk)
    desk.keyboard.press("F3")
    says_so = desk.get_by_label("Record it; I have said so")
    expect(says_so).to_be_checked()
    comes_to(says_so)
    desk.keyboard.press("Space")
    expect(says_so).not_to_be_checked()
    presses(desk.get_by_role("button", name="Begin"))
    presses(desk.get_by_role("button", name=re.compile("Type it")))
    expect(desk.locator("main")).to_contain_text("Dictated to you on a call.")
    expect(desk.locator("main")).not_to_contain_text("This is being recorded.")
    caller.say("We agree to the lease.")
    office.passes(5)

    Line.objects.update(recording_notice="")  # nobody has been told, so nobody is asked
    desk.keyboard.press("F3")
    expect(desk.get_by_text("Nothing is recorded: this line has no notice that says so.")).to_be_visible()
    expect(says_so).to_have_count(0)
    presses(desk.get_by_role("button", name="Next item"))
    expect(desk.locator(".slip-head h1")).to_have_text("Dictation 2 for Okafor Legal")
    caller.hang_up()
    office.settle()
    assert Dictation.objects.count() == 2
    assert not Dictation.objects.filter(parts__isnull=False).exists()
