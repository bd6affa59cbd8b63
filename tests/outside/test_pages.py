"""The pages without a script: forms, redirects, and nothing that a page must not carry."""

import re
import urllib.error
import urllib.request
from email.message import Message
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from .conftest import CALLER, HOME, LINE, MOBILE
from .test_mail import letter, send

GREETING = "<Say>Good afternoon, Okafor Legal.</Say><Pause length='60'/>"


class Shown(NamedTuple):
    address: str
    html: str
    headers: Message


def page(outside, path="/", **form):
    """GET, or POST where there is a form; follows the redirect as a browser does."""
    body = urlencode(form).encode() if form else None
    with urllib.request.urlopen(urllib.request.Request(outside.url + path, data=body)) as answer:
        return Shown(answer.url.removeprefix(outside.url), answer.read().decode(), answer.headers)


def test_a_person_without_a_script_rings_hears_speaks_and_hangs_up(outside, office):
    office.answer("/twilio/voice/", GREETING)
    rung = page(outside, "/ring/", caller=CALLER, to=LINE, back="mobile=%2B447700900555")
    sid = re.fullmatch(r"/\?mobile=%2B447700900555&caller=(CA[0-9a-f]{32})", rung.address)[1]
    office.next("/twilio/voice/")
    outside.advance(3)
    assert "Good afternoon, Okafor Legal." in page(outside, rung.address).html
    back = f"caller={sid}"
    assert "Is Ngozi in?" in page(outside, f"/calls/{sid}/say/", words="Is Ngozi in?", back=back).html
    assert "Call ended" in page(outside, f"/calls/{sid}/hang-up/", back=back).html


def test_a_home_phone_rings_and_a_key_takes_the_call(outside, office):
    office.answer("/screen/", '<Gather numDigits="1" action="/take/"><Say>Press 1.</Say></Gather>')
    office.answer("/twilio/voice/", f"<Dial><Number url='/screen/'>{HOME}</Number></Dial>")
    outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(1)
    sid = outside.call_to(HOME).sid
    assert f"/calls/{sid}/answer/" in page(outside).html
    page(outside, f"/calls/{sid}/answer/", back="")
    office.next("/screen/")
    page(outside, f"/calls/{sid}/press/", digits="1", back="")
    assert office.next("/take/").fields["Digits"] == "1"


def test_a_text_is_answered_from_the_mobile(outside, office):
    page(outside, "/texts/", sender=MOBILE, to=LINE, body="OK", back="")
    asked = office.next("/twilio/sms/")
    assert (asked.fields["From"], asked.fields["Body"]) == (MOBILE, "OK")


def test_a_number_nobody_has_is_told_in_words(outside):
    shown = page(outside, "/ring/", caller=CALLER, to="+15005550009", back="")
    assert "No client has the number +15005550009." in shown.html


def test_without_a_script_a_button_rings_the_asked_number(outside):
    assert "Ring Okafor Legal</button>" in page(outside, f"/?{urlencode({'ring': LINE})}").html
    assert outside.state()["calls"] == []


def test_mail_is_words_and_its_markup_is_never_run(process, outside):
    send(process, letter(text="<script>alert(1)</script> https://desk.example/m/1"))
    number = outside.mail()[0]["number"]
    shown = page(outside, f"/?mailbox=ngozi@okafor.example&mail={number}").html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert 'href="https://desk.example/m/1"' in shown


def test_no_page_carries_a_script_or_a_style_of_its_own(outside):
    shown = page(outside)
    assert re.findall(r"<script(?! src=)|<style|\sstyle=|\son\w+=", shown.html) == []
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e%2fserver.py", "/static/none.css"])
def test_only_style_sheets_and_scripts_are_served(outside, path):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        page(outside, path)
    assert refusal.value.code == 404
    refusal.value.close()


def test_a_recording_can_be_heard(outside, office):
    office.answer("/twilio/voice/", '<Record action="/said/" maxLength="30" playBeep="false"/>')
    call = outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(4)
    call.hang_up()
    recording = office.next("/said/").fields["RecordingUrl"].rpartition("/")[2]
    outside.advance(5)
    with urllib.request.urlopen(f"{outside.url}/media/{recording}.wav") as answer:
        assert answer.headers["Content-Type"] in ("audio/wav", "audio/x-wav")
        assert answer.read(4) == b"RIFF"
