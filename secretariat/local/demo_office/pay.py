"""The demo's contracts, signed by both sides, and last month's pay, which two people have approved."""

from datetime import timedelta
from decimal import Decimal

from secretariat import clock
from secretariat.books import gathering, hours, pay_details, paying
from secretariat.books.models import PayExtra
from secretariat.office.contracts import agreeing, usual_words
from secretariat.office.models import Contract, Firm, Partner, PartnerPerson, Post, Secretary, User
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per

from . import people

WEEK = timedelta(days=7)
IBANS = ("GB33BUKB20201555555555", "GB94BARC10201530093459")
TERMS = (
    (
        Term(By.HOUR, Decimal("14.60")),
        Term(By.OUTCOME, Decimal("4.00"), "meeting", condition="once it has taken place"),
        Term(By.LEAST, Decimal("120.00"), per=Per.MONTH),
    ),
    (Term(By.HOUR, Decimal("13.90")), Term(By.PIECE, Decimal("0.60"), "mail")),
)
# The first is employed, the second a contractor through a company, into whose account her pay goes.
FORMS = (
    {
        "kind": "employee",
        "benefits": [
            {"of": "holiday", "each": "28", "from": ""},
            {"of": "sickness", "each": "10", "from": ""},
            {"of": "pension", "each": "5", "from": ""},
        ],
    },
    {},
)


def keep(*secretaries: Secretary) -> None:
    """Under contract since the month before last, the second through a company; paid for the last month.

    At its very beginning without the days of the week that waits for approval: a minimum goes by all of them.
    """
    at = clock.now()
    companies = (None, _company())
    first, last = gathering.month_of(at.date().replace(day=1) - timedelta(days=1))
    last = min(last, *(hours.this_monday(each, at) - WEEK - timedelta(days=1) for each in secretaries))
    ruth, helen = (User.objects.get(posts__post=post) for post in (Post.Kind.ADMIN, Post.Kind.SUPERVISOR))
    from_on = (first - timedelta(days=1)).replace(day=1)
    of_each = zip(secretaries, TERMS, FORMS, IBANS, companies, strict=True)
    for secretary, terms, form, number, person in of_each:
        company = person.partner if person else None
        _engage(secretary, terms, form | {"partner": company}, from_on=from_on, by=ruth, at=at, person=person)
        _approve_weeks(secretary, first, last, by=helen, at=at)
        by = person.user if person else secretary.user
        details = pay_details.Details(company.name if company else secretary.user.name, number)
        row = pay_details.enter(company or secretary, details, by=by, at=at)
        pay_details.confirm(row, pay_details.code_of(row), by=by, at=at)
    PayExtra.objects.create(
        secretary=secretaries[0],
        kind=PayExtra.Kind.EXPENSE,
        on=last - timedelta(days=3),
        amount=Decimal("24.90"),
        words="A headset, as agreed with Helen",
        state=PayExtra.State.AGREED,
        asked_by=secretaries[0].user,
        decided_by=helen,
    )
    run = paying.begin(first, last, last + timedelta(days=10), by=ruth, at=at)
    paying.prepare(run, by=ruth, at=at)
    paying.approve(run, by=helen, at=at)
    Firm.objects.update(contracts_from=at.date())


def _company() -> PartnerPerson:
    """Somebody who signs in for an outsourcing company, which enters its own account."""
    company = Partner.objects.create(name="Harbour Staff", address="4 Quay Road\nBristol BS1 4SB")
    user = people.account("company@example.com", "Vera Holm")
    return PartnerPerson.objects.create(partner=company, user=user)


def _engage(
    secretary: Secretary, terms, form: dict, *, from_on, by: User, at, person: PartnerPerson | None
) -> None:
    draft = Contract(
        secretary=secretary,
        from_on=from_on,
        max_hours_week=Decimal(40),
        made_by=by,
        **usual_words.to_begin_with() | form,
    )
    offered = agreeing.offer(agreeing.write(draft, terms, by=by), by=by, at=at)
    paper = {"sha256": offered.sha256, "at": at}
    agreeing.accept(offered, name=secretary.user.name, by=secretary.user, **paper)
    if person:
        agreeing.sign_for_company(offered, name=person.user.name, by=person.user, **paper)
    agreeing.countersign(offered, name=by.name, by=by, **paper)


def _approve_weeks(secretary: Secretary, first, last, *, by: User, at) -> None:
    """Every week with a day between the first and the last."""
    monday = hours.monday_of(first)
    while monday <= last:
        found = hours.of(secretary, monday, at=at)
        if found.intervals and found.is_open:
            hours.approve(hours.confirm(secretary, monday, seen=found.seen, at=at), by=by, at=at)
        monday += WEEK
