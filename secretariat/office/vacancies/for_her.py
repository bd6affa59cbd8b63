"""How an application stands, as she who applies reads it: what was settled, what comes, what is hers to do.

What is noted about a step is the firm's own, and not part of it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from secretariat.office.models import Application, Secretary, Step

from . import steps

Kind, State = Step.Kind, Step.State
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
    found = Application.objects.filter(secretary=secretary).select_related("vacancy")
    return found.filter(state=Application.State.INVITED).first() or found.first()


def why_no_shift(secretary: Secretary) -> str:
    """What is still open before her first calls, in words; empty for whoever works here or never applied."""
    application = Application.objects.filter(secretary=secretary, state=Application.State.INVITED).first()
    if application is None:
        return ""
    open_ones = [row.label for row in rows(application) if row.kind in steps.BEFORE_CALLS and not row.is_over]
    return ", ".join(open_ones)
