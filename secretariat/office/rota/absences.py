"""Days off: asked for and answered, or reported where nobody is asked. Her shifts then are open to others."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import Absence, PlannedShift, Secretary, User

from . import planning, telling
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
    _hold(secretary)
    _free(secretary, from_on, until_on, kinds=[Kind.SICKNESS])
    made = Absence.objects.create(
        secretary=secretary,
        kind=Kind.SICKNESS,
        from_on=from_on,
        until_on=until_on,
        note=note,
        state=State.APPROVED,
        asked_at=at,
        answered_at=at,
        answered_by=by,
    )
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
    return made, opened


@transaction.atomic
def answer(absence: Absence, *, approve: bool, by: User, at: datetime, words: str = "") -> Absence:
    """Say yes or no to days off. Yes opens the shifts she has then. Raises NotNow if answered before."""
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
    """Take it back, while not all of it is over. Shifts that were opened stay as they are."""
    _hold(absence.secretary)
    zone = absence.secretary.zone
    if absence.stretch(zone).ends <= at:
        raise NotNow(_("These days are over."))
    standing = Absence.objects.standing().filter(pk=absence.pk)
    if not standing.update(state=State.WITHDRAWN, answered_at=at):
        raise NotNow(_("This was taken back before."))
    absence.refresh_from_db()
    _record("withdrawn", absence, by)
    _settled(absence, by, _("Taken back"))
    telling.announce([absence.secretary])
    return absence


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


def _free(secretary: Secretary, from_on: date, until_on: date, kinds=tuple(Kind.values)) -> None:
    there = Absence.objects.standing().filter(
        secretary=secretary, kind__in=kinds, from_on__lte=until_on, until_on__gte=from_on
    )
    if there.exists():
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
