"""Prices and terms of work by proposal, in words. Pure but for translation."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat.books import rules

from .amounts import How, Pays

DAY = "j F Y"


def price(pays: str, rate: Decimal | None, most: Decimal, currency: str, digits: int = 2) -> str:
    """What is paid, in one sentence, cap and all."""
    facts = {"most": rules.money(most, currency, digits)}
    match pays:
        case Pays.FIXED:
            return _("%(most)s, fixed") % facts
        case Pays.SHARE:
            facts["percent"] = f"{rate.normalize():f}" if rate else "0"
            return _("{percent} percent of what it brings, at most {most}").format(**facts)
    facts["rate"] = rules.price(rate or Decimal(0), currency)
    if pays == Pays.HOURLY:
        return _("%(rate)s an hour, at most %(most)s") % facts
    return _("%(rate)s for each result, at most %(most)s") % facts


def brought(pays: str, result: Decimal, currency: str, digits: int = 2) -> str:
    """What a commission is reckoned from, in one sentence; empty where the price does not follow it."""
    if pays == Pays.SHARE:
        return _("It brought %(sum)s.") % {"sum": rules.money(result, currency, digits)}
    if pays == Pays.EACH:
        return _("Results: %(n)s.") % {"n": f"{result.normalize():f}"}
    return ""


def sections(
    *,
    outcome: str,
    approach: str,
    pays: str,
    rate: Decimal | None,
    parts: Iterable[Mapping],
    currency: str,
    window_days: int,
    digits: int = 2,
) -> list[dict]:
    """The terms as both sides read them. `parts`: title, due_on (ISO), hours and amount as text."""
    parts = list(parts)
    total = sum((Decimal(each["amount"]) for each in parts), Decimal(0))
    return [
        {"title": _("What should be there"), "words": lines(outcome)},
        {"title": _("How it is done"), "words": lines(approach)},
        {"title": _("What it costs"), "words": [price(pays, rate, total, currency, digits) + "."]},
        {"title": _("Milestones"), "words": [part(each, currency, digits) for each in parts]},
        {"title": _("How it goes"), "words": rules_of(window_days)},
    ]


def part(each: Mapping, currency: str, digits: int = 2) -> str:
    facts = {
        "what": each["title"],
        "day": date_words(date.fromisoformat(each["due_on"]), DAY),
        "sum": rules.money(Decimal(each["amount"]), currency, digits),
        "hours": f"{Decimal(each['hours']).normalize():f}",
    }
    return _("%(what)s: by %(day)s, %(sum)s, about %(hours)s hours") % facts


def rules_of(window_days: int) -> list[str]:
    """What holds for every piece of work by proposal, the same for all."""
    return [
        _("Each milestone is handed in, and the client accepts it or sends it back with words.")
        + " "
        + _("One that is not answered within %(n)d days counts as accepted.") % {"n": window_days},
        _("Within these days the client may dispute it; the firm hears both and says which part is paid."),
        _("If the client ends the work early, what was worked is paid.")
        + " "
        + _("Of a fixed price that is the part of its hours."),
        _("What is sent back the secretary may put before the firm as well; it decides between both."),
        _("If the secretary ends it, nothing of what is not accepted is paid."),
        _("If the firm ends it, the firm says which part of what was begun is paid, and who pays it."),
        _("What was paid before and is not due comes back on the next bill, to the cent."),
        _("Nothing above the price or the cap is paid, unless both sides agree to a change in writing."),
    ]


def rule(
    price_words: str,
    how: How,
    length: str,
    percent: Decimal = Decimal(100),
    *,
    brought: str = "",
    firm_bears: bool = False,
) -> str:
    """Beside an amount: by which rule it came to that. `length`: the time worked, empty where none was."""
    facts = {"price": price_words, "time": length, "percent": f"{percent.normalize():f}"}
    base = " " + brought if brought else ""
    if length:
        base += " " + _("Worked: {time}.").format(**facts)
    match how:
        case How.ACCEPTED:
            return _("{price}.").format(**facts) + base
        case How.SETTLED:
            return _("{price}, of which {percent} percent stand.").format(**facts) + base
        case How.BY_CLIENT:
            return _("{price}. Ended by the client; paid is what was worked.").format(**facts) + base
        case How.BY_FIRM if percent:
            stands = _("{price}. Ended by the firm, which lets {percent} percent count.").format(**facts)
            return stands + base + (" " + _("The firm pays it.") if firm_bears else "")
    return _("{price}. Ended before it was done; nothing is paid.").format(**facts)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
