"""From an application to the first shift: each step and what is known of it; inviting, engaging, refusing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import clock, ledger
from secretariat.office import inviting, signals
from secretariat.office.models import Application, Firm, Invitation, Secretary, Step, StepBefore, User

from . import applying, carried, evidence, referring
from .applying import KIND, NotNow
from .known import Known

State, Kind = Application.State, Step.Kind
BEFORE_JOINING = (Kind.REFERENCES, Kind.CHECKS, Kind.TYPING)
BY_EYE = (Kind.CHECKS,)  # whoever passes it has seen what no product can know
FIRST_CALLS = "office.first_calls"  # the piece of work of whoever is there for them


@dataclass(frozen=True)
class Standing:
    """One step: how it was settled, if it was, how it had been before, and what the product knows of it."""

    kind: Kind
    row: Step | None
    known: Known
    before: tuple[StepBefore, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.row is not None and self.row.state != Step.State.FAILED


def standing(application: Application, *, at: datetime) -> list[Standing]:
    """Every step in its order."""
    rows = application.steps.select_related("by").prefetch_related("before__by")
    found, known = {row.kind: row for row in rows}, evidence.of(application, at=at)
    return [
        Standing(kind, row, known.get(kind, Known("")), tuple(row.before.all()) if row else ())
        for kind in Kind
        for row in [found.get(kind)]
    ]


@transaction.atomic
def settle(application: Application, kind: Kind, *, state: str, note: str, by: User, at: datetime) -> Step:
    """Say how a step went; said again, the newer word stands and the one before is kept.

    Raises NotNow where it cannot be so: without a reason where one is due, or without what it stands for.
    """
    application = _under_way(application, [State.SENT, State.INVITED])
    if state != Step.State.PASSED and not note:
        raise NotNow(_("Say why."))
    if state == Step.State.PASSED and kind not in BY_EYE:
        _has_ground(kind, evidence.of(application, at=at).get(kind, Known("")), note)
    before = Step.objects.filter(application=application, kind=kind).first()
    if before is not None:
        facts = {"state": before.state, "note": before.note, "by": before.by, "at": before.at}
        StepBefore.objects.create(step=before, **facts)
    step, _made = Step.objects.update_or_create(
        application=application, kind=kind, defaults={"state": state, "note": note, "by": by, "at": at}
    )
    if kind == Kind.REFERENCES:
        referring.settled_all(application, by=by, outcome=_("References are settled"))
    if kind == Kind.FIRST_CALLS and state != Step.State.FAILED:
        _first_calls_settled(application, by=by, outcome=_("Her first calls are settled"))
    ledger.record(
        f"{KIND}.step",
        actor_id=by.pk,
        subject=(KIND, application.pk),
        detail={"kind": str(kind), "state": str(state)},
    )
    return step


def _has_ground(kind: Kind, known: Known, note: str) -> None:
    """Raises NotNow where nothing shows that a step is passed, and nobody says why it is."""
    if known.is_done:
        return
    if kind == Kind.CONTRACT:
        raise NotNow(_("Both sides have to sign the contract first. %(known)s") % {"known": known.words})
    if not note:
        raise NotNow(_("Nothing shows yet that this is done. Say in the note why it counts as passed."))


@transaction.atomic
def invite(application: Application, *, by: User, at: datetime) -> Application:
    """She is to have a sign-in, for what comes before her first calls; until that is done she takes none."""
    application = _under_way(application, [State.SENT, State.INVITED])
    open_ones = [
        each.kind.label
        for each in standing(application, at=at)
        if each.kind in BEFORE_JOINING and not each.is_good
    ]
    if open_ones:
        raise NotNow(_("Still open: %(steps)s.") % {"steps": ", ".join(map(str, open_ones))})
    inviting.invite(
        email=application.email,
        name=application.name,
        gives=Invitation.Gives.SECRETARY,
        by=by,
        at=at,
        subject_id=application.pk,
    )
    _move(application, [State.SENT, State.INVITED], State.INVITED, changed_at=at)
    return application


def joined(application: Application) -> Secretary | None:
    """Who she is since she has used the invitation; noted with the application."""
    if application.secretary or application.state != State.INVITED:
        return application.secretary
    used = Invitation.objects.filter(
        subject_id=application.pk, gives=Invitation.Gives.SECRETARY, user__isnull=False
    )
    her = Secretary.objects.select_related("user").filter(user__in=used.values("user")).first()
    if her and Application.objects.filter(pk=application.pk, secretary=None).update(secretary=her):
        application.refresh_from_db()
        carried.over(application, her, at=clock.now())
    return application.secretary


@transaction.atomic
def engage(application: Application, *, by: User, at: datetime) -> Application:
    """Every step is settled well: she works here. Raises NotNow, naming what is open."""
    application = _under_way(application, [State.INVITED])
    open_ones = [each.kind.label for each in standing(application, at=at) if not each.is_good]
    if open_ones:
        raise NotNow(_("Still open: %(steps)s.") % {"steps": ", ".join(map(str, open_ones))})
    if joined(application) is None:
        raise NotNow(_("She has not used her invitation yet."))
    _move(application, [State.INVITED], State.ENGAGED, decided_at=at, decided_by=by, changed_at=at)
    words = _("Every step is settled: you work here. Thank you for your patience.")
    applying.mail(application, "engaged", _("You work here"), f"{words}\n\n{applying.LINK}")
    _settled(application, by)
    return application


@transaction.atomic
def accompany(application: Application, who: User | None, *, by: User, at: datetime) -> Application:
    """Name who is there while she takes her first calls; None: nobody but whoever supervises her.

    Whoever is named by somebody else is told at once, and has it among her work until they are settled.
    """
    application = _under_way(application, [State.INVITED])
    if who and application.secretary and who.pk == application.secretary.user_id:
        raise NotNow(_("Somebody else is there for her first calls."))
    if application.first_calls_with_id == (who.pk if who else None):
        return application
    Application.objects.filter(pk=application.pk).update(
        first_calls_with=who, first_calls_with_since=at if who else None, changed_at=at
    )
    application.refresh_from_db()
    _first_calls_settled(application, by=by, outcome=_("Somebody else is there for them"))
    if who and who.pk != by.pk:
        words = _("%(who)s is there while %(name)s takes her first calls.")
        signals.request_made.send(
            sender=Application,
            kind=FIRST_CALLS,
            subject=(KIND, application.pk),
            because=words % {"who": who.name, "name": application.name},
            owner=who,
            at=at,
        )
    ledger.record(f"{KIND}.accompanied", actor_id=by.pk, subject=(KIND, application.pk))
    return application


def _first_calls_settled(application: Application, *, by: User, outcome: str) -> None:
    """Nothing is left to do for whoever was named to be there for them."""
    subject = (KIND, application.pk)
    signals.request_settled.send(
        sender=Application, subject=subject, kind=FIRST_CALLS, by=by, outcome=outcome
    )


@transaction.atomic
def refuse(application: Application, *, words: str, by: User, at: datetime) -> Application:
    """Say no, in words that she reads. An invitation she was sent opens no more; if she had joined, she
    works here no more. Raises NotNow while she is on a call."""
    # Before the application's row, in the order in which joining takes the two.
    inviting.withdraw_all(subject_id=application.pk, by=by, at=at)
    application = _under_way(application, [State.SENT, State.INVITED])
    _move(
        application,
        [State.SENT, State.INVITED],
        State.REFUSED,
        decided_at=at,
        decided_by=by,
        because=words,
        changed_at=at,
    )
    applying.let_go(application, because=_("Her application was refused"), by=by, at=at)
    about = {"firm": Firm.current().name, "title": application.vacancy.title}
    applying.mail(application, "refused", _("Your application for “%(title)s” at %(firm)s") % about, words)
    _settled(application, by)
    return application


def _under_way(application: Application, states: list[str]) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("vacancy", "secretary")
    application = rows.get(pk=application.pk)
    if application.state not in states:
        raise NotNow(
            _("This application does not wait for that: %(state)s.")
            % {"state": application.get_state_display()}
        )
    return application


def _move(application: Application, came_from: list[str], to: str, **facts) -> None:
    if not Application.objects.filter(pk=application.pk, state__in=came_from).update(state=to, **facts):
        raise NotNow(_("It has changed meanwhile. Open the page again."))
    application.refresh_from_db()
    ledger.record(
        f"{KIND}.{to}",
        actor_id=facts["decided_by"].pk if "decided_by" in facts else None,
        subject=(KIND, application.pk),
    )


def _settled(application: Application, by: User) -> None:
    referring.settled_all(application, by=by, outcome=application.get_state_display())
    signals.request_settled.send(
        sender=Application,
        subject=(KIND, application.pk),
        by=by,
        outcome=application.get_state_display(),
    )
