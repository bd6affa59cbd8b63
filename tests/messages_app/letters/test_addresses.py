"""An address is written as the country it goes to wants it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages_app.letters.addresses import (
    Address,
    block,
    countries,
    country_name,
    in_one_line,
    missing,
    postcode_looks_wrong,
)

HARLOW = Address("Mr John Harlow", "Harlow & Sons", "12 Mill Lane\nEast Wing", "Bath", "BA1 2QH", "", "GB")
VOGEL = Address("Frau Petra Vogel", "Vogel GmbH", "Kölner Straße 1", "Köln", "50667", "", "DE")
REYES = Address("Dana Reyes", "", "410 Main Street\nApt 4", "Austin", "78701", "TX", "US")
TANAKA = Address("田中太郎 様", "", "丸の内1-1", "千代田区", "100-0005", "東京都", "JP")


@pytest.mark.parametrize(
    ("address", "home", "lines"),
    [
        (HARLOW, "GB", ["Mr John Harlow", "Harlow & Sons", "12 Mill Lane", "East Wing", "BATH", "BA1 2QH"]),
        (
            HARLOW,
            "DE",
            [
                "Mr John Harlow",
                "Harlow & Sons",
                "12 Mill Lane",
                "East Wing",
                "BATH",
                "BA1 2QH",
                "UNITED KINGDOM",
            ],
        ),
        (VOGEL, "DE", ["Vogel GmbH", "Frau Petra Vogel", "Kölner Straße 1", "50667 Köln"]),
        (VOGEL, "GB", ["Vogel GmbH", "Frau Petra Vogel", "Kölner Straße 1", "50667 KÖLN", "GERMANY"]),
        (REYES, "US", ["Dana Reyes", "410 Main Street", "Apt 4", "Austin, TX 78701"]),
        (REYES, "GB", ["Dana Reyes", "410 Main Street", "Apt 4", "AUSTIN, TX 78701", "UNITED STATES"]),
        (TANAKA, "JP", ["〒100-0005", "東京都", "千代田区", "丸の内1-1", "田中太郎 様"]),
        (Address("X", "", "1 Road", "", "", "", "QQ"), "GB", ["X", "1 Road", "QQ"]),
        (Address("Owner", "", "1 Lane", "Lagos", "", "", "NG"), "NG", ["Owner", "1 Lane", "Lagos"]),
    ],
)
def test_the_lines_of_an_address(address, home, lines):
    assert block(address, home=home) == lines


@pytest.mark.parametrize(
    ("address", "lacks"),
    [
        (HARLOW, []),
        (Address(country="GB"), ["name", "street", "city", "postcode"]),
        (Address(firm="Vogel GmbH", street="Am Markt 1", city="Köln", country="DE"), ["postcode"]),
        (Address(name="X", street="1 Lane", city="Lagos", country="NG"), []),
        (replace(REYES, region=""), ["region"]),
        (REYES, []),
        (Address(name="X"), ["street", "city", "country"]),
    ],
)
def test_what_an_address_lacks(address, lacks):
    assert missing(address) == lacks


@pytest.mark.parametrize(
    ("country", "code", "wrong"),
    [("GB", "ba1 2qh", False), ("GB", "12345", True), ("DE", "1", True), ("US", "", False)],
)
def test_a_postcode_that_is_no_such_countrys(country, code, wrong):
    assert postcode_looks_wrong(Address(postcode=code, country=country)) is wrong


def test_countries_have_names():
    assert ("DE", "Germany") in countries()
    assert ("BA", "Bosnia and Herzegovina") in countries()
    assert country_name("FR") == "FRANCE"


def test_an_address_in_one_line():
    assert in_one_line(VOGEL, home="DE") == "Vogel GmbH · Frau Petra Vogel · Kölner Straße 1 · 50667 Köln"


WORDS = st.text("aÉ1田د ,-\n\r\x00\u202e\u200f\u00ad", max_size=40)


@given(
    st.builds(
        Address, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, st.sampled_from(["", "DE", "GB", "JP", "QQ"])
    )
)
def test_no_line_is_empty_or_hides_a_sign_that_turns_it_around(address):
    for line in block(address, home="GB"):
        assert line == " ".join(line.split())
        assert line
        assert not {"\u202e", "\u200f", "\x00", "\n"} & set(line)
