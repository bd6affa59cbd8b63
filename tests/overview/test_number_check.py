"""What is wrong with a number at the carrier, in words; pure."""

import pytest

from secretariat.channels.numbers import Owned
from secretariat.overview.number_check import MISSING, RIGHT, STRANGE, WRONG, OurLine, checked

HOST = "https://desk.example.com"
WANTED = {
    "voice_url": f"{HOST}/twilio/voice/#rc=1&rp=ct,rt,5xx",
    "voice_fallback_url": f"{HOST}/twilio/voice/fallback/#rc=1",
    "status_callback": f"{HOST}/twilio/call-status/#rc=3",
    "sms_url": f"{HOST}/twilio/sms/#rc=3",
}
LINE = OurLine("+442079460101", "Okafor Legal")
TEXTS = OurLine("+442079460999", "")


def owned(number=LINE.number, *, addresses=None, **facts) -> Owned:
    return Owned(f"PN{number}", number, "", WANTED | (addresses or {}), **facts)


def only(owned_number, line=LINE, **options):
    [row] = checked([owned_number], [line] if line else [], WANTED, **options)
    return row


def test_a_number_that_rings_us_needs_nothing():
    row = only(owned())
    assert (row.state, row.faults, row.to_set) == (RIGHT, (), ())


@pytest.mark.parametrize(
    ("name", "found", "said"),
    [
        ("voice_url", "", "No address is set."),
        (
            "voice_url",
            "https://demo.twilio.com/welcome/voice/",
            "It points at another host, demo.twilio.com.",
        ),
        ("voice_url", "http://desk.example.com/twilio/voice/", "It is asked without encryption."),
        ("voice_url", f"{HOST}/twilio/voice", "The last slash is missing"),
        ("voice_url", f"{HOST}/twilio/call-status/", "It points at /twilio/call-status/."),
        ("voice_url", f"{HOST}/twilio/voice/", "The carrier is not told when to ask again."),
        ("sms_url", f"{HOST}/twilio/sms/?old=1", "It points at /twilio/sms/."),
        ("status_callback", "desk", "It points at another host, desk."),
        ("voice_fallback_url", "http://elsewhere.example/x", "elsewhere and not encrypted"),
    ],
)
def test_one_wrong_address_is_named_and_set(name, found, said):
    row = only(owned(addresses={name: found}))
    assert row.state == WRONG
    [fault] = row.faults
    assert fault.address == name
    assert said in fault.what
    assert row.to_set == ((name, WANTED[name]),)


def test_the_order_of_the_overrides_does_not_matter():
    assert only(owned(addresses={"voice_url": f"{HOST}/twilio/voice/#rp=ct,rt,5xx&rc=1"})).state == RIGHT


def test_a_fallback_hosted_elsewhere_is_left_alone_until_another_is_given():
    elsewhere = owned(addresses={"voice_fallback_url": "https://handler.twilio.com/twiml/EH1"})
    assert only(elsewhere).state == RIGHT
    assert [name for name, _address in only(elsewhere, fallback_given=True).to_set] == ["voice_fallback_url"]


def test_what_wins_over_the_addresses_is_named():
    row = only(owned(application="AP1", text_application="AP2"))
    assert [fault.address for fault in row.faults] == ["voice_url", "sms_url"]
    assert {name for name, _address in row.to_set} == set(WANTED)
    trunk = only(owned(trunk="TK1"))
    assert (trunk.state, trunk.can_be_mended, trunk.to_set) == (WRONG, False, ())


def test_an_address_asked_by_get_is_set_again():
    assert only(owned(gets=frozenset({"voice_url"}))).to_set == (("voice_url", WANTED["voice_url"]),)


def test_of_the_number_texts_are_sent_from_only_the_texts_matter():
    theirs = owned(TEXTS.number, addresses=dict.fromkeys(WANTED, ""))
    assert [name for name, _address in only(theirs, TEXTS).to_set] == ["sms_url"]


def test_numbers_that_need_a_person_come_first():
    rows = checked(
        [owned(), owned("+442079460102", addresses={"voice_url": ""}), owned("+442079460103")],
        [LINE, OurLine("+442079460102", "Brill Dental"), OurLine("+442079460104", "Lopes Bakery")],
        WANTED,
    )
    assert [(row.number[-1], row.state) for row in rows] == [
        ("3", STRANGE),
        ("4", MISSING),
        ("2", WRONG),
        ("1", RIGHT),
    ]
    assert [row.to_set for row in rows[:2]] == [(), ()]
