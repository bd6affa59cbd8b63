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
        "4111\u20631111\u202a1111\u2066\u20691111",  # signs that join and turn, which nobody sees
        "4111 11\U000e0001\U000e007f11 1111 1111",  # split by tags
        "4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3 1111 1111 1111",  # digits as emoji
        "4111\u3164 1111\u034f 1111\u180e 1111",
        "4111−1111\u20281111\u00a01111",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "४१११ ११११ ११११ ११११",
        "𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏",
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


ONES = " one" * 15


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"It is four{ONES}, thank you", "It is [card number not kept, ends 1111], thank you"),
        (f"Four{ONES.upper()}.", "[card number not kept, ends 1111]."),
        (
            "four-one-one-one, one-one-one-one,\none-one-one-one. One one one one",
            "[card number not kept, ends 1111]",
        ),
        (
            "Four triple one, quadruple one, double one double one, treble one one please",
            "[card number not kept, ends 1111] please",
        ),
        ("forty-one eleven" + " eleven" * 6, "[card number not kept, ends 1111]"),
        ("four thousand", "four thousand"),
        ("4111 1111 1111 one one one one", "[card number not kept, ends 1111]"),
        ("4111, double 1 double 1, one one one one, 1111", "[card number not kept, ends 1111]"),
        (
            "thirty fifty-six ninety-three oh nine oh two five nine zero four",
            "[card number not kept, ends 5904]",
        ),
        (
            "three oh five six nine three nought nine o two five nine naught four",
            "[card number not kept, ends 5904]",
        ),
        (f"f\u200bour{ONES} expires twelve", "[card number not kept, ends 1111] expires twelve"),
        (
            f"The second one four{ONES} one two three",
            "The second one [card number not kept, ends 1111] one two three",
        ),
    ],
)
def test_a_card_number_that_is_said_is_not_kept(said, kept):
    assert redact(said)[0] == kept


def test_a_telephone_number_hides_no_card_number_that_is_said_after_it():
    assert redact(f"+44 20 7946 0018 four{ONES}")[0] == "+44 20 7946 0018 [card number not kept, ends 1111]"


@pytest.mark.parametrize(
    "text",
    [
        "One two three, and four of the five came at six or seven; eight, nine, ten.",
        "Ring oh seven seven double oh, nine hundred, one two three.",
        "Ring oh seven seven double oh nine double oh one two three after three",
        "plus four four seven seven zero zero nine double zero one two three",
        "double oh four nine one five one two three four five six seven eight nine",
        "plus three eight, one three seven, nine eight six, four two seven, nine eight three",  # a telephone
        "+38 1379 864 27983 one two",
        f"four{ONES[:-4]} two",  # the check digit is wrong
        f"fourscore{ONES}",
        f"nine{ONES}",  # nobody issues these
        "serial number 356938035643809, one set",  # with the word it would be a card
        "Twenty-one guests, thirty-two covers, table eleven, at ten to nine on the twenty-first",
        "D E eight nine, three seven zero four, zero zero four four, zero five three two, zero one three oh",
    ],
)
def test_other_numbers_that_are_said_stay(text):
    assert redact(text) == (text, 0)


WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
INVISIBLE = "\u200b\u2060\u2063\u202a\u202e\u2069\ufe0f\u00ad\u034f\U000e0001\U000e0041"


@given(
    st.sampled_from([VISA, "5555555555554444", "378282246310005", "3530111333300000"]),
    st.sampled_from([" ", ", ", "-", "\n", ". "]),
    st.data(),
)
def test_a_card_number_is_not_kept_however_its_digits_are_said(card, apart, data):
    said = [data.draw(st.sampled_from([digit, WORDS[int(digit)]])) for digit in card]
    kept, found = redact(f"Please charge {apart.join(said)}, thank you")
    assert (kept, found) == (f"Please charge [card number not kept, ends {card[-4:]}], thank you", 1)


@given(st.lists(st.text(alphabet=INVISIBLE, max_size=3), min_size=15, max_size=15))
def test_what_nobody_sees_hides_no_card_number(between):
    kept, found = redact(VISA[0] + "".join(map("".join, zip(between, VISA[1:], strict=True))))
    assert (kept, found) == ("[card number not kept, ends 1111]", 1)


@given(st.lists(st.sampled_from([*WORDS, "double", "oh", "ten", "twenty", "and", "at"]), max_size=6))
def test_ordinary_number_words_stay(words):
    said = " ".join(words)
    assert redact(said) == (said, 0)


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
