"""The paper as those have it who do not look at it: what a reading program is told, and which way words run.

No validator of PDF/UA is at hand; these are the promises of ISO 14289-1 that can be read back from the file.
"""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from messages_app.letters import typesetting
from messages_app.letters.layouts import LAYOUTS

from . import aloud, paper
from .test_on_paper import sheet

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = ["The keys are with the porter. " * 30] * 5


def test_it_is_read_in_the_order_in_which_a_letter_is_read_each_line_by_itself():
    pdf = typesetting.pdf(sheet("din-b", enclosures=["Lease"], enclosures_caption="Enclosed"), at=AT)
    assert [(each.tag, each.words) for each in aloud.said(pdf)] == [
        ("P", "OkaforLegal1HighStreet·LondonN11AA"),
        ("P", "OkaforLegal·1HighStreet·LondonN11AA"),
        ("P", "Harlow&Sons"),
        ("P", "MrJohnHarlow"),
        ("P", "12MillLane"),
        ("P", "BATH"),
        ("P", "BA12QH"),
        ("P", "Date:2March2026Ourreference:14"),
        ("H1", "TheleaseofMillLane"),
        ("P", "DearMrHarlow,"),
        ("P", "Thankyouforyourletter.Weagree."),
        ("P", "Thekeysarewiththeporter."),
        ("P", "Yourssincerely,"),
        ("P", "p.p.AdaOkafor"),
        ("Strong", "Enclosed"),
        ("Lbl", "•"),
        ("LBody", "Lease"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sign_is_either_read_or_decoration_on_every_page(layout):
    said = sheet(layout, paragraphs=LONG, page_caption="Page {page} of {pages}", foot=["Registered in Bath"])
    pdf = typesetting.pdf(said, at=AT)
    assert aloud.untagged(pdf) == ""
    # What nobody wants read amid the text.
    assert aloud.passed_over(pdf) == "RegisteredinBathPage1of2Page2of2"
    read = "".join(each.words for each in aloud.said(pdf))
    assert read.count("Thekeysarewiththeporter.") == 150
    reader = PdfReader(BytesIO(pdf))
    assert all("/StructParents" in page for page in reader.pages)


@pytest.mark.parametrize("language", ["en-GB", "de-DE", "ar", "ja"])
def test_it_says_what_it_is_in_which_language_and_by_which_standard(language):
    reader = PdfReader(BytesIO(typesetting.pdf(sheet(language=language), at=AT)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/MarkInfo"].get("/Suspects", False) is not True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == "The lease of Mill Lane"
    told = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in told
    assert "The lease of Mill Lane" in told
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/ToUnicode" in font.get_object()  # so that its signs can be read, searched and copied


NAMES = [
    "محمد عبد الله",
    "דוד לוי",
    "田中太郎 様",
    "김철수",
    "Γιάννης Παπαδόπουλος",
    "Ольга Ёлкина",
    "สมชาย ใจดี",
    "დავით კაპანაძე",
    "Nguyễn Thị Bích",
    "Şükrü Çağlayan",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_script_stands_whole_in_its_window(name):
    pdf = typesetting.pdf(sheet("uk-dl", address=[name, "12 Mill Lane"]), at=AT)
    found = min(paper.lines(pdf), key=lambda each: abs(each.baseline - LAYOUTS["uk-dl"].baseline(0)))
    assert found.left == pytest.approx(25, abs=1)
    # Where a letter carries a mark of its own, the file gives the two together for each of them.
    assert set(found.text) - {" "} == set(name) - {" "}


def test_in_an_arabic_letter_each_line_runs_as_its_own_words_do():
    """By its first letter: else a house number changes sides, and a comma stands before what it ends."""
    said = sheet(
        "uk-dl",
        language="ar",
        address=["محمد", "12 شارع النيل", "12 Mill Lane"],
        paragraphs=["السلام عليكم", "We agree (all of us).\n3 keys, one box."],
    )
    lines = [each.text for each in paper.lines(typesetting.pdf(said, at=AT))]
    assert "12 Mill Lane" in lines
    assert "1 High Street · London N1 1AA" in lines
    assert "Dear Mr Harlow," in lines
    assert "We agree (all of us)." in lines
    assert "3 keys, one box." in lines
    [street] = [each for each in lines if each.endswith("12")]  # as it lies from the left
    assert street.split()[0][-1] == "ا"  # of what comes last, the article's first letter lies at the right


def test_in_an_english_letter_an_arabic_name_turns_nothing_around():
    lines = paper.lines(typesetting.pdf(sheet("uk-dl", salutation="Dear محمد, dear Sir,"), at=AT))
    [found] = [each.text for each in lines if each.text.startswith("Dear")]
    assert found.endswith(", dear Sir,")
