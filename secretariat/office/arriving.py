"""Coming to work. Each package says in its `arriving.py` what somebody must read before her shift starts:

def to_read(user) -> list[ToRead]: ...
def has_read(user, keys, *, at) -> None: ...
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .models import User


@dataclass(frozen=True)
class ToRead:
    """Something the firm wants her to know. `about`: the client it is about, if it is about one."""

    key: str
    title: str
    text: str
    about: str = ""
    says: str = ""  # what she ticks; empty: that she has read it


def to_read(user: User) -> list[ToRead]:
    """What she has not yet said that she has read, the oldest first."""
    return [each for module in _modules() for each in module.to_read(user)]


def has_read(user: User, keys: Iterable[str], *, at: datetime) -> None:
    """She has read these."""
    for module in _modules():
        module.has_read(user, set(keys), at=at)


@cache
def _modules():
    packages = [config for config in apps.get_app_configs() if config.name != "secretariat.office"]
    return [
        import_module(f"{config.name}.arriving")
        for config in packages
        if module_has_submodule(config.module, "arriving")
    ]
