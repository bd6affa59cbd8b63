"""Pointing the firm's numbers at this site, by command and by the page, against the carrier."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from secretariat.channels import twilio
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Post
from secretariat.outbox.models import Effect

PAGE = "/admin/telephony/"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def strange(office):
    """A number of the account that is no client's."""
    return office.carrier.add_number("+442079460555", "https://demo.twilio.com/welcome/voice/")


@pytest.fixture
def admin(office):
    user = office.user("admin@example.com", "Ada")
    Post.objects.create(user=user, post=Post.Kind.ADMIN)
    return user


@pytest.fixture
def asked(office):
    """The carrier, to be asked from within a page or a command."""
    with twilio.transported_by(office.transport.http_client()):
        yield


def connect(*options) -> str:
    said = StringIO()
    call_command("connect_twilio", *options, stdout=said)
    return said.getvalue()


def number(office, client):
    return office.carrier.account.numbers[client.number]


def test_without_apply_it_only_looks(office, okafor, strange, asked):
    number(office, okafor).voice_url = ""
    said = connect()
    assert said.index("+44 20 7946 0555") < said.index("Okafor Legal")
    assert "No line has this number." in said
    assert "Calls: No address is set." in said
    assert "Nothing was changed. 2 to set: run it again with --apply." in said
    assert number(office, okafor).voice_url == ""


def test_with_apply_every_line_rings_us_and_strangers_are_left_alone(office, okafor, strange, asked):
    ours = number(office, okafor)
    ours.voice_url, ours.voice_application, ours.voice_method = "https://old.example/", "AP" + "1" * 32, "GET"
    ours.sms_url = ours.status_callback = ours.fallback_url = ""
    assert connect("--apply").endswith("2 set.\n")
    assert ours.voice_url == f"{settings.PUBLIC_BASE_URL}/twilio/voice/#ct=3000&rt=7000&rc=1&rp=ct,rt,5xx"
    assert ours.sms_url == f"{settings.PUBLIC_BASE_URL}/twilio/sms/#rc=3&rp=ct,rt,5xx"
    assert (ours.voice_application, ours.voice_method) == ("", "POST")
    assert strange.voice_url == "https://demo.twilio.com/welcome/voice/"
    assert "There is nothing to set." in connect()
    leg = office.rings(okafor)
    assert leg.status == "in-progress"
    office.hangs_up(leg)


def test_the_fallback_may_be_hosted_elsewhere(office, okafor, asked):
    connect("--apply", "--fallback", "https://handler.twilio.com/twiml/EH1")
    assert number(office, okafor).fallback_url == "https://handler.twilio.com/twiml/EH1"
    connect("--apply")
    assert number(office, okafor).fallback_url == "https://handler.twilio.com/twiml/EH1"
    with pytest.raises(CommandError, match="https"):
        connect("--fallback", "http://elsewhere.example/")


def test_a_carrier_that_does_not_answer_is_said_in_a_sentence(office, okafor, asked):
    office.carrier.control.chaos(refuse=1)
    with pytest.raises(CommandError, match=r"could not be asked: 20429"):
        connect()


def test_what_could_not_be_set_is_named_and_can_be_done_again(office, okafor, asked, monkeypatch):
    original = office.carrier.chaos.refuses
    asked_before = []

    def refuses():
        asked_before.append(1)
        return len(asked_before) == 2 or original()

    monkeypatch.setattr(office.carrier.chaos, "refuses", refuses)
    with pytest.raises(CommandError, match="1 of 2 could not be set"):
        connect("--apply")
    assert connect("--apply").endswith("1 set.\n")


def test_the_page_shows_whose_each_number_is_and_what_is_wrong(office, okafor, strange, admin, asked):
    page = office.browser(admin).get(PAGE).content.decode()
    assert re.search(r"\+44 20 7946 0555.*Add a line.*Okafor Legal", page, re.S)
    assert "The carrier is not told when to ask again." in page
    assert "Set the numbers chosen" in page


def test_the_page_sets_what_is_chosen_by_the_outbox(office, okafor, admin, asked):
    browser = office.browser(admin)
    chosen = {"number": [number(office, okafor).sid]}
    before = number(office, okafor).voice_url
    answer = browser.post(PAGE, chosen, follow=True)
    assert "1 number is being set." in answer.content.decode()
    assert "Point +44 20 7946 0100 at this site" in answer.content.decode()
    assert number(office, okafor).voice_url == before
    office.settle()
    assert "#ct=3000" in number(office, okafor).voice_url
    assert Effect.objects.get(kind="overview.point_number").state == Effect.State.DONE
    assert LedgerEntry.objects.filter(verb="numbers.pointed", actor_id=admin.pk).count() == 1
    page = browser.get(PAGE).content.decode()
    assert "under way" not in page
    assert "No number was chosen" in browser.post(PAGE, chosen, follow=True).content.decode()


def test_a_supervisor_looks_and_sets_nothing(office, okafor, asked):
    browser = office.browser(office.supervisor())
    assert "An administrator can set them." in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"number": [number(office, okafor).sid]}).status_code == 404
    assert not Effect.objects.filter(kind="overview.point_number").exists()


def test_the_page_without_the_carrier_says_so(office, okafor, admin, asked):
    office.carrier.control.chaos(refuse=2)
    browser = office.browser(admin)
    assert "The carrier could not be asked: 20429" in browser.get(PAGE).content.decode()
    answer = browser.post(PAGE, {"number": [number(office, okafor).sid]}, follow=True)
    assert "Nothing is set." in answer.content.decode()
