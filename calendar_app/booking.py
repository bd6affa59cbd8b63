"""Giving time of a diary away, and taking it back: every change of a meeting is a verb here.

The diary's row is the lock: whoever arranges something in it waits for whoever is doing so, and judges what
stands there afterwards. The database's own rule, that no two meetings of a diary overlap, holds whatever
happens here. A verb says which `version` of the meeting was before the person's eyes.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import audience
from secretariat import ledger, live
from secretariat.ids import uuid7
from secretariat.office.models import User

from . import guest_links, planning, signals
from .free_time import Clash, Why
from .models import Diary, Guest, Meeting, MeetingEvent, Series
from .planning import Clashing, Coming, NotPossible, Plan

OVERLAP = "23P01"  # PostgreSQL's word for two at once
SUBJECT = "calendar_app.meeting"
State = Meeting.State


class Changed(NotPossible):
    """Somebody was quicker: it is not as it was shown any more."""

    def __init__(self):
        super().__init__(_("This was changed meanwhile. Look at it as it is now, and decide again."))


@dataclass(frozen=True)
class Before:
    """How a meeting stood before an act."""

    state: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, meeting: Meeting) -> "Before":
        return cls(meeting.state, meeting.starts_at, meeting.ends_at)


@dataclass(frozen=True)
class Word:
    """Somebody's word that it is to be arranged despite what stands against it.

    `accepted` are the keys of the clashes that were shown to her; None: whatever there is.
    """

    because: str
    accepted: frozenset[str] | None = None


def diary_of(client) -> Diary:
    """The client's own diary; not saved yet, where nothing was ever arranged in it."""
    return Diary.objects.filter(client=client, contact=None).first() or Diary(client=client)


@transaction.atomic
def hold(
    diary: Diary, plan: Plan, *, until: datetime, by: User | None, at: datetime, word: Word | None = None
) -> Meeting:
    """Keep a time for somebody until `until`. Raises Clashing, NotPossible."""
    return arranged(diary, plan, by=by, at=at, word=word, verb="held", expires_at=until)


@transaction.atomic
def book(diary: Diary, plan: Plan, *, by: User | None, at: datetime, word: Word | None = None) -> Meeting:
    """Arrange a meeting. Raises Clashing if something stands against it and nobody's word says despite."""
    return arranged(diary, plan, by=by, at=at, word=word, verb="booked")


@transaction.atomic
def block(diary: Diary, plan: Plan, *, by: User, at: datetime, word: Word | None = None) -> Meeting:
    """Keep time free: of `plan`, whose manner is block. Raises Clashing."""
    return arranged(diary, plan, by=by, at=at, word=word, verb="blocked")


@transaction.atomic
def confirm(meeting: Meeting, *, version: int, by: User | None, at: datetime, word: Word | None = None):
    """A time held becomes a meeting. Raises Clashing if something has come to stand there meanwhile."""
    diary = locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, (State.HELD,))
    if found.expires_at <= at:
        raise NotPossible(_("That time is no longer held. Choose a time again."))
    clashes = planning.against(diary, planning.plan_of(found), at=at, reader=by, but_for=found)
    # How soon it is, and how full the day, was judged when it was held.
    still = tuple(clash for clash in clashes if clash.why in (Why.OVERLAP, Why.PAST))
    _accept(still, word)
    facts = _despite(still, word) | {"state": State.CONFIRMED, "expires_at": None}
    return _change(found, "confirmed", by=by, at=at, facts=facts)


@transaction.atomic
def move(
    meeting: Meeting,
    *,
    version: int,
    plan: Plan,
    by: User | None,
    at: datetime,
    word: Word | None = None,
    judged: tuple[Clash, ...] | None = None,
    in_series: dict | None = None,
) -> Meeting:
    """Give it the time, length and place of `plan`. What it is about and who comes stay as they are.

    `judged`: what stands against it, if that was found out under the same lock. `in_series`: the facts that
    go with it where the whole series is moved.
    """
    diary = locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, Meeting.STANDING)
    clashes = planning.against(diary, plan, at=at, reader=by, but_for=found) if judged is None else judged
    _accept(clashes, word)
    facts = planning.time_and_place(diary, plan) | _despite(clashes, word) | {"sequence": F("sequence") + 1}
    facts |= in_series or {}
    return _change(found, "moved", by=by, at=at, facts=facts, whole_series=in_series is not None)


