import pytest

from clients.numbers import normalise, read, spaced


@pytest.mark.parametrize(
    ("raw", "country", "e164"),
    [
        ("+44 7700 900123", "GB", "+447700900123"),
        ("07700 900123", "GB", "+447700900123"),
        ("(07700) 900-123", "GB", "+447700900123"),
        ("00447700900123", "GB", "+447700900123"),
        ("0803 123 4567", "NG", "+2348031234567"),
        ("+1 212 555 0100", "GB", "+12125550100"),
    ],
)
def test_a_number_is_kept_as_e164_however_it_was_written(raw, country, e164):
    assert normalise(raw, country) == e164


@pytest.mark.parametrize(
    "raw", ["", "anonymous", "Anonymous", "unknown", "RESTRICTED", "+266696687", "sip:anonymous@x.invalid"]
)
def test_a_withheld_number_is_no_number(raw):
    assert read(raw, "GB").withheld
    assert normalise(raw, "GB") == ""


@pytest.mark.parametrize("raw", ["12", "hello", "+999", "+44" + "7" * 20, "client:sec_7"])
def test_what_cannot_be_dialled_says_so(raw):
    number = read(raw, "GB")
    assert (number.e164, number.withheld) == ("", False)
    assert number.because


def test_a_number_is_grouped_for_the_eye():
    assert spaced("+447700900123") == "+44 7700 900123"
    assert spaced("extension 4") == "extension 4"
