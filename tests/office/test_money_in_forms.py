"""What is kept with more places than it needs is shown in a form as people write it."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.urls import reverse

from secretariat import clock
from secretariat.books.forms.briefs import ProposalForm
from secretariat.books.models import ClientPlan
from secretariat.office.contracts import agreeing
from secretariat.office.forms.contracts import ContractForm
from secretariat.office.forms.fields import FigureField, MoneyField, in_currency
from secretariat.office.forms.vacancies import VacancyForm
from secretariat.office.models import Contract, Vacancy
from secretariat.office.pay import By, Term


class Amounts(forms.Form):
    amount = MoneyField()
    percent = FigureField()


@pytest.mark.parametrize(
    ("kept", "currency", "amount", "percent"),
    [
        ("14.6000", "GBP", "14.60", "14.6"),
        ("20.0000", "GBP", "20.00", "20"),
        ("0.0850", "GBP", "0.085", "0.085"),
        ("1500.0000", "JPY", "1500", "1500"),
        ("12.5000", "KWD", "12.500", "12.5"),
        ("-3.00", "EUR", "-3.00", "-3"),
        ("0.0000", "EUR", "0.00", "0"),
    ],
)
def test_an_amount_has_the_places_of_its_currency_and_a_figure_those_it_needs(
    kept, currency, amount, percent
):
    form = Amounts(initial={"amount": Decimal(kept), "percent": Decimal(kept)})
    in_currency(form, currency)
    assert (form["amount"].value(), form["percent"].value()) == (amount, percent)


def test_what_is_typed_comes_back_as_it_was_typed():
    form = Amounts({"amount": "14,6000", "percent": "1e1"})
    assert not form.is_valid()
    assert (form["amount"].value(), form["percent"].value()) == ("14,6000", "1e1")


def test_a_form_with_the_amount_it_shows_changes_nothing():
    form = Amounts(
        {"amount": "14.60", "percent": "20"}, initial={"amount": Decimal("14.6000"), "percent": 20}
    )
    assert form.is_valid()
    assert not form.has_changed()


def shown(form: forms.BaseForm, *names: str) -> list[str]:
    return [form[name].value() for name in names]


@pytest.mark.django_db
def test_a_vacancy_a_contract_and_a_proposal_show_money_as_it_is_written():
    vacancy = Vacancy(title="Calls", rate=Decimal("14.6000"), currency="GBP")
    assert shown(VacancyForm(instance=vacancy), "rate") == ["14.60"]
    parts = [{"title": "All", "hours": Decimal("3.50"), "amount": Decimal("9600.000")}]
    proposal = ProposalForm(
        currency="JPY", today=date(2026, 11, 24), parts=parts, initial={"rate": Decimal("1200.0000")}
    )
    assert shown(proposal, "hours_0", "amount_0", "rate") == ["3.5", "9600", "1200"]
    assert 'step="1"' in str(proposal["amount_0"])
    assert 'min="1"' in str(proposal["amount_0"])


def test_the_next_version_of_a_contract_begins_with_the_amounts_of_the_one_before(office):
    office.clock_says("2026-11-24 10:30")
    priya, helen = office.secretary("Priya", ready=False), office.supervisor()
    said = {"role": "Secretary", "duties": "Answers calls", "from_on": date(2026, 11, 1)}
    said |= dict.fromkeys(("rights", "obligations", "confidentiality", "breach"), "As agreed")
    terms = (
        Term(By.HOUR, Decimal("14.60")),
        Term(By.PIECE, Decimal("0.085"), "mail"),
        Term(By.SHARE, Decimal(20), "order", condition="once it is paid"),
        Term(By.OUTCOME, Decimal(4), "meeting", condition="once it has taken place"),
        Term(By.BONUS, Decimal(50), hours=Decimal(40)),
    )
    draft = agreeing.write(Contract(secretary=priya, **said), terms, by=helen)
    kept = Contract.objects.get(pk=draft.pk)
    form = ContractForm(instance=kept, initial=ContractForm.of_terms(kept))
    assert shown(form, "hour", "piece_mail", "order_percent", "bonus", "bonus_hours") == [
        *("14.60", "0.085", "20", "50.00", "40")
    ]
    conditions = shown(form, "meeting_condition", "order_condition", "lead_condition")
    assert conditions == ["once it has taken place", "once it is paid", None]
    page = office.browser(helen).get(reverse("contract-write", args=[priya.pk])).content.decode()
    assert 'value="14.60"' in page


def test_the_next_version_of_a_plan_begins_with_the_prices_of_the_one_before(office):
    office.clock_says("2026-11-24 10:30")
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    ClientPlan.objects.create(
        client=okafor.row,
        name="By the second",
        from_on=clock.now().date(),
        price=Decimal("1.2"),
        retainer=Decimal(250),
        discount_percent=Decimal("7.5"),
    )
    page = office.browser(helen).get(reverse("books-plan-change", args=[okafor.row.pk]))
    names = ("price", "retainer", "discount_percent")
    assert shown(page.context["form"], *names) == ["1.20", "250.00", "7.5"]
