"""Where one can go. Each package says in its `navigation.py` what it offers to whom, so that nothing
unbuilt has a link:

    def entries(request) -> list[NavEntry]: ...
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class NavEntry:
    """One link of a frame. `rank` orders it; `badge` counts what waits there."""

    section: str  # desk, portal or firm
    label: str
    url: str
    icon: str  # a lucide icon
    rank: int = 50
    badge: int = 0


def entries(request, section: str) -> list[NavEntry]:
    """Everything this person may go to in a frame, in order."""
    found = [entry for module in _modules() for entry in module.entries(request)]
    return sorted((entry for entry in found if entry.section == section), key=lambda entry: entry.rank)


@cache
def _modules():
    return [
        import_module(f"{config.name}.navigation")
        for config in apps.get_app_configs()
        if module_has_submodule(config.module, "navigation")
    ]
