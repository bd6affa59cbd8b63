"""A print run's order, and the sheet before each class of it. Pure but for the typesetter."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import typst

from secretariat.typefaces import fonts

SOURCE = Path(__file__).with_name("run.typ")
CLASSES = ("standard", "first", "signed", "registered", "courier")
SIZES = {"us-10": (215.9, 279.4)}
A4 = (210, 297)


@dataclass(frozen=True)
class Piece:
    """One letter of a run. `apart` is what somebody puts in by hand; `pages` counts the whole paper."""

    key: str
    number: int
    kind: str
    layout: str
    to: str
    apart: tuple[str, ...]
    pages: int


def in_order(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """In piles: by class, and within a class those first into which nothing else is put."""
    ranked = sorted(pieces, key=lambda each: (*_pile(each), each.number))
    return [list(group) for _key, group in groupby(ranked, key=_pile)]


def _pile(piece: Piece) -> tuple:
    return CLASSES.index(piece.kind), piece.layout, bool(piece.apart), piece.apart


def first_pages(piles: list[list[Piece]], before: list[int]) -> dict[str, int]:
    """On which page of the file each piece begins, from 1. `before`: pages of the sheet before each pile."""
    found, page = {}, 1
    for pile, sheet in zip(piles, before, strict=True):
        page += sheet
        for piece in pile:
            found[piece.key] = page
            page += piece.pages
    return found


def separator(pile: list[Piece], *, title: str, about: str, language: str) -> bytes:
    """The sheet before a pile: what it is, what goes in, a box to tick for each letter. A page or more."""
    width, height = SIZES.get(pile[0].layout, A4)
    rows = [{"number": str(each.number), "to": each.to, "with": ", ".join(each.apart)} for each in pile]
    told = {"title": title, "about": about, "rows": rows, "width": width, "height": height}
    return typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        font_paths=fonts(),
        sys_inputs={"run": json.dumps(told | {"language": language.partition("-")[0]})},
        format="pdf",
    )
