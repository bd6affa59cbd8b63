"""An invitation in the mailbox of the world outside: its buttons send what a calendar program sends."""

import json
import re
from email import message_from_string, policy

import pytest
from icalendar import Calendar

from .test_mail import letter, send
from .test_pages import page

INVITATION = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:m1@desk", "SEQUENCE:2"),
        *("DTSTAMP:20260301T090000Z", "DTSTART:20260304T100000Z", "DTEND:20260304T103000Z", "SUMMARY:Harlow"),
        "ORGANIZER:mailto:ngozi@okafor.example",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:clerk@harlow.example",
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
)


@pytest.mark.parametrize(("button", "says"), [("Accept", "ACCEPTED"), ("Decline", "DECLINED")])
def test_a_button_pressed_is_a_reply(process, outside, office, button, says):
    mail = letter(to="clerk@harlow.example")
    mail["Reply-To"] = "secretariat@desk.example"
    mail.add_alternative(INVITATION, subtype="calendar", params={"method": "REQUEST"})
    send(process, mail)
    number = outside.mail()[0]["number"]
    shown = page(outside, f"/?mailbox=clerk%40harlow.example&mail={number}").html
    form = re.search(r'<form[^>]+action="/mail/answer/">(.*?)</form>', shown, re.DOTALL)[1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    pressed = re.search(rf'name="(\w+)" value="(\w+)">{button}<', form)
    office.answer("/anymail/postmark/inbound/", 200)
    page(outside, "/mail/answer/", **fields, **{pressed[1]: pressed[2]})
    told = json.loads(office.next("/anymail/postmark/inbound/").body)
    assert (told["From"], told["To"]) == ("clerk@harlow.example", "secretariat@desk.example")
    parts = message_from_string(told["RawEmail"], policy=policy.default).walk()
    part = next(each for each in parts if each.get_content_type() == "text/calendar")
    whole = Calendar.from_ical(part.get_content())
    [event] = whole.walk("VEVENT")
    assert (part.get_param("method"), str(whole["METHOD"])) == ("REPLY", "REPLY")
    assert (str(event["UID"]), event["SEQUENCE"]) == ("m1@desk", 2)
    assert event["ATTENDEE"].params["PARTSTAT"] == says
    assert str(event["ATTENDEE"]) == "mailto:clerk@harlow.example"


def test_a_client_is_invited_from_a_mailbox(outside, office):
    shown = page(outside, "/?mailbox=clerk%40harlow.example").html
    form = re.search(r'<form[^>]+action="/mail/invite/">(.*?)</form>', shown, re.DOTALL)[1]
    assert '<option value="ngozi@okafor.example">Ngozi Okafor</option>' in form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    office.answer("/anymail/postmark/inbound/", 200)
    typed = {"guest": "ngozi@okafor.example", "about": "The lease", "starts": "2026-06-04T10:00"}
    page(outside, "/mail/invite/", **fields, **typed)
    told = json.loads(office.next("/anymail/postmark/inbound/").body)
    assert (told["From"], told["To"]) == ("clerk@harlow.example", "ngozi@okafor.example")
    parts = message_from_string(told["RawEmail"], policy=policy.default).walk()
    part = next(each for each in parts if each.get_content_type() == "text/calendar")
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert part.get_param("method") == "REQUEST"
    assert (str(event["SUMMARY"]), f"{event['DTSTART'].dt:%H:%M %Z}") == ("The lease", "09:00 UTC")
    assert str(event["ORGANIZER"]) == "mailto:clerk@harlow.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
