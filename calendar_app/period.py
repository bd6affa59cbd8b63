"""The meetings of a period as a file: a table for a spreadsheet, or a calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.spreadsheets import BOM, line

from . import discretion, published, telling_out
from .models import Meeting
from .when import place

MOST = 5000  # rows of one file
TABLE, CALENDAR = "csv", "ics"
TYPES = {TABLE: "text/csv; charset=utf-8", CALENDAR: "text/calendar; charset=utf-8"}


def meetings(rows, begins: datetime, ends: datetime, *, at: datetime) -> list[Meeting]:
    """Of these rows, those that lie in part between the two moments, those cancelled with them."""
    found = (
        rows.between(begins, ends)
        .exclude(state=Meeting.State.LAPSED)
        .exclude(state=Meeting.State.HELD, expires_at__lte=at)
        .select_related("client", "diary__client", "diary__contact", "place")
        .prefetch_related("guests")
        .order_by("starts_at", "pk")
    )
    return list(found[:MOST])


def as_file(kind: str, found: Sequence[Meeting], user, *, zone: str, at: datetime) -> Iterator[str]:
    """The file in pieces, as this reader may have it."""
    if kind == TABLE:
        return as_csv(found, user, zone)
    return iter([as_ics(found, user, at=at)])


def as_csv(found: Iterable[Meeting], user, zone: str) -> Iterator[str]:
    """A heading, then a line for each meeting. Times are those of `zone`."""
    here = ZoneInfo(zone)
    until = _("Until (%(place)s)") % {"place": place(zone)}
    heading = [_("From (%(place)s)") % {"place": place(zone)}, until, _("Client"), _("Whose"), _("About")]
    heading += [_("How"), _("Where"), _("Link"), _("Who comes"), _("State"), _("What came of it"), _("Notes")]
    yield BOM + line(heading)
    for meeting in found:
        knows = discretion.may_know(user, meeting)
        when = [f"{each.astimezone(here):%Y-%m-%d %H:%M}" for each in (meeting.starts_at, meeting.ends_at)]
        contact = meeting.diary.contact
        cells = [*when, meeting.client.name, contact.name if contact else ""]
        if not knows:
            yield line([*cells, _("Busy"), *[""] * 7])
            continue
        outcome = ": ".join(filter(None, [meeting.get_outcome_display(), meeting.outcome_note]))
        cells += [meeting.about, meeting.get_manner_display(), telling_out.where(meeting), meeting.link]
        cells += [telling_out.who(meeting.guests.all()), meeting.get_state_display(), outcome]
        yield line([*cells, meeting.notes])


def as_ics(found: Sequence[Meeting], user, *, at: datetime) -> str:
    """A calendar of them; of several clients, each says whose it is."""
    told = [telling_out.told(each, knows=discretion.may_know(user, each)) for each in found]
    if len({each.client_id for each in found}) > 1:
        told = [
            replace(entry, summary=f"{entry.summary}, {meeting.client.name}")
            for entry, meeting in zip(told, found, strict=True)
        ]
    return published.calendar(told, stamp=at)
