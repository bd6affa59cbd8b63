"""The tables of a document, whose rows are worked by hand: a test works each of them out anew."""

from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def rows_of(document: str, first_heading: str) -> list[list[str]]:
    """The cells of the one table whose first heading is this."""
    lines = iter((DOCS / document).read_text().splitlines())
    for line in lines:
        if line.startswith("|") and _cells(line)[0] == first_heading:
            next(lines)  # the line of dashes
            break
    else:
        raise LookupError(f"{document} has no table that begins with {first_heading!r}")
    found = []
    for line in lines:
        if not line.startswith("|"):
            break
        found.append(_cells(line))
    assert found
    return found


def _cells(line: str) -> list[str]:
    return [each.strip() for each in line.strip().strip("|").split("|")]
