"""PDFs of others: whether one can be printed, how many pages it has, and several made into one."""

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

LARGEST = 20_000_000  # bytes
MOST_PAGES = 60


class CannotBePrinted(Exception):
    """It is locked, broken, empty or too long. `code` says which: locked, broken, empty, long."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def pages_of(content: bytes) -> int:
    """How many pages somebody's PDF has. Raises CannotBePrinted."""
    try:
        read = PdfReader(BytesIO(content))
        if read.is_encrypted:
            raise CannotBePrinted("locked")
        count = len(read.pages)
        PdfWriter().append(read)  # what cannot be joined is said now, and not when the letter is made
    except CannotBePrinted:
        raise
    # Whatever a broken file makes the reader raise is one thing here: it cannot be printed.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as wrong:
        raise CannotBePrinted("broken") from wrong
    if not count:
        raise CannotBePrinted("empty")
    if count > MOST_PAGES:
        raise CannotBePrinted("long")
    return count


def count(content: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(PdfReader(BytesIO(content)).pages)


def joined(parts: Iterable[bytes]) -> bytes:
    """One PDF of all of these, in their order. The same parts give the same bytes."""
    writer = PdfWriter()
    for part in parts:
        writer.append(BytesIO(part), import_outline=False)
    writer.metadata = None
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
