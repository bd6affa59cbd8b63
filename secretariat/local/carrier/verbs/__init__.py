"""What each TwiML verb does to a leg. Importing a module registers its verbs."""

from . import dialling, enqueueing, gathering, moving_on, recording, speaking, starting

__all__ = [
    "dialling",
    "enqueueing",
    "gathering",
    "moving_on",
    "recording",
    "speaking",
    "starting",
]
