"""A mail made into the bytes that leave, and read back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages_app.mail.composing import (
    MOST_REFERENCES,
    Enclosure,
    Letter,
    answer_subject,
    bytes_of,
    bytes_of_copy,
    headers_of,
    is_address,
    message_id,
    quoted,
    recipients,
    references,
    signed,
    written_addresses,
)
from messages_app.mail.reading import read

AT = datetime(2026, 3, 2, 10, 5, tzinfo=UTC)


def letter(**facts):
    return Letter(
        **{
            "sender": "Okafor Legal <ngozi@okafor.example>",
            "to": ["dana@harlow.example"],
            "subject": "Re: Opening hours",
            "words": "We open at nine.\n",
            "message_id": message_id("answer:1", "okafor.example"),
            "at": AT,
        }
        | facts
    )


def test_what_was_written_is_what_is_read():
    made = letter(
        cc=["tunde@okafor.example"],
        bcc=["secret@okafor.example"],
        reply_to="Okafor Legal <ngozi@okafor.example>",
        in_reply_to="first@harlow.example",
        references=["zero@harlow.example", "first@harlow.example"],
        enclosures=[Enclosure("Preise für Müller.pdf", "application/pdf", b"%PDF-1.7\n\x00\xff")],
        words="Grüße, 山田さん\nFrom here on\n.\n",
    )
    raw = bytes_of(made)
    found = read(raw)
    assert found.sender.email == "ngozi@okafor.example"
    assert [each.email for each in found.to + found.cc] == ["dana@harlow.example", "tunde@okafor.example"]
    assert found.reply_to[0].email == "ngozi@okafor.example"
    assert (found.in_reply_to, found.references) == (
        ["first@harlow.example"],
        ["zero@harlow.example", "first@harlow.example"],
    )
    assert found.message_id.endswith("@okafor.example")
    assert found.at == AT
    assert found.text.strip() == made.words.strip()
    assert [(each.name, each.content) for each in found.attachments] == [
        ("Preise für Müller.pdf", b"%PDF-1.7\n\x00\xff")
    ]
    assert b"secret@okafor.example" not in raw
    assert recipients(made)[-1] == "secret@okafor.example"
    kept = read(bytes_of_copy(made))
    assert [each.email for each in kept.bcc] == ["secret@okafor.example"]
    assert bytes_of_copy(letter()) == bytes_of(letter())
    assert not found.trouble


def test_a_second_attempt_sends_the_very_same_bytes():
    made = letter(enclosures=[Enclosure("a.txt", "text/plain", b"x"), Enclosure("b.bin", "odd", b"y")])
    assert bytes_of(made) == bytes_of(made)


@settings(max_examples=50, deadline=None)
@given(
    subject=st.text(max_size=80),
    words=st.text(max_size=300),
    name=st.text(max_size=30),
)
def test_nothing_that_is_typed_begins_a_header_or_breaks_the_mail(subject, words, name):
    made = letter(subject=subject, words=words, enclosures=[Enclosure(name or "x", "text/plain", b"x")])
    try:
        raw = bytes_of(made)
    except UnicodeEncodeError:  # half a letter, which no form lets through
        assert any("\ud800" <= c <= "\udfff" for c in subject + words + name)
        return
    head = raw.split(b"\r\n\r\n")[0]
    names = {line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")}
    assert names <= {
        *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version"),
        *(b"Content-Type", b"Content-Transfer-Encoding"),
    }
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert all(byte < 128 for byte in raw)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("dana@harlow.example", True),
        ("dana@müller.example", True),
        ("d'ana+x@harlow.example", True),
        ("dana@harlow..example", False),
        ("dana@@harlow.example", False),
        ("dana@harlow.example\r\nBcc: x@y.example", False),
        ("dana harlow@x.example", False),
        ("@x.example", False),
        ("dana@", False),
        ("dana@-x.example", False),
        ("dána@x.example", False),
    ],
)
def test_what_is_no_address_is_written_to_by_nobody(address, good):
    assert is_address(address) is good
    if not good:
        with pytest.raises(ValueError):
            bytes_of(letter(bcc=[address]))


def test_a_domain_of_other_letters_goes_as_wires_carry_it():
    assert b"To: dana@xn--mller-kva.example" in bytes_of(letter(to=["dana@müller.example"]))


@pytest.mark.parametrize(
    ("typed", "good", "wrong"),
    [
        ("a@x.example, b@x.example", ["a@x.example", "b@x.example"], []),
        ("A@X.example;b@x.example\na@x.example", ["a@x.example", "b@x.example"], []),
        ('"Reyes, Dana" <dana@harlow.example>, x@y.example', ["dana@harlow.example", "x@y.example"], []),
        ("Dana Reyes <dana@harlow.example>", ["dana@harlow.example"], []),
        ("dana", [], ["dana"]),
        ("a@x.example, dana@", ["a@x.example"], ["dana@"]),
        (" , ;\n", [], []),
    ],
)
def test_addresses_are_read_as_people_type_them(typed, good, wrong):
    assert written_addresses(typed) == (good, wrong)


def test_a_chain_of_references_keeps_its_beginning_and_its_end():
    chain = [f"{n}@x" for n in range(30)]
    kept = references("parent@x", chain)
    assert len(kept) == MOST_REFERENCES
    assert (kept[0], kept[-1], kept[1]) == ("0@x", "parent@x", "12@x")
    assert references("a@x", ["a@x", "b@x", ""]) == ["a@x", "b@x"]
    assert references("", []) == []


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Hours", "Re: Hours"),
        ("RE: AW: Re[2]: Hours", "Re: Hours"),
        ("Rest of it", "Re: Rest of it"),
        ("", "Re:"),
        ("Fwd: Hours", "Re: Hours"),
    ],
)
def test_a_subject_is_answered_once(subject, answered):
    assert answer_subject(subject) == answered


def test_a_signature_is_put_below_once():
    once = signed("We open at nine.", "Ana Costa\np.p. Ngozi Okafor")
    assert once == "We open at nine.\n\n-- \nAna Costa\np.p. Ngozi Okafor\n"
    assert signed(once, "Ana Costa\np.p. Ngozi Okafor") == once
    assert signed("We open.", " ") == "We open.\n"
    assert quoted("One\n\nTwo", said="Dana wrote:") == "Dana wrote:\n> One\n>\n> Two\n"


def test_an_id_tells_nothing_of_its_key():
    made = message_id("answer:1", "Müller.example")
    assert made == message_id("answer:1", "Müller.example")
    assert made.endswith("@xn--mller-kva.example")
    assert "answer" not in made


def test_a_mail_without_an_id_gets_one_of_its_own_and_the_same_each_time():
    nameless = letter(message_id="", references=["", "first@harlow.example"])
    first = bytes_of(nameless)
    assert first == bytes_of(nameless)
    assert read(first).message_id.endswith("@okafor.example")
    assert read(first).references == ["first@harlow.example"]
    assert headers_of(nameless)["Message-ID"] == f"<{read(first).message_id}>"
    assert read(bytes_of(letter(message_id="", words="Other words"))).message_id != read(first).message_id
