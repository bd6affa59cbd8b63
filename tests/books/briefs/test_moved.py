"""A brief whose day or budget is moved while nobody has it: proposals stand, and who made them is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books.briefs import noticing, posting
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import Proposal
from secretariat.outbox.models import Effect

from .conftest import given, proposed


def mails(kind="books.brief_word_to_her") -> list[Effect]:
    return list(Effect.objects.filter(kind=kind, key__contains=":moved:"))


def test_the_day_is_moved_on_the_page_and_what_was_proposed_stands(office, okafor, brief, priya, maya, owner):
    mine = proposed(brief, priya)
    portal, move = office.browser(okafor.owner), reverse("portal-brief-move", args=[brief.pk])
    page = portal.get(reverse("portal-brief", args=[brief.pk])).content.decode()
    assert move in page
    assert 'value="2026-12-18"' in page
    past = portal.post(move, {"due_on": "2026-11-23", "budget": "200"})
    assert (past.status_code, "That day is over" in past.content.decode()) == (422, True)
    said = {"due_on": "2026-12-21", "budget": "250"}
    assert "Kept" in portal.post(move, said, follow=True).content.decode()
    brief.refresh_from_db()
    assert (brief.due_on, brief.budget, brief.is_open) == (date(2026, 12, 21), Decimal(250), True)
    mine.refresh_from_db()
    assert mine.state == Proposal.State.MADE
    [mail] = mails()
    assert mail.payload["to"] == priya.user.email
    assert "needed by 21 December 2026" in mail.payload["text"]
    assert "Minutes of the board" not in mail.payload["text"]
    assert not mails("books.brief_word")  # the client has done it itself
    assert "as they were" in portal.post(move, said, follow=True).content.decode()
    assert len(mails()) == 1


def test_the_firm_moves_it_and_the_client_is_told(office, okafor, brief, helen):
    said = {"due_on": "2026-12-21", "budget": ""}
    assert office.browser(helen).post(reverse("brief-move", args=[brief.pk]), said).status_code == 303
    brief.refresh_from_db()
    assert brief.budget is None
    [mail] = mails("books.brief_word")
    assert "It is needed by 21 December 2026" in mail.payload["text"]


def test_a_day_that_has_passed_is_moved_and_told_of_again_when_it_passes_once_more(
    office, brief, priya, owner
):
    proposed(brief, priya)
    office.clock_says("2026-12-19 00:30")
    assert noticing.notice(at=clock.now()) == 1
    assert WorkItem.objects.open().filter(kind="books.brief_past").exists()
    moved = {"due_on": date(2026, 12, 22), "budget": brief.budget, "by": owner, "at": clock.now()}
    posting.move(brief, **moved)
    assert not WorkItem.objects.open().filter(kind="books.brief_past").exists()
    assert noticing.notice(at=clock.now()) == 0
    office.clock_says("2026-12-23 00:30")
    assert [noticing.notice(at=clock.now()) for _twice in range(2)] == [1, 0]
    assert Effect.objects.filter(kind="books.brief_word", key__contains=":past:").count() == 2


def test_what_somebody_has_is_changed_by_both_and_not_moved(brief, priya, owner):
    given(brief, priya, by=owner)
    with pytest.raises(NotNow, match="changed meanwhile"):
        posting.move(brief, due_on=date(2026, 12, 22), budget=None, by=owner, at=clock.now())
