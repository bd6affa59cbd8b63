"""Where one can go. Each package says in its `navigation.py` what it offers to whom, so that nothing
unbuilt has a link:

    def entries(request) -> list[NavEntry]: ...
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

# What stands under *More*, in this order. An entry without a group stands in the line itself.
GROUPS = {
    "": "",
    "writing": _("Letters and mail"),
    "answering": _("How we answer"),
    "account": _("Your account"),
    "joining": _("Who joins us"),
    "papers": _("What is agreed"),
    "money": _("Prices and shares"),
    "reached": _("How we are reached"),
}

_GROUP_ORDER = {group: nth for nth, group in enumerate(GROUPS)}


@dataclass(frozen=True)
class NavEntry:
    """One link of a frame. `rank` orders it; `badge` counts what waits there; `key` goes there: "g d".

    `group`, one of GROUPS: under *More*, with what belongs to it.
    """

    section: str  # desk, portal or firm
    label: str
    url: str
    icon: str  # a lucide icon
    rank: int = 50
    badge: int = 0
    key: str = ""
    group: str = ""

    @property
    def heading(self) -> str:
        return str(GROUPS[self.group])


def entries(request, section: str) -> list[NavEntry]:
    """Everything this person may go to in a frame, in order: first what stands in the line, then by group."""
    if not hasattr(request, "nav_entries"):  # badges count rows: once a request is enough
        request.nav_entries = [entry for module in _modules() for entry in module.entries(request)]
    chosen = (entry for entry in request.nav_entries if entry.section == section)
    return sorted(chosen, key=lambda entry: (_GROUP_ORDER[entry.group], entry.rank))


@cache
def _modules():
    return [
        import_module(f"{config.name}.navigation")
        for config in apps.get_app_configs()
        if module_has_submodule(config.module, "navigation")
    ]
