"""Going home. Nothing stays with somebody who has gone: what is still hers goes to a colleague, by name, or
to the client's team.

Each package says in its `going_home.py` what somebody can leave behind:

    def left(secretary) -> list[Left]: ...
    def hand(secretary, key, *, to, note, by, at) -> None: ...
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from . import presence
from .models import Secretary, User


@dataclass(frozen=True)
class Taker:
    """A colleague who may have it. `at_work`: she is on shift just now."""

    user_id: UUID
    name: str
    at_work: bool


@dataclass(frozen=True)
class Left:
    """One thing that is still hers. `key` tells it among all of them; `takers` begin with those on shift."""

    key: str
    what: str
    client: str = ""
    band: str = ""
    promised_at: datetime | None = None
    takers: tuple[Taker, ...] = ()


def left(secretary: Secretary) -> list[Left]:
    """What is still hers, whichever package it is of."""
    return [each for module in _modules() for each in module.left(secretary)]


@transaction.atomic
def go_home(
    secretary: Secretary,
    hands: Mapping[str, UUID] | None = None,
    *,
    note: str = "",
    by: User,
    at: datetime,
) -> bool:
    """End her shift and give away what is still hers: `hands` is {key: whose it is now, a user's id}.

    What `hands` does not name, or gives to somebody who may not have it, goes to the client's team. `by` is
    herself, or a supervisor. False if she was not at work. Raises presence.NotNow while she is on a call:
    then nothing is given away either.
    """
    for module in _modules():
        for each in module.left(secretary):
            to = (hands or {}).get(each.key)
            may_have_it = to in {taker.user_id for taker in each.takers}
            module.hand(secretary, each.key, to=to if may_have_it else None, note=note, by=by, at=at)
    return presence.end_shift(secretary, at=at, by=by)


@cache
def _modules():
    packages = [config for config in apps.get_app_configs() if config.name != "secretariat.office"]
    return [
        import_module(f"{config.name}.going_home")
        for config in packages
        if module_has_submodule(config.module, "going_home")
    ]
