"""Who of an address book's file is known already, and what is in the way. Pure: no clock, database, settings.

Two are one where a number or mailbox is the same and no name speaks against it, or where name and firm are.
An entry that only resembles somebody is never joined with her unseen: a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .entries import Entry


class Verdict(StrEnum):
    NEW = "new"
    FILLS = "fills"  # known, and something can be added
    SAME = "same"  # known, and nothing is new
    CLASH = "clash"
    NOBODY = "nobody"  # neither name nor firm: nobody to write to


class Because(StrEnum):
    """Why two clash."""

    ANOTHER_NAME = "another_name"  # the number or mailbox belongs to somebody of another name
    ANOTHER_FIRM = "another_firm"
    TWO_PEOPLE = "two_people"  # its numbers belong to two people
    SAME_NAME = "same_name"  # of the same name, and nothing else in common
    SEVERAL = "several"  # several people of the name


class Choice(StrEnum):
    """What becomes of a clash."""

    LEAVE = ""
    JOIN = "join"  # with whom it clashes
    APART = "apart"  # somebody of her own; what belongs to another stays there


@dataclass
class Person:
    """Somebody of the book. `key` is her row's, or the place in the file of an entry before this one."""

    key: Any
    name: str = ""
    firm: str = ""
    addresses: set[tuple[str, str]] = field(default_factory=set)  # kind and value
    places: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(frozen=True)
class Judgement:
    """`person` is whom the entry means, or clashes with. `adds` are addresses that nobody has yet."""

    verdict: Verdict
    person: Person | None = None
    because: str = ""
    adds: tuple[tuple[str, str], ...] = ()
    adds_place: bool = False
    fills: tuple[str, ...] = ()  # of name and firm, what was empty

    @property
    def choices(self) -> tuple[Choice, ...]:
        if self.verdict != Verdict.CLASH:
            return ()
        can_join = self.because not in (Because.TWO_PEOPLE, Because.SEVERAL)
        return (Choice.LEAVE, Choice.JOIN, Choice.APART) if can_join else (Choice.LEAVE, Choice.APART)


class Book:
    """Everybody known so far. An entry that is taken joins it, so that a file's own doubles are found."""

    def __init__(self, people: Iterable[Person] = ()):
        self._owner: dict[tuple[str, str], Person] = {}
        self._named: dict[str, list[Person]] = {}
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        for address in person.addresses:
            self._owner.setdefault(address, person)
        if person.name or person.firm:
            self._named.setdefault(_called(person.name, person.firm), []).append(person)

    def judge(self, entry: Entry) -> Judgement:
        if not entry.name and not entry.firm:
            return Judgement(Verdict.NOBODY)
        owners = list(
            {id(owner): owner for each in addresses(entry) if (owner := self._owner.get(each))}.values()
        )
        if len(owners) > 1:
            return self._clash(entry, owners[0], Because.TWO_PEOPLE)
        if owners:
            return self._against(entry, owners[0])
        namesakes = self._named.get(_called(entry.name, entry.firm), [])
        # Whoever has no firm here and one there may still be the same.
        alike = [each for each in namesakes if _agree(each.firm, entry.firm)]
        if not alike:
            return Judgement(Verdict.NEW, adds=tuple(addresses(entry)), adds_place=entry.has_place)
        if len(alike) > 1:
            return self._clash(entry, alike[0], Because.SEVERAL)
        person = alike[0]
        firms_say_so = bool(person.firm) and _plain(person.firm) == _plain(entry.firm)
        nothing_else = not person.addresses or not addresses(entry)
        if firms_say_so or nothing_else or (entry.has_place and place_of(entry) in person.places):
            return self._known(entry, person)
        return self._clash(entry, person, Because.SAME_NAME)

    def take(self, entry: Entry, judgement: Judgement, choice: str = "") -> Person | None:
        """The person the entry becomes part of, as the next entries see her; None where it is left out."""
        person = judgement.person
        if judgement.verdict == Verdict.NOBODY:
            return None
        if judgement.verdict == Verdict.CLASH:
            if choice not in judgement.choices or choice == Choice.LEAVE:
                return None
            person = person if choice == Choice.JOIN else None
        if person is None:
            person = Person(entry.place, entry.name, entry.firm, set(judgement.adds))
            person.places = {place_of(entry)} if entry.has_place else set()
            self.add(person)
            return person
        for address in judgement.adds:
            person.addresses.add(address)
            self._owner.setdefault(address, person)
        if entry.has_place:
            person.places.add(place_of(entry))
        person.firm, person.name = person.firm or entry.firm, person.name or entry.name
        return person

    def _against(self, entry: Entry, owner: Person) -> Judgement:
        if not _may_be_one(owner, entry):
            return self._clash(entry, owner, Because.ANOTHER_NAME)
        if not _agree(owner.firm, entry.firm):
            return self._clash(entry, owner, Because.ANOTHER_FIRM)
        return self._known(entry, owner)

    def _known(self, entry: Entry, person: Person) -> Judgement:
        new = self._news(entry, person)
        verdict = Verdict.FILLS if any(new.values()) else Verdict.SAME
        return Judgement(verdict, person, **new)

    def _clash(self, entry: Entry, person: Person, because: str) -> Judgement:
        return Judgement(Verdict.CLASH, person, because, **self._news(entry, person))

    def _news(self, entry: Entry, person: Person) -> dict:
        fills = [name for name in ("name", "firm") if getattr(entry, name) and not getattr(person, name)]
        return {
            "adds": tuple(each for each in addresses(entry) if each not in self._owner),
            "adds_place": entry.has_place and place_of(entry) not in person.places,
            "fills": tuple(fills),
        }


def addresses(entry: Entry) -> list[tuple[str, str]]:
    return [*(("phone", each) for each in entry.phones), *(("email", each) for each in entry.mails)]


def place_of(row) -> tuple[str, ...]:
    """A postal address as two are compared, of an entry or of anything with the same fields."""
    return tuple(_plain(getattr(row, name)) for name in ("street", "city", "postcode", "country"))


def _called(name: str, firm: str) -> str:
    """By what somebody is found: her name, or where there is none, the firm's."""
    return _plain(name) or f"firm {_plain(firm)}"


def _may_be_one(one, other) -> bool:
    """A firm's own entry, with its switchboard, is nobody of those who work there."""
    if bool(one.name) != bool(other.name):
        return not (one if other.name else other).firm
    return _agree(one.name, other.name)


def _agree(one: str, other: str) -> bool:
    return not one or not other or _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return "".join(each for each in words.casefold() if each.isalnum())
