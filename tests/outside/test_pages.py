"""The pages without a script: forms, redirects, and nothing that a page must not carry."""

import json
import re
import urllib.error
import urllib.request
from email import message_from_string
from email.message import Message
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from aiohttp import encode_basic_auth

from .conftest import CALLER, HOME, LINE, MOBILE, OWN_NUMBER
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
    outside.advance(1)  # the office's answer is on its way when it has been asked: she hears the words first
    assert outside.call_to(HOME).awaits_key
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


def test_several_callers_each_have_a_phone_until_it_is_put_away(outside, office):
    office.answer("/twilio/voice/", GREETING)
    first = page(outside, "/ring/", caller=CALLER, to=LINE, back="")
    second = page(outside, "/ring/", caller="+447700900124", to=LINE, back="")
    assert page(outside, "/").html.count('id="caller-screen-') == 2
    assert "Another caller" in second.html
    assert 'id="caller-new"' in page(outside, "/?caller=new").html
    sid = first.address.rpartition("=")[2]
    page(outside, f"/calls/{sid}/hang-up/", back="")
    shown = page(outside, f"/calls/{sid}/put-away/", back="").html
    assert (f'id="caller-{sid}"' in shown, shown.count('id="caller-screen-')) == (False, 1)


def test_a_client_s_own_number_is_forwarded_to_us(outside, office):
    shown = page(outside).html
    assert "Okafor Legal’s own number +44 20 7946 0199, forwarded" in shown
    page(outside, "/ring/", caller=CALLER, to=OWN_NUMBER, back="")
    asked = office.next("/twilio/voice/")
    assert (asked.fields["To"], asked.fields["ForwardedFrom"]) == (LINE, OWN_NUMBER)


def test_a_mobile_is_given_a_mailbox_and_sent_to_one_of_our_lines(outside, office):
    shown = page(outside, "/telephones/", number=MOBILE, answer="voicemail", after="5", back="").html
    assert "A mailbox answers after 5 s" in shown
    office.answer("/twilio/voice/", f"<Dial><Number>{MOBILE}</Number></Dial>")
    call = outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(10)
    assert call.heard()[-1] == "the tone"
    assert "The mailbox has answered" in page(outside).html
    shown = page(outside, "/telephones/", number=MOBILE, answer="forwards", forwards_to=LINE, back="").html
    assert "Forwarded to Okafor Legal" in shown
    assert "Ngozi Okafor’s mobile, forwarded" in page(outside, "/?caller=new").html
    assert "does not know how to" in page(outside, "/telephones/", number=MOBILE, answer="x", back="").html


def test_who_is_on_the_line_and_who_of_them_is_silent_is_shown(outside, office):
    office.answer("/twilio/voice/", f"<Dial><Number>{MOBILE}</Number></Dial>")
    call = outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(1)
    mobile = outside.telephone(MOBILE)
    mobile.answers()
    assert "On the line: Ngozi Okafor" in page(outside).html
    page(outside, f"/calls/{mobile.call.sid}/mute/", on="1", back="")
    mobile.says("Nobody hears this")
    assert "On the line: Ngozi Okafor (muted, silent)" in page(outside).html
    assert "Nobody hears this" not in call.heard()


def test_a_mail_is_answered_from_the_mailbox(process, outside, office):
    send(process, letter())
    mail = outside.mail()[0]
    office.answer("/anymail/postmark/inbound/", 200)
    page(
        outside,
        "/mail/",
        sender="ngozi@okafor.example",
        to=mail["answer_to"],
        subject=f"Re: {mail['subject']}",
        in_reply_to="<question-7@office.example>",
        text="Ring them back at four.",
        back="",
    )
    asked = office.next("/anymail/postmark/inbound/")
    assert asked.headers["Authorization"] == encode_basic_auth("outside", "secret")
    told = json.loads(asked.body)
    assert (told["From"], told["To"]) == ("ngozi@okafor.example", mail["answer_to"])
    raw = message_from_string(told["RawEmail"])
    assert raw["In-Reply-To"] == "<question-7@office.example>"
    assert "Ring them back at four." in raw.get_payload()
    assert "Mail from ngozi@okafor.example" in page(outside).html


@pytest.mark.parametrize(
    ("to", "status", "said"), [("nobody", 200, "needs the address"), ("a@b.example", 403, "answered 403")]
)
def test_a_mail_the_office_does_not_take_says_so(outside, office, to, status, said):
    office.answer("/anymail/postmark/inbound/", status)
    shown = page(outside, "/mail/", sender="x@y.example", to=to, subject="", text="Hello", back="").html
    assert said in shown
