"""Connecting the calendars a client really uses: found there, chosen here, disconnected without a trace.

What asks a server is called outside any transaction; what writes rows is told what was found.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import ledger, outbox

from . import giving_back, looking, pushes, recording, standing, syncing, tokens
from .elsewhere import Found, Refused, Trouble, Unreachable
from .elsewhere.caldav import CalDav
from .elsewhere.feed import Feed
from .models import Calendar, Connection, Diary, Meeting, RemoteEvent

Kind, State = Connection.Kind, Connection.State
SUBJECT = "calendar_app.connection"
WELL_KNOWN = {"icloud": "https://caldav.icloud.com/", "fastmail": "https://caldav.fastmail.com/"}


class NotConnected(Exception):
    """The message says why, and what to do, for the person who tried."""


def address(typed: str, *, kind: str) -> str:
    """The address as it is asked for: what was left out is the usual."""
    url = typed.strip()
    for scheme in ("webcals://", "webcal://"):
        if url.lower().startswith(scheme):
            url = "https://" + url[len(scheme) :]
    if "://" not in url:
        url = f"https://{url}"
    if kind == Kind.CALDAV and not urlsplit(url).path:
        url += "/"
    return url


def found_there(kind: str, url: str, *, username: str = "", password: str = "") -> list[Found]:
    """The calendars there. Open no transaction around it. Raises NotConnected."""
    try:
        if kind == Kind.FEED:
            return Feed(url).calendars()
        with CalDav(url, username, password) as there:
            found = there.calendars()
    except Refused as refusal:
        raise NotConnected(_refusal_in_words(str(refusal), kind)) from refusal
    except Unreachable as silence:
        raise NotConnected(_silence_in_words(str(silence))) from silence
    except Trouble as trouble:
        raise NotConnected(_("Nothing that looks like a calendar was found at that address.")) from trouble
    if not found:
        raise NotConnected(_("You can sign in there, and there is no calendar. Make one there first."))
    return found


def _refusal_in_words(code: str, kind: str) -> str:
    words = {
        "401": _("The user name or the password is not accepted there. Some services want an app password."),
        "403": _("The server does not let you in. Some services want an app password for other programs."),
        "not_public": _("That address lies inside a private network, which we may not reach."),
        "no_address": _("That is not the address of a calendar. It usually begins with https."),
        "not_secure": _("That address is not secure: your password could be read on the way. Use https."),
        "certificate": _(
            "The server cannot prove that it is the one you named. Whoever runs it must see to that."
        ),
        "no_calendars": _("Nothing that looks like a calendar was found at that address."),
        "no_calendar": _("What lies at that address is no calendar."),
        "too_large": _("That calendar is larger than we can read."),
    }
    if kind == Kind.FEED and code in ("401", "403", "404", "410"):
        return _("There is no calendar at that address that everybody who knows it may read.")
    return words.get(code) or words["no_calendars"]


def _silence_in_words(code: str) -> str:
    if code == "no_such_host":
        return _("No server has that name. Is it spelt right?")
    return _(
        "The server did not answer as a calendar server does. Is the address right? Try again in a minute."
    )


@transaction.atomic
def connect(
    diary: Diary,
    kind: str,
    found: Sequence[Found],
    *,
    url: str,
    username: str = "",
    password: str = "",
    by,
    at: datetime,
    again: Connection | None = None,
) -> Connection:
    """A new connection with the calendars found there, or the one that had broken, open again."""
    if again is not None:
        again = Connection.objects.select_for_update().filter(pk=again.pk, ended_at=None).first()
    is_new = again is None
    connection = again or Connection(client=diary.client, diary=diary, kind=kind, connected_by=by)
    connection.url = url if kind == Kind.CALDAV else "{0.scheme}://{0.netloc}".format(urlsplit(url))
    connection.username = username
    # A feed's address opens it to whoever knows it, so it is a secret like a password.
    tokens.seal(connection, {"password": password} if kind == Kind.CALDAV else {"url": url})
    connection.label = connection.label or (urlsplit(url).hostname or "")[:120]
    connection.state, connection.trouble, connection.troubled_since = State.NEW, "", None
    connection.connected_at, connection.due_at = at, at
    connection.version += 1
    connection.save()
    _list(connection, found, is_new=is_new)
    ledger.record(
        "calendar.connected", actor_id=by.pk, client_id=diary.client_id, subject=(SUBJECT, connection.pk)
    )
    recording.catch_up(connection, at=at)
    return connection


def as_found(each: Found) -> dict:
    """What a calendar's row says of it. One that may no longer be written to is written to no more."""
    facts = {"name": each.name[:200], "read_only": each.read_only, "server_invites": each.server_invites}
    return facts | ({"is_written_to": False} if each.read_only else {})


