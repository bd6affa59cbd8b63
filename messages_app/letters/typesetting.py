"""A letter as a PDF (PDF/UA-1) and as pictures of its pages, set by Typst.

Words reach Typst as data in one JSON value and are laid out by `letter.typ`, which is ours: nothing in them
is read as markup. Typst sees no network, no file beside that one, and no font but those that packages ship.
"""

import json
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import typst

from secretariat.typefaces import fonts, not_displayed

from .layouts import LAYOUTS, LINE, Layout

A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
SOURCE = Path(__file__).with_name("letter.typ")


class CannotBeSet(Exception):
    """The letter does not fit its paper, or no font has a sign in it. `code` says which; `detail` what."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Logo:
    """A picture at the upper left of the first page, `width` × `height` millimetres."""

    content: bytes
    kind: str  # png or jpg
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """All the words of one letter, as they stand on the paper. `language` is a tag such as en-GB."""

    layout: str
    language: str
    address: list[str]
    subject: str
    paragraphs: list[str]
    sender: str
    salutation: str = ""
    closing: str = ""
    signature: list[str] = field(default_factory=list)  # the lines below the space where somebody signs
    signs_by_hand: bool = True  # whether that space is left
    head: list[str] = field(default_factory=list)  # the firm's name first
    foot: list[str] = field(default_factory=list)
    return_line: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)  # date, reference: caption and words
    enclosures: list[str] = field(default_factory=list)
    enclosures_caption: str = ""
    page_caption: str = ""  # with {page} and {pages}
    logo: Logo | None = None


SAMPLE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def sample(logo: Logo) -> Sheet:
    """A letter with hardly anything but this logo on it."""
    return Sheet("uk-dl", "en-GB", ["–"], "–", ["–"], "–", logo=logo)


def pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """The letter as PDF/UA-1. The same sheet and time give the same bytes. Raises CannotBeSet."""
    return _compiled(sheet, format="pdf", pdf_standards=["ua-1"], timestamp=at)


class Press:
    """Sets many letters one after another, four times as fast as each by itself. For one thread alone."""

    def __init__(self):
        self._compiler = _compiler()

    def pdf(self, sheet: Sheet, *, at: datetime) -> bytes:
        """The same bytes as `pdf` gives. Raises CannotBeSet."""
        return _compiled(sheet, self._compiler, format="pdf", pdf_standards=["ua-1"], timestamp=at)


def pages_of(made: bytes) -> int:
    """How many pages a PDF has that was set here: each stands in it in plain words."""
    return len(A_PAGE.findall(made))


def pictures(sheet: Sheet, *, at: datetime) -> list[bytes]:
    """Each page as a PNG, for a screen. Raises CannotBeSet."""
    made = _compiled(sheet, format="png", ppi=110, timestamp=at)
    return made if isinstance(made, list) else [made]


def pages(sheet: Sheet, *, at: datetime) -> int:
    """How many there are. Raises CannotBeSet."""
    made = _compiled(sheet, format="png", ppi=4, timestamp=at)
    return len(made) if isinstance(made, list) else 1


def _compiled(sheet: Sheet, compiler: typst.Compiler | None = None, **how):
    layout = LAYOUTS[sheet.layout]
    if len(sheet.address) > layout.lines:
        raise CannotBeSet("too_many_lines", str(layout.lines))
    try:
        return (compiler or _compiler()).compile(input=str(SOURCE), sys_inputs=_inputs(sheet, layout), **how)
    except typst.TypstError as wrong:
        raise _understood(wrong) from wrong


def _inputs(sheet: Sheet, layout: Layout) -> dict[str, str]:
    """The picture by itself, so that whoever sets many letters in a row reads it once."""
    inputs = {"letter": json.dumps(_told(sheet, layout))}
    if sheet.logo:
        inputs["logo"] = json.dumps(list(sheet.logo.content))
    return inputs


def _told(sheet: Sheet, layout: Layout) -> dict:
    words = asdict(replace(sheet, logo=None))
    if logo := sheet.logo:
        words["logo"] = {"kind": logo.kind, "width": logo.width, "height": logo.height}
    words["paragraphs"] = [each.splitlines() for each in sheet.paragraphs]
    words["language"], _, region = sheet.language.partition("-")
    words["region"] = region
    words["paper"] = asdict(layout)
    words["baselines"] = [layout.baseline(line) for line in range(len(sheet.address))]
    words["line"] = LINE
    return words


def _understood(wrong: typst.TypstError) -> CannotBeSet:
    message = str(wrong)
    if "too-wide:" in message:
        return CannotBeSet("too_wide", message.split("too-wide:")[1].split(":end")[0])
    if "too-tall:" in message:
        return CannotBeSet("too_tall", message.split("too-tall:")[1].split(":end")[0])
    if "could not be displayed" in message:
        return CannotBeSet("no_such_sign", not_displayed(message))
    return CannotBeSet("not_set", message[:200])


def _compiler() -> typst.Compiler:
    """One for each letter: it keeps the inputs it was given last, which two threads would share."""
    return typst.Compiler(str(SOURCE), root=str(SOURCE.parent), font_paths=fonts())
