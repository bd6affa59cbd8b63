"""What a person is to the firm. Roles are facts about rows, read once a request, never a field on the user.

Each package registers the facts it knows in its `roles.py`:

    @fact("contacts", none=[])
    def contacts(user): ...
"""

from collections.abc import Callable
from typing import Any

_facts: dict[str, tuple[Callable[[Any], Any], Any]] = {}


def fact(name: str, *, none: Any = None):
    """Register what `user.roles.<name>` says. Somebody who may not sign in has `none`."""

    def register(function):
        _facts[name] = (function, none)
        return function

    return register


class Roles:
    """The facts of one person, each looked up at most once."""

    def __init__(self, user):
        self._user = user

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in _facts:
            raise AttributeError(name)
        function, none = _facts[name]
        value = function(self._user) if self._user.is_active else none
        setattr(self, name, value)
        return value


class NoRoles:
    """The facts of somebody who has not signed in."""

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in _facts:
            raise AttributeError(name)
        return _facts[name][1]


@fact("posts", none=frozenset())
def posts(user) -> frozenset[str]:
    return frozenset(user.posts.current().values_list("post", flat=True))


@fact("admin", none=False)
def admin(user) -> bool:
    return "admin" in user.roles.posts


@fact("supervisor", none=False)
def supervisor(user) -> bool:
    return "supervisor" in user.roles.posts


@fact("firm_wide", none=False)
def firm_wide(user) -> bool:
    return bool(user.roles.posts)


@fact("secretary")
def secretary(user):
    found = getattr(user, "secretary", None)
    return found if found and found.is_engaged else None
