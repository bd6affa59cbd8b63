"""Contracts of many terms at once, over whatever was done: every line is its parts, and to the cent what it
exactly is.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.office.pay import OF_TIME, Agreed, By, Extra, Kept, Of, Outcome, Term, Waited, Worked, reckon
from secretariat.rounding import half_up

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
NOUGHT = Decimal(0)
AN_HOUR = 3600
BY_THE_HOUR = (Of.TIME, Of.LANGUAGE, Of.WAITING)
BY_THE_PIECE = (Of.PIECES, Of.ODD_HOURS)

DAYS = st.integers(0, 30).map(lambda n: FIRST + timedelta(n))
SORTS = (frozenset(), frozenset({"weekend"}))
AMOUNTS = st.decimals("0.0001", "99.9999", places=4)
PERCENTS = st.decimals("0.01", "99.99", places=2)
OFFERS = {  # each at most once in a contract
    "an hour": st.builds(Term, st.just(By.HOUR), AMOUNTS),
    "an hour of mail": st.builds(Term, st.just(By.HOUR), AMOUNTS, st.just("mail")),
    "waiting": st.builds(Term, st.just(By.WAITING), AMOUNTS),
    "a call": st.builds(Term, st.just(By.PIECE), AMOUNTS, st.just("call")),
    "a task": st.builds(Term, st.just(By.PIECE), AMOUNTS, st.just("task")),
    "a month": st.builds(Term, st.just(By.FIXED), AMOUNTS, per=st.just("month")),
    "a meeting": st.builds(Term, st.just(By.OUTCOME), AMOUNTS, st.just("meeting")),
    "of an order": st.builds(Term, st.just(By.SHARE), PERCENTS, st.just("order")),
    "odd hours": st.builds(Term, st.just(By.ODD), AMOUNTS),
    "weekends": st.builds(Term, st.just(By.ODD), AMOUNTS, st.just("weekend")),
    "French": st.builds(Term, st.just(By.SPOKEN), AMOUNTS, st.just("fr")),
    "all kept": st.builds(Term, st.just(By.KEPT), AMOUNTS),
    "many hours": st.builds(Term, st.just(By.BONUS), AMOUNTS, hours=st.just(Decimal(5))),
    "at least": st.builds(Term, st.just(By.LEAST), AMOUNTS, per=st.just("week")),
    "lent": st.builds(Term, st.just(By.LESS), AMOUNTS, per=st.just("week"), condition=st.just("a screen")),
    "trained": st.builds(
        Term, st.just(By.REDUCED), PERCENTS, hours=st.sampled_from([NOUGHT, Decimal(8)]), until=DAYS
    ),
}


@st.composite
def contracts(draw) -> list[Agreed]:
    """One, or two that follow each other, in one currency; nothing may hold on the first days or the last."""
    digits, step = draw(st.sampled_from([0, 2, 3])), draw(st.sampled_from([1, 60, 300, 900]))
    edges = sorted(draw(st.lists(DAYS, min_size=2, max_size=3, unique=True)))
    found = []
    for begins, ends in zip(
        edges[:-1], [*(each - timedelta(1) for each in edges[1:-1]), edges[-1]], strict=True
    ):
        names = draw(st.lists(st.sampled_from(list(OFFERS)), unique=True))
        terms = tuple(draw(OFFERS[name]) for name in names)
        found.append(Agreed(begins, ends, terms, step, digits, key=begins))
    return found


@st.composite
def months(draw) -> dict:
    """What was done, waited, kept and brought in a month."""
    worked = []
    for n in range(draw(st.integers(0, 30))):
        day, kind = draw(DAYS), draw(st.sampled_from(["talk", "hold", "mail", "other"]))
        begun = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            microseconds=draw(st.integers(0, 20 * AN_HOUR * 10**6))
        )
        lasts = timedelta(microseconds=draw(st.integers(0, 4 * AN_HOUR * 10**6)))
        piece = draw(st.sampled_from([None, ("call", f"c:{n % 5}"), ("letter", f"l:{n % 3}")]))
        language = draw(st.sampled_from(["", "fr"]))
        worked.append(Worked(n, kind, begun, begun + lasts, day, piece, draw(st.booleans()), language))
    waited = [Waited(n, draw(DAYS), draw(st.integers(0, 10**11))) for n in range(draw(st.integers(0, 5)))]
    kept = [
        Kept(n, draw(DAYS), draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(SORTS)))
        for n in range(draw(st.integers(0, 6)))
    ]
    cents = st.decimals("0", "9999.99", places=2)
    outcomes = [
        Outcome(n, draw(st.sampled_from(["meeting", "order", "lead"])), draw(DAYS), draw(cents))
        for n in range(draw(st.integers(0, 6)))
    ]
    extras = [Extra(n, "By hand", draw(cents), draw(st.booleans())) for n in range(draw(st.integers(0, 3)))]
    return {"worked": worked, "waited": waited, "kept": kept, "outcomes": outcomes, "extras": extras}


@settings(max_examples=60, deadline=None)
@given(contracts(), months())
def test_of_whatever_terms_a_line_is_its_parts_and_what_it_exactly_is(agreed, month):
    pay, digits = reckon(agreed, **month), agreed[0].digits
    by_time = [part.key for line in pay.lines if line.of in OF_TIME for part in line.parts]
    assert Counter(by_time + [it.key for it in pay.left]) == Counter(it.key for it in month["worked"])
    covered = [it.key for it in month["outcomes"] if any(each.holds_on(it.day) for each in agreed)]
    told = [part.key for line in pay.lines if line.of == Of.COMMISSION for part in line.parts]
    assert Counter(told) == Counter(covered)
    for of in (Of.PIECES, Of.WAITING, Of.ODD_HOURS, Of.LANGUAGE):
        keys = [part.key for line in pay.lines if line.of == of for part in line.parts]
        assert len(keys) == len(set(keys)), of  # nothing is paid twice by two terms or two contracts

    for line in pay.lines:
        assert line.amount == half_up(line.amount, digits)  # no part of a cent
        if line.parts:
            assert line.amount == sum((part.amount for part in line.parts), NOUGHT), line.of
            assert line.quantity == sum(part.units for part in line.parts), line.of
        price = Fraction(line.term.amount) if line.term else Fraction(0)
        if line.of in BY_THE_HOUR:
            assert line.amount == half_up(price * line.quantity / AN_HOUR, digits)
        elif line.of in BY_THE_PIECE or (line.of == Of.COMMISSION and line.base is None):
            assert line.amount == half_up(price * line.quantity, digits)
        elif line.of == Of.COMMISSION:
            worth = {it.key: it.worth for it in month["outcomes"]}
            exact = sum((Fraction(worth[part.key]) for part in line.parts), Fraction(0)) * price / 100
            assert line.amount == half_up(exact, digits)
        elif line.of == Of.DISCOUNT:
            assert line.amount <= 0
    for each in agreed:  # what is taken off leaves nought or more of every contract
        assert sum((line.amount for line in pay.lines if line.agreed is each), NOUGHT) >= 0
    by_hand = [half_up(it.amount, digits) for it in month["extras"] if not it.is_expense]
    hers = sum((line.amount for line in pay.lines if line.agreed), NOUGHT)
    assert pay.gross == hers + sum(by_hand, NOUGHT)
    assert pay.total == sum((line.amount for line in pay.lines), NOUGHT)
