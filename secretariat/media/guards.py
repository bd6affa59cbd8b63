"""Who may see a file of which kind. Each package answers for its own kinds, in its `media_guards.py`."""

from collections.abc import Callable

_guards: dict[str, Callable] = {}


def guard(kind: str):
    """Make a function `(user, file) -> bool` the one that decides about files of `kind`."""

    def registered(may_see):
        if kind in _guards:
            raise ValueError(f"two guards for files of kind {kind!r}")
        _guards[kind] = may_see
        return may_see

    return registered


def may_see(user, file) -> bool:
    """Whether `user` may see `file`. A kind that nobody answers for is seen by nobody."""
    decide = _guards.get(file.kind)
    return bool(decide and decide(user, file))
