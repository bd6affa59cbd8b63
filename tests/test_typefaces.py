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


def test_what_is_wrong_with_the_paper_itself_is_said(source):
    source.write_text(SOURCE + "#undefined-name")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        paper(source, "Ada")
