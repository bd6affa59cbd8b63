"""Who may see a file of which kind. Each package answers for its own kinds, in its `media_guards.py`."""

from collections.abc import Callable

_guards: dict[str, Callable] = {}
_takers: dict[str, Callable] = {}


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


def taker(kind: str):
    """Make a function `(user, file) -> bool` the one that decides who may keep a file of `kind`.

    It is asked only about files that `user` may see.
    """

    def registered(may_take):
        if kind in _takers:
            raise ValueError(f"two functions decide who keeps files of kind {kind!r}")
        _takers[kind] = may_take
        return may_take

    return registered


def may_take(user, file) -> bool:
    """Whether `user` may download `file`. A kind that nobody answers for is kept by nobody."""
    decide = _takers.get(file.kind)
    return bool(decide and decide(user, file))
