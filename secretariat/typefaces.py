"""The fonts of everything set on paper: those that packages ship, and no others."""

import json
import re
import shutil
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import manimgx_fonts
import noto_cjk_sans_jp_regular
import pymupdf_fonts
import typst

NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # which no font has
JOINERS = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e007f]")
# FiraGO: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Georgian.
STYLES = ("figo", "figbo", "figit")
# Scripts that FiraGO has no letters of, each in a file of Noto Sans.
SCRIPTS = (
    *("Armenian", "Bengali", "Ethiopic", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao"),
    *("Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu"),
)


@cache
def fonts() -> typst.Fonts:
    _unpacked.append(TemporaryDirectory(prefix="letter-fonts-"))
    folder = Path(_unpacked[0].name)
    for style in STYLES:
        (folder / f"{style}.otf").write_bytes(pymupdf_fonts.fontbuffers[style]())
    noto = Path(next(iter(manimgx_fonts.__path__)))
    for script in SCRIPTS:
        shutil.copy(noto / f"NotoSans{script}[wght].ttf", folder)
    far_east = Path(next(iter(noto_cjk_sans_jp_regular.__path__)))
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder), str(far_east)],
    )


def pdf(source: Path, told: dict[str, Any], *, at: datetime) -> bytes:
    """What is told, by name, set by this source as PDF/UA-1. The same words and time give the same bytes.

    A sign that none of the fonts has is set as a question mark: people are called what they are called, and
    a firm's papers must come all the same.
    """
    compiler = typst.Compiler(str(source), root=str(source.parent), font_paths=fonts())
    moment = at.replace(microsecond=0)  # as Typst wants it
    told = _said(told, NO_TEXT.sub)
    while True:
        inputs = {name: json.dumps(words) for name, words in told.items()}
        try:
            made = compiler.compile(
                input=str(source),
                sys_inputs=inputs,
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=moment,
            )
            return cast(bytes, made)
        except typst.TypstError as wrong:
            better = _without(not_displayed(str(wrong)), told)
            if better == told:
                raise
            told = better


def not_displayed(complaint: str) -> str:
    """The sign that Typst says no font has, written as Rust writes it; empty if it says another thing."""
    found = re.search(r'the text `"(.+?)"` could not be displayed', complaint)
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def _without(sign: str, told: Any) -> Any:
    """With a question mark for this sign; if it is one, without what joins signs or stands upon them."""
    if not sign:
        return told
    better = _said(told, lambda mark, words: words.replace(sign, mark))
    if better == told:
        better = _said(told, lambda _mark, words: JOINERS.sub("", words))
    return better if better != told else _said(told, _without_marks)


def _without_marks(mark: str, words: str) -> str:
    """With a question mark for whatever stood above, below or beside a letter that has become one."""
    found = ""
    for each in words:
        found += mark if found.endswith(mark) and unicodedata.category(each).startswith("M") else each
    return found


def _said(told: Any, become) -> Any:
    """The same with each of its words as `become` makes them, given a question mark."""
    match told:
        case str():
            return become("?", told)
        case list() | tuple():
            return [_said(each, become) for each in told]
        case dict():
            return {name: _said(each, become) for name, each in told.items()}
    return told


_unpacked: list[TemporaryDirectory] = []  # as long as the process lives
