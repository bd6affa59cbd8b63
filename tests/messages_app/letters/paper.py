"""A PDF read back: where each line stands on the paper, in millimetres from its upper left corner."""

from dataclasses import dataclass
from io import BytesIO

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTImage, LTPage
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

POINT = 25.4 / 72


@dataclass(frozen=True)
class Written:
    """A line as it stands: `baseline` is what its signs stand on, `left` and `right` where its ink is."""

    text: str
    left: float
    right: float
    baseline: float


def lines(pdf: bytes, page: int = 0) -> list[Written]:
    """Every line of that page, from the top: signs on one baseline that stand beside each other."""
    sheet: LTPage = list(extract_pages(BytesIO(pdf), laparams=LAParams(all_texts=True)))[page]
    signs = [(_baseline(sheet, each), each) for each in _signs(sheet)]
    signs.sort(key=lambda each: (round(each[0], 1), each[1].x0))
    found: list[list] = []
    for baseline, sign in signs:
        last = found[-1][-1] if found else None
        beside = last and abs(last[0] - baseline) < 0.3 and sign.x0 - last[1].x1 < 12
        found[-1].append((baseline, sign)) if beside else found.append([(baseline, sign)])
    return [
        Written(
            text="".join(sign.get_text() for _, sign in each).strip(),
            left=min(sign.x0 for _, sign in each) * POINT,
            right=max(sign.x1 for _, sign in each) * POINT,
            baseline=each[0][0],
        )
        for each in found
    ]


def size(pdf: bytes) -> tuple[float, float]:
    sheet = next(extract_pages(BytesIO(pdf)))
    return sheet.width * POINT, sheet.height * POINT


def pictures(pdf: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Every picture on that page: its left and upper edge, its width and height."""
    sheet: LTPage = list(extract_pages(BytesIO(pdf)))[page]
    found = []
    for each in _images(sheet):
        box = (each.x0, sheet.height - each.y1, each.width, each.height)
        found.append(tuple(round(side * POINT, 1) for side in box))
    return found


def _images(part):
    for each in part:
        if isinstance(each, LTImage):
            yield each
        elif hasattr(each, "__iter__"):
            yield from _images(each)


def catalog(pdf: bytes) -> dict:
    return PDFDocument(PDFParser(BytesIO(pdf))).catalog


def fonts(pdf: bytes) -> list[dict]:
    """The descriptors of every font in it."""
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    found = [resolve1(document.getobj(n)) for xref in document.xrefs for n in xref.get_objids()]
    return [each for each in found if isinstance(each, dict) and each.get("Type", "") and _is_font(each)]


def _is_font(each: dict) -> bool:
    return getattr(each["Type"], "name", "") == "FontDescriptor"


def _signs(part):
    for each in part:
        if isinstance(each, LTChar):
            yield each
        elif hasattr(each, "__iter__"):
            yield from _signs(each)


def _baseline(sheet: LTPage, sign: LTChar) -> float:
    return (sheet.height - sign.matrix[5]) * POINT
