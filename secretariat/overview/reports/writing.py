"""A report as a file for a spreadsheet: raw seconds, nothing rounded but to the whole second."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from secretariat.spreadsheets import BOM, line

from .counting import Line

COUNTS = (
    *("rang", "counted", "within", "answered", "gave_up", "unanswered", "voicemail"),
    *("messages", "normal", "today", "urgent", "acknowledged"),
    *("put_tried", "put_ended", "put_done"),
)
LENGTHS = (
    *("speed", "speed_median", "speed_p95", "gave_up_after", "ack_median", "ack_p95"),
    *("talk", "hold", "wrap_up", "through"),
)
OF_THE_FIRM = ("offered", "missed")


def as_csv(lines: Iterable[Line], whole: Line, *, group: str, for_firm: bool) -> Iterator[str]:
    """The file in pieces: a heading, a line for each group, and the whole. `group` names the first column."""
    headings = _headings()
    counts = COUNTS + (OF_THE_FIRM if for_firm else ())
    yield BOM + line([group, *(headings[name] for name in (*counts, *LENGTHS))])
    for each in lines:
        yield _one(each, each.name or _("Nobody"), counts)
    yield _one(whole, _("All"), counts)


def _one(each: Line, name: str, counts) -> str:
    lengths = (_seconds(each.figures[length]) for length in LENGTHS)
    return line([name, *(each.figures[count] for count in counts), *lengths])


def _seconds(length: timedelta | None) -> str:
    return "" if length is None else str(round(length.total_seconds()))


def _headings() -> dict[str, str]:
    return {
        "rang": _("Calls that rang"),
        "counted": _("For a secretary"),
        "within": _("Answered in time"),
        "answered": _("Answered"),
        "gave_up": _("Gave up"),
        "unanswered": _("Found nobody"),
        "voicemail": _("Voicemails"),
        "messages": _("Messages"),
        "normal": _("Normal"),
        "today": _("Today"),
        "urgent": _("Urgent"),
        "acknowledged": _("Acknowledged"),
        "put_tried": _("Put through, tried"),
        "put_ended": _("Put through, ended"),
        "put_done": _("Put through"),
        "offered": _("Offers"),
        "missed": _("Offers missed"),
        "speed": _("Mean seconds to an answer"),
        "speed_median": _("Median seconds to an answer"),
        "speed_p95": _("95 in 100 answered within, seconds"),
        "gave_up_after": _("Mean seconds until they gave up"),
        "ack_median": _("Median seconds to acknowledgement"),
        "ack_p95": _("95 in 100 acknowledged within, seconds"),
        "talk": _("Talking, seconds"),
        "hold": _("On hold, seconds"),
        "wrap_up": _("Wrap-up, seconds"),
        "through": _("Put through, seconds"),
    }
