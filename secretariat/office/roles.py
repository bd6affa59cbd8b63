"""What a person is to the firm. Roles are facts about rows, read once a request, never a field on the user.

Each package registers the facts it knows in its `roles.py`:

    @fact("contacts", none=[], follows_from=lambda user_id: Contact.objects.filter(user=user_id))
    def contacts(user, found): ...

Whatever facts follow from rows is looked up for all of them in one query, at the first that is asked for.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import QuerySet, UUIDField

from secretariat.one_trip.asking import Given, Question, rows

_facts: dict[str, tuple[Callable[..., Any], Any]] = {}
_rows: dict[str, Callable[[Any], QuerySet]] = {}


def fact(name: str, *, none: Any = None, follows_from: Callable[[Any], QuerySet] | None = None):
    """Register what `user.roles.<name>` says. Somebody who may not sign in has `none`.

    `follows_from`: the query set of the rows it follows from, given the user's id, which may be an
    expression. The function is given the rows after the user.
    """

    def register(function):
        _facts[name] = (function, none)
        if follows_from:
            _rows[name] = follows_from
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
        if not self._user.is_active:
            value = none
        elif name in _rows:
            value = function(self._user, self._found[name])
        else:
            value = function(self._user)
        setattr(self, name, value)
        return value

    @cached_property
    def _found(self) -> dict[str, list]:
        return _FOUND.ask(user=self._user.pk)


_FOUND = Question(
    lambda: {name: rows(follows_from(Given("user", UUIDField()))) for name, follows_from in _rows.items()}
)


class NoRoles:
    """The facts of somebody who has not signed in."""

    def __getattr__(self, name: str):
        if name.startswith("_") or name not in _facts:
            raise AttributeError(name)
        return _facts[name][1]


@fact("posts", none=frozenset(), follows_from=lambda user_id: _model("Post").current().filter(user=user_id))
def posts(user, found) -> frozenset[str]:
    return frozenset(each.post for each in found)


@fact("admin", none=False)
def admin(user) -> bool:
    return "admin" in user.roles.posts


@fact("supervisor", none=False)
def supervisor(user) -> bool:
    return "supervisor" in user.roles.posts


@fact("firm_wide", none=False)
def firm_wide(user) -> bool:
    return user.roles.admin or user.roles.supervisor


@fact("keeps_books", none=False)
def keeps_books(user) -> bool:
    """Whoever sees bills, pay runs and their exports: the firm, and a bookkeeper, who sees no more."""
    return user.roles.firm_wide or "bookkeeper" in user.roles.posts


@fact("partner", follows_from=lambda user_id: _model("PartnerPerson").current().filter(user=user_id))
def partner(user, found):
    """The id of the outsourcing company she is of, which sees its secretaries' hours and pay."""
    return next((each.partner_id for each in found), None)


@fact("works_here", none=False)
def works_here(user) -> bool:
    """Whoever is asked for a second step: all but clients and their people."""
    roles = user.roles
    return bool(roles.secretary or roles.keeps_books or roles.partner)


@fact("engagement", follows_from=lambda user_id: _model("Secretary").filter(user=user_id))
def engagement(user, found):
    """The secretary she is, or once was: her own papers stay hers to read."""
    for each in found:
        each.user = user
    return next(iter(found), None)


@fact(
    "applicant",
    none=False,
    follows_from=lambda user_id: _model("Application").filter(secretary__user=user_id, state="invited"),
)
def applicant(user, found) -> bool:
    """Whether she has joined by an application of which steps are open. She works under supervision."""
    return bool(found)


@fact("secretary")
def secretary(user):
    hers = user.roles.engagement
    return hers if hers and hers.is_engaged else None


def _model(name: str):
    # The user's model reads this module, so its neighbours are not there yet.
    return apps.get_model("office", name).objects.all()
