"""Committed rows and threads of their own: two who decide at once do not both win."""

from datetime import date
from decimal import Decimal

import pytest

from secretariat.books.briefs import milestones, posting, proposing
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import Brief, BriefCharge, Milestone, Proposal
from secretariat.office.models import SecretaryLanguage
from tests.clients import house as houses
from tests.clients.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db):
    house = houses.build()
    for each in (house.priya, house.rui):
        SecretaryLanguage.objects.create(secretary=each, language="en", level=7)
    facts = {"title": "Minutes", "outcome": "Typed", "due_on": date(2026, 12, 18), "currency": "GBP"}
    house.owner = house.okafor.owner.user
    house.brief = posting.post(
        Brief(client=house.okafor.client, language="en", **facts), skills=(), by=house.owner, at=house.at
    )
    return house


def proposed(house, secretary) -> Proposal:
    part = {"title": "All", "due_on": date(2026, 12, 18), "hours": Decimal(2), "amount": Decimal(80)}
    return proposing.propose(
        house.brief, approach="x", pays="fixed", rate=None, parts=[part], by=secretary, at=house.at
    )


def test_of_two_acceptances_at_once_one_wins(house):
    first, second = (proposed(house, each) for each in (house.priya, house.rui))
    results = at_once(
        lambda: proposing.accept(first, by=house.owner, at=house.at).pk,
        lambda: proposing.accept(second, by=house.helen, at=house.at).pk,
    )
    assert results.count(NotNow) == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["chosen", "not_chosen"]
    assert Milestone.objects.count() == 1


def test_a_milestone_accepted_sent_back_and_run_out_at_once_is_one_of_these_and_charged_once(house):
    proposing.accept(proposed(house, house.priya), by=house.owner, at=house.at)
    milestone = Milestone.objects.select_related("brief__client", "client", "secretary__user").get()
    milestones.hand_in(milestone, words="Done", result=Decimal(0), by=house.priya.user, at=house.at)
    results = at_once(
        lambda: milestones.accept(milestone, words="", by=house.owner, at=house.at).state,
        lambda: milestones.send_back(milestone, words="No", by=house.owner, at=house.at).state,
        lambda: milestones.count_unanswered(at=milestone.counts_at),
    )
    milestone.refresh_from_db()
    if milestone.state == "open":
        assert results[0] is NotNow
    else:
        assert milestone.state == "accepted"
        assert results[1] is NotNow
    assert BriefCharge.objects.count() == (milestone.state == "accepted")