@transaction.atomic
def change(
    meeting: Meeting, *, version: int, by: User | None, at: datetime, whole_series=False, **facts
) -> Meeting:
    """Change what it is about, its notes, link, or whether it is private; nothing about its time."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, Meeting.STANDING)
    return _change(found, "changed", by=by, at=at, facts=facts, whole_series=whole_series)


@transaction.atomic
def invite(
    meeting: Meeting,
    coming: tuple[Coming, ...],
    *,
    version: int,
    by: User | None,
    at: datetime,
    whole_series=False,
) -> Meeting:
    """These are to come as well. Whoever is invited already, by her address, stays as she is."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, Meeting.STANDING)
    _invite(found, coming)
    return _change(found, "guests", by=by, at=at, facts={}, whole_series=whole_series)


@transaction.atomic
def take_off(
    meeting: Meeting, guest: Guest, *, version: int, by: User | None, at: datetime, whole_series=False
) -> Meeting:
    """This one is not to come after all. Raises Changed if she was taken off meanwhile."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, Meeting.STANDING)
    gone = found.guests.filter(pk=guest.pk).first()
    if gone is None:
        raise Changed
    signals.guest_taken_off.send(
        sender=Guest, guest=gone, meeting=found, by=by, at=at, whole_series=whole_series
    )
    words = _("%(name)s is not to come") % {"name": str(gone)}
    guest_links.pass_on(gone)
    gone.delete()
    return _change(found, "guests", by=by, at=at, facts={}, words=words, whole_series=whole_series)


@transaction.atomic
def cancel(
    meeting: Meeting, *, version: int, because: str, by: User | None, at: datetime, whole_series=False
) -> Meeting:
    """It does not take place, because."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, Meeting.STANDING)
    facts = {
        "state": State.CANCELLED,
        "cancelled_because": because[:240],
        "expires_at": None,
        "sequence": F("sequence") + 1,
    }
    words = because[:240]
    return _change(found, "cancelled", by=by, at=at, facts=facts, words=words, whole_series=whole_series)


@transaction.atomic
def release(meeting: Meeting, *, version: int, by: User | None, at: datetime) -> Meeting:
    """A time held is free again, before its end."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, (State.HELD,))
    return _change(found, "released", by=by, at=at, facts={"state": State.LAPSED, "expires_at": None})


@transaction.atomic
def note_outcome(
    meeting: Meeting, *, version: int, outcome: str, note: str, by: User, at: datetime
) -> Meeting:
    """What came of it, once it has begun."""
    locked(meeting.diary_id, at)
    found = _as_shown(meeting, version, (State.CONFIRMED,))
    if found.starts_at > at:
        raise NotPossible(_("It has not begun yet."))
    facts = {"outcome": outcome, "outcome_note": note[:240]}
    return _change(found, "outcome", by=by, at=at, facts=facts, detail={"outcome": outcome})


def lapse_due(*, at: datetime, diary: Diary | None = None) -> int:
    """Times whose hold is over are free. Returns how many those were."""
    due = Meeting.objects.filter(state=State.HELD, expires_at__lte=at)
    due = due.filter(diary=diary) if diary else due
    done = 0
    for meeting in due.order_by("diary", "pk")[:200]:
        with transaction.atomic():
            if diary is None:
                Diary.objects.select_for_update().get(pk=meeting.diary_id)
            still = Meeting.objects.filter(pk=meeting.pk, state=State.HELD, expires_at__lte=at).first()
            if still:
                _change(still, "lapsed", by=None, at=at, facts={"state": State.LAPSED, "expires_at": None})
                done += 1
    return done


def kept(diary: Diary) -> Diary:
    """The diary as a row, where nothing was ever arranged in it."""
    if diary._state.adding:
        diary, _made = Diary.objects.get_or_create(client=diary.client, contact=diary.contact)
    return diary


def locked(diary_id, at: datetime) -> Diary:
    """The diary, for this transaction alone, without holds that are over."""
    diary = Diary.objects.select_for_update(of=("self",)).select_related("client").get(pk=diary_id)
    lapse_due(at=at, diary=diary)
    return diary


def arranged(
    diary: Diary,
    plan: Plan,
    *,
    by: User | None,
    at: datetime,
    verb: str,
    word: Word | None = None,
    expires_at: datetime | None = None,
    series: Series | None = None,
    instance_at: datetime | None = None,
    judged: tuple[Clash, ...] | None = None,
) -> Meeting:
    """A new row in the diary; of `series`, if it is one of several, which means it to be at `instance_at`.

    `judged`: what stands against it, if that was found out under the same lock. Raises Clashing, NotPossible.
    """
    diary = locked(kept(diary).pk, at)
    clashes = planning.against(diary, plan, at=at, reader=by) if judged is None else judged
    _accept(clashes, word)
    meeting = Meeting(
        client_id=diary.client_id,
        diary=diary,
        series=series,
        about=plan.about,
        notes=plan.notes,
        private=plan.private,
        we_ring=plan.we_ring and plan.manner == Meeting.Manner.TELEPHONE,
        state=State.HELD if expires_at else State.CONFIRMED,
        expires_at=expires_at,
        uid=series.uid if series else str(uuid7()),
        arranged_by=by,
        subject_kind=plan.subject[0] if plan.subject else "",
        subject_id=plan.subject[1] if plan.subject else None,
        created_at=at,
        changed_at=at,
        **planning.time_and_place(diary, plan),
        **_despite(clashes, word),
    )
    if series:
        meeting.instance_at = instance_at or meeting.starts_at
    _write(lambda: meeting.save(force_insert=True))
    _invite(meeting, plan.guests)
    _tell(meeting, verb, by=by, at=at, before=None, whole_series=series is not None)
    return meeting


def _accept(clashes: tuple[Clash, ...], word: Word | None) -> None:
    if not clashes:
        return
    stands = word is not None and word.because.strip()
    known = word is None or word.accepted is None or {clash.key for clash in clashes} <= word.accepted
    if not stands or not known or any(clash.is_final for clash in clashes):
        raise Clashing(clashes)


def _despite(clashes: tuple[Clash, ...], word: Word | None) -> dict:
    beside = any(clash.why is Why.OVERLAP and clash.other and clash.other.id for clash in clashes)
    return {"overlaps": beside, "despite": word.because[:240] if clashes and word else ""}


def _as_shown(meeting: Meeting, version: int, states) -> Meeting:
    found = Meeting.objects.select_related("diary", "client", "place").get(pk=meeting.pk)
    if found.version != version or found.state not in states:
        raise Changed
    return found


def _change(meeting: Meeting, verb: str, *, by, at, facts, words="", detail=None, whole_series=False):
    before = Before.of(meeting)
    mine = Meeting.objects.filter(pk=meeting.pk, version=meeting.version, state=meeting.state)
    changed = _write(lambda: mine.update(version=F("version") + 1, changed_at=at, **facts))
    if not changed:
        raise Changed
    meeting.refresh_from_db()
    _tell(meeting, verb, by=by, at=at, before=before, words=words, detail=detail, whole_series=whole_series)
    return meeting


def _write(write):
    """Do it, and say in our words what the database says of two at once."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != OVERLAP:
            raise
        raise Clashing((Clash(Why.OVERLAP, _("There is already something at that time.")),)) from error


