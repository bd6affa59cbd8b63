"""A list of messages as a file for a spreadsheet."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.spreadsheets import BOM, line

from .models import Message


def as_csv(messages: Iterable[Message], zone: str) -> Iterator[str]:
    """The file in pieces: a heading, then a line for each message. Times in `zone`."""
    here = ZoneInfo(zone)
    heading = [_("Taken"), _("Client"), _("For"), _("Caller"), _("Firm"), _("Call back on"), _("Message")]
    yield BOM + line([*heading, _("Urgency"), _("State"), _("Acknowledged")])
    for message in messages:
        acknowledged = message.acknowledged_at
        yield line(
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
