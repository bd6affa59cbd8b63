"""A list of messages as a file for a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .models import Message

NUMBER = re.compile(r"\+\d{4,15}")
BOM = "\ufeff"  # without it a spreadsheet takes the file for another alphabet


def as_csv(messages: Iterable[Message], zone: str) -> Iterator[str]:
    """The file in pieces: a heading, then a line for each message. Times in `zone`."""
    here = ZoneInfo(zone)
    heading = [_("Taken"), _("Client"), _("For"), _("Caller"), _("Firm"), _("Call back on"), _("Message")]
    yield BOM + _line([*heading, _("Urgency"), _("State"), _("Acknowledged")])
    for message in messages:
        acknowledged = message.acknowledged_at
        yield _line(
            [
                f"{message.taken_at.astimezone(here):%Y-%m-%d %H:%M}",
                message.client.name,
                message.contact.name if message.contact else "",
                message.caller_name,
                message.caller_firm,
                message.call_back_on,
                message.text,
                message.get_urgency_display(),
                message.get_state_display(),
                f"{acknowledged.astimezone(here):%Y-%m-%d %H:%M}" if acknowledged else "",
            ]
        )


def _line(cells: list) -> str:
    line = StringIO()
    csv.writer(line).writerow([_harmless(str(cell)) for cell in cells])
    return line.getvalue()


def _harmless(cell: str) -> str:
    """What a caller said must not run as a formula in somebody's spreadsheet."""
    begins = cell.lstrip()[:1]
    return f"'{cell}" if begins and begins in "=+-@" and not NUMBER.fullmatch(cell) else cell
