"""Meetings of ours in the client's own calendar: written there as effects, each write known by its key."""

import re
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import outbox
from secretariat.ids import uuid7
from secretariat.outbox.models import Effect

from . import comparing, following, opening, signals
from .elsewhere import Entry, Invited, Missing, Stale, Written
from .models import Calendar, Guest, Meeting

WRITE = "calendar.write"
NOT_WRITTEN = "calendar.not_written"
SUBJECT = "calendar_app.meeting"
State, Writing = Meeting.State, Meeting.Writing
WRITTEN_AT = {"booked", "blocked", "confirmed", "moved", "changed", "guests"}
TAKEN_OUT_AT = {"cancelled", "released", "lapsed"}


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, at: datetime, **facts):
    """A change here is a change to be made there, unless it was made there in the first place."""
    if following.is_following():
        return
    if verb in WRITTEN_AT and meeting.state == State.CONFIRMED:
        write(meeting, at=at)
    elif verb in TAKEN_OUT_AT and (
        meeting.remote_id or meeting.writing in (Writing.WAITING, Writing.CHANGED)
    ):
        take_out(meeting, at=at)


@transaction.atomic
def write(meeting: Meeting, *, at: datetime) -> Effect | None:
    """Let it stand in the calendar the client writes to, if she has one elsewhere."""
    calendar = meeting.calendar or written_to(meeting.diary_id)
    if calendar is None:
        return None
    Meeting.objects.filter(pk=meeting.pk).update(writing=Writing.WAITING, calendar=calendar)
    meeting.writing, meeting.calendar = Writing.WAITING, calendar
    return _post(meeting, calendar, "put", at=at)


@transaction.atomic
def take_out(meeting: Meeting, *, at: datetime) -> Effect | None:
    """It is to stand there no more."""
    if meeting.calendar is None:
        return None
    Meeting.objects.filter(pk=meeting.pk).update(writing=Writing.WAITING)
    return _post(meeting, meeting.calendar, "delete", at=at)


@transaction.atomic
def catch_up(connection, *, at: datetime) -> int:
    """Write what could not be written while nobody let us in. Returns how many meetings those are."""
    failed_there = Meeting.objects.filter(
        calendar__connection=connection, writing=Writing.FAILED, ends_at__gt=at
    )
    found = list(failed_there.select_related("diary", "place").order_by("starts_at"))
    for meeting in found:
        if meeting.state == State.CONFIRMED:
            write(meeting, at=at)
        else:
            take_out(meeting, at=at)
        work.finish_all(
            subject=(SUBJECT, meeting.pk), by=None, outcome=_("It is being written."), kind=NOT_WRITTEN
        )
    return len(found)


def written_to(diary_id) -> Calendar | None:
    elsewhere = Calendar.objects.filter(diary=diary_id, is_written_to=True, connection__ended_at=None)
    return elsewhere.exclude(connection=None).select_related("connection").first()


def _post(meeting: Meeting, calendar: Calendar, act: str, *, at: datetime) -> Effect:
    entry = asdict(entry_of(meeting, calendar, at=at))
    for name in ("starts", "ends", "instance_at", "stamp"):
        entry[name] = entry[name].isoformat() if entry[name] else None
    return outbox.post(
        WRITE,
        # Each its own, though the meeting be the same: written anew once its calendar is connected again.
        key=f"{WRITE}:{meeting.pk}:{meeting.version}:{act}:{uuid7()}",
        client_id=meeting.client_id,
        subject=(SUBJECT, meeting.pk),
        payload={"act": act, "calendar": str(calendar.pk), "entry": entry},
        lane=lane(meeting.pk),
    )


def lane(meeting_id) -> str:
    """One write of a meeting at a time, in order."""
    return f"{WRITE}:{meeting_id}"


def entry_of(meeting: Meeting, calendar: Calendar, *, at: datetime) -> Entry:
    """A meeting as it is to stand there. Each of a series is an entry of its own, as it is a row.

    Guests are told of a series by us, once and by its rule: its entries name nobody to the server.
    """
    guests = list(Guest.objects.filter(meeting=meeting))
    who = ", ".join(str(guest) for guest in guests)
    connection = calendar.connection
    tells = calendar.server_invites and connection is not None and "@" in connection.username
    tells = tells and meeting.series_id is None
    return Entry(
        uid=meeting.uid_there,
        sequence=meeting.sequence,
        summary=meeting.about,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        zone=meeting.zone,
        description="\n\n".join(part for part in (who, meeting.notes) if part),
        where=comparing.where(meeting),
        link=meeting.link,
        private=meeting.private,
        organiser=connection.username if tells else "",
        guests=tuple(Invited(each.email, each.name, each.answer) for each in guests if each.email)
        if tells
        else (),
        tells_guests=tells,
        stamp=at,
    )


