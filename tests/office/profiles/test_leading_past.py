"""What is written to the other side, or for everybody: no way past the firm, and every day, hour and sum."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from secretariat.office.profiles import leading_past

PLACES = ("GB", "US", "DE", "FR", "PT", "ES", "IT", "NL", "PL", "DK")


@pytest.mark.parametrize(
    "words",
    [
        *(
            "due 1.12.2026",
            "2026-12-01",
            "by 12/18/2026",
            "01. 12. 2026",
            "2015-2023",
            "2010–2015, 2016–2020",
        ),
        *("08.00-17.00", "on 1.12.2026, 08.00-17.00", "2026-12-01 08:00 – 2026-12-02 17:00", "9:00 to 17:30"),
        *(
            "1 000 000",
            "1.000.000 people",
            "120 000 000 EUR",
            "€ 912 345 678",
            "GBP 1,234,567.89",
            "£7700900123",
        ),
        *("Invoice 2026-0045", "Invoice 20260045", "ISBN 978-3-16-148410-0", "chapters 1.2.3.4.5.6.7"),
        *("Node.js", "e.g. this, i.e. that", "brief.docx and notes.pdf", "readme.md", "ASP.NET", "z.B. so"),
        *("It is done.It works", "Ph.D., B.Sc. and LL.M.", "p.m.", "Nothing stands here.Is it so?", ""),
        "Since 2009 I have answered for 12 firms",
    ],
)
def test_days_hours_years_and_sums_are_let_through(words):
    """For a firm in London; and but for bare digits for one whose clients are everywhere."""
    assert leading_past.first(words, ["GB"]) == ""
    if not words.startswith("Invoice"):  # eight digits could be somebody's in Copenhagen
        assert leading_past.first(words, PLACES) == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ring me on +44 20 7946 0000", "+44 20 7946 0000"),
        ("+44 (0)20 7946 0000, after ten", "+44 (0)20 7946 0000"),
        ("0044 20 7946 0000", "0044 20 7946 0000"),
        ("00351 912 345 678", "00351 912 345 678"),
        ("+351912345678", "+351912345678"),
        ("020-7946-0000", "020-7946-0000"),
        ("12.345.01.00", "12.345.01.00"),  # a time and a day without anything between is neither
        ("on 1.12.2026, 020 7946 0958", "020 7946 0958"),
        ("(020) 7946 0958", "(020) 7946 0958"),
        ("0 2 0 7 9 4 6 0 9 5 8", "0 2 0 7 9 4 6 0 9 5 8"),
        ("priya@example.com", "priya@example.com"),
        ("See www.priya.example", "www.priya.example"),
        ("https://priya.example/cv", "https://priya.example/cv"),
        ("linkedin.com/in/jane", "linkedin.com/in/jane"),
        ("write to jane.example.com.", "jane.example.com"),
        ("JANE.EXAMPLE.COM", "JANE.EXAMPLE.COM"),
        ("(bäcker-müller.de)", "bäcker-müller.de"),
        ("Brief.docx is at jane.co.uk/brief.docx", "jane.co.uk/brief.docx"),
    ],
)
def test_what_leads_past_the_firm_is_found(words, found):
    assert leading_past.first(words, ["GB", "PL"]) == found


@st.composite
def numbers(draw):
    """A number that somebody could have, and where: its last digits are anybody's."""
    place = draw(st.sampled_from(PLACES))
    kind = draw(st.sampled_from([PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE]))
    example = phonenumbers.example_number_for_type(place, kind)
    national = phonenumbers.national_significant_number(example)
    ends = draw(st.integers(min_value=0, max_value=9999))
    drawn = phonenumbers.parse(f"+{example.country_code}{national[:-4]}{ends:04}")
    return place, drawn if phonenumbers.is_valid_number_for_region(drawn, place) else example


PRINTED = [
    lambda text: text,
    lambda text: text.replace("-", " ").replace(".", " "),
    lambda text: text.replace(" ", ".").replace("-", "."),
    lambda text: text.replace(" ", "-"),
    lambda text: "".join(each for each in text if each.isdigit() or each == "+"),
]


@given(
    numbers(), st.sampled_from(PRINTED), st.sampled_from(["{}", "Ring me on {}, please", "By 1.12.2026: {}."])
)
def test_every_number_is_found_however_it_is_printed(number, printed, sentence):
    place, it = number
    for form in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164):
        words = sentence.format(printed(phonenumbers.format_number(it, form)))
        assert leading_past.first(words, [place]), words
