"""What the product itself knows of a step, for whoever of the firm settles it.

Each package says in its `joining.py` what it knows of somebody who has joined:

    def known(secretary, *, at) -> dict[Step.Kind, Known]: ...

and why she may not begin a shift while she learns, in words, empty where she may:

    def why_no_shift(secretary, *, at) -> str: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from secretariat.office.models import Secretary, Step


@dataclass(frozen=True)
class Line:
    """One thing behind it: when, what, where it is read, and where it is ticked off as long as it is not.

    Of a first call: by whom it was gone through, and who was at work beside her.
    """

    at: datetime
    words: str
    url: str = ""
    is_done: bool = False
    tick_url: str = ""
    by: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Known:
    """What is known in words, and whether it is enough to pass the step without a reason."""

    words: str
    is_done: bool = False
    lines: tuple[Line, ...] = ()


def of(secretary: Secretary, *, at: datetime) -> dict[Step.Kind, Known]:
    """By step, whichever package knows of it."""
    found: dict[Step.Kind, Known] = {}
    for known in _said("known"):
        found |= known(secretary, at=at)
    return found


def why_no_shift(secretary: Secretary, *, at: datetime) -> str:
    """What some package says stands between her and a shift on which she learns."""
    words = (why(secretary, at=at) for why in _said("why_no_shift"))
    return next((each for each in words if each), "")


@cache
def _said(name: str) -> tuple[Callable[..., Any], ...]:
    """This function of each package that has one."""
    modules = (
        import_module(f"{config.name}.joining")
        for config in apps.get_app_configs()
        if config.name != "secretariat.office" and module_has_submodule(config.module, "joining")
    )
    return tuple(getattr(module, name) for module in modules if hasattr(module, name))
