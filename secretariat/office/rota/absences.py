"""Days off: asked for and answered, or said where nobody is asked, by herself or by the firm for somebody who
rang in. Her shifts then are open to others.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import Absence, PlannedShift, Secretary, User

from . import own, planning, rules, telling
from .planning import NotNow
from .rules import Stretch

State, Kind = Absence.State, Absence.Kind
SHORTEST = timedelta(minutes=15)  # what is left of a shift that is worth somebody else's while


@transaction.atomic
def ask(
    secretary: Secretary, *, kind: str, from_on: date, until_on: date, at: datetime, note: str = ""
) -> Absence:
    """Ask for days off, other than for sickness. Raises NotNow for days that are asked for already."""
    _hold(secretary)
    _free(secretary, from_on, until_on)
    made = Absence.objects.create(
        secretary=secretary, kind=kind, from_on=from_on, until_on=until_on, note=note, asked_at=at
    )
    _record("asked", made, secretary.user)
    signals.request_made.send(
        sender=Absence,
        kind="office.absence",
        subject=("office.absence", made.pk),
        because=_("%(name)s asks for days off from %(day)s.")
        % {"name": secretary.spoken_name, "day": f"{from_on:%d.%m.%Y}"},
        at=at,
    )
    telling.announce([secretary])
    return made


@transaction.atomic
def report_sick(
    secretary: Secretary, *, from_on: date, until_on: date, at: datetime, by: User, note: str = ""
) -> tuple[Absence, list[PlannedShift]]:
    """She is ill, by the word of `by`. It holds at once; her shifts are open to others from now on."""
    made = _settled_at_once(secretary, Kind.SICKNESS, from_on, until_on, note=note, at=at, by=by)
    _record("reported", made, by)
    opened = open_hers(secretary, made.stretch(secretary.zone), PlannedShift.Because.SICK, at=at)
    words = ngettext(
        "%(name)s is ill. %(n)d shift of hers is open.",
        "%(name)s is ill. %(n)d shifts of hers are open.",
        len(opened),
    )
    signals.request_made.send(
        sender=Absence,
        kind="office.sick",
        subject=("office.absence", made.pk),
        because=words % {"name": secretary.spoken_name, "n": len(opened)},
        at=at,
    )
    _say_if_others_did(secretary, by, _("The firm has entered that you are ill. Get well."))
    return made, opened


@transaction.atomic
def enter(
    secretary: Secretary,
    *,
    kind: str,
    from_on: date,
    until_on: date,
    at: datetime,
    by: User,
    note: str = "",
) -> tuple[Absence, list[PlannedShift]]:
    """The firm's word that she is away, as for somebody who rang in: it holds at once, and she is told."""
    _is_not_her_own(secretary, kind, by)
    days = {"from_on": from_on, "until_on": until_on, "note": note}
    if kind == Kind.SICKNESS:
        return report_sick(secretary, **days, at=at, by=by)
    made = _settled_at_once(secretary, kind, **days, at=at, by=by)
    _record("entered", made, by)
    opened = open_hers(secretary, made.stretch(secretary.zone), PlannedShift.Because.AWAY, at=at)
    _say_if_others_did(secretary, by, _("The firm has entered days on which you are away."))
    return made, opened


@transaction.atomic
def change(absence: Absence, *, from_on: date, until_on: date, at: datetime, by: User) -> list[PlannedShift]:
    """Other days, as for somebody who is well again, or not yet. Shifts of hers on days that are new are open
    from now on; those that were opened before stay so. Returns the newly opened. Raises NotNow.
    """
    secretary = absence.secretary
    _is_not_her_own(secretary, absence.kind, by)
    _hold(secretary)
    standing = Absence.objects.standing().filter(pk=absence.pk)
    if not standing.exists():
        raise NotNow(_("This was refused or taken back before."))
    _free(secretary, from_on, until_on, kinds=_beside(absence.kind), by=by, but=absence)
    standing.update(from_on=from_on, until_on=until_on)
    absence.refresh_from_db()
    _record("changed", absence, by)
    opened: list[PlannedShift] = []
    if absence.state == State.APPROVED:
        ill = absence.kind == Kind.SICKNESS
        because = PlannedShift.Because.SICK if ill else PlannedShift.Because.AWAY
        opened = open_hers(secretary, absence.stretch(secretary.zone), because, at=at)
    _say_if_others_did(secretary, by, _("The firm has changed the days on which you are away."))
    return opened


def _settled_at_once(
    secretary: Secretary, kind: str, from_on: date, until_on: date, *, note: str, at: datetime, by: User
) -> Absence:
    _hold(secretary)
    _free(secretary, from_on, until_on, kinds=_beside(kind), by=by)
    return Absence.objects.create(
        secretary=secretary,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        note=note,
        state=State.APPROVED,
        asked_at=at,
        answered_at=at,
        answered_by=by,
    )


def _beside(kind: str) -> list[str]:
    """Which kinds may not stand on the same days: who falls ill on a holiday is ill."""
    return [each for each in Kind.values if (each == Kind.SICKNESS) == (kind == Kind.SICKNESS)]


def _is_not_her_own(secretary: Secretary, kind: str, by: User) -> None:
    """Nobody grants herself days off; being ill is not granted."""
    if kind != Kind.SICKNESS and own.is_own(by, secretary):
        raise NotNow(_("Somebody else of the firm enters your own days off."))


