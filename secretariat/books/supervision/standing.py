"""Who supervises whom just now: the one who is named, or the stand-in where she is there no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from secretariat.books.models import Supervision
from secretariat.office.audience import firm
from secretariat.office.models import Secretary, User


@dataclass(frozen=True)
class Standing:
    """One secretary's supervision as it stands. `acting` is nobody where neither runs the firm any more.

    `is_backed`: somebody would stand in for whoever acts.
    """

    held: Supervision
    acting: User | None
    is_backed: bool = False

    @property
    def is_stood_in(self) -> bool:
        return self.acting is not None and self.acting != self.held.supervisor


def of_all(secretaries: Iterable[Secretary]) -> dict[UUID, Standing]:
    """By secretary; whoever has no supervisor named is not among them. Two questions however many."""
    held = Supervision.objects.filter(until_at=None, secretary__in=list(secretaries))
    rows = list(held.select_related("supervisor", "stand_in"))
    there = firm() if rows else set()
    return {each.secretary_id: _standing(each, there) for each in rows}


def of(secretary: Secretary) -> Standing | None:
    return of_all([secretary]).get(secretary.pk)


def acting_for(secretary: Secretary) -> User | None:
    """Whose work it is to look after her; nobody's in particular where there is none."""
    found = of(secretary)
    return found.acting if found else None


def _standing(held: Supervision, there: set[UUID]) -> Standing:
    """A supervisor who was suspended, or has given up her post, supervises nobody."""
    people = [each for each in (held.supervisor, held.stand_in) if each is not None and each.pk in there]
    return Standing(held, people[0] if people else None, is_backed=len(people) > 1)
