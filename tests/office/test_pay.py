"""The rules of pay: by hand, and over everything Hypothesis can think of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.office.pay import (
    Agreed,
    By,
    DayOff,
    Extra,
    Kept,
    Of,
    Outcome,
    Scored,
    Term,
    Waited,
    Worked,
    reckon,
)
from secretariat.office.pay_counting import Per, counted_once, in_order, share_of
from secretariat.rounding import half_up

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
MICRO = timedelta(microseconds=1)


def term(by, amount, of="", **more) -> Term:
    return Term(by, Decimal(amount), of, **more)


def agreed(*terms, first=OCTOBER[0], last=OCTOBER[1], **more) -> Agreed:
    return Agreed(first, last, terms, **more)


def worked(key, begins, seconds, kind="talk", piece=None) -> Worked:
    begun = datetime.fromisoformat(f"2026-10-{begins}").replace(tzinfo=UTC)
    return Worked(key, kind, begun, begun + timedelta(seconds=seconds), begun.date(), piece)


def lines(pay) -> list:
    return [(line.of, line.quantity, line.amount) for line in pay.lines]


def test_time_by_the_second_and_by_the_minute_worked_by_hand():
    """docs/pay.md, the first two rows: 3,725 s at 14.40 is 14.90; in whole minutes 3,780 s is 15.12."""
    its = [worked(1, "05 09:00:00", 3600), worked(2, "05 11:00:00", 125)]
    assert lines(reckon([agreed(term(By.HOUR, "14.40"))], its)) == [(Of.TIME, 3725, Decimal("14.90"))]
    by_minute = reckon([agreed(term(By.HOUR, "14.40"), step_seconds=60)], its)
    assert lines(by_minute) == [(Of.TIME, 3780, Decimal("15.12"))]


def test_each_day_is_rounded_once_and_what_runs_at_once_counts_once():
    its = [
        worked(1, "05 09:00:00", 100),
        worked(2, "05 09:00:30", 100, kind="hold"),  # 30 s beyond the first
        worked(3, "06 09:00:00", 10),
    ]
    [line] = reckon([agreed(term(By.HOUR, "36"), step_seconds=60)], its).lines
    assert [part.micros // 10**6 for part in line.parts] == [100, 30, 10]
    assert [part.units for part in line.parts] == [120, 60, 60]
    assert line.amount == Decimal("2.40")


def test_a_kind_of_time_has_its_own_rate_and_a_call_is_paid_once_as_a_piece():
    call = ("call", "calls.call:1")
    its = [
        worked(1, "05 09:00:00", 600, piece=call),
        worked(2, "05 09:10:00", 60, kind="wrap_up"),
        worked(3, "05 10:00:00", 600, piece=call),
        worked(4, "05 11:00:00", 3600, kind="mail", piece=("mail", "m:1")),
    ]
    terms = term(By.HOUR, "12"), term(By.HOUR, "15", "mail"), term(By.PIECE, "0.5", "call")
    pay = reckon([agreed(*terms)], its)
    assert lines(pay) == [
        (Of.TIME, 1260, Decimal("4.20")),
        (Of.TIME, 3600, Decimal("15.00")),
        (Of.PIECES, 1, Decimal("0.50")),
    ]
    assert pay.gross == Decimal("19.70")
    again = reckon([agreed(*terms)], its[2:3], paid_pieces=frozenset({call}))
    assert [line.of for line in again.lines] == [Of.TIME]


def test_fixed_commission_bonus_least_and_expenses_worked_by_hand():
    """docs/pay.md: a month of 620.00 from 17 October is 300.00, and so on to 455.00."""
    terms = (
        term(By.FIXED, "620", per=Per.MONTH),
        term(By.OUTCOME, "8", "meeting"),
        term(By.SHARE, "5", "order", condition="once paid"),
        term(By.BONUS, "50", hours=Decimal(1)),
        term(By.LEAST, "800", per=Per.MONTH),
    )
    outcomes = [
        Outcome("a", "meeting", date(2026, 10, 20)),
        Outcome("b", "order", date(2026, 10, 21), Decimal(200)),
        Outcome("c", "lead", date(2026, 10, 22)),
    ]
    extras = [Extra("d", "Headset", Decimal("45.00"), is_expense=True), Extra("e", "Sick day", Decimal(5))]
    pay = reckon([agreed(*terms, first=date(2026, 10, 17))], [worked(1, "20 09:00", 3600)], outcomes, extras)
    assert lines(pay) == [
        (Of.NOT_BY_TIME, 3600, Decimal(0)),
        (Of.FIXED, 15, Decimal("300.00")),
        (Of.COMMISSION, 1, Decimal("8.00")),
        (Of.COMMISSION, 1, Decimal("10.00")),
        (Of.COMMISSION, 1, Decimal("0.00")),
        (Of.BONUS, 3600, Decimal("50.00")),
        (Of.TOP_UP, 15, Decimal("19.10")),  # 800 × 15 ÷ 31 = 387.10, less 368.00
        (Of.EXPENSE, 1, Decimal("45.00")),
        (Of.EXTRA, 1, Decimal("5.00")),
    ]
    assert (pay.gross, pay.expenses, pay.total) == (Decimal("392.10"), Decimal(45), Decimal("437.10"))


DECEMBER = date(2026, 12, 31)
HOURLY = term(By.HOUR, "10")
LENT = {"per": Per.MONTH, "condition": "a computer"}
THREE_HOURS = [worked(day, f"{day:02} 09:00", 3600) for day in (5, 6, 7)]  # 30.00


@pytest.mark.parametrize(
    ("terms", "before", "off", "held"),
    [
        ([term(By.LESS, "15.50", **LENT)], 0, ["-15.50"], False),
        ([term(By.LESS, "15.50", **LENT, until=date(2026, 10, 8))], 0, ["-4.00"], False),  # 8 of 31 days
        ([term(By.LESS, "15.50", **LENT, until=date(2026, 9, 30))], 0, [], False),
        ([term(By.LESS, "7", per=Per.WEEK, condition="a desk")], 0, ["-30.00"], True),  # of 31.00
        ([term(By.LESS, "40", **LENT)], 0, ["-30.00"], True),
        ([term(By.LESS, "15.50", **LENT), term(By.LEAST, "20", per=Per.MONTH)], 0, ["-10.00"], True),
        ([term(By.LESS, "15.50", **LENT), term(By.LEAST, "40", per=Per.MONTH)], 0, ["0"], True),
        ([term(By.REDUCED, "10", condition="training")], 0, ["-3.00"], False),
        ([term(By.REDUCED, "10", condition="training", until=date(2026, 10, 5))], 0, ["-1.00"], False),
        ([term(By.REDUCED, "10", condition="training", hours=Decimal(2))], 0, ["-2.00"], False),
        ([term(By.REDUCED, "10", condition="training", hours=Decimal("1.5"))], 0, ["-2.00"], False),
        ([term(By.REDUCED, "10", condition="training", hours=Decimal(2))], 1.5, ["-1.00"], False),
        ([term(By.REDUCED, "10", condition="training", hours=Decimal(2))], 2, [], False),
        ([term(By.REDUCED, "50", condition="x"), term(By.LESS, "20", **LENT)], 0, ["-15.00", "-15.00"], True),
    ],
)
def test_what_is_taken_off_is_so_for_its_days_and_hours_and_leaves_the_least(terms, before, off, held):
    contract = agreed(HOURLY, *terms, micros_before=int(before * 3600 * 10**6))
    pay = reckon([contract], THREE_HOURS)
    taken = [line for line in pay.lines if line.of == Of.DISCOUNT]
    assert [line.amount for line in taken] == [Decimal(each) for each in off]
    assert any(line.is_held for line in taken) is held
    assert pay.gross >= max([0, *(each.amount for each in terms if each.by == By.LEAST)])


def test_a_reduction_is_of_time_and_pieces_alone_and_is_worked_by_hand():
    """docs/pay.md: 10 % of 10.00 and of two calls at 0.50, of no fixed amount: 1.10."""
    its = [worked(n, f"05 {9 + n}:00:00", 1800, piece=("call", f"c:{n}")) for n in (1, 2)]
    terms = HOURLY, term(By.PIECE, "0.5", "call"), term(By.FIXED, "620", per=Per.MONTH)
    pay = reckon([agreed(*terms, term(By.REDUCED, "10", condition="training", until=DECEMBER))], its)
    assert lines(pay)[-1] == (Of.DISCOUNT, 0, Decimal("-1.10"))
    assert pay.lines[-1].base == Decimal("11.00")
    assert pay.gross == Decimal("629.90")


def test_unpaid_work_is_nought_and_every_second_of_it_stands_there():
    pay = reckon([agreed(is_unpaid=True)], [worked(1, "05 09:00", 90)])
    assert lines(pay) == [(Of.TRIAL, 90, Decimal(0))]


def test_where_no_contract_holds_work_waits_and_a_raise_counts_from_its_day():
    its = [worked(n, f"{day:02} 09:00", 3600) for n, day in enumerate((1, 10, 20))]
    pay = reckon(
        [
            agreed(term(By.HOUR, "10"), first=date(2026, 10, 5), last=date(2026, 10, 14)),
            agreed(term(By.HOUR, "12"), first=date(2026, 10, 15)),
        ],
        its,
    )
    assert [line.amount for line in pay.lines] == [Decimal(10), Decimal(12)]
    assert pay.left == (its[0],)


def test_days_as_shares_of_weeks_months_and_years():
    assert share_of(Per.MONTH, *OCTOBER) == 1
    assert share_of(Per.MONTH, date(2026, 9, 16), date(2026, 10, 31)) == Fraction(3, 2)
    assert share_of(Per.WEEK, date(2026, 10, 5), date(2026, 10, 18)) == 2
    assert share_of(Per.YEAR, date(2027, 12, 31), date(2028, 1, 1)) == Fraction(1, 365) + Fraction(1, 366)


MOMENTS = st.integers(0, 3 * 86_400 * 10**6 - 1)
LENGTHS = st.integers(0, 5 * 3600 * 10**6)
RATES = st.decimals("0.01", "99.9999", places=4)


@st.composite
def intervals(draw):
    since = datetime(2026, 10, 5, tzinfo=UTC)
    rows = draw(st.lists(st.tuples(MOMENTS, LENGTHS, st.sampled_from(["talk", "hold", "mail"])), max_size=30))
    found = []
    for key, (begins, lasts, kind) in enumerate(rows):
        begun = since + begins * MICRO
        piece = ("call", f"c:{key % 4}") if kind == "talk" else None
        found.append(Worked(key, kind, begun, begun + lasts * MICRO, begun.date(), piece))
    return found


@settings(max_examples=150, deadline=None)
@given(intervals(), RATES, RATES, st.sampled_from([1, 60, 300, 900]), st.integers(5, 8))
def test_no_interval_is_paid_twice_or_lost_and_every_line_is_its_parts(its, rate, mail, step, until):
    whole = agreed(
        term(By.HOUR, rate),
        term(By.HOUR, mail, "mail"),
        term(By.PIECE, "0.75", "call"),
        last=date(2026, 10, until),
        step_seconds=step,
    )
    pay = reckon([whole], its)
    by_time = [line for line in pay.lines if line.of == Of.TIME]
    paid = [part.key for line in by_time for part in line.parts]
    assert sorted(paid + [it.key for it in pay.left]) == sorted(it.key for it in its)
    for line in pay.lines:
        assert line.amount == sum((part.amount for part in line.parts), Decimal(0))
        assert line.quantity == sum(part.units for part in line.parts)
    for line in by_time:
        assert line.amount == half_up(Fraction(line.term.amount) * line.quantity / 3600, 2)
        for day in {part.day for part in line.parts}:
            parts = [part for part in line.parts if part.day == day]
            micros, units = sum(part.micros for part in parts), sum(part.units for part in parts)
            assert 0 <= units * 10**6 - micros < step * 10**6
    assert pay.total == sum((line.amount for line in pay.lines), Decimal(0))


@settings(max_examples=100, deadline=None)
@given(intervals(), st.data())
def test_paid_in_two_runs_no_moment_counts_twice_and_none_is_lost(its, data):
    first = data.draw(st.lists(st.sampled_from(its), unique_by=lambda it: it.key)) if its else []
    late = [it for it in its if it not in first]
    before = counted_once(in_order(first))
    after = counted_once(in_order(late), [(it.started_at, it.ended_at) for it in first])
    together = counted_once(in_order(its))
    assert sum(before.values()) + sum(after.values()) == sum(together.values())
    assert all(micros >= 0 for micros in [*before.values(), *after.values()])


def test_time_on_shift_with_nothing_to_do_and_days_away_are_lines_of_their_own():
    """2:00:00.9 and 0:30:00 at 6.00 an hour are 12.00 and 3.00; three days of holiday at 90.10 are 270.30."""
    held = agreed(term(By.WAITING, "6"), term(By.DAY_OFF, "90.10"), term(By.LEAST, "400", per=Per.MONTH))
    day = held.first
    found = reckon(
        [held],
        waited=[Waited("late", day, 7_200_900_000), Waited("early", day, 1_800_000_000)],
        off=[*(DayOff(n, "holiday", day) for n in range(3)), DayOff(9, "sickness", day)],
    )
    assert lines(found) == [
        (Of.WAITING, 9000, Decimal("15.00")),
        (Of.DAYS_OFF, 3, Decimal("270.30")),
        (Of.DAYS_OFF, 1, Decimal("90.10")),
        (Of.TOP_UP, 31, Decimal("24.60")),
    ]
    assert [part.amount for part in found.lines[0].parts] == [Decimal("12.00"), Decimal("3.00")]
    assert [line.words for line in found.lines[1:3]] == ["holiday", "sickness"]
    unpaid = reckon([replace(held, is_unpaid=True)], waited=[Waited("late", day, 7_200_900_000)])
    assert not unpaid.lines


def test_a_shift_at_odd_hours_and_all_of_them_kept():
    """Two nights of which one was kept earn 7.50; a month in which one was missed earns no bonus."""
    held = agreed(term(By.ODD, "7.50"), term(By.KEPT, "40"))
    day = held.first
    kept = [Kept(1, day, True, True), Kept(2, day, False, True)]
    assert lines(reckon([held], kept=kept)) == [
        (Of.ODD_HOURS, 1, Decimal("7.50")),
        (Of.BONUS, 2, Decimal("40.00")),
    ]
    missed = [*kept, Kept(3, day, True, False)]
    assert lines(reckon([held], kept=missed)) == [(Of.ODD_HOURS, 1, Decimal("7.50"))]
    assert not reckon([held]).lines  # nothing was planned


SORTS = {"night": "6", "weekend": "9", "holiday": "20"}
NIGHT, WEEKEND, HOLIDAY = (term(By.ODD, amount, of) for of, amount in SORTS.items())


@pytest.mark.parametrize(
    ("terms", "sorts", "was_kept", "earned"),
    [
        ([NIGHT], {"night"}, True, {"night": "6.00"}),
        ([NIGHT], {"night"}, False, {}),  # late, and so not kept
        ([NIGHT], {"weekend"}, True, {}),
        ([NIGHT, WEEKEND], {"night", "weekend"}, True, {"weekend": "9.00"}),
        ([WEEKEND, HOLIDAY, NIGHT], {"night", "weekend", "holiday"}, True, {"holiday": "20.00"}),
        ([term(By.ODD, "7.50"), NIGHT], {"night"}, True, {"": "7.50"}),
        ([term(By.ODD, "7.50"), WEEKEND], {"weekend"}, True, {"weekend": "9.00"}),
        ([HOLIDAY], set(), True, {}),
    ],
)
def test_a_shift_that_others_would_not_have_is_paid_once_by_what_pays_most(terms, sorts, was_kept, earned):
    held = agreed(*terms)
    it = Kept(1, held.first, bool(sorts), was_kept, frozenset(sorts))
    found = reckon([held], kept=[it, Kept(2, held.first, False, True)]).lines
    assert {line.term.of: line.amount for line in found} == {of: Decimal(each) for of, each in earned.items()}
    assert all(line.of == Of.ODD_HOURS and line.quantity == 1 for line in found)


@pytest.mark.parametrize(
    ("results", "earned"),
    [([], 0), ([90], 25), ([89], 0), ([80, 100], 25), ([100, 80, 89], 0), ([95, 88, 88], 25)],
)
def test_quality_earns_a_bonus_by_the_average_of_its_results(results, earned):
    """docs/pay.md: 95, 88 and 88 are 90.3 on average; 100, 80 and 89 are 89.7, and earn nothing."""
    held = agreed(HOURLY, term(By.QUALITY, "25", percent=90))
    scored = [Scored(n, held.first, percent) for n, percent in enumerate(results)]
    found = reckon([held], scored=scored).lines
    assert [line.amount for line in found] == [Decimal("25.00")] * bool(earned)
    assert all(line.of == Of.BONUS and line.quantity == len(results) for line in found)


def test_an_hour_in_a_language_is_paid_on_top_in_whole_seconds_that_count_once():
    """docs/pay.md: 1:00:00 and 0:02:05 at 1.80 more are 1.80 and 0.06; what runs at once counts once."""
    french = [
        worked(1, "05 09:00:00", 3600),
        worked(2, "05 09:30:00", 1800, kind="hold"),
        worked(3, "05 11:00:00", 125),
    ]
    its = [each._replace(language="fr") for each in french]
    its += [worked(4, "05 12:00:00", 3600)._replace(language="en")]
    its += [worked(5, "05 14:00:00", 3600)._replace(language="fr", by_proposal=True)]
    pay = reckon([agreed(term(By.HOUR, "14.40"), term(By.SPOKEN, "1.80", "fr"))], its)
    [line] = [line for line in pay.lines if line.of == Of.LANGUAGE]
    assert (line.quantity, line.amount) == (3725, Decimal("1.86"))
    assert [(part.key, part.units, part.amount) for part in line.parts] == [
        (1, 3600, Decimal("1.80")),
        (3, 125, Decimal("0.06")),
    ]
    least = agreed(term(By.SPOKEN, "1.80", "fr"), term(By.LEAST, "10", per=Per.MONTH))
    assert reckon([least], its).gross == Decimal(10)  # it counts towards the least


@pytest.mark.parametrize(
    ("hours", "earned"), [(99, []), (100, ["30"]), (139, ["30"]), (140, ["30", "50"]), (200, ["30", "50"])]
)
def test_several_bonuses_in_one_contract_are_paid_side_by_side(hours, earned):
    held = agreed(term(By.BONUS, "30", hours=Decimal(100)), term(By.BONUS, "50", hours=Decimal(140)))
    its = [worked(n, f"{n + 1:02} 00:00", 36_000) for n in range(hours // 10)]
    its += [worked(99, "31 00:00", hours % 10 * 3600)] if hours % 10 else []
    found = [line.amount for line in reckon([held], its).lines if line.of == Of.BONUS]
    assert found == [Decimal(each) for each in earned]


def test_a_kind_of_task_has_its_own_price_else_that_of_any_other_task_and_is_paid_once():
    """docs/pay.md: a letter at 4.00, a dictation and a request at 1.50; what was typed first says which."""
    its = [
        worked(1, "05 09:00", 600, kind="letter", piece=("letter", "l:1")),
        worked(2, "05 10:00", 600, kind="dictation", piece=("dictation", "l:1")),
        worked(3, "05 11:00", 600, kind="dictation", piece=("dictation", "d:2")),
        worked(4, "05 12:00", 600, kind="request", piece=("request", "r:3")),
        worked(5, "05 13:00", 600, kind="mail", piece=("mail", "m:4")),
    ]
    terms = term(By.PIECE, "4", "letter"), term(By.PIECE, "1.50", "task")
    found = [line for line in reckon([agreed(*terms)], its).lines if line.of == Of.PIECES]
    assert [(line.term.of, line.quantity, line.amount) for line in found] == [
        ("letter", 1, Decimal("4.00")),
        ("task", 2, Decimal("3.00")),
    ]


def test_a_piece_on_which_she_worked_under_two_contracts_is_paid_by_the_first_of_them():
    """A letter begun on the 5th at 4.00 and gone on with on the 6th, from which on a letter is 5.00."""
    its = [
        worked(1, "05 09:00", 600, kind="letter", piece=("letter", "l:1")),
        worked(2, "06 09:00", 600, kind="letter", piece=("letter", "l:1")),
        worked(3, "06 10:00", 600, kind="letter", piece=("letter", "l:2")),
    ]
    held = [
        agreed(term(By.PIECE, "4", "letter"), last=date(2026, 10, 5)),
        agreed(term(By.PIECE, "5", "letter"), first=date(2026, 10, 6)),
    ]
    found = [line for line in reckon(held, its).lines if line.of == Of.PIECES]
    assert [(part.key[1], part.amount) for line in found for part in line.parts] == [
        ("l:1", Decimal("4.00")),
        ("l:2", Decimal("5.00")),
    ]
