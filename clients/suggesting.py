"""Who could answer for a client: everybody who works here, judged by `matching`, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from secretariat.office.models import Secretary, Skill
from secretariat.office.profiles import matching, qualifications, suiting
from secretariat.office.profiles.matching import Match, Wanted

from .models import Assignment, Client


@dataclass(frozen=True)
class Wished:
    """What the firm wishes for besides what is required, as it looks for somebody."""

    skills: Iterable[Skill] = ()
    works_in: Iterable[str] = ()
    words_a_minute: int | None = None


def wanted(client: Client, *, at: datetime, wished: Wished = Wished()) -> Wanted:
    """What this client's work asks for."""
    needs = [
        *qualifications.of_firm(),
        *map(qualifications.need, client.requirements.select_related("training")),
    ]
    skills = client.needed_skills.values_list("skill__name", flat=True)
    return Wanted(
        language=client.language,
        level=client.level_needed,
        needs=tuple(needs),
        must_know=frozenset(skills),
        skills=frozenset(each.name for each in wished.skills),
        specialities=frozenset(wished.works_in),
        words_a_minute=wished.words_a_minute,
        offset=suiting.offset(client.zone, at),
    )


def matches(client: Client, *, at: datetime, wished: Wished = Wished()) -> list[Match]:
    """Everybody engaged who is not on the team yet."""
    team = Assignment.objects.filter(client=client, until_at=None).values("secretary")
    free = Secretary.objects.filter(user__is_active=True).exclude(pk__in=team).select_related("user")
    before = Assignment.objects.filter(client=client).values_list("secretary", flat=True)
    engaged, apart = [each for each in free if each.is_engaged], suiting.apart_from(client.pk)
    people = suiting.people(engaged, at=at, known=before, apart=apart, learning=True)
    return matching.rank(wanted(client, at=at, wished=wished), people)
