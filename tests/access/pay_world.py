"""What each side's secretary is paid: runs that are approved, one that is open, and what she asks for."""

from datetime import date
from decimal import Decimal

from secretariat import clock
from secretariat.books import pay_details, paying, paying_out
from secretariat.books.models import Outcome, PayExtra, PayingAccount
from secretariat.office.models import Partner

DAYS = {"Zephyra": (1, 15), "Quillon": (16, 20)}  # of the run in November that is open


def paid(side, secretary, firm) -> dict:
    """`firm` approves for the firm; it is prepared by somebody who does not walk as the firm."""
    at, word = clock.now(), side.word
    account = {"name": "The firm", "iban": "DE89370400440532013000", "bic": "COBADEFFXXX"}
    PayingAccount.objects.update_or_create(pk=True, defaults=account)
    pay_on = date(2026, 12, 10)
    _agreed(secretary, date(2026, 9, 20), f"{word} in September")
    late = paying.begin(date(2026, 9, 1), date(2026, 9, 30), pay_on, by=secretary.user, at=at)
    paying.prepare(late, by=secretary.user, at=at)
    late = paying.approve(late, by=firm, at=at)  # while there was no account
    details = pay_details.Details(f"Holder of {word}", "FR1420041010050500013M02606")
    row = pay_details.enter(secretary, details, by=secretary.user, at=at)
    assert pay_details.confirm(row, pay_details.code_of(row), by=secretary.user, at=at)
    company = Partner.objects.get(name=f"Agency of {word}")
    details = pay_details.Details(company.name, "GB33BUKB20201555555555")
    theirs = pay_details.enter(company, details, by=secretary.user, at=at)
    assert pay_details.confirm(theirs, pay_details.code_of(theirs), by=secretary.user, at=at)
    _agreed(secretary, date(2026, 10, 20), f"{word} in October")
    run = paying.begin(date(2026, 10, 1), date(2026, 10, 31), pay_on, by=secretary.user, at=at)
    paying.prepare(run, by=secretary.user, at=at)
    run.statements.update(partner=company, to_partner=company.name, bank=theirs)
    run = paying.approve(run, by=firm, at=at)
    file = paying_out.order(run, by=firm, at=at)
    _agreed(secretary, date(2026, 11, 1), f"{word} in November")
    first, last = (date(2026, 11, day) for day in DAYS[word])
    open_run = paying.begin(first, last, pay_on, by=secretary.user, at=at)
    paying.prepare(open_run, by=secretary.user, at=at)
    extra = PayExtra.objects.create(
        secretary=secretary,
        kind=PayExtra.Kind.EXPENSE,
        on=date(2026, 11, 20),
        amount=Decimal(9),
        words=f"{word} headset",
        asked_by=secretary.user,
    )
    outcome = Outcome.objects.create(
        secretary=secretary,
        client=side.client.row,
        kind=Outcome.Kind.LEAD,
        on=date(2026, 11, 20),
        words=f"{word} asked for a price",
        state=Outcome.State.REPORTED,
        reported_by=secretary.user,
    )
    statement = run.statements.get(secretary=secretary)
    return {
        "late_run": late,
        "late_statement": late.statements.get(secretary=secretary),
        "pay_run": run,
        "open_run": open_run,
        "statement": statement,
        "extra": extra,
        "bank_file": file.key,
        "outcome": outcome,
    }


def _agreed(secretary, on, words) -> None:
    PayExtra.objects.create(
        secretary=secretary,
        kind=PayExtra.Kind.BONUS,
        on=on,
        amount=Decimal(20),
        words=words,
        state=PayExtra.State.AGREED,
        asked_by=secretary.user,
    )
