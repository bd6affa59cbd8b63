"""How a connection stands, in a sentence that says who must act; and the work that follows when it breaks."""

from datetime import datetime, timedelta
from random import uniform

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import ledger

from .models import Calendar, Connection

State, Kind = Connection.State, Connection.Kind
EVERY = {Kind.FEED: timedelta(minutes=30)}  # publishers renew theirs every few hours
USUALLY = timedelta(minutes=10)
SOON = timedelta(seconds=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=1)
ASK_AGAIN = timedelta(hours=12)  # a password may be right again without anybody telling us
PATIENCE = timedelta(hours=2)  # a server that is away for longer is a person's business
WORK, GONE = "calendar.connection", "calendar.gone"
SUBJECT, CALENDAR = "calendar_app.connection", "calendar_app.calendar"


def in_words(code: str, connection: Connection) -> str:
    """What is wrong and who must act, for the client and the desk alike."""
    name = {"client": connection.client.name}
    if code == "not_public":
        return _("That address lies inside a private network. The office must allow it, or name another.")
    if code == "certificate":
        return _(
            "The server cannot prove that it is the one named. Whoever runs it must renew its certificate."
        )
    if code == "not_secure":
        return _("The address is not a secure one. Connect it again with an address that begins with https.")
    if code == "no_address":
        return _("There is no such address. %(client)s must connect the calendar again.") % name
    if code in ("no_calendar", "too_large"):
        return _("What lies at that address is no calendar. %(client)s must name another.") % name
    if code in ("404", "410"):
        return _("The calendar is no longer published there. %(client)s must connect it again.") % name
    if connection.kind == Kind.FEED:
        return _("The feed may no longer be read. %(client)s must connect it again.") % name
    return _("The sign-in is no longer accepted. %(client)s must connect the calendar again.") % name


def away_in_words(code: str) -> str:
    if code == "no_such_host":
        return _("The name of the server leads nowhere just now. We try again; nobody need do anything yet.")
    return _("The calendar’s server does not answer just now. We try again; nobody need do anything yet.")


@transaction.atomic
def worked(connection: Connection, *, at: datetime) -> None:
    """Everything was read."""
    pause = EVERY.get(connection.kind, USUALLY)
    if not _note(connection, State.WORKING, "", due_at=at + pause * uniform(0.9, 1.1), synced_at=at):  # noqa: S311
        return
    work.finish_all(subject=(SUBJECT, connection.pk), by=None, outcome=_("It works again."), kind=WORK)


def over(connection: Connection, *, by) -> None:
    """It was disconnected: nothing of it is left to do."""
    work.finish_all(subject=(SUBJECT, connection.pk), by=by, outcome=_("Disconnected."), kind=WORK)
    for calendar_id in connection.calendars.values_list("pk", flat=True):
        work.finish_all(subject=(CALENDAR, calendar_id), by=by, outcome=_("Disconnected."), kind=GONE)


@transaction.atomic
def goes_on(connection: Connection, *, at: datetime) -> None:
    """There is more to read."""
    Connection.objects.filter(pk=connection.pk, ended_at=None).update(due_at=at + SOON)


@transaction.atomic
def asked_to_wait(connection: Connection, seconds: float, *, at: datetime) -> None:
    """The server is busy and says when we may come again. That is no trouble of anybody's."""
    pause = timedelta(seconds=max(1.0, seconds))
    Connection.objects.filter(pk=connection.pk, ended_at=None).update(due_at=at + pause)


@transaction.atomic
def refused(connection: Connection, code: str, *, at: datetime) -> None:
    """They do not let us in: somebody must connect it again."""
    words = in_words(code, connection)
    if _note(connection, State.REFUSED, words, due_at=at + ASK_AGAIN, troubled=at):
        _to_a_person(connection, words)


@transaction.atomic
def troubled(connection: Connection, code: str, *, at: datetime) -> None:
    """No answer that makes sense. It is tried again, less and less often."""
    since = connection.troubled_since or at
    pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, at - since))
    words = away_in_words(code)
    is_long = at - since >= PATIENCE
    if is_long:
        words = _(
            "The calendar’s server has not answered for hours. Ask %(client)s whether it is still in use."
        )
        words %= {"client": connection.client.name}
    if _note(connection, State.TROUBLED, words, due_at=at + pause, troubled=at) and is_long:
        _to_a_person(connection, words)


@transaction.atomic
def calendar_gone(calendar: Calendar, *, at: datetime) -> None:
    """One calendar of several is not there any more. The others go on."""
    words = _("The calendar “%(name)s” is not there any more. Choose another one to read and write.")
    words %= {"name": calendar.name}
    work.open_item(
        GONE,
        subject=(CALENDAR, calendar.pk),
        client=calendar.client_id,
        because=words[:240],
        urgency=WorkItem.Urgency.TODAY,
    )


def calendar_found(calendar: Calendar) -> None:
    """It is there, as it was or once more."""
    work.finish_all(subject=(CALENDAR, calendar.pk), by=None, outcome=_("It is there again."), kind=GONE)


def _note(connection: Connection, state: str, words: str, *, due_at, troubled=None, **facts) -> bool:
    """False if it was disconnected meanwhile, or connected anew: then this is word of the old password."""
    since = (connection.troubled_since or troubled) if troubled else None
    same = Connection.objects.filter(pk=connection.pk, ended_at=None, connected_at=connection.connected_at)
    changed = same.update(
        state=state,
        trouble=words[:240],
        troubled_since=since,
        due_at=due_at,
        version=F("version") + 1,
        **facts,
    )
    if changed and connection.state != state:
        ledger.record(
            f"{SUBJECT}.{state}",
            actor_id=None,
            client_id=connection.client_id,
            subject=(SUBJECT, connection.pk),
        )
    return bool(changed)


def _to_a_person(connection: Connection, words: str) -> None:
    work.open_item(
        WORK,
        subject=(SUBJECT, connection.pk),
        client=connection.client_id,
        because=words[:240],
        urgency=WorkItem.Urgency.TODAY,
    )
