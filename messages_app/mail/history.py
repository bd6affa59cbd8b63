"""What came in for a client, as she is told it: sorted how and why, promised by when, answered by whom.

The desk's sentences speak of her; here they are said to her, and people here go by the names she knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from messages_app.models import MailThread
from secretariat.office import names
from secretariat.spreadsheets import BOM, line

from . import triage
from .judging import as_judged

State, Verdict = MailThread.State, MailThread.Verdict
PROMISED = (Verdict.URGENT, Verdict.ANSWER)  # an answer is; what is for later only has a day
WAITS = Q(state=State.OPEN, verdict__in=PROMISED)
SHOWN = {
    "": Q(),
    "open": WAITS,
    "late": WAITS,
    "later": Q(state=State.OPEN, verdict=Verdict.LATER),
    "answered": Q(state=State.WAITING),
    "passed-on": Q(message__isnull=False),
    "done": Q(state=State.DONE) & ~Q(verdict=Verdict.JUNK),
    "junk": Q(verdict=Verdict.JUNK),
}
# What is told of a conversation beside its own columns.
BESIDE = (
    *("client", "mailbox", "rule", "judged_by__secretary", "done_by__secretary"),
    *("message__contact", "message__acknowledged_by"),
)


@dataclass(frozen=True)
class Told:
    """One conversation. `promised_at`: by when an answer is or was promised. `ended`: how it left us."""

    thread: MailThread
    why: str
    ended: str
    promised_at: datetime | None
    is_late: bool


def shown(show: str, *, at: datetime) -> Q:
    return SHOWN[show] & Q(promised_at__lt=at) if show == "late" else SHOWN[show]


def told(thread: MailThread, *, at: datetime) -> Told:
    promised_at = _promised(thread)
    until = at if thread.state == State.OPEN else thread.over_at
    is_late = promised_at is not None and until is not None and promised_at < until
    return Told(thread, _why(thread), _ended(thread), promised_at, is_late)


def _promised(thread: MailThread) -> datetime | None:
    if thread.verdict not in PROMISED:
        return None
    return thread.promised_at if thread.state == State.OPEN else thread.promise_was


def _why(thread: MailThread) -> str:
    if thread.judged_by_id:
        return _("%(name)s said so") % {"name": names.to_clients(thread.judged_by)}
    if thread.rule:
        rule = triage.described(as_judged(thread.rule), to_her=True)
        return _("your rule for mail %(rule)s") % {"rule": rule}
    return _to_her(thread.because)


def _ended(thread: MailThread) -> str:
    if thread.state == State.OPEN:
        return ""
    if not thread.done_by_id:
        return _to_her(thread.done_because)
    name = names.to_clients(thread.done_by)
    if thread.state == State.WAITING:
        return _("%(name)s answered it") % {"name": name}
    return _("%(what)s: %(name)s") % {"what": thread.done_because, "name": name}


def _to_her(said: str) -> str:
    """A sentence that the desk reads of her, as it is said to herself."""
    of_her = {
        _("the client has blocked whoever wrote it"): _("you have blocked whoever wrote it"),
        _("The client answered it herself"): _("You answered it yourself"),
        _("The client filed or deleted it herself"): _("You filed or deleted it yourself"),
    }
    return of_her.get(said, said)


def as_csv(threads: Iterable[MailThread], *, at: datetime, zone: str) -> Iterator[str]:
    """A table for a spreadsheet, in pieces: a heading, then a line for each conversation. Times in `zone`."""
    here = ZoneInfo(zone)
    heading = [
        _("Began"),
        _("Last mail"),
        _("With"),
        _("Address"),
        _("Subject"),
        _("Mailbox"),
        _("Sorted as"),
    ]
    heading += [_("Because"), _("Promised by"), _("Late"), _("State"), _("How it ended"), _("Passed on to")]
    yield BOM + line([*heading, _("Acknowledged")])

    def moment(when: datetime | None) -> str:
        return f"{when.astimezone(here):%Y-%m-%d %H:%M}" if when else ""

    for thread in threads:
        its, message = told(thread, at=at), thread.message
        yield line(
            [
                moment(thread.first_at),
                moment(thread.last_at),
                thread.who,
                thread.address,
                thread.subject,
                thread.mailbox.address,
                thread.get_verdict_display(),
                its.why,
                moment(its.promised_at),
                _("yes") if its.is_late else "",
                thread.get_state_display(),
                its.ended,
                message.contact.name if message and message.contact else "",
                moment(message.acknowledged_at) if message else "",
            ]
        )
