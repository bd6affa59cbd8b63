"""Whatever is said, and whatever somebody calls herself, stands on every page as words.

Into every column that tells of somebody is written what would be an element, an attribute, a link that runs,
a script, a template, a header or a sum; then every address is asked for by somebody who may see it.
"""

import csv
import re
from io import StringIO

import pytest

from secretariat.spreadsheets import NUMBER

from .cells import CELLS
from .matrix import content, undone
from .said import IS_A_SUM, LEADS_AWAY, MARK, Page, everything_says
from .world import OWNER, TEAM

pytestmark = pytest.mark.slow
# A letter in which stands what no font has is not shown as it will be printed: its page says why.
NOT_TO_BE_PRINTED = {"letters-preview", "letters-page", "letters-portal-page"}
PAGES = [cell for cell in CELLS if cell.method == "GET" and cell.name not in NOT_TO_BE_PRINTED]
FILES = [cell for cell in PAGES if cell.name.endswith(("-file", "-feed", "-words", "-raw"))]
AT_LEAST_SHOWN = {
    *("messages_app.InboundText.words", "messages_app.Message.text", "messages_app.Message.caller_name"),
    *("messages_app.Mail.subject", "messages_app.Mail.words", "messages_app.MailThread.who"),
    *("clients.Correspondent.name", "clients.Correspondent.firm", "clients.Contact.name"),
    *("clients.ImportedAddress.read", "calendar_app.RemoteEvent.raw", "calendar_app.InvitedTo.about"),
    *("calendar_app.Meeting.about", "calendar_app.Guest.name", "calls.Call.caller_name"),
    *("messages_app.Enclosure.name", "messages_app.LetterFile.name"),
}


def lookers(cell) -> list[str]:
    return [each for each in (TEAM, OWNER) if each in cell.allowed] or sorted(cell.allowed)[:1]


def answers(world, cells):
    """(cell, type, body) of each as somebody sees it who may."""
    for cell in cells:
        for actor in lookers(cell):
            with undone():
                if cell.before:
                    cell.before(world, actor)
                answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
                assert answer.status_code == cell.status, f"{cell} {actor}"
                yield cell, answer.headers.get("Content-Type", "").partition(";")[0], content(answer)


def test_no_page_holds_more_of_it_than_its_words(world):
    named, shown, ran = everything_says(LEADS_AWAY), set(), []
    for cell, kind, body in answers(world, PAGES):
        shown |= set(re.findall(rf"{MARK}\d+", body))
        if kind == "text/html":
            ran += [(str(cell), each) for each in Page(body).ran]
    assert ran == []
    seen = {named[each] for each in shown & set(named)}
    assert seen >= AT_LEAST_SHOWN, AT_LEAST_SHOWN - seen
    assert len(seen) > 120  # of the columns in which something stands; the others are on no page


def test_no_file_holds_a_sum_or_a_line_of_it(world):
    everything_says(IS_A_SUM)
    kinds, listed = set(), False
    for cell, kind, body in answers(world, FILES):
        kinds.add(kind)
        if kind == "text/csv":
            cells = [each for row in csv.reader(StringIO(body.removeprefix("\ufeff"))) for each in row]
            sums = [each for each in cells if each.lstrip()[:1] in set("=+-@")]
            assert [each for each in sums if not NUMBER.fullmatch(each)] == [], str(cell)
            listed |= any(MARK in each for each in cells)
        elif kind == "text/calendar":
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)|(?<!\r)\n|\nBcc", body), str(cell)
    assert {"text/csv", "text/calendar"} <= kinds
    assert listed
