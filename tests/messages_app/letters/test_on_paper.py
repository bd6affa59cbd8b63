"""Each line stands where the envelope's window wants it: read back from the PDF, to half a millimetre."""

from datetime import UTC, datetime

import pytest

from messages_app.letters import sheets, typesetting
from messages_app.letters.layouts import LAYOUTS, UK_DL_ENVELOPE, US_10_ENVELOPE, usual
from messages_app.letters.typesetting import CannotBeSet, Sheet

from . import paper

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
EXACT = 0.5  # mm


def sheet(layout="din-b", **facts) -> Sheet:
    said = {
        "layout": layout,
        "language": "en-GB",
        "address": ["Harlow & Sons", "Mr John Harlow", "12 Mill Lane", "BATH", "BA1 2QH"],
        "subject": "The lease of Mill Lane",
        "salutation": "Dear Mr Harlow,",
        "paragraphs": ["Thank you for your letter.\nWe agree.", "The keys are with the porter."],
        "closing": "Yours sincerely,",
        "signature": ["p.p. Ada Okafor"],
        "sender": "Okafor Legal",
        "head": ["Okafor Legal", "1 High Street · London N1 1AA"],
        "return_line": "Okafor Legal · 1 High Street · London N1 1AA",
        "facts": [("Date", "2 March 2026"), ("Our reference", "14")],
    }
    return Sheet(**(said | facts))


def line_of(pdf, text, page=0):
    return next(each for each in paper.lines(pdf, page) if text in each.text)


