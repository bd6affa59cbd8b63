"""A client with a brief, two secretaries whom it fits, and the firm."""

from datetime import date
from decimal import Decimal

import pytest

from secretariat import clock
from secretariat.books.briefs import posting, proposing
from secretariat.books.models import Brief
from tests.books.test_paying import under_contract

DUE = date(2026, 12, 18)


@pytest.fixture
def maya(office):
    return office.secretary("Maya", ready=False)


@pytest.fixture
def owner(okafor):
    return okafor.owner.user


@pytest.fixture
def brief(okafor, priya, maya, owner):
    return posted(okafor, owner)


def posted(client, by, *, skills=(), **facts) -> Brief:
    usual = {"title": "Minutes of the board", "kind": "minutes", "outcome": "Typed, ready to sign"}
    usual |= {"due_on": DUE, "budget": Decimal(200), "language": "en", "currency": "GBP"}
    return posting.post(Brief(client=client.row, **usual | facts), skills=skills, by=by, at=clock.now())


def part(title="All of it", amount=80, *, hours=2, due_on=DUE) -> dict:
    return {"title": title, "due_on": due_on, "hours": Decimal(hours), "amount": Decimal(amount)}


def proposed(brief, secretary, *parts, pays="fixed", rate=None, **facts):
    return proposing.propose(
        brief,
        approach="As you like it",
        pays=pays,
        rate=rate and Decimal(rate),
        parts=parts or (part(),),
        by=secretary,
        at=clock.now(),
        **facts,
    )


def given(brief, secretary, *parts, by, **facts):
    """The brief is hers; its milestones."""
    proposing.accept(proposed(brief, secretary, *parts, **facts), by=by, at=clock.now())
    brief.refresh_from_db()
    return list(
        brief.milestones.select_related("brief__client", "client", "secretary__user").order_by("rank")
    )


@pytest.fixture
def fixed(brief, priya, owner):
    return given(brief, priya, part("Draft", 80), part("Whole", 120, hours=4), by=owner)


__all__ = ["DUE", "given", "part", "posted", "proposed", "under_contract"]
