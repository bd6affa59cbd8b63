"""What leaves the building, and what came in: each a row with a named end.

Work that leaves is one `Effect` for each recipient and channel, written in the transaction of its cause
and carried out later by whoever leases it. What comes in is one `InboundEvent`, stored before it is
acknowledged. Celery only hints at which queue to look; losing every hint costs seconds.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .breaking import channel_is_down
    from .effects import CannotAsk, describe
    from .hints import kick
    from .posting import cancel, hasten, hint, post, post_again, post_all, unposted
    from .rounds import sweeper_age
    from .sending import drain
    from .working import drain_inbox

_FOUND_IN = {
    "CannotAsk": "effects",
    "cancel": "posting",
    "channel_is_down": "breaking",
    "describe": "effects",
    "drain": "sending",
    "drain_inbox": "working",
    "hasten": "posting",
    "hint": "posting",
    "kick": "hints",
    "post": "posting",
    "post_again": "posting",
    "post_all": "posting",
    "sweeper_age": "rounds",
    "unposted": "posting",
}

__all__ = [
    "CannotAsk",
    "cancel",
    "channel_is_down",
    "describe",
    "drain",
    "drain_inbox",
    "hasten",
    "hint",
    "kick",
    "post",
    "post_again",
    "post_all",
    "sweeper_age",
    "unposted",
]


def __getattr__(name):
    # Django imports this package before any model may be imported, so each name is fetched at first use.
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
