"""What a brief was about, and what was laid out, is hers and the firm's to read, and nobody else's."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import pay_statement, paying
from secretariat.books.briefs import milestones
from secretariat.books.models import PayExtra
from secretariat.office.models import Partner, PartnerPerson, Post

from .conftest import given, part, posted, under_contract

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
SECRET = ("Divorce of Mr Stone", "First letter to the court", "Postage to Stone", "Sorry for the Stone file")


@pytest.fixture
def statement(office, okafor, priya, helen, owner):
    """Approved pay of somebody engaged through a company, for a brief, an expense and a bonus."""
    agency = Partner.objects.create(name="Quay")
    under_contract(priya, helen, from_on=NOVEMBER[0], currency="GBP", partner=agency)
    brief = posted(okafor, owner, title=SECRET[0])
    [milestone] = given(brief, priya, part(SECRET[1], 100), by=owner)
    milestones.hand_in(milestone, words="Done", result=Decimal(0), by=priya.user, at=clock.now())
    milestones.accept(milestone, words="", by=owner, at=clock.now())
    about = {"secretary": priya, "on": date(2026, 11, 20), "state": "agreed", "asked_by": helen}
    PayExtra.objects.create(kind="expense", amount=Decimal(9), words=SECRET[2], **about)
    PayExtra.objects.create(kind="bonus", amount=Decimal(5), words=SECRET[3], **about)
    office.clock_says("2026-12-01 10:00")
    run = paying.begin(*NOVEMBER, date(2026, 12, 10), by=helen, at=clock.now())
    run = paying.prepare(run, by=helen, at=clock.now())
    return paying.approve(run, by=office.supervisor("Ruth"), at=clock.now()).statements.get()


@pytest.fixture
def company(office, statement):
    user = office.user("quay@example.com", "Quay")
    PartnerPerson.objects.create(partner=statement.partner, user=user)
    return user


@pytest.fixture
def keeper(office):
    user = office.user("books@example.com", "Beth")
    Post.objects.create(user=user, post=Post.Kind.BOOKKEEPER)
    return user


def test_a_company_and_a_bookkeeper_read_of_what_kind_it_was_and_no_more(office, statement, company, keeper):
    for person, name in ((company, "partner-statement"), (keeper, "pay-statement")):
        page = office.browser(person).get(reverse(name, args=[statement.pk])).content.decode()
        for words in ("Work by proposal", "Expense, paid back", "Bonus", "9.00"):
            assert words in page, (name, words)
        paper = str(pay_statement.words(person, statement))
        for words in SECRET:
            assert words not in page, (name, words)
            assert words not in paper, (name, words)
        assert office.browser(person).get(reverse(f"{name}-pdf", args=[statement.pk])).status_code == 200


def test_she_and_the_firm_read_what_it_was_for(office, statement, priya, helen):
    for person, name in ((priya, "my-statement"), (helen, "pay-statement")):
        page = office.browser(person).get(reverse(name, args=[statement.pk])).content.decode()
        for words in SECRET:
            assert words in page, (name, words)
    assert all(words in str(pay_statement.words(priya.user, statement)) for words in SECRET)
