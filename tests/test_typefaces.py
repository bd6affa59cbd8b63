"""The firm's papers come whatever people are called, and nothing that they are called sets anything."""

from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
import typst

from secretariat import typefaces

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
SOURCE = """#let told = json(bytes(sys.inputs.told))
#set document(title: told.title)
#set text(font: ("FiraGO", "Noto Sans CJK JP"), lang: "en")
#told.title
#for each in told.lines [#each \\ ]
"""


@pytest.fixture
def source(tmp_path):
    written = tmp_path / "paper.typ"
    written.write_text(SOURCE)
    return written


def reads(made: bytes) -> str:
    return " ".join("".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(made)).pages).split())


def fonts_of(made: bytes) -> str:
    """The names of the fonts that its pages use."""
    pages = pypdf.PdfReader(BytesIO(made)).pages
    used = [each.get_object() for page in pages for each in page["/Resources"]["/Font"].values()]
    return " ".join(str(each["/BaseFont"]) for each in used)


def paper(source, name: str) -> bytes:
    return typefaces.pdf(source, {"told": {"title": name, "lines": [f"Dear {name},"]}}, at=AT)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë Ångström", "Dear Zoë Ångström,"),
        ("Ada\x1b\x0b Okafor", "Dear Ada?? Okafor,"),
        ("Ada 😀 Okafor 🚀", "Dear Ada ? Okafor ?,"),
        ("Ada 👩\u200d👩\u200d👧 Okafor", "Dear Ada ??? Okafor,"),
        ("Ada \ufffe", "Dear Ada ?,"),
        ('*Ada* #panic("x") $1/0$ `y` \\ "', 'Dear *Ada* #panic("x") $1/0$ `y` \\ ",'),
        ("<script>alert(1)</script>", "Dear <script>alert(1)</script>,"),
    ],
)
def test_whatever_somebody_is_called(source, name, shown):
    assert shown in reads(paper(source, name))
    assert paper(source, name) == paper(source, name)


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("Armenian", "Արմեն Պետրոսյան"),
        ("Bengali", "রহিম উদ্দিন"),
        ("Ethiopic", "አበበ በቀለ"),
        ("Gujarati", "નરેન્દ્ર પટેલ"),
        ("Gurmukhi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"),
        ("Kannada", "ಕೃಷ್ಣ"),
        ("Khmer", "សុខា"),
        ("Lao", "ສົມ"),
        ("Malayalam", "മോഹൻ"),
        ("Myanmar", "အောင်"),
        ("Oriya", "ଜଗନ୍ନାଥ"),
        ("Sinhala", "සුනිල් පෙරේරා"),
        ("Tamil", "முருகன் செல்வி"),
        ("Telugu", "రామారావు"),
    ],
)
def test_a_name_of_any_script_that_is_common_here(source, script, name):
    made = paper(source, name)
    assert f"NotoSans{script}" in fonts_of(made)
    assert "?" not in reads(made)
    assert set(name) <= set(reads(made))  # marks may be given twice to whoever copies them out
    assert script in typefaces.SCRIPTS


@pytest.mark.parametrize(
    "name", ["Σοφία", "Софія", "محمد", "שרה", "राम", "สมชาย", "გიორგი", "김민준", "王芳", "さくら"]
)
def test_the_others_are_set_as_they_were(source, name):
    assert "?" not in reads(paper(source, name))
    assert not any(script in fonts_of(paper(source, name)) for script in typefaces.SCRIPTS)


@pytest.mark.parametrize("name", ["བཀྲ", "ދިވެހި", "ܣܘܪ", "ᠮᠣᠩ", "ⵜⵉⴼ", "ᏣᎳᎩ", "ꯃꯤ", "ᐃᓄᒃ"])
def test_a_script_that_is_not_here_is_set_as_question_marks(source, name):
    assert f"Dear {'?' * len(name)}," in reads(paper(source, name))


def test_what_is_wrong_with_the_paper_itself_is_said(source):
    source.write_text(SOURCE + "#undefined-name")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        paper(source, "Ada")