def _entry(effect: Effect) -> Entry:
    told = dict(effect.payload["entry"])
    for name in ("starts", "ends", "instance_at", "stamp"):
        told[name] = datetime.fromisoformat(told[name]) if told[name] else None
    told["guests"] = tuple(Invited(**each) for each in told["guests"])
    return replace(Entry(**told), key=effect.key)


def carry_out(effect: Effect) -> str:
    """Make the change there; outside any transaction. Returns a receipt. Raises Trouble."""
    meeting = Meeting.objects.get(pk=effect.subject_id)
    calendar = Calendar.objects.select_related("connection").get(pk=effect.payload["calendar"])
    entry = _entry(effect)
    with opening.reached(calendar.connection) as there:
        if effect.payload["act"] == "delete":
            return _delete(there, calendar, meeting, entry)
        if meeting.remote_id:
            written = there.update(calendar.remote_id, meeting.remote_id, meeting.etag, entry)
        else:
            written = _create(there, calendar, meeting, entry)
    _stands(meeting, calendar, written)
    return "written"


def _create(there, calendar: Calendar, meeting: Meeting, entry: Entry) -> Written:
    try:
        return there.create(calendar.remote_id, entry)
    except Stale:
        found = there.find(calendar.remote_id, entry.uid)
        if found is None or not _carries(found.raw, f"{WRITE}:{meeting.pk}:"):
            raise
        # An earlier write of ours whose answer got lost, and which was overtaken by this one.
        return there.update(calendar.remote_id, found.remote_id, found.etag, entry)


def _delete(there, calendar: Calendar, meeting: Meeting, entry: Entry) -> str:
    remote_id, etag = meeting.remote_id, meeting.etag
    if not remote_id:
        found = there.find(calendar.remote_id, entry.uid)
        remote_id, etag = (found.remote_id, found.etag) if found else ("", "")
    if remote_id:
        with suppress(Missing):  # it is what was wanted
            there.delete(calendar.remote_id, remote_id, etag)
    facts = {"remote_id": "", "etag": "", "writing": Writing.OURS}
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    return "taken out"


def look_for(effect: Effect) -> str | None:
    """Whether this very write is there although we heard no answer. Raises Trouble."""
    if effect.payload["act"] == "delete":
        return None  # a second one finds nothing, which is what was wanted
    meeting = Meeting.objects.get(pk=effect.subject_id)
    calendar = Calendar.objects.select_related("connection").get(pk=effect.payload["calendar"])
    with opening.reached(calendar.connection) as there:
        found = there.find(calendar.remote_id, _entry(effect).uid)
    if found is None or not _carries(found.raw, effect.key):
        return None
    _stands(meeting, calendar, Written(found.remote_id, found.etag))
    return "written"


def _carries(raw: str, key: str) -> bool:
    """Whether an entry carries this key of ours; its lines may be folded in the middle of it."""
    return key in re.sub(r"\r?\n[ \t]", "", raw)


def _stands(meeting: Meeting, calendar: Calendar, written: Written) -> None:
    # Not over what has happened to it meanwhile: a newer write is on its way then, and stays so.
    facts = {"remote_id": written.remote_id, "etag": written.etag, "calendar": calendar}
    newer = Effect.objects.filter(kind=WRITE, subject_id=meeting.pk, state=Effect.State.PENDING).exists()
    if not newer:
        facts["writing"] = Writing.WRITTEN
    Meeting.objects.filter(pk=meeting.pk).update(**facts)


def is_overtaken(effect: Effect) -> bool:
    """Whether a newer change of the same meeting waits to be written."""
    newer = Effect.objects.filter(kind=WRITE, subject_id=effect.subject_id, place__gt=effect.place)
    return newer.exclude(state=Effect.State.CANCELLED).exists()


def failed(effect: Effect) -> None:
    """It could not be written, or nobody knows: a person looks. In the transaction of that state."""
    if is_overtaken(effect):
        return
    Meeting.objects.filter(pk=effect.subject_id).update(writing=Writing.FAILED)
    work.open_item(
        NOT_WRITTEN,
        subject=(SUBJECT, effect.subject_id),
        client=effect.client_id,
        because=_("A meeting could not be written into the client’s own calendar."),
        urgency=WorkItem.Urgency.TODAY,
    )
