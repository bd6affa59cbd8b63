"""A PDF as a reading program goes through it: what is tagged as what, and what is passed over."""

from dataclasses import dataclass
from io import BytesIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pypdf import PdfReader

PASSED_OVER = "Artifact"


@dataclass(frozen=True)
class Said:
    """One element with words of its own: its tag, such as H1 or P, and its words as the font maps them."""

    tag: str
    words: str


def said(pdf: bytes) -> list[Said]:
    """What is read aloud, in its order. Spaces are left out, as scripts keep them in different places."""
    reader = PdfReader(BytesIO(pdf))
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)}
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return [each for each in _below(root["/K"], _Read(_words(pdf), numbers), 0) if each.words]


def passed_over(pdf: bytes) -> str:
    """The words of what is decoration to a reading program, on all pages."""
    return "".join(words for (_page, mark), words in _words(pdf).items() if mark == PASSED_OVER)


def untagged(pdf: bytes) -> str:
    """The words that are neither tagged nor decoration, which PDF/UA does not allow."""
    return "".join(words for (_page, mark), words in _words(pdf).items() if mark is None)


@dataclass(frozen=True)
class _Read:
    words: dict
    numbers: dict

    def page_of(self, each: dict, otherwise: int) -> int:
        return self.numbers[each.raw_get("/Pg").idnum] if "/Pg" in each else otherwise


class _Marked(PDFPageAggregator):
    """Notes of each sign in what marked content it stands."""

    def __init__(self, *told):
        super().__init__(*told)
        self.marks: list = []
        self.page_no = 0
        self.found: dict = {}

    def begin_tag(self, tag, props=None):
        self.marks.append(PASSED_OVER if tag.name == PASSED_OVER else (props or {}).get("MCID"))

    def end_tag(self):
        self.marks.pop()

    def render_char(self, *told, **more):
        before = len(self.cur_item._objs)
        wide = super().render_char(*told, **more)
        for sign in self.cur_item._objs[before:]:
            if isinstance(sign, LTChar) and sign.get_text().strip():
                mark = next((each for each in reversed(self.marks) if each is not None), None)
                key = (self.page_no, mark)
                self.found[key] = self.found.get(key, "") + sign.get_text()
        return wide


def _words(pdf: bytes) -> dict:
    """{(page, mark): words}, where a mark is the number of tagged content, or says that it is passed over."""
    manager = PDFResourceManager()
    device = _Marked(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for device.page_no, page in enumerate(PDFPage.get_pages(BytesIO(pdf))):
        interpreter.process_page(page)
    return device.found


def _below(kids, of: _Read, page: int) -> list[Said]:
    found: list[Said] = []
    for each in _elements(kids):
        on = of.page_of(each, page)
        marks = [kid for kid in _list(each.get("/K")) if "/S" not in _as_dict(kid)]
        words = "".join(of.words.get(_mark(kid, of, on), "") for kid in marks)
        found += [Said(each["/S"][1:], words), *_below(each.get("/K"), of, on)]
    return found


def _mark(kid, of: _Read, page: int) -> tuple:
    """Where the words are: a number on the element's page, or on one that it names."""
    kid = kid.get_object()
    return (of.page_of(kid, page), int(kid["/MCID"])) if isinstance(kid, dict) else (page, int(kid))


def _elements(kids) -> list[dict]:
    return [_as_dict(kid) for kid in _list(kids) if "/S" in _as_dict(kid)]


def _list(kids) -> list:
    kids = kids.get_object() if kids is not None else []
    return list(kids) if isinstance(kids, list) else [kids]


def _as_dict(kid) -> dict:
    kid = kid.get_object()
    return kid if isinstance(kid, dict) else {}