def _invite(meeting: Meeting, coming: tuple[Coming, ...]) -> None:
    there = set(meeting.guests.exclude(email="").values_list("email", flat=True))
    for each in coming:
        if each.email and each.email in there:
            continue
        there.add(each.email)
        Guest.objects.create(
            client_id=meeting.client_id,
            meeting=meeting,
            correspondent_id=each.correspondent_id,
            contact_id=each.contact_id,
            secretary_id=each.secretary_id,
            answer=Guest.Answer.ACCEPTED if each.secretary_id else Guest.Answer.WAITING,
            name=each.name[:120],
            email=each.email,
            number=each.number,
            zone=each.zone,
            language=each.language,
        )


def note(meeting: Meeting, verb: str, *, by: User | None, at: datetime, words="", guest=None, detail=None):
    """A line of the meeting's thread."""
    return MeetingEvent.objects.create(
        client_id=meeting.client_id,
        meeting=meeting,
        at=at,
        verb=verb,
        by=by,
        guest=guest,
        words=words[:240],
        detail=detail or {},
    )


def announce(meeting: Meeting) -> None:
    """Tell the desks, the portal, and whose time it is, that a meeting is not what it was."""
    concerned = audience.desk(meeting.client_id) | audience.portal(meeting.client_id)
    if meeting.diary.contact_id:
        concerned |= audience.people([meeting.diary.contact])
    live.announce("meeting.changed", meeting.pk, meeting.version, concerned)


def _tell(meeting: Meeting, verb: str, *, by, at, before, words="", detail=None, whole_series=False) -> None:
    detail = dict(detail or {})
    if before and before.starts_at != meeting.starts_at:
        detail |= {"from": before.starts_at.isoformat(), "to": meeting.starts_at.isoformat()}
    note(meeting, verb, by=by, at=at, words=words or meeting.despite, detail=detail)
    ledger.record(
        f"{SUBJECT}.{verb}",
        actor_id=by.pk if by else None,
        client_id=meeting.client_id,
        subject=(SUBJECT, meeting.pk),
        detail={"version": meeting.version, "state": meeting.state},
    )
    announce(meeting)
    signals.meeting_changed.send(
        sender=Meeting, meeting=meeting, verb=verb, by=by, at=at, before=before, whole_series=whole_series
    )
