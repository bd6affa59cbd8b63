"""The kinds of effects. A package says in its `effects.py` what each of its kinds does."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from .models import Effect

State = Effect.State


class CannotAsk:
    """What `ask` returns when the provider cannot tell whether something was sent: a person must judge."""


class Kind(Protocol):
    """What `@effect` expects. Every method takes the effect's row.

    `channel` names the breaker that the kind shares with others of the same provider; "" has none.
    `settles_at` are the states in which `settled` has anything to do, all of them unless a kind says so:
    a change to another state is one trip to the database instead of seven.
    """

    channel: str = ""
    settles_at: Collection[str] = tuple(State)

    def may_send(self, effect: Effect) -> str | None:
        """None to go ahead, or the reason why it is no longer wanted: then it is cancelled."""

    def send(self, effect: Effect) -> str:
        """Send it, outside any transaction, and return the receipt.

        Raises channels.Refused (surely not sent) or channels.Silent (perhaps sent). Must give up
        within half a lease. Anything else it raises counts as perhaps sent.
        """

    def ask(self, effect: Effect) -> "str | type[CannotAsk] | None":
        """The receipt if it was sent, None if it surely was not, CannotAsk if there is no way to know."""

    def describe(self, effect: Effect) -> str:
        """In plain words for a person: *Text to Ngozi Okafor at 10:02*."""

    def settled(self, effect: Effect) -> None:
        """Called in the transaction of every change to one of `settles_at`. Writes rows, nothing else."""


_METHODS = ("may_send", "send", "ask", "describe", "settled")
_kinds: dict[str, Kind] = {}


def effect(kind: str):
    """Class decorator: an instance of this class looks after the effects of this kind."""

    def register(cls):
        missing = [name for name in _METHODS if not callable(getattr(cls, name, None))]
        if missing:
            raise TypeError(f"{cls.__qualname__} lacks {', '.join(missing)}")
        if kind in _kinds and type(_kinds[kind]).__qualname__ != cls.__qualname__:
            raise ValueError(f"two classes look after {kind!r}")
        if not hasattr(cls, "channel"):
            cls.channel = ""
        if _says_when_of_another(cls):
            raise TypeError(f"{cls.__qualname__} has a `settled` of its own, but not its own `settles_at`")
        _kinds[kind] = cls()
        return cls

    return register


def _says_when_of_another(cls) -> bool:
    """A `settled` under a `settles_at` that was said of the one it replaces would not be called."""
    says_when = [each for each in cls.__mro__ if "settles_at" in vars(each)]
    settles = next(each for each in cls.__mro__ if "settled" in vars(each))
    return bool(says_when) and says_when[0] not in cls.__mro__[: cls.__mro__.index(settles) + 1]


def settles(kind: str, state: str) -> bool:
    """Whether something follows in our rows when an effect of this kind comes to this state."""
    return kind not in _kinds or state in getattr(_kinds[kind], "settles_at", State)


def quiet(state: str) -> list[str]:
    """The kinds of which nothing follows from coming to this state."""
    return [kind for kind in _kinds if not settles(kind, state)]


def handler(kind: str) -> Kind:
    """Who looks after this kind. Raises KeyError for a kind of another release."""
    return _kinds[kind]


def known() -> list[str]:
    """The kinds this release can send."""
    return list(_kinds)


def of_channels(channels) -> list[str]:
    """The kinds that go by one of these channels."""
    return [kind for kind, its in _kinds.items() if its.channel in channels]


def came_back(*, key: str = "", receipt: str = "", addresses: Collection[str], at: datetime) -> bool:
    """What an effect of ours sent did not arrive, though it had left us: by its key, or by its receipt.

    Of interest only to a kind that has `came_back(effect, addresses, at)`, and `of_subject`, the kind of its
    subjects. `addresses` are those that were not reached, in lower case; none where whoever says so names
    none. False if no such kind sent it.
    """
    kinds = {name: each for name, each in _kinds.items() if hasattr(each, "came_back")}
    subjects = [each.of_subject for each in kinds.values()]  # type: ignore[attr-defined]
    rows = Effect.objects.filter(subject_kind__in=subjects, kind__in=list(kinds))
    found = rows.filter(key=key).first() if key else None
    if found is None and receipt:
        found = rows.filter(receipt=receipt).first()
    if found is None:
        return False
    kinds[found.kind].came_back(found, addresses, at)  # type: ignore[attr-defined]
    return True


def describe(effect: Effect) -> str:
    """The effect in plain words, whatever becomes of its handler."""
    if effect.kind not in _kinds:
        return _("Something this release does not know how to send")
    try:
        return _kinds[effect.kind].describe(effect)
    except LookupError:
        if not effect.emptied_at:
            raise
        return _("Something whose words are no longer kept")
