"""Contracts: in plain words and money, offered, asked about, signed by both, followed, ended."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clients import team
from clients.models import Access, Assignment
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office import presence
from secretariat.office.contracts import agreeing, holding
from secretariat.office.forms.contracts import ContractForm
from secretariat.office.models import Absence, Contract, Firm, PayTerm, Presence, Secretary
from secretariat.office.pay import By, Term

FIRST = {
    "kind": "contractor",
    "role": "Secretary",
    "duties": "Answers calls and mail",
    "from_on": "2026-11-01",
    "currency": "gbp",
    "hour": "14.50",
    "piece_mail": "0.75",
    "order_percent": "5",
    "order_condition": "once it is paid",
    "max_hours_week": "35",
    "step_seconds": "60",
    "paid_each": "month",
    "pay_within_days": "10",
    "pay_method": "bank",
    "notice_days": "28",
    "rights": "Breaks",
    "obligations": "The software",
    "confidentiality": "Nothing leaves the house",
    "breach": "The firm may end it",
}


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


def written(priya, helen, *terms, **facts) -> Contract:
    usual = {"role": "Secretary", "duties": "Answers calls", "from_on": date(2026, 11, 1)}
    words = dict.fromkeys(("rights", "obligations", "confidentiality", "breach"), "As agreed")
    terms = terms or (Term(By.HOUR, Decimal("14.50")),)
    return agreeing.write(Contract(secretary=priya, **usual | words | facts), terms, by=helen)


def signed(priya, helen, *terms, **facts) -> Contract:
    return signed_by_both(written(priya, helen, *terms, **facts), helen)


def signed_by_both(draft, helen) -> Contract:
    at = clock.now() + timedelta(microseconds=7)  # as it is on a real clock
    offered = agreeing.offer(draft, by=helen, at=at)
    signing = {"name": "Priya Nair", "sha256": offered.sha256, "at": at}
    agreeing.accept(offered, by=offered.secretary.user, **signing)
    return agreeing.countersign(offered, by=helen, **signing)


def test_every_field_of_a_contract_stands_under_one_heading(db):
    form = ContractForm()
    shown = [field.name for _title, fields in form.groups for field in fields]
    assert sorted(shown) == sorted(form.fields)


def test_from_a_draft_to_both_signatures_with_a_question_between(office, priya, helen):
    firm, hers = office.browser(helen), office.browser(priya)
    assert firm.post(reverse("contract-write", args=[priya.pk]), FIRST).status_code == 303
    contract = Contract.objects.get()
    assert "No contract yet" in hers.get(reverse("my-contract")).content.decode()  # a draft is the firm's own
    assert firm.post(reverse("contract-offer", args=[contract.pk])).status_code == 303
    page = hers.get(reverse("my-contract")).content.decode()
    for words in (
        "14.50 GBP an hour at work",
        "0.75 GBP for each mail",
        "5 % for each order",
        "once it is paid",
    ):
        assert words in page
    assert "only an employee’s contract can carry them" in page
    assert "At most 35 hours a week" in page
    hers.post(reverse("my-contract-say", args=[contract.pk]), {"words": "Is the time between calls paid?"})
    assert "she asks" in firm.get(reverse("contracts")).content.decode()
    firm.post(reverse("contract-say", args=[contract.pk]), {"words": "It is not, but you set your hours"})
    assert "she asks" not in firm.get(reverse("contracts")).content.decode()
    assert "It is not, but you set your hours" in hers.get(reverse("my-contract")).content.decode()
    contract.refresh_from_db()
    paper = b"".join(hers.get(reverse("my-contract-pdf", args=[contract.pk])).streaming_content)
    assert paper.startswith(b"%PDF")
    said = {"name": "Priya Nair", "sha256": contract.sha256}
    accept = reverse("my-contract-accept", args=[contract.pk])
    refused = hers.post(accept, said)
    assert refused.status_code == 422
    assert "Priya Nair" in refused.content.decode()  # nothing typed is lost
    assert hers.post(accept, said | {"agreed": "on"}).status_code == 303
    assert holding.of(priya, date(2026, 11, 24)) is None
    assert (
        firm.post(
            reverse("contract-sign", args=[contract.pk]), said | {"agreed": "on", "name": "Helen Marsh"}
        ).status_code
        == 303
    )
    assert holding.of(priya, date(2026, 11, 24)) == contract
    assert holding.limits_of(priya, date(2026, 11, 24)).max_week == 35
    both = LedgerEntry.objects.filter(verb="office.contract.signed", subject_id=str(contract.pk))
    assert {(each.actor_id, each.detail["sha256"]) for each in both} == {
        (priya.user.pk, contract.sha256),
        (helen.pk, contract.sha256),
    }


OFF = {
    "less": "15.50",
    "less_per": "month",
    "less_for": "the computer that is lent",
    "less_until": "2026-12-31",
    "reduced": "10",
    "reduced_for": "training",
    "reduced_hours": "80",
}


def test_what_is_taken_off_is_said_before_she_signs_and_in_what_is_different(office, priya, helen):
    signed(priya, helen)
    firm, hers, write = (
        office.browser(helen),
        office.browser(priya),
        reverse("contract-write", args=[priya.pk]),
    )
    refused = firm.post(write, FIRST | OFF | {"less_for": "", "reduced": "100", "from_on": "2026-12-01"})
    assert refused.status_code == 422
    for words in ("Say for what: she reads it before she signs.", "99.99", "15.50", "2026-12-31", "training"):
        assert words in refused.content.decode(), words  # nothing typed is lost
    late = firm.post(write, FIRST | OFF | {"less_until": "2026-10-31"})
    assert "This day is before the contract begins." in late.content.decode()
    assert firm.post(write, FIRST | OFF | {"from_on": "2026-12-01"}).status_code == 303
    draft = Contract.objects.get(state="draft")
    assert 'value="15.5' in firm.get(write).content.decode()  # the draft is shown as it was said
    with pytest.raises(IntegrityError, match="a_reduction_leaves_something"), transaction.atomic():
        PayTerm.objects.create(contract=draft, by="reduced", amount=100, condition="all of it")
    firm.post(reverse("contract-offer", args=[draft.pk]))
    page = hers.get(reverse("my-contract")).content.decode()
    for words in (
        "Taken off for the computer that is lent: 15.50 GBP a month, until 31 December 2026.",
        "Taken off for training: 10 % of what time and pieces come to, for the first 80 hours at work under",
        "What is taken off leaves your pay at nought or more, and never below the least agreed.",
    ):
        assert f"<ins>{words}" in page, words


@pytest.mark.parametrize(
    ("facts", "terms", "why"),
    [
        ({}, (Term(By.LESS, Decimal(9), per="month", condition="a desk"),), "no clear rate"),
        ({}, (Term(By.SHARE, Decimal(5), "order", condition="once paid"),), "no clear rate"),
        ({}, (Term(By.SHARE, Decimal(5), "order"), Term(By.HOUR, Decimal(9))), "on what condition"),
        ({}, (Term(By.HOUR, Decimal(12), "mail"),), "Nothing in it pays for calls"),
        ({}, (Term(By.PIECE, Decimal(3), "letter"),), "Nothing in it pays for calls"),
        ({"min_hours_week": 20, "max_hours_week": 10}, (Term(By.HOUR, Decimal(9)),), "more than the most"),
    ],
)
def test_what_is_not_clear_cannot_be_offered(priya, helen, facts, terms, why):
    draft = written(priya, helen, *terms, **facts)
    with pytest.raises(agreeing.NotNow, match=why):
        agreeing.offer(draft, by=helen, at=clock.now())


def test_unpaid_work_is_a_form_of_its_own_printed_as_nought_with_an_end(office, priya, helen):
    with pytest.raises(IntegrityError, match="a_trial_ends_and_is_limited"), transaction.atomic():
        written(priya, helen, kind="trial")
    facts = {"kind": "trial", "until_on": date(2026, 11, 30), "trial_hours": Decimal(12)}
    with pytest.raises(agreeing.NotNow, match="has no rate"):
        agreeing.offer(written(priya, helen, **facts), by=helen, at=clock.now())
    draft = Contract.objects.get()
    agreeing.write(draft, [], by=helen)
    agreeing.offer(draft, by=helen, at=clock.now())
    page = office.browser(priya).get(reverse("my-contract")).content.decode()
    assert "0.00 GBP an hour: this work is unpaid" in page
    assert "At most 12 hours in all" in page


def test_a_contractor_carries_no_benefits_and_the_form_says_so(office, priya, helen):
    said = FIRST | {"benefit_lines": "Paid holiday; 28 days a year; 2026-12-01"}
    firm, page = office.browser(helen), reverse("contract-write", args=[priya.pk])
    refused = firm.post(page, said)
    assert refused.status_code == 422
    assert "Only an employee’s contract carries benefits" in refused.content.decode()
    assert firm.post(page, said | {"kind": "employee"}).status_code == 303
    assert Contract.objects.get().benefits == [
        {"words": "Paid holiday", "amount": "28 days a year", "from": "2026-12-01"}
    ]
    with pytest.raises(IntegrityError, match="only_an_employee_has_benefits"), transaction.atomic():
        Contract.objects.update(kind="contractor")


def test_an_employee_reads_what_she_has_earned_and_a_contractor_that_there_is_nothing(office, priya, helen):
    def read(who, page, *args) -> str:
        return office.browser(who).get(reverse(page, args=args)).content.decode()

    contractor = office.secretary("Maya", ready=False)
    signed(contractor, helen)
    assert "Your contract carries no benefits" in read(contractor, "my-pay")
    firm, page = office.browser(helen), reverse("contract-write", args=[priya.pk])
    gives = FIRST | {"holiday": "28", "medical": "40", "benefits_from": "2026-11-10", "day_off": "90"}
    assert "Only an employee’s contract carries benefits" in firm.post(page, gives).content.decode()
    firm.post(page, gives | {"kind": "employee"})
    assert 'value="28"' in firm.get(page).content.decode()
    signed_by_both(Contract.objects.get(secretary=priya), helen)
    assert "28 days a year, earned day by day, from 2026-11-10" in read(priya, "my-contract")
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    Absence.objects.create(secretary=priya, kind="holiday", from_on=friday, until_on=monday)
    shown = read(priya, "my-pay")
    for words in ("Paid holiday", "since 10 November 2026", "1.2 days", "0 days", "20.00 GBP"):
        assert words in shown, words  # 15 of 365 days of 28, and half a month of 40
    Absence.objects.update(state="approved", answered_at=clock.now())
    assert "-0.8 days" in read(helen, "supervision-of", priya.pk)


def test_what_a_day_away_is_paid_is_said_unless_a_fixed_amount_goes_on(office, priya, helen):
    firm, page = office.browser(helen), reverse("contract-write", args=[priya.pk])
    gives = FIRST | {"kind": "employee", "holiday": "28"}
    assert "Say what a day away is paid" in firm.post(page, gives).content.decode()
    nothing = FIRST | {"kind": "employee", "day_off": "90"}
    assert "Say how many days of holiday or sickness" in firm.post(page, nothing).content.decode()
    not_hers = FIRST | {"day_off": "90"}
    assert "Only an employee’s contract carries benefits" in firm.post(page, not_hers).content.decode()
    assert firm.post(page, gives | {"fixed": "2000", "fixed_per": "month"}).status_code == 303
    assert firm.post(page, gives | {"day_off": "90"}).status_code == 303
    signed_by_both(Contract.objects.get(), helen)
    shown = office.browser(priya).get(reverse("my-contract")).content.decode()
    assert "90.00 GBP for each day of paid holiday or sickness, Monday to Friday." in shown
    assert "Time on shift in which there is nothing to do is not paid by the hour." in shown


def test_the_next_version_shows_the_difference_and_ends_the_one_before(office, priya, helen):
    first = signed(priya, helen)
    draft = written(priya, helen, Term(By.HOUR, Decimal(16)), from_on=date(2026, 12, 1))
    second = agreeing.offer(draft, by=helen, at=clock.now())
    page = office.browser(priya).get(reverse("my-contract")).content.decode()
    assert "What is different from version 1" in page
    assert "<del>14.50 GBP an hour at work.</del>" in page
    assert "<ins>16.00 GBP an hour at work.</ins>" in page
    signing = {"name": "Priya", "sha256": second.sha256, "at": clock.now()}
    with pytest.raises(agreeing.NotNow, match="not the paper"):
        agreeing.accept(second, by=priya.user, **signing | {"sha256": first.sha256})
    agreeing.accept(second, by=priya.user, **signing)
    agreeing.countersign(second, by=helen, **signing)
    assert holding.of(priya, date(2026, 11, 30)) == first
    assert holding.of(priya, date(2026, 12, 1)) == second


def test_what_the_firm_could_not_sign_is_not_put_before_her(priya, helen):
    first = signed(priya, helen)
    draft = written(priya, helen, Term(By.HOUR, Decimal(16)), from_on=first.from_on)
    with pytest.raises(agreeing.NotNow, match="begins on that day or later"):
        agreeing.offer(draft, by=helen, at=clock.now())
    draft.refresh_from_db()
    assert draft.is_draft


def test_what_was_offered_is_held_by_the_database(priya, helen):
    contract = signed(priya, helen)
    attempts = [
        lambda: Contract.objects.filter(pk=contract.pk).update(role="Somebody else"),
        lambda: contract.terms.update(amount=1),
        lambda: contract.terms.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            attempt()


def test_from_the_day_the_firm_asks_for_contracts_nobody_works_or_is_assigned_without(
    office, okafor, priya, helen
):
    Firm.current()
    Firm.objects.update(contracts_from=date(2026, 11, 24))
    tilda = office.client("Tilda Flowers").row
    with pytest.raises(presence.NotNow, match="no signed contract"):
        presence.start_shift(priya, line="browser", declared=True, at=clock.now())
    with pytest.raises(team.NotNow, match="no signed contract"):
        team.assign(priya, tilda, by=helen, at=clock.now())
    signed(priya, helen)
    team.assign(priya, tilda, by=helen, at=clock.now())
    office.starts_shift(priya)
    assert Presence.objects.get(secretary=priya).state == Presence.State.READY


def test_what_ends_with_a_contract_ends_by_itself_with_a_list_of_it(office, okafor, priya, helen):
    contract = signed(priya, helen)
    office.starts_shift(priya)
    agreeing.end(contract, on=date(2026, 11, 24), because="She moves", by=helen, at=clock.now(), how="agreed")
    office.is_later(600)
    assert Assignment.objects.get(secretary=priya).until_at is None  # its last day is today
    office.clock_says("2026-11-25 00:10")
    office.is_later(400)
    contract.refresh_from_db()
    assert contract.handed_over == ["Off the team of Okafor Legal"]
    assert Assignment.objects.get(secretary=priya).until_at is not None
    assert not Access.objects.filter(secretary=priya, until_at=None).exists()
    assert Presence.objects.get(secretary=priya).state == Presence.State.OFF
    assert Secretary.objects.get(pk=priya.pk).engaged_until == date(2026, 11, 24)
    assert (
        "Off the team of Okafor Legal"
        in office.browser(helen).get(reverse("contract", args=[contract.pk])).content.decode()
    )


def ends_with_november(office, priya, helen, next_from) -> tuple[Contract, Contract]:
    """She is on shift on the last evening of her contract, and the next is signed by both."""
    last = signed(priya, helen, until_on=date(2026, 11, 30))
    following = signed(priya, helen, from_on=next_from)
    office.starts_shift(priya)
    office.clock_says("2026-12-01 00:10")
    office.is_later(400)
    last.refresh_from_db()
    return last, following


def test_what_the_next_day_goes_on_with_the_next_contract_stays_hers(office, okafor, priya, helen):
    last, _next = ends_with_november(office, priya, helen, date(2026, 12, 1))
    assert (last.closed_at is not None, last.handed_over) == (True, [])
    assert Assignment.objects.get(secretary=priya).until_at is None


def test_between_two_contracts_she_is_not_there_and_with_the_next_she_begins_anew(
    office, okafor, priya, helen
):
    last, following = ends_with_november(office, priya, helen, date(2027, 1, 1))
    assert last.handed_over == ["Off the team of Okafor Legal"]
    assert not Access.objects.filter(secretary=priya, until_at=None).exists()
    assert Presence.objects.get(secretary=priya).state == Presence.State.OFF
    assert not Secretary.objects.get(pk=priya.pk).is_engaged
    office.clock_says("2027-01-01 09:00")
    assert Secretary.objects.get(pk=priya.pk).is_engaged
    assert holding.of(priya, date(2027, 1, 1)) == following


def test_the_time_between_two_contracts_can_be_agreed_on_later(office, okafor, priya, helen):
    _last, following = ends_with_november(office, priya, helen, date(2027, 1, 1))
    draft = written(priya, helen, from_on=date(2026, 12, 2), until_on=date(2027, 1, 1))
    with pytest.raises(agreeing.NotNow, match="begins on that day or later"):
        agreeing.offer(draft, by=helen, at=clock.now())
    draft.until_on = date(2026, 12, 31)
    between = signed_by_both(agreeing.write(draft, draft.terms_of_pay, by=helen), helen)
    assert Secretary.objects.get(pk=priya.pk).engaged_from == date(2026, 12, 2)
    office.clock_says("2027-01-01 00:10")
    office.is_later(400)
    between.refresh_from_db()
    following.refresh_from_db()
    assert (between.handed_over, following.until_on) == ([], None)
    over = written(priya, helen, from_on=date(2026, 12, 1), until_on=date(2026, 12, 1))
    with pytest.raises(agreeing.NotNow, match="begins on that day or later"):  # it would end what holds
        agreeing.offer(over, by=helen, at=clock.now())


@pytest.mark.parametrize(
    ("zone", "at", "today", "holds"),
    [
        ("Europe/London", "2026-11-24 13:30", "2026-11-24", True),
        ("Pacific/Auckland", "2026-11-24 13:30", "2026-11-25", False),
        ("America/Los_Angeles", "2026-11-25 02:00", "2026-11-24", True),
    ],
)
def test_the_firm_reads_what_holds_today_where_she_lives(office, priya, helen, zone, at, today, holds):
    contract = signed(priya, helen, until_on=date(2026, 11, 24))
    Secretary.objects.filter(pk=priya.pk).update(zone=zone)
    office.clock_says(at)
    firm = office.browser(helen)
    page = firm.get(reverse("contracts")).content.decode()
    assert (reverse("contract", args=[contract.pk]) in page) is holds
    next_one = firm.get(reverse("contract-write", args=[priya.pk])).content.decode()
    assert f'value="{today}"' in next_one
