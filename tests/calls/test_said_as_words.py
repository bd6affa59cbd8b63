"""What somebody is called or has written is spoken as words: it begins no verb, and breaks no document.

A document that cannot be read ends the call: the carrier says that an error has occurred, and hangs up.
"""

import pytest

from clients.models import Client, ContactAddress, Line
from messages_app import taking
from secretariat import clock
from secretariat.local.carrier import Party

from .rooms import heard, the_call
from .throughs import phone

ELSEWHERE = "+449098790000"
VERBS = f'</Say><Dial>{ELSEWHERE}</Dial><Redirect>/x</Redirect> & "Sons" ]]> <!-- <break time="9s"/> &#60;b>'
UNSPEAKABLE = "\x01\x08\x0b\x0c\x0e\x1b\x1f\x7f\x9f\ufffe\uffff\u2028"  # some of it no XML can hold
SAID = f"Okafor {VERBS}{UNSPEAKABLE} and so on"


def spoken_whole(words: str) -> bool:
    return VERBS in words and "and so on" in words


def nobody_else_was_rung(office) -> bool:
    return office.carrier.control.legs_of(ELSEWHERE) == []


def rung_by_and_by(office, number):
    """The line on which her mobile rings, some minutes after the text that nobody has answered."""
    for _some_seconds in range(120):
        office.passes(5)
        if (leg := phone(office, number)) and leg.status == "ringing":
            return leg
    raise AssertionError("nobody rang her")


def test_a_greeting(office, okafor, priya):
    Line.objects.update(greeting=SAID)
    leg = office.rings(okafor)
    office.passes(25)
    assert spoken_whole(heard(leg))
    assert leg.status == "in-progress"
    assert nobody_else_was_rung(office)


def test_a_clients_name_and_what_is_said_before_a_voicemail(office, okafor):
    Client.objects.filter(pk=okafor.row.pk).update(name=SAID[:120])
    Line.objects.update(voicemail_greeting=SAID, recording_notice=SAID)
    leg = office.rings(okafor)
    office.passes(70)
    assert "Okafor </Say>" in heard(leg)
    assert spoken_whole(heard(leg))
    assert leg.status == "in-progress"
    assert nobody_else_was_rung(office)


def test_what_a_caller_said_is_read_to_the_client(office, okafor, priya):
    """Who rings calls herself so, and says so; the client is rung, for it is urgent."""
    number = ContactAddress.objects.get(contact=okafor.owner, kind="mobile").value
    office.carrier.add_party(number, Party())
    office.rings(okafor)
    office.answers(priya)
    said = {"caller_name": SAID[:120], "caller_firm": SAID[:120], "text": SAID, "call_back_on": ""}
    facts = {"contact": okafor.owner, "urgency": 3, "by": priya.user, "at": clock.now(), "answers": []}
    taking.take_message(call=the_call(), **said, **facts)
    leg = rung_by_and_by(office, number)
    office.carrier.control.answer(leg)
    office.settle()
    office.carrier.control.press(leg, "1")
    office.settle()
    assert spoken_whole(heard(leg))
    assert leg.status == "in-progress"
    office.carrier.control.press(leg, "1")
    office.settle()
    assert the_call().messages.get().acknowledged_how == "call"
    assert nobody_else_was_rung(office)


@pytest.mark.parametrize("way", ["whisper", "announcement"])
def test_a_clients_name_whispered_to_whoever_answers(office, okafor, way):
    """At a secretary's own telephone the client's name is all that is said before a key is pressed."""
    Client.objects.filter(pk=okafor.row.pk).update(name=SAID[:120])
    maya = office.secretary("Maya", okafor, line="phone")
    office.rings(okafor)
    leg = office.phone_of(maya)
    office.carrier.control.answer(leg)
    office.settle()
    if way == "announcement":
        office.carrier.control.press(leg, "1")
        office.settle()
        assert the_call().secretary == maya
    assert "Okafor </Say>" in heard(leg)
    assert nobody_else_was_rung(office)
