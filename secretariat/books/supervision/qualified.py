"""What the clients of a secretary ask of whoever works for them, beside what her supervisor is qualified in.

A supervisor need not have it at the level of whoever does the work: she must know the work.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from clients.models import Assignment, ClientRequirement, NeededSkill
from secretariat.books.models import Supervision
from secretariat.office import languages
from secretariat.office.models import Secretary
from secretariat.office.profiles.requirements import spoken


@dataclass(frozen=True)
class Asked:
    """One skill, training or language, by a `key` that it keeps when it is renamed, and who asks for it."""

    key: str
    name: str
    clients: tuple[str, ...]


def asked_of_all(secretaries: Iterable[Secretary]) -> dict[UUID, list[Asked]]:
    """By secretary, by its name: what the clients whose team she is on ask for. Three queries for all."""
    on_team = Assignment.objects.filter(secretary__in=list(secretaries), until_at=None).order_by(
        "client__name"
    )
    serves = list(on_team.values_list("secretary", "client", "client__name"))
    ids = {client for _whose, client, _name in serves}
    asks: dict[UUID, dict[str, str]] = defaultdict(dict)  # client → key → name
    for needed in NeededSkill.objects.filter(client__in=ids).select_related("skill"):
        asks[needed.client_id][f"skill:{needed.skill_id}"] = needed.skill.name
    required = ClientRequirement.objects.filter(client__in=ids, words_a_minute=None)
    for each in required.select_related("training"):
        if each.training is not None:
            asks[each.client_id][f"training:{each.training_id}"] = each.training.name
        else:
            code = spoken(each.language)
            asks[each.client_id][f"language:{code}"] = languages.name_of(code)
    found: dict[UUID, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for whose, client, called in serves:
        for key, name in asks[client].items():
            found[whose][name, key].append(called)
    return {
        whose: [Asked(key, name, tuple(theirs)) for (name, key), theirs in sorted(each.items())]
        for whose, each in found.items()
    }


def asked_of(secretary: Secretary) -> list[Asked]:
    return asked_of_all([secretary]).get(secretary.pk, [])


def unknown(asked: Iterable[Asked], held: Supervision | None) -> list[str]:
    """The names of what her supervisor is not known to be qualified in."""
    covers = set(held.covers) if held else set()
    return [each.name for each in asked if each.key not in covers]
