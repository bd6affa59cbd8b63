"""What a contract makes of the work done under it. Pure: no clock, no database, no settings.

Every interval that is given comes back once: paid by time, or with why it is not. Lengths are whole
microseconds until the contract's step rounds a day's time of one rate up; money is exact until a line is
written and is rounded there once, halves away from nought. A part's share is the difference of two rounded
running totals: whole cents, less than a cent from its exact price, together the line.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from secretariat.rounding import half_up, shares, shares_of

from .pay_counting import counted_once, first_days, in_order, share_of
from .pay_facts import (
    CALL,
    EARNED,
    HOUR,
    MAIL,
    NOUGHT,
    OF_TIME,
    SECOND,
    TASK,
    Agreed,
    By,
    DayOff,
    Extra,
    Kept,
    Line,
    Of,
    Outcome,
    Part,
    Pay,
    Scored,
    Term,
    Waited,
    Worked,
)

__all__ = [
    "CALL",
    "EARNED",
    "HOUR",
    "MAIL",
    "OF_TIME",
    "SECOND",
    "TASK",
    "Agreed",
    "By",
    "DayOff",
    "Extra",
    "Kept",
    "Line",
    "Of",
    "Outcome",
    "Part",
    "Pay",
    "Scored",
    "Term",
    "Waited",
    "Worked",
    "reckon",
]


def reckon(
    agreed: Iterable[Agreed],
    worked: Iterable[Worked] = (),
    outcomes: Iterable[Outcome] = (),
    extras: Iterable[Extra] = (),
    *,
    waited: Iterable[Waited] = (),
    off: Iterable[DayOff] = (),
    kept: Iterable[Kept] = (),
    scored: Iterable[Scored] = (),
    paid: Iterable[tuple[datetime, datetime]] = (),
    paid_pieces: frozenset = frozenset(),
    fixed_from: date | None = None,
) -> Pay:
    """One secretary's pay for one run.

    `agreed` are her contracts, in order, with earlier ones where work of their days is paid only now.
    `paid_pieces` were paid in earlier runs. Fixed amounts are due for days from `fixed_from` on alone.
    """
    agreed, ordered, kept, scored = list(agreed), in_order(worked), list(kept), list(scored)
    micros = counted_once(ordered, paid)
    digits = agreed[-1].digits if agreed else 2
    lines: list[Line] = []
    taken = {which for _kind, which in paid_pieces}
    for each in agreed:
        mine = [it for it in ordered if each.holds_on(it.day)]
        due_from = max(each.first, fixed_from) if fixed_from else each.first
        here = _by_time(each, mine, micros)
        if not each.is_unpaid:
            here += _in_languages(each, mine, micros)
            here += _waiting(each, [it for it in waited if each.holds_on(it.day)])
            here += _days_off(each, [it for it in off if each.holds_on(it.day)])
            here += _pieces(each, mine, taken)
            here += _fixed(each, due_from)
            here += _commission(each, [it for it in outcomes if each.holds_on(it.day)])
            here += _odd_hours(each, [it for it in kept if each.holds_on(it.day)])
            if each is agreed[-1]:  # once a run, over all that is paid in it
                here += [*_bonus(each, agreed, ordered, micros), *_all_kept(each, kept)]
                here += _quality(each, scored)
            here += [*_top_up(each, here, due_from), *_discounts(each, here, due_from)]
        # What is begun under one contract and goes on under the next is paid by the first of them.
        taken |= {part.key[1] for part in _parts(here, Of.PIECES)}
        lines += here
    waits = {day for day in {it.day for it in ordered} if not any(each.holds_on(day) for each in agreed)}
    left = tuple(it for it in ordered if it.day in waits)
    lines += [
        Line(
            it.of,
            half_up(it.amount, digits),
            quantity=1,
            parts=(Part(it.key, half_up(it.amount, digits), 1),),
            words=it.words,
            corrects=it.corrects,
        )
        for it in extras
    ]
    return Pay(tuple(lines), left)


def _by_time(agreed: Agreed, mine: list[Worked], micros: dict) -> list[Line]:
    rates = {} if agreed.is_unpaid else {term.of: term for term in agreed.by(By.HOUR)}
    of_rate: dict[str | None, list[Worked]] = defaultdict(list)  # by the kind of time that the term names
    usual = "" if "" in rates else None
    for it in mine:
        of_rate[None if it.by_proposal else it.kind if it.kind in rates else usual].append(it)
    unpaid = Of.TRIAL if agreed.is_unpaid else Of.NOT_BY_TIME
    return [
        _time_line(agreed, rates.get(of), of_rate[of], micros, unpaid)
        for of in [*rates, None]
        if of in of_rate
    ]


def _time_line(agreed, term: Term | None, its: list[Worked], micros: dict, unpaid: Of) -> Line:
    units = _stepped(its, micros, agreed.step_seconds)
    rate = Fraction(term.amount) / HOUR if term else Fraction(0)
    amounts = shares_of(units, rate, agreed.digits)
    parts = tuple(
        Part(it.key, amount, seconds, micros[it.key], it.day)
        for it, seconds, amount in zip(its, units, amounts, strict=True)
    )
    of = Of.TIME if term else unpaid
    return Line(of, sum(amounts, NOUGHT), term, agreed, sum(units), parts)


def _stepped(its: list[Worked], micros: dict, step_seconds: int) -> list[int]:
    """Seconds of each, so that each day's together are its time rounded up to the step once."""
    step, found = step_seconds * SECOND, []
    day, total, before = None, 0, 0
    for it in its:
        if it.day != day:
            day, total, before = it.day, 0, 0
        total += micros[it.key]
        upto = -(-total // step) * step_seconds
        found.append(upto - before)
        before = upto
    return found


def _in_languages(agreed: Agreed, mine: list[Worked], micros: dict) -> list[Line]:
    """On top of what the hour is paid: whole seconds of each interval in that language."""
    lines = []
    for term in agreed.by(By.SPOKEN):
        its = [it for it in mine if it.language == term.of and not it.by_proposal]
        its = [it for it in its if micros[it.key] >= SECOND]
        units = [micros[it.key] // SECOND for it in its]
        amounts = shares_of(units, Fraction(term.amount) / HOUR, agreed.digits)
        parts = tuple(
            Part(it.key, amount, seconds, micros[it.key], it.day)
            for it, seconds, amount in zip(its, units, amounts, strict=True)
        )
        if parts:
            lines.append(Line(Of.LANGUAGE, sum(amounts, NOUGHT), term, agreed, sum(units), parts))
    return lines


def _waiting(agreed: Agreed, its: list[Waited]) -> list[Line]:
    """Whole seconds of each shift."""
    lines = []
    for term in agreed.by(By.WAITING):
        units = [it.micros // SECOND for it in its]
        amounts = shares_of(units, Fraction(term.amount) / HOUR, agreed.digits)
        parts = tuple(
            Part(it.key, amount, seconds, it.micros, it.day)
            for it, seconds, amount in zip(its, units, amounts, strict=True)
        )
        if parts:
            lines.append(Line(Of.WAITING, sum(amounts, NOUGHT), term, agreed, sum(units), parts))
    return lines


def _days_off(agreed: Agreed, its: list[DayOff]) -> list[Line]:
    lines = []
    for term in agreed.by(By.DAY_OFF):
        for of in sorted({it.of for it in its}):
            days = [it for it in its if it.of == of]
            amounts = shares_of((1 for _day in days), Fraction(term.amount), agreed.digits)
            parts = tuple(Part(it.key, each, 1, day=it.day) for it, each in zip(days, amounts, strict=True))
            lines.append(Line(Of.DAYS_OFF, sum(amounts, NOUGHT), term, agreed, len(days), parts, of))
    return lines


def _pieces(agreed: Agreed, mine: list[Worked], taken: set) -> list[Line]:
    """Each once, as what was done of it first; a kind of task without a term of its own as any task."""
    first_of: dict[str, Worked] = {}
    for it in mine:
        if it.piece and it.piece[1] not in taken:
            first_of.setdefault(it.piece[1], it)
    terms = agreed.by(By.PIECE)
    named = {term.of for term in terms}
    of_term: dict[str, list[Worked]] = defaultdict(list)
    for it in first_of.values():
        kind = it.piece[0] if it.piece else ""
        of_term[kind if kind in named or kind in (CALL, MAIL) else TASK].append(it)
    lines = []
    for term in terms:
        its = [(it.piece, it) for it in of_term[term.of]]
        amounts = shares_of((1 for _each in its), Fraction(term.amount), agreed.digits)
        parts = tuple(
            Part(piece, amount, 1, day=it.day) for (piece, it), amount in zip(its, amounts, strict=True)
        )
        if parts:
            lines.append(Line(Of.PIECES, sum(amounts, NOUGHT), term, agreed, len(parts), parts))
    return lines


def _fixed(agreed: Agreed, due_from: date) -> list[Line]:
    if due_from > agreed.last:
        return []
    days = (agreed.last - due_from).days + 1
    return [
        Line(
            Of.FIXED,
            half_up(Fraction(term.amount) * share_of(term.per, due_from, agreed.last), agreed.digits),
            term,
            agreed,
            days,
        )
        for term in agreed.by(By.FIXED)
    ]


def _commission(agreed: Agreed, outcomes: list[Outcome]) -> list[Line]:
    """Each outcome is paid by the first term that names its kind; by none, it stands there with nought."""
    of_term: dict[Term | None, list[Outcome]] = defaultdict(list)
    terms = agreed.by(By.OUTCOME, By.SHARE)
    for it in outcomes:
        of_term[next((term for term in terms if term.of == it.kind), None)].append(it)
    lines = []
    for term in [*terms, None]:
        if its := of_term.get(term):
            amounts = shares((_earned(term, it) for it in its), agreed.digits)
            parts = tuple(
                Part(it.key, amount, 1, day=it.day) for it, amount in zip(its, amounts, strict=True)
            )
            base = sum((it.worth for it in its), NOUGHT) if term and term.by == By.SHARE else None
            total = sum(amounts, NOUGHT)
            lines.append(Line(Of.COMMISSION, total, term, agreed, len(parts), parts, base=base))
    return lines


def _earned(term: Term | None, outcome: Outcome) -> Fraction:
    if term is None:
        return Fraction(0)
    if term.by == By.SHARE:
        return Fraction(outcome.worth) * Fraction(term.amount) / 100
    return Fraction(term.amount)


def _bonus(agreed: Agreed, held: list[Agreed], worked: list[Worked], micros: dict) -> list[Line]:
    """From so many hours on days on which any of the contracts `held` holds."""
    terms = agreed.by(By.BONUS)
    if not terms:
        return []
    total = sum(micros[it.key] for it in worked if any(each.holds_on(it.day) for each in held))
    return [
        Line(Of.BONUS, half_up(term.amount, agreed.digits), term, agreed, total // SECOND)
        for term in terms
        if total >= term.hours * HOUR * SECOND
    ]


def _all_kept(agreed: Agreed, kept: list[Kept]) -> list[Line]:
    if not kept or not all(it.was_kept for it in kept):
        return []
    return [_of_all(kept, term, agreed) for term in agreed.by(By.KEPT)]


def _of_all(its: Sequence[Kept] | Sequence[Scored], term: Term, agreed: Agreed, **facts) -> Line:
    """A bonus for all of them together, of which each is as much as any other."""
    amounts = shares_of((1 for _each in its), Fraction(term.amount) / len(its), agreed.digits)
    parts = tuple(
        Part(it.key, amount, it.percent if isinstance(it, Scored) else 1, day=it.day)
        for it, amount in zip(its, amounts, strict=True)
    )
    return Line(Of.BONUS, sum(amounts, NOUGHT), term, agreed, len(its), parts, **facts)


def _quality(agreed: Agreed, scored: list[Scored]) -> list[Line]:
    """Of the average; without a result nothing is earned."""
    if not scored:
        return []
    average = Fraction(sum(it.percent for it in scored), len(scored))
    shown = half_up(average, 1)
    return [
        _of_all(scored, term, agreed, base=shown) for term in agreed.by(By.QUALITY) if average >= term.percent
    ]


def _odd_hours(agreed: Agreed, kept: list[Kept]) -> list[Line]:
    """A shift of several sorts is paid by the term that pays most for it, once."""
    terms, lines = agreed.by(By.ODD), []
    of_term: dict[Term, list[Kept]] = defaultdict(list)
    for it in kept:
        apply = [term for term in terms if (term.of in it.sorts if term.of else it.is_odd)]
        if it.was_kept and apply:
            of_term[max(apply, key=lambda term: term.amount)].append(it)
    for term in terms:
        its = of_term[term]
        amounts = shares_of((1 for _each in its), Fraction(term.amount), agreed.digits)
        parts = tuple(Part(it.key, amount, 1, day=it.day) for it, amount in zip(its, amounts, strict=True))
        if parts:
            lines.append(Line(Of.ODD_HOURS, sum(amounts, NOUGHT), term, agreed, len(parts), parts))
    return lines


def _top_up(agreed: Agreed, lines: list[Line], due_from: date) -> list[Line]:
    if due_from > agreed.last:
        return []
    earned = sum((line.amount for line in lines if line.of in EARNED), NOUGHT)
    days = (agreed.last - due_from).days + 1
    found = []
    for term in agreed.by(By.LEAST):
        least = _of_days(agreed, term, due_from)
        if least > earned:
            found.append(Line(Of.TOP_UP, least - earned, term, agreed, days))
            earned = least
    return found


def _of_days(agreed: Agreed, term: Term, due_from: date) -> Decimal:
    """An amount for each week, month or year, of the days for which it is due."""
    last = min(agreed.last, term.until) if term.until else agreed.last
    if due_from > last:
        return NOUGHT
    return half_up(Fraction(term.amount) * share_of(term.per, due_from, last), agreed.digits)


def _discounts(agreed: Agreed, lines: list[Line], due_from: date) -> list[Line]:
    """What is taken off what this contract comes to: as much as leaves the least, and nought, in order."""
    least = max((_of_days(agreed, term, due_from) for term in agreed.by(By.LEAST)), default=NOUGHT)
    room = max(NOUGHT, sum((line.amount for line in lines), NOUGHT) - least)
    found = []
    for term in agreed.by(By.REDUCED, By.LESS):
        base = _of_first_days(agreed, term, lines) if term.by == By.REDUCED else None
        if base is None:
            exact = _of_days(agreed, term, due_from)
        else:
            exact = half_up(Fraction(base) * Fraction(term.amount) / 100, agreed.digits)
        if exact:
            off = min(exact, room)
            room -= off
            found.append(Line(Of.DISCOUNT, -off, term, agreed, base=base, is_held=off < exact))
    return found


def _of_first_days(agreed: Agreed, term: Term, lines: list[Line]) -> Decimal:
    """What time and pieces come to on the days that a reduction is for."""
    micros: dict = defaultdict(int)
    for part in _parts(lines, *OF_TIME):
        micros[part.day] += part.micros
    most = term.hours * HOUR * SECOND - agreed.micros_before if term.hours else None
    days = first_days(micros, until=term.until, most=most)
    paid = _parts(lines, Of.TIME, Of.PIECES)
    return sum((part.amount for part in paid if part.day in days), NOUGHT)


def _parts(lines: list[Line], *kinds: Of) -> Iterator[Part]:
    return (part for line in lines if line.of in kinds for part in line.parts)
