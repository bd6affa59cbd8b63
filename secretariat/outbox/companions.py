"""What runs beside the sweep as long as it does, such as waiting at a server to be told of something.

A package says in its `companions.py` what that is. It may be lost at any moment: whatever it hastens is also
looked after by a round.
"""

import threading
from collections.abc import Callable

from django.utils.module_loading import autodiscover_modules

_companions: dict[str, Callable[[threading.Event], None]] = {}


def companion(name: str):
    """Decorator: the sweep runs this function in a thread of its own. It ends soon after the event is set."""

    def register(run):
        _companions[name] = run
        return run

    return register


def all_of_them() -> dict[str, Callable[[threading.Event], None]]:
    autodiscover_modules("companions")  # each module is read once
    return dict(_companions)
