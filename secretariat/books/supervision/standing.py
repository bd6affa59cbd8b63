"""Who supervises whom just now: the one who is named, or the stand-in while she is away or there no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat import clock
from secretariat.books.models import Supervision
from secretariat.office.audience import firm
from secretariat.office.models import Absence, Post, Secretary, User
from secretariat.office.rota import rules


@dataclass(frozen=True)
class Standing:
    """One secretary's supervision as it stands. `acting` is nobody where neither runs the firm any more.

    `is_backed`: there is a second one who runs the firm. `is_away`: the supervisor is, and comes back.
    """

    held: Supervision
    acting: User | None
    is_backed: bool = False
    is_away: bool = False

    @property
    def is_stood_in(self) -> bool:
        return self.acting is not None and self.acting != self.held.supervisor

    @property
    def is_still_hers(self) -> bool:
        """Whether the supervisor runs the firm: she is there, or comes back."""
        return self.is_away or self.acting == self.held.supervisor


def of_all(secretaries: Iterable[Secretary]) -> dict[UUID, Standing]:
    """By secretary; whoever has no supervisor named is not among them. Four questions however many."""
    held = Supervision.objects.filter(until_at=None, secretary__in=list(secretaries))
    rows = list(held.select_related("supervisor", "stand_in"))
    there = firm() if rows else set()
    gone = away(person for each in rows for person in (each.supervisor, each.stand_in) if person)
    return {each.secretary_id: _standing(each, there, gone) for each in rows}


def of(secretary: Secretary) -> Standing | None:
    return of_all([secretary]).get(secretary.pk)


def acting_for(secretary: Secretary) -> User | None:
    """Whose work it is to look after her; nobody's in particular where there is none."""
    found = of(secretary)
    return found.acting if found else None


def away(people: Iterable[User]) -> set[UUID]:
    """Whose days off or sickness it is just now, each by the days where she lives.

    Those are kept in the rota, for whoever takes calls; of the others with the post they hold.
    """
    at = clock.now()
    ids = {each.pk for each in people}
    if not ids:
        return set()
    days = Absence.objects.filter(
        state=Absence.State.APPROVED,
        secretary__user__in=ids,
        from_on__lte=at.date() + rules.DAY,
        until_on__gte=at.date() - rules.DAY,
    )
    of_the_rota = {
        each.secretary.user_id
        for each in days.select_related("secretary")
        if (when := each.stretch(each.secretary.zone)).begins <= at < when.ends
    }
    posts = Post.objects.running_the_firm().filter(user__in=ids, away_until_on__isnull=False)
    return of_the_rota | {
        each.user_id
        for each in posts.select_related("user")
        if at.astimezone(ZoneInfo(each.user.zone)).date() <= each.away_until_on
    }


def away_until(person: User) -> date | None:
    """The last day on which she is away, as it was entered with her post; over or not."""
    said = Post.objects.running_the_firm().filter(user=person, away_until_on__isnull=False)
    return said.order_by("-away_until_on").values_list("away_until_on", flat=True).first()


def _standing(held: Supervision, there: set[UUID], gone: set[UUID]) -> Standing:
    """Whoever was suspended, or has given up her post, supervises nobody; whoever is away, nobody just now.

    While both are away it stays with her who is named first: she comes back to it.
    """
    people = [each for each in (held.supervisor, held.stand_in) if each is not None and each.pk in there]
    here = [each for each in people if each.pk not in gone]
    acting = (here or people or [None])[0]
    is_away = held.supervisor in people and held.supervisor.pk in gone
    return Standing(held, acting, is_backed=len(people) > 1, is_away=is_away)
