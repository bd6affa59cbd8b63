"""Whose name stands on a mail that is written for a client."""

import pytest

from messages_app.mail.addressing import (
    OWN,
    VERIFIED,
    VIA_FIRM,
    Writer,
    aligned,
    answered_to,
    domain_of,
    everybody_once,
    heading,
)


def writer(mode, stands=None, **facts):
    return Writer(
        mode,
        **{
            "address": "ngozi@okafor.example",
            "name": "Okafor Legal",
            "firm": "Ana & Co",
            "firm_address": "office@firm.example",
            "stands": stands,
        }
        | facts,
    )


@pytest.mark.parametrize(
    ("mode", "stands", "sender", "reply_to", "domain", "because"),
    [
        (OWN, None, "Okafor Legal <ngozi@okafor.example>", "", "okafor.example", "own"),
        (VERIFIED, True, "Okafor Legal <ngozi@okafor.example>", "", "okafor.example", "verified"),
        (
            *(VERIFIED, False, "Okafor Legal via Ana & Co <office@firm.example>"),
            *("Okafor Legal <ngozi@okafor.example>", "firm.example", "records_gone"),
        ),
        (
            *(VERIFIED, None, "Okafor Legal via Ana & Co <office@firm.example>"),
            *("Okafor Legal <ngozi@okafor.example>", "firm.example", "not_checked"),
        ),
        (
            *(VIA_FIRM, True, "Okafor Legal via Ana & Co <office@firm.example>"),
            *("Okafor Legal <ngozi@okafor.example>", "firm.example", "via_firm"),
        ),
    ],
)
def test_the_client_is_named_as_author_only_where_her_domain_answers_for_it(
    mode, stands, sender, reply_to, domain, because
):
    made = heading(writer(mode, stands))
    assert (made.sender, made.reply_to, made.domain, made.because) == (sender, reply_to, domain, because)
    assert made.by_us == (mode != OWN)
    assert made.envelope == ("ngozi@okafor.example" if mode == OWN else "office@firm.example")


def test_a_name_cannot_begin_another_header():
    made = heading(writer(OWN, name="Okafor\r\nBcc: all@example.org <x@y>"))
    assert "\n" not in made.sender
    assert made.sender.endswith("<ngozi@okafor.example>")
    assert made.sender.count("<") == 1


@pytest.mark.parametrize(
    ("author", "proven", "is_it"),
    [
        ("okafor.example", "okafor.example", True),
        ("okafor.example", "mail.okafor.example", True),
        ("mail.okafor.example", "okafor.example", True),
        ("Okafor.Example", "okafor.example.", True),
        ("okafor.example", "notokafor.example", False),
        ("okafor.co.uk", "co.uk", False),
        ("okafor.uk", "uk", False),
        ("a.okafor.co.uk", "okafor.co.uk", True),
        ("okafor.example", "", False),
        ("", "okafor.example", False),
        ("okafor.example", "okafor.example.evil.example", False),
    ],
)
def test_a_proven_domain_stands_for_itself_and_what_is_below_it(author, proven, is_it):
    assert aligned(author, proven) is is_it


def test_an_answer_goes_where_the_author_wants_it_and_never_back_to_the_client():
    facts = {"author": "dana@harlow.example", "reply_to": [], "ours": ["ngozi@okafor.example"]}
    facts |= {
        "to": ["Ngozi@okafor.example", "tunde@okafor.example"],
        "cc": ["DANA@harlow.example", "legal@x.example"],
    }
    assert answered_to(**facts, everybody=False) == (["dana@harlow.example"], [])
    assert answered_to(**facts, everybody=True) == (
        ["dana@harlow.example"],
        ["tunde@okafor.example", "legal@x.example"],
    )
    facts |= {"reply_to": ["desk@harlow.example"]}
    assert answered_to(**facts, everybody=False) == (["desk@harlow.example"], [])


def test_where_she_wrote_last_it_goes_on_to_whom_she_wrote():
    to, cc = answered_to(
        author="ngozi@okafor.example",
        reply_to=[],
        to=["dana@harlow.example"],
        cc=[],
        ours=["ngozi@okafor.example"],
        everybody=False,
    )
    assert (to, cc) == (["dana@harlow.example"], [])


def test_each_address_stands_once():
    assert everybody_once(["A@x", "b@x"], ["a@x ", "c@x"], ["c@x"]) == [["a@x", "b@x"], ["c@x"], []]
    assert domain_of("Dana@Harlow.Example") == "harlow.example"
    assert domain_of("nothing") == "nothing"
