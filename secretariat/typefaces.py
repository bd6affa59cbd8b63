"""The fonts of everything set on paper: those that packages ship, and no others."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import noto_cjk_sans_jp_regular
import pymupdf_fonts
import typst

STYLES = (
    "figo",
    "figbo",
    "figit",
)  # FiraGO: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Georgian


@cache
def fonts() -> typst.Fonts:
    _unpacked.append(TemporaryDirectory(prefix="letter-fonts-"))
    folder = Path(_unpacked[0].name)
    for style in STYLES:
        (folder / f"{style}.otf").write_bytes(pymupdf_fonts.fontbuffers[style]())
    far_east = Path(next(iter(noto_cjk_sans_jp_regular.__path__)))
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder), str(far_east)],
    )


_unpacked: list[TemporaryDirectory] = []  # as long as the process lives
