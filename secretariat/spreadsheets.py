"""Lists as files that a spreadsheet opens."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

NUMBER = re.compile(r"\+\d{4,15}|-\d+\.\d{2,3}")  # a telephone number, or an amount below nought
BOM = "\ufeff"  # without it a spreadsheet takes the file for another alphabet


def line(cells: Iterable) -> str:
    """One line of the file. Every cell is quoted: many a program parts at semicolons and tabs as well."""
    written = StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([harmless(str(cell)) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """What somebody said or is called must not run as a formula in somebody else's spreadsheet."""
    begins = cell.lstrip()[:1]
    return f"'{cell}" if begins and begins in "=+-@" and not NUMBER.fullmatch(cell) else cell