def _list(connection: Connection, found: Sequence[Found], *, is_new: bool) -> None:
    for number, each in enumerate(found):
        # The address of a feed's one calendar is the secret itself.
        remote_id = "feed" if connection.kind == Kind.FEED else each.remote_id
        facts = as_found(each)
        hers = {
            "client": connection.client,
            "diary": connection.diary,
            "counts_as_busy": is_new and number == 0,
        }
        Calendar.objects.update_or_create(
            connection=connection, remote_id=remote_id, defaults=facts, create_defaults=facts | hers
        )


@transaction.atomic
def choose(
    connection: Connection, *, busy: Collection, written_to: Calendar | None, by, at: datetime
) -> None:
    """Which of its calendars count as busy, and in which one, if any, meetings are written."""
    diary = Diary.objects.select_for_update().get(pk=connection.diary_id)
    theirs = list(Calendar.objects.filter(connection=connection))
    for calendar in theirs:
        counts = calendar.pk in busy
        if calendar.counts_as_busy and not counts:
            RemoteEvent.objects.filter(calendar=calendar).delete()
            calendar.sync_token = ""
        calendar.counts_as_busy = counts
        calendar.save(update_fields=["counts_as_busy", "sync_token"])
    elsewhere = Calendar.objects.filter(diary=diary, is_written_to=True)
    if written_to is not None:
        elsewhere.exclude(pk=written_to.pk).update(is_written_to=False)
        Calendar.objects.filter(pk=written_to.pk).update(is_written_to=True)
    else:
        elsewhere.filter(connection=connection).update(is_written_to=False)
    ledger.record(
        "calendar.chosen", actor_id=by.pk, client_id=connection.client_id, subject=(SUBJECT, connection.pk)
    )
    looking.now(connection.pk, at=at)
    if written_to is not None:
        _write_what_stands(diary, at=at)


def _write_what_stands(diary: Diary, *, at: datetime) -> None:
    """Meetings arranged before there was a calendar to write them to."""
    ahead = Meeting.objects.filter(diary=diary, state=Meeting.State.CONFIRMED, ends_at__gt=at, calendar=None)
    for meeting in ahead.select_related("diary", "place").order_by("starts_at"):
        recording.write(meeting, at=at)


@transaction.atomic
def disconnect(connection: Connection, *, by, at: datetime) -> None:
    """What opens it is forgotten, and what we copied of it. What we wrote there stays there."""
    ended = Connection.objects.filter(pk=connection.pk, ended_at=None).update(
        state=State.ENDED, ended_at=at, sealed_secret=b"", trouble="", version=F("version") + 1
    )
    if not ended:
        return
    giving_back.give_back(connection)
    pushes.stop(connection, at=at)
    calendars = Calendar.objects.filter(connection=connection)
    waiting = Meeting.objects.filter(calendar__in=calendars, writing=Meeting.Writing.WAITING)
    lanes = [recording.lane(meeting_id) for meeting_id in waiting.values_list("pk", flat=True)]
    Meeting.objects.filter(calendar__in=calendars).update(
        calendar=None, remote_id="", etag="", writing=Meeting.Writing.OURS
    )
    RemoteEvent.objects.filter(calendar__in=calendars).delete()
    calendars.update(is_written_to=False, counts_as_busy=False, sync_token="")
    outbox.cancel(lane=looking.lane(connection.pk), because="disconnected")
    for lane in lanes:
        outbox.cancel(lane=lane, kinds=[recording.WRITE], because="disconnected")
    standing.over(connection, by=by)
    ledger.record(
        "calendar.disconnected",
        actor_id=by.pk,
        client_id=connection.client_id,
        subject=(SUBJECT, connection.pk),
    )


@transaction.atomic
def say_what_a_zone_means(calendar: Calendar, name: str, zone: str, *, by, at: datetime) -> int:
    """`name`, which nobody here knew, is `zone` (IANA). Entries that waited for it are read again."""
    told = Calendar.objects.select_for_update().get(pk=calendar.pk)
    told.zones_meant = told.zones_meant | {name: zone}
    told.save(update_fields=["zones_meant"])
    rows = RemoteEvent.objects.filter(calendar=calendar, unknown_zone=name)
    ledger.record(
        "calendar.zone_told",
        actor_id=by.pk,
        client_id=calendar.client_id,
        subject=(SUBJECT, calendar.connection_id),
    )
    return syncing.read_again(
        list(rows.select_related("calendar__connection", "calendar__diary__client")), at=at
    )
