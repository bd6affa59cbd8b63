"""What somebody lacks of what is required, on a day. Pure: no clock, no database, no settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import dateformat
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Need:
    """One thing that is required: a training by its id and `name`, a language at `level` at the least, or so
    many correct words a minute at the keyboard.
    """

    name: str
    training: UUID | None = None
    language: str = ""
    level: int = 0
    words_a_minute: int = 0


@dataclass(frozen=True)
class Paper:
    """A checked certificate. `until`: its last day, included; None: it does not expire."""

    training: UUID
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.until is None or on <= self.until


@dataclass(frozen=True)
class Held:
    """What she has: papers, and her level (1 to 7) in each language by its first part: "fr".

    `said` are the levels for which there is only her own word: they make a match, and meet no requirement.
    `words_a_minute`: of the newest typing test that counts; None where there is none.
    """

    papers: tuple[Paper, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, int] = field(default_factory=dict)
    words_a_minute: Decimal | None = None

    def level(self, language: str) -> int:
        """Her level in this language, however it is known."""
        return max(each.get(spoken(language), 0) for each in (self.levels, self.said))


NOTHING_HELD = Held()


def lacking(needs: Iterable[Need], held: Held, on: date) -> list[str]:
    """The names of what she lacks on this day."""
    return [need.name for need in needs if _lacking(need, held, on)]


def lacking_dated(needs: Iterable[Need], held: Held, on: date) -> list[str]:
    """The same; of a certificate that does not last until then, with its last day."""
    return [_dated(need, held) for need in needs if _lacking(need, held, on)]


def _dated(need: Need, held: Held) -> str:
    ends = [each.until for each in held.papers if each.training == need.training and each.until]
    if need.training is None or not ends:
        return need.name
    words = {"what": need.name, "day": dateformat.format(max(ends), "D j M Y")}
    return _("%(what)s (hers holds until %(day)s)") % words


def lacks(needs: Iterable[Need], held: Held, on: date) -> list[str]:
    """What she lacks on this day, each in words; empty if nothing."""
    return [words for need in needs if (words := _lacking(need, held, on))]


def _lacking(need: Need, held: Held, on: date) -> str:
    if need.words_a_minute:
        if held.words_a_minute is None:
            return _("It needs %(what)s, and she has not done the typing test.") % {"what": need.name}
        if held.words_a_minute < need.words_a_minute:
            facts = {"what": need.name, "n": f"{float(held.words_a_minute):g}"}
            return _("It needs %(what)s; her test says %(n)s.") % facts
        return ""
    if need.training is None:
        if held.levels.get(spoken(need.language), 0) >= need.level:
            return ""
        if held.level(need.language) >= need.level:
            return _("It needs %(what)s, and nobody has checked hers.") % {"what": need.name}
        return _("It needs %(what)s.") % {"what": need.name}
    of_it = [paper for paper in held.papers if paper.training == need.training]
    if any(paper.holds(on) for paper in of_it):
        return ""
    if of_it:
        return _("Her certificate “%(what)s” has expired.") % {"what": need.name}
    return _("It needs a checked certificate: “%(what)s”.") % {"what": need.name}


def spoken(language: str) -> str:
    """ "en" of "en-GB"."""
    return language.split("-")[0].lower()
