"""The cells of pay: runs and statements of the firm, and a secretary's own."""

from secretariat import clock
from secretariat.books import pay_details
from secretariat.books.models import BankDetails, Payout

from .matrix import SECRETARIES
from .world import ADMIN, BOOKKEEPER, FORMER, PARTNER, STRANGER, SUPERVISOR, TEAM

FIRM, HERS = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM})
BOOKS, AGENCY = FIRM | {BOOKKEEPER}, frozenset({PARTNER})
RUN, OPEN_RUN, STATEMENT, EXTRA = ("pay_run",), ("open_run",), ("statement",), ("extra",)
OUTCOME = ("outcome",)
FILE = ("pay_run", "bank_file")
ACCOUNT = {"holder": "Somebody", "iban": "GB33 BUKB 2020 1555 5555 55"}
DAYS = {"first_on": "2026-08-01", "last_on": "2026-08-31", "pay_on": "2026-09-10"}
LAID_OUT = {"on": "2026-11-20", "amount": "12.00", "words": "A headset"}


def extra(side) -> dict:
    return {
        "secretary": str(side.secretary.pk),
        "kind": "bonus",
        "on": "2026-11-20",
        "amount": "5",
        "words": "x",
    }


def outcome(side) -> dict:
    about = {"secretary": str(side.secretary.pk), "client": str(side.client.row.pk)}
    return about | {"kind": "order", "on": "2026-11-20", "worth": "100", "words": "Lilies"}


def reported(side) -> dict:
    about = {"client": str(side.client.row.pk), "kind": "order", "worth": "100"}
    return about | {"on": "2026-11-20", "words": "Lilies"}


def has_entered_an_account(world, actor) -> None:
    secretary = world.secretary(actor)
    details = pay_details.Details("Somebody", "GB33BUKB20201555555555")
    pay_details.enter(secretary, details, by=secretary.user, at=clock.now())


def the_company_has_entered_an_account(world, _actor) -> None:
    details = pay_details.Details("The company", "GB33BUKB20201555555555")
    pay_details.enter(world.a.agency, details, by=world.people[PARTNER], at=clock.now())


def code(side) -> dict:
    return {"code": pay_details.code_of(BankDetails.objects.latest("entered_at", "id"))}


def is_in_no_file(world, actor) -> None:
    Payout.objects.filter(statement__run=world.a.pay_run).delete()


def of(page, deed) -> list:
    return [*_of_the_firm(page, deed), *_her_own(page, deed), *_of_her_company(page, deed)]


def _of_her_company(page, deed) -> list:
    return [
        page("partner", AGENCY),
        page("partner-statement", AGENCY, args=STATEMENT, shows=False),  # what it was about is not theirs
        page("partner-statement-pdf", AGENCY, args=STATEMENT, shows=False),
        page("partner-pay", AGENCY),
        page("partner-pay-details", AGENCY),
        deed("partner-pay-details", AGENCY, body=ACCOUNT),
        deed("partner-pay-confirm", AGENCY, body=code, before=the_company_has_entered_an_account),
        page("partner-payment", AGENCY, args=RUN),
    ]


def _of_the_firm(page, deed) -> list:
    return [
        page("profit", BOOKS),
        page("accounts-file", BOOKS),
        page("pay-runs", BOOKS),
        deed("pay-prepare", FIRM, body=DAYS),
        page("pay-run", BOOKS, args=RUN, shows=False),
        deed("pay-again", FIRM, args=OPEN_RUN),
        deed("pay-approve", FIRM, args=OPEN_RUN),
        deed("pay-drop", FIRM, args=OPEN_RUN),
        deed("pay-table", BOOKS, args=RUN, status=200),
        deed("pay-all-due", BOOKS, args=("late_run",)),
        deed("pay-for-bank", BOOKS, args=RUN, status=200, before=is_in_no_file),
        deed("pay-for-bank-again", BOOKS, args=FILE, status=200),
        deed("pay-file-paid", BOOKS, args=FILE),
        page("pay-statement", BOOKS, args=STATEMENT),
        deed("pay-paid", BOOKS, args=STATEMENT),
        deed("pay-due", BOOKS, args=("late_statement",)),
        deed("pay-returned", BOOKS, args=STATEMENT, body={"because": "The account is closed"}),
        page("pay-tax", FIRM, args=STATEMENT),
        page("pay-statement-pdf", BOOKS, args=STATEMENT, shows=False),
        deed("pay-extra-add", FIRM, body=extra),
        deed("pay-extra-agree", FIRM, args=EXTRA),
        deed("pay-extra-refuse", FIRM, args=EXTRA, body={"answer": "It is ours"}),
        page("outcomes", FIRM),
        deed("outcome-add", FIRM, body=outcome),
        deed("outcome-count", FIRM, args=OUTCOME),
        deed("outcome-refuse", FIRM, args=OUTCOME, body={"because": "It was ours"}),
        deed("outcome-back", FIRM, args=OUTCOME, body={"because": "It was ours"}),
    ]


def _her_own(page, deed) -> list:
    return [
        page("my-pay", SECRETARIES),
        page("my-pay-details", SECRETARIES),
        deed("my-pay-details", SECRETARIES, body=ACCOUNT),
        deed("my-pay-confirm", SECRETARIES, body=code, before=has_entered_an_account),
        deed("my-pay-expense", SECRETARIES, body=LAID_OUT),
        page("my-outcomes", SECRETARIES, shows=False),
        deed(
            "my-outcome-report",
            SECRETARIES - {FORMER, STRANGER},
            body=reported,
            others={FORMER: 422, STRANGER: 422},
        ),
        deed("my-outcome-withdraw", HERS, args=OUTCOME),
        page("my-statement", HERS, args=STATEMENT),
        page("my-statement-pdf", HERS, args=STATEMENT, shows=False),
        deed("my-statement-ask", HERS, args=STATEMENT, body={"amount": "3", "words": "Monday is missing"}),
    ]
