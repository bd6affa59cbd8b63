import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.card_numbers import redact

VISA = "4111111111111111"


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111\n1111\n1111\n1111",
        "4111 \u200b1111 1111 1111",
        "４１１１ １１１１ １１１１ １１１１",
        "her card is 4111 1111 1111 1111, expires 12/29",
        "5555 5555 5555 4444",
        "2223 0031 2200 3222",
        "3782 822463 10005",
        "6011 1111 1111 1117",
        "3056 9309 0259 04",
        "3530 1113 3330 0000",
    ],
)
def test_a_card_number_is_not_kept(text):
    kept, found = redact(text)
    assert found == 1
    assert "not kept" in kept
    assert sum(character.isdigit() for character in kept) <= 4 + sum(c.isdigit() for c in "12/29")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Call back on +44 7700 900123 after 15:30",
        "+49 1512 3456789",
        "4915123456789",  # thirteen digits: a German mobile number without its plus
        "Order 4111 1111 1111 1112",  # the check digit is wrong
        "IBAN DE89 3704 0044 0532 0130 00",
        "9999 9999 9999 9995",  # nobody issues these
        "Matter 2026/11/04/0017, clause 9",
    ],
)
def test_other_numbers_stay(text):
    assert redact(text) == (text, 0)


def test_what_stands_around_the_number_stays():
    kept, found = redact("Pay with 4111 1111 1111 1111 or 5555555555554444 please")
    assert kept == "Pay with [card number not kept, ends 1111] or [card number not kept, ends 4444] please"
    assert found == 2


@given(st.text(max_size=200), st.text(max_size=50))
def test_a_card_number_between_any_words_never_survives(before, after):
    kept, _ = redact(f"{before} :{VISA}: {after}")
    assert VISA not in kept


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "No", "Cs"]), max_size=300))
def test_text_without_digits_is_left_alone(text):
    assert redact(text) == (text, 0)