# The field, the first line of an address and the text, as the standards give them: millimetres from the upper
# left corner. First lines stand at the upper edge of the address's zone.
STANDARDS = {
    "din-a": {"left": 25, "zone": 44.7, "lines": 6, "field": 27, "body": 80.5},
    "din-b": {"left": 25, "zone": 62.7, "lines": 6, "field": 45, "body": 98.5},
    "uk-dl": {"left": 25, "zone": 54, "lines": 6, "field": 53, "body": 102},
    "us-10": {"left": 25.4, "zone": 64, "lines": 5, "field": 63.5, "body": 98},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_line_of_the_address_stands_where_the_standard_says(layout):
    wanted = STANDARDS[layout]
    lines = [f"Line {n} of it" for n in range(wanted["lines"])]
    pdf = typesetting.pdf(sheet(layout, address=lines), at=AT)
    for n, words in enumerate(lines):
        found = line_of(pdf, words)
        assert found.left == pytest.approx(wanted["left"], abs=EXACT)
        # Capitals of 10.5 points are 2.6 mm high, and begin 0.7 mm below the upper edge of their line.
        assert found.baseline == pytest.approx(wanted["zone"] + 0.7 + 2.6 + n * 25.4 / 6, abs=EXACT)
    assert line_of(pdf, "The lease").baseline == pytest.approx(wanted["body"] + 2.6, abs=EXACT)
    assert paper.size(pdf) == pytest.approx((LAYOUTS[layout].width, LAYOUTS[layout].height), abs=0.1)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_whatever_is_written_the_address_stays_in_its_window_and_nothing_else_comes_into_it(layout):
    on = LAYOUTS[layout]
    address = ["W" * 28, *(f"Line {n}" for n in range(1, on.lines))]  # the widest that is still set
    said = sheet(
        layout, address=address, head=["Okafor Legal", *("x " * 40,) * 2], facts=[("Date", "y " * 80)]
    )
    for found in paper.lines(typesetting.pdf(said, at=AT)):
        if found.text in address:
            assert on.clear.left <= found.left
            assert found.right <= on.clear.right + 0.01
            assert on.clear.top < found.baseline < on.clear.bottom
        elif on.return_line is None or abs(found.baseline - on.return_line) > EXACT:
            beside = found.right < on.clear.left or found.left > on.clear.right
            assert beside or not on.clear.top < found.baseline < on.clear.bottom, found


@pytest.mark.parametrize(("layout", "envelope"), [("uk-dl", UK_DL_ENVELOPE), ("us-10", US_10_ENVELOPE)])
def test_the_window_shows_the_address_however_the_sheet_slips(layout, envelope):
    on, seen = LAYOUTS[layout], envelope.always_seen()
    assert seen.left <= on.address.left
    assert on.address.right <= seen.right
    assert seen.top <= on.address.top
    assert on.baseline(on.lines - 1) + 1 <= seen.bottom  # what hangs below a line is less than a millimetre


def test_a_german_letter_names_its_sender_above_the_address():
    pdf = typesetting.pdf(sheet("din-b"), at=AT)
    found = line_of(pdf, "Okafor Legal · 1 High Street")
    assert found.left == pytest.approx(25, abs=EXACT)
    assert 45 < found.baseline < 62.7


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_pdf_may_be_read_aloud_and_carries_its_fonts(layout):
    pdf = typesetting.pdf(sheet(layout, address=["田中太郎 様", "דוד לוי", "محمد عبد الله"]), at=AT)
    catalog = paper.catalog(pdf)
    assert paper.resolve1(catalog["MarkInfo"])["Marked"] is True
    assert catalog["Lang"] in (b"en-GB", "en-GB")
    assert b"pdfuaid" in pdf or b"pdfuaid" in paper.resolve1(catalog["Metadata"]).get_data()
    fonts = paper.fonts(pdf)
    assert len(fonts) >= 2
    assert all({"FontFile2", "FontFile3"} & font.keys() for font in fonts)


def test_names_that_run_from_right_to_left_are_kept_whole_and_stand_at_the_left_edge():
    pdf = typesetting.pdf(sheet("uk-dl", language="ar", address=["محمد", "12 Mill Lane"]), at=AT)
    found = line_of(pdf, "Mill Lane")
    assert found.left == pytest.approx(25, abs=EXACT)
    first = min(paper.lines(pdf), key=lambda each: abs(each.baseline - LAYOUTS["uk-dl"].baseline(0)))
    assert first.left == pytest.approx(25, abs=EXACT + 0.5)  # a sign has room at its side
    assert first.text == "دمحم"  # as it lies from the left: its first letter is the one furthest to the right


def test_what_somebody_typed_is_never_read_as_markup():
    hostile = '#panic("x") $x^2$ *b* _i_ @ref <b> \\ #import "letter.typ" `raw` // not a comment'
    said = sheet("uk-dl", subject=hostile, paragraphs=[hostile], address=["#sys.inputs"], head=[hostile])
    words = " ".join(each.text for each in paper.lines(typesetting.pdf(said, at=AT)))
    assert words.count('#panic("x")') == 3
    assert "// not a comment" in words
    assert "#sys.inputs" in words


def test_a_long_letter_goes_on_and_says_which_page_it_is():
    said = sheet(
        paragraphs=["The keys are with the porter. " * 30] * 5, page_caption="Page {page} of {pages}"
    )
    pdf = typesetting.pdf(said, at=AT)
    assert line_of(pdf, "Page 1 of 2")
    second = paper.lines(pdf, 1)
    assert second[0].baseline == pytest.approx(25 + 2.6, abs=EXACT)
    assert line_of(pdf, "Page 2 of 2", 1)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"address": ["one"] * 7}, "too_many_lines"),
        ({"address": ["W" * 120]}, "too_wide"),
        ({"paragraphs": ["ལྷ་ས"]}, "no_such_sign"),
        ({"head": ["Okafor Legal"] * 12}, "too_tall"),
        ({"facts": [("Our reference", "14")] * 20}, "too_tall"),
    ],
)
def test_what_cannot_be_set_is_said(facts, code):
    with pytest.raises(CannotBeSet) as wrong:
        typesetting.pdf(sheet("uk-dl", **facts), at=AT)
    assert wrong.value.code == code


@pytest.mark.parametrize(("words", "named"), [("Tashi བཀྲ", "བ"), ("Well done 🎉", "🎉")])
def test_what_no_font_has_is_named_with_what_to_do_about_it(words, named):
    with pytest.raises(CannotBeSet) as wrong:
        typesetting.pdf(sheet(paragraphs=[words]), at=AT)
    said = sheets.why_not(wrong.value)
    assert said.startswith(f"“{named}")
    assert "Write it in Latin letters, as a passport does, or leave it out." in said


def test_an_address_in_letters_of_another_script_is_printed():
    pdf = typesetting.pdf(
        sheet(address=["রহিম উদ্দিন", "முருகன் செல்வி", "12 Brick Lane", "LONDON E1 6RF"]), at=AT
    )
    assert line_of(pdf, "12 Brick Lane")


def test_the_same_letter_is_the_same_file():
    assert typesetting.pdf(sheet(), at=AT) == typesetting.pdf(sheet(), at=AT)
    assert len(typesetting.pictures(sheet(), at=AT)) == 1


@pytest.mark.parametrize(("country", "layout"), [("GB", "uk-dl"), ("DE", "din-b"), ("US", "us-10")])
def test_each_country_buys_its_own_envelopes(country, layout):
    assert usual(country) == layout