def _say_if_others_did(secretary: Secretary, by: User, words: str) -> None:
    if by.pk != secretary.user_id:
        telling.say(secretary, _("Your days off"), words)
    telling.announce([secretary])


@transaction.atomic
def answer(absence: Absence, *, approve: bool, by: User, at: datetime, words: str = "") -> Absence:
    """Say yes or no to days off. Yes opens the shifts she has then. Raises NotNow if answered before."""
    own.refuse(by, absence.secretary)
    _hold(absence.secretary)
    to = State.APPROVED if approve else State.REFUSED
    asked = Absence.objects.filter(pk=absence.pk, state=State.ASKED)
    if not asked.update(state=to, answer=words, answered_at=at, answered_by=by):
        raise NotNow(_("This was answered or taken back before."))
    absence.refresh_from_db()
    secretary = absence.secretary
    if approve:
        open_hers(secretary, absence.stretch(secretary.zone), PlannedShift.Because.AWAY, at=at)
    _record("approved" if approve else "refused", absence, by)
    _settled(absence, by, _("Answered"))
    telling.say(
        secretary,
        _("Your days off are approved") if approve else _("Your days off are not approved"),
        _("What you asked for has been answered."),
    )
    telling.announce([secretary])
    return absence


@transaction.atomic
def withdraw(absence: Absence, *, by: User, at: datetime) -> Absence:
    """Take it back. Shifts that were opened stay open. Raises NotNow.

    She herself what is not over, nor paid: the days before stand. The firm takes it back as a whole.
    """
    _hold(absence.secretary)
    standing = Absence.objects.standing().filter(pk=absence.pk)
    if not standing.exists():
        raise NotNow(_("This was taken back before."))
    absence.refresh_from_db()
    hers = by.pk == absence.secretary.user_id
    last = _last_that_stands(absence, at) if hers else None
    if last is None:
        standing.update(state=State.WITHDRAWN, answered_at=at)
    else:
        standing.update(until_on=last)
    absence.refresh_from_db()
    _record("withdrawn" if last is None else "changed", absence, by)
    _settled(absence, by, _("Taken back"))
    _say_if_others_did(absence.secretary, by, _("The firm has taken back days on which you were to be away."))
    return absence


def _last_that_stands(absence: Absence, at: datetime) -> date | None:
    """The last of its days that she cannot take back any more: past, or paid. None where she can take all.

    Raises NotNow where nothing is left to be taken back.
    """
    yesterday = at.astimezone(ZoneInfo(absence.secretary.zone)).date() - rules.DAY
    last = max([yesterday, *paid(absence)])
    if last >= absence.until_on:
        raise NotNow(_("These days are over."))
    return last if absence.state == State.APPROVED and last >= absence.from_on else None


def paid(absence: Absence) -> list[date]:
    """Which of its days are on a statement of pay, as the floors above know it."""
    found: set[date] = set()
    signals.paid_days_asked.send(Absence, absence=absence, paid=found)
    return sorted(found)


def open_hers(secretary: Secretary, when: Stretch, because: str, *, at: datetime) -> list[PlannedShift]:
    """Her shifts in this time, cancelled, and each as an open one in its place. Whoever calls holds her.

    One she has begun ends now; what is left of it is open. Returns the open ones.
    """
    hers = PlannedShift.objects.standing().filter(secretary=secretary, ends_at__gt=at)
    opened = []
    for shift in hers.between(when.begins, when.ends).select_for_update():
        left = Stretch(max(shift.starts_at, at), shift.ends_at)
        if shift.starts_at < at:
            PlannedShift.objects.filter(pk=shift.pk).update(
                ends_at=at, excused=True, version=shift.version + 1
            )
        else:
            planning.cancel(shift, because)
        if left.length < SHORTEST:
            continue
        opened.append(
            PlannedShift.objects.create(
                starts_at=left.begins,
                ends_at=left.ends,
                zone=shift.zone,
                language=shift.language,
                skill=shift.skill,
                state=PlannedShift.State.PUBLISHED if shift.published_at else PlannedShift.State.DRAFT,
                published_at=at if shift.published_at else None,
                instead_of=shift,
            )
        )
    telling.tell_open([each for each in opened if each.published_at], but=secretary, at=at)
    return opened


def _free(
    secretary: Secretary,
    from_on: date,
    until_on: date,
    *,
    kinds: Iterable[str] = tuple(Kind.values),
    by: User | None = None,
    but: Absence | None = None,
) -> None:
    there = Absence.objects.standing().filter(
        secretary=secretary, kind__in=list(kinds), from_on__lte=until_on, until_on__gte=from_on
    )
    if not there.exclude(pk=but.pk if but else None).exists():
        return
    if by is not None and by.pk != secretary.user_id:
        raise NotNow(_("She is entered as away on some of these days already. Change that instead."))
    raise NotNow(_("You have told us of some of these days already. Take that back first."))


def _hold(secretary: Secretary) -> None:
    planning.hold([secretary])


def _settled(absence: Absence, by: User, outcome: str) -> None:
    signals.request_settled.send(
        sender=Absence, subject=("office.absence", absence.pk), by=by, outcome=outcome
    )


def _record(verb: str, absence: Absence, by: User) -> None:
    ledger.record(
        f"office.absence.{verb}",
        actor_id=by.pk,
        subject=("office.absence", absence.pk),
        detail={"secretary": absence.secretary_id, "kind": str(absence.kind)},
    )
