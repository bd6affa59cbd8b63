"""How an application stands, as she who applies reads it: what was settled, what comes, what is hers to do.

What is noted about a step is the firm's own, and not part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import DateField, Exists, Func, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from secretariat.office.models import Application, Contract, Secretary, Shift, Step

Kind, State = Step.Kind, Step.State
BEFORE_CALLS = (Kind.CONTRACT, Kind.TERMS, Kind.HOME, Kind.PRACTICE)  # then come the first, supervised
WORDS = {
    Kind.REFERENCES: _("We ask those whom you have named."),
    Kind.CHECKS: _("We see a paper that says who you are."),
    Kind.TYPING: _("You are shown a passage, and type it."),
    Kind.CONTRACT: _("You read it at your desk, under “My contract”, ask, and sign; the firm signs as well."),
    Kind.TERMS: _("You accept what each client asks of you, before anything of it comes to you."),
    Kind.HOME: _("You try your room, your headset and your line at your desk."),
    Kind.PRACTICE: _("A supervisor plays the caller, and you answer for a copy of a client."),
    Kind.FIRST_CALLS: _("You take your first calls, and a supervisor is there whom you can ask."),
}


@dataclass(frozen=True)
class Row:
    """One step: what it is, what happens in it, and whether something is left to do about it."""

    kind: Kind
    words: str
    state: str  # of the step; empty while nobody has settled it

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def is_over(self) -> bool:
        return self.state in (State.PASSED, State.LEFT_OUT)


def rows(application: Application) -> list[Row]:
    """Every step in its order."""
    settled = dict(application.steps.values_list("kind", "state"))
    return [Row(kind, str(WORDS[kind]), settled.get(kind, "")) for kind in Kind]


def of(secretary: Secretary) -> Application | None:
    """The application by which she came, if she came by one: under way, or the newest."""
    found = Application.objects.filter(secretary=secretary).select_related("vacancy", "first_calls_with")
    return found.filter(state=Application.State.INVITED).first() or found.first()


def why_no_shift(secretary: Secretary) -> str:
    """What is still open before her first calls, in words; empty for whoever works here or never applied."""
    return ", ".join(open_steps([secretary.pk]).get(secretary.pk, ()))


def open_steps(secretaries: Iterable[UUID], *, kinds: Iterable[Kind] = BEFORE_CALLS) -> dict[UUID, list[str]]:
    """Of those of these who are still on their way here: which of these steps are open, by their names.

    Two queries however many they are. Whoever worked here when she applied goes on as she did.
    """
    under_way = on_the_way().filter(secretary__in=list(secretaries)).prefetch_related("steps")
    return {
        each.secretary_id: [
            str(kind.label)
            for kind in kinds
            if not any(step.kind == kind and Row(kind, "", step.state).is_over for step in each.steps.all())
        ]
        for each in under_way
    }


def on_the_way() -> QuerySet[Application]:
    """Those who have joined by their application and are not through all of its steps."""
    return Application.objects.filter(_came_by_it(), state=Application.State.INVITED)


def learning() -> QuerySet[Application]:
    """Those of them whose first calls are still to come, or not gone through well."""
    well = Step.objects.filter(
        application=OuterRef("pk"), kind=Kind.FIRST_CALLS, state__in=[State.PASSED, State.LEFT_OUT]
    )
    return on_the_way().filter(~Exists(well))


def came_by(application: Application) -> bool:
    """Whether she is here by this application, and not from before: then it was other work she asked for."""
    return Application.objects.filter(_came_by_it(), pk=application.pk, secretary__isnull=False).exists()


def _came_by_it():
    hers = {"secretary": OuterRef("secretary")}
    contracts = Contract.objects.signed().filter(**hers)
    day = Func(OuterRef("secretary__zone"), OuterRef("started_at"), function="TIMEZONE")
    held = Contract.objects.holding(Cast(day, DateField())).filter(
        **hers, offered_at__lt=OuterRef("started_at")
    )
    had_gone = contracts.filter(closed_at__lte=OuterRef("started_at"))
    worked = Shift.objects.filter(**hers, started_at__lt=OuterRef("started_at"))
    return ~Exists(held) & (Exists(had_gone) | ~Exists(worked))
