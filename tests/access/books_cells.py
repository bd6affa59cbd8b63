"""The cells of the books: hours, plans and bills."""

from clients.models import ServiceSuspension
from secretariat.books.models import Told

from .matrix import CLIENT, SECRETARIES
from .world import ADMIN, BOOKKEEPER, FORMER, OTHER_CONTACT, POOL, STRANGER, SUPERVISOR, TEAM

FIRM = frozenset({SUPERVISOR, ADMIN})
BOOKS = FIRM | {BOOKKEEPER}
WORKED, WEEK, BILL, DRAFT = ("worked",), ("week",), ("bill",), ("draft",)
QUESTION, WHOSE = ("question",), ("client",)
IN_HER_PLACE = {"week": "2026-11-09", "seen": "0-0", "because": "She is ill"}
CORRECTED = {"on": "2026-11-23", "since": "09:00:00", "until": "09:01:00", "because": "Miskeyed"}
PAID = {"amount": "10.00", "paid_on": "2026-11-20", "reference": "By bank"}
NOUGHT = ("included", "minimum_seconds", "retainer", "monthly_fee", "annual_fee", "set_up_fee")
PASSED_ON = ("discount_percent", "through_price", "text_price")
PASSED_ON += ("meeting_price", "lead_price", "order_percent")
PLAN = dict.fromkeys((*NOUGHT, *PASSED_ON), "0") | {
    "name": "By the minute",
    "from_on": "2026-12-01",
    "currency": "GBP",
    "measure": "time",
    "price": "1.20",
    "step_seconds": "6",
}
SUSPENDED = {"from_on": "2027-06-01", "callers_hear": "We cannot answer", "urgent_callers": "Write"}
BILLS = {"name": "The Firm", "address": "1 High Street", "vat_percent": "20"}
ONCE = {"kind": "goodwill", "words": "For the line that was down", "amount": "5.00"}
ACCOUNT = {"made_out_to": "Accounts", "tax": "standard", "days_to_pay": "30"}


def reminded_to_the_last(world, actor):
    """Nothing is announced yet, and there is something to be announced for."""
    client, bill = world.a.client.row, world.a.bill
    ServiceSuspension.objects.filter(client=client).delete()
    told = {"client": client, "about": Told.About.REMINDER}
    for degree in (1, 2, 3):
        Told.objects.get_or_create(bill=bill, month=bill.first_on, degree=degree, **told)


def other_work(side) -> dict:
    about = {"client": str(side.client.row.pk), "because": "Typed a lease"}
    return about | {"on": "2026-11-23", "since": "14:00", "until": "14:25"}


def limit(side) -> dict:
    return {"client": str(side.client.row.pk), "limit": "500"}


def of(page, deed) -> list:
    return [*_hours(page, deed), *_of_the_firm(page, deed), *_of_the_client(page, deed)]


def _hours(page, deed) -> list:
    return [
        page("books-time", SECRETARIES),
        deed("books-time-confirm", SECRETARIES, body={"week": "2026-11-16", "seen": "0-0"}),
        page("books-time-add", SECRETARIES),
        deed(
            "books-time-add",
            frozenset({TEAM, POOL}),
            body=other_work,
            others={FORMER: 422, STRANGER: 422},
        ),
        page("books-time-correct", frozenset({TEAM}), args=WORKED),
        deed("books-time-correct", frozenset({TEAM}), args=WORKED, body=CORRECTED),
        page("books-weeks", FIRM),
        page("books-week", FIRM, args=("secretary",)),
        page("books-weeks-waiting", FIRM),
        deed("books-weeks-approve", FIRM, body={"at": "2026-11-24T12:00:00+00:00"}),
        deed("books-weeks-reopen", FIRM, body={"at": "2026-11-24T12:00:00+00:00"}, changes=False),
        deed("books-week-reopen", FIRM, args=WEEK, changes=False),
        deed("books-week-approve", FIRM, args=WEEK),
        deed("books-week-confirm", FIRM, args=("secretary",), body=IN_HER_PLACE, changes=False),
        deed("books-week-send-back", FIRM, args=WEEK, body={"because": "The call at nine"}),
        page("books-week-correct", FIRM, args=WORKED),
        deed("books-week-correct", FIRM, args=WORKED, body=CORRECTED),
    ]


def _of_the_firm(page, deed) -> list:
    return [
        page("books-bills", BOOKS, shows=True),
        deed("books-run", FIRM, body={"month": "2026-11"}),
        deed("books-issue-all", FIRM, body={"month": "2026-10"}),
        page("books-bill", BOOKS, args=BILL),
        deed("books-bill-issue", FIRM, args=DRAFT),
        deed("books-bill-pay", BOOKS, args=BILL, body=PAID),
        page("books-bill-pdf", BOOKS, args=BILL, shows=False),
        page("books-give-back", FIRM, args=BILL),
        deed("books-give-back", FIRM, args=BILL, body={"amount": "1.00", "because": "We were late"}),
        page("books-issuer", FIRM),
        deed("books-issuer", frozenset({ADMIN}), body=BILLS),
        deed("books-waive", FIRM, args=("draft_item",), body={"because": "We hung up"}),
        deed("books-explain", FIRM, args=QUESTION, body={"answer": "A month is a month"}),
        deed("books-credit", FIRM, args=QUESTION, body={"answer": "You are right"}),
        page("books-suspension", FIRM, args=WHOSE),
        deed("books-suspension", FIRM, args=WHOSE, body=SUSPENDED, before=reminded_to_the_last),
        deed("books-suspension-back", FIRM, args=("suspension",), body={"because": "They have rung"}),
        page("books-plans", FIRM, shows=True),
        page("books-plan", FIRM, args=WHOSE),
        page("books-plan-change", FIRM, args=WHOSE),
        deed("books-plan-change", FIRM, args=WHOSE, body=PLAN),
        page("books-account", FIRM, args=WHOSE),
        deed("books-account", FIRM, args=WHOSE, body=ACCOUNT),
        deed("books-plan-end", FIRM, args=WHOSE, body={"last_on": "2026-12-31"}),
        deed("books-own-line", FIRM, args=WHOSE, body=ONCE),
        deed("books-own-line-drop", FIRM, args=("own_line",)),
    ]


def _of_the_client(page, deed) -> list:
    return [
        page("portal-bills", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        deed("portal-bill-limit", CLIENT, body=limit),
        page("portal-bill", CLIENT, args=BILL),
        page("portal-bill-pdf", CLIENT, args=BILL, shows=False),
        page("portal-bill-ask", CLIENT, args=("line",)),
        deed("portal-bill-ask", CLIENT, args=("line",), body={"words": "Who rang on Monday?"}),
    ]
