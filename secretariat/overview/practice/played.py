"""A practice call as the desk's templates and its message form take a call: made of the copy alone.

No row of the client is read, and nothing here knows a carrier, an outbox or a record of work.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Practice, Prompt

ASKED_FOR = ("through", "beside", "plan")  # what is read of a call; all else is done with it
Stage = Practice.Stage


class Rows(list[Any]):
    """As a form asks a query set for rows."""

    def filter(self, **_facts: object) -> "Rows":
        return self

    def all(self) -> "Rows":
        return self


@dataclass(frozen=True)
class Person:
    """Somebody at the client, by name: a copy holds no numbers."""

    name: str
    job: str = ""
    pronunciation: str = ""

    @property
    def pk(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Type:
    pk: UUID
    name: str
    handling: str
    urgency: int
    is_default: bool
    prompts: Rows


class Copied:
    """The client, as she was copied."""

    version = 1
    other_numbers = False

    def __init__(self, practice: Practice):
        copy, self.pk = practice.copy, practice.client_id
        self.name, self.band = copy["name"], copy["band"]
        self.pronunciation = copy.get("pronunciation", "")
        self.zone = practice.client.zone
        self.country = copy.get("country") or practice.client.country
        self.read_back_required = copy.get("read_back", False)
        self.partial_messages = copy.get("partial", False)
        described = copy.get("described", {})
        self.contacts = Rows(Person(name, *described.get(name, ())) for name in copy["people"])
        self.call_types = Rows(_type(each) for each in copy["call_types"])


def _type(each: dict) -> Type:
    name = each["name"]
    # None in a copy that was made before they were copied as they are. The same prompt has the same field.
    asks = [
        Prompt(pk=uuid5(NAMESPACE_OID, f"{name}\n{ask['caption']}"), **ask) for ask in each.get("asks", ())
    ]
    return Type(
        uuid5(NAMESPACE_OID, name),
        name,
        each.get("handling", ""),
        each.get("urgency", 1),
        bool(each.get("is_default")),
        Rows(asks),
    )


class PlayedCall:
    """The call. Of the caller nothing is known but what she has asked."""

    is_played = True
    caller_number = caller_firm = caller_say = outcome = ""

    def __init__(self, practice: Practice, *, at: datetime):
        self.practice, self.stage = practice, practice.stage_at(at)
        self.pk, self.version, self.client = practice.pk, practice.version, Copied(practice)
        self.held_at, self.answered_at = practice.held_at, practice.answered_at
        self.more_time, self.wrap_up_since = practice.has_more_time, practice.ended_at
        self.state = "talking" if self.stage in Practice.IN_CALL else "wrap_up"
        last = [deed for _at, deed, _words in practice.story or () if deed in ("hang-up", "leave")]
        self.ended_by = "caller" if last[-1:] == ["leave"] else ""
        typed = (practice.draft or {}).get("values", {})
        self.caller_name = practice.caller_name or typed.get("caller_name", "")

    @property
    def call_id(self) -> UUID:
        return self.pk

    @property
    def caller(self) -> str:
        return self.caller_name or str(_("The caller"))

    def address_of(self, name: str) -> str:
        """Of `calls-hold` and the like: the place of the same deed in practice."""
        deed = name.partition("-")[2]
        page = "my-practice-part" if deed in ASKED_FOR else "my-practice-do"
        return reverse(page, args=[self.pk, deed])

    @cached_property
    def is_at_hand(self) -> bool:
        """She talks, or finishes what she has talked."""
        return self.stage in (*Practice.IN_CALL, Stage.WRAP_UP)

    @property
    def put(self) -> "Put | None":
        return Put(self.practice) if self.stage in (Stage.ASKING, Stage.JOINED) else None


class Offered:
    """The ring, as the bar takes what is offered to her."""

    is_played = True
    is_second = False

    def __init__(self, call: PlayedCall, *, line: str):
        self.call, self.pk, self.line = call, call.pk, line
        self.expires_at = call.practice.ring_until

    def address_of(self, name: str) -> str:
        return self.call.address_of(name)


class Put:
    """Whom she asks, as the panel takes an attempt to put a caller through."""

    def __init__(self, practice: Practice):
        put, self.is_taken = practice.put or {}, practice.stage == Stage.JOINED
        self.to_name, self.who, self.why, self.way = put["name"], put["who"], put["why"], put["way"]
        self.state = "joined" if self.is_taken else "ringing"
        self.asked_at = datetime.fromisoformat(put["asked_at"])
        self.taken_at = datetime.fromisoformat(put["taken_at"]) if self.is_taken else None
        self.number = {"label": _("Played by %(name)s") % {"name": practice.by.name}, "number": ""}

    @property
    def get_state_display(self) -> str:
        return str(_("Ringing"))


def named(rows: Iterable[Type], key: str) -> Type | None:
    return next((each for each in rows if str(each.pk) == key), None)


def to_begin_with(rows: list[Type]) -> Type | None:
    return next((each for each in rows if each.is_default), rows[0] if rows else None)
