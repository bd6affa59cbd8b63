"""Where nobody speaks for the client in the portal, the firm says in its place what it has been told."""

import pytest
from django.urls import reverse

from clients.models import Contact, ContactAddress, WorkItem
from secretariat import clock
from secretariat.books.briefs import changing, milestones
from secretariat.books.models import BriefCharge, BriefTerms, BriefWord, Milestone, Side
from secretariat.ledger.models import LedgerEntry

from .conftest import given, part, posted
from .test_milestones import handed_in, page

TOLD = {"words": "Dr Okafor rang: page two is blank"}
STANDS = "As the client has told the firm: Dr Okafor rang: page two is blank"


@pytest.fixture
def alone(okafor, priya, maya, helen):
    """Work of a client whose owner reads mail and does not sign in; its milestones."""
    Contact.objects.filter(client=okafor.row).update(user=None)
    return given(posted(okafor, helen), priya, part("Draft", 80), part("Whole", 120, hours=4), by=helen)


def before_the_firm() -> list[str]:
    return [each.because for each in WorkItem.objects.open().filter(kind="books.brief_for_client")]


def state(milestone) -> str:
    return Milestone.objects.get(pk=milestone.pk).state


@pytest.mark.parametrize(
    ("act", "becomes", "said"),
    [
        ("accept", "accepted", "Accepted · The firm"),
        ("send-back", "open", "Sent back · The firm"),
        ("dispute", "disputed", "Disputed · The firm"),
    ],
)
def test_the_firm_answers_what_was_handed_in_and_says_what_the_client_told_it(
    office, alone, priya, helen, act, becomes, said
):
    first, firm = handed_in(alone[0]), office.browser(helen)
    assert before_the_firm() == ["For Okafor Legal: A milestone is handed in"]
    here, there = reverse("brief", args=[first.brief_id]), reverse(f"milestone-{act}", args=[first.pk])
    assert there in page(firm.get(here))
    refused = firm.post(there, {"words": ""})
    assert (refused.status_code, state(first)) == (422, "handed_in")
    assert "Say what the client has told you" in page(refused)
    assert firm.post(there, TOLD).status_code == 303
    assert state(first) == becomes
    assert before_the_firm() == []
    hers = page(office.browser(priya).get(reverse("my-brief", args=[first.brief_id])))
    assert said in hers
    assert STANDS in hers
    entry = LedgerEntry.objects.filter(verb__startswith="books.brief.milestone_").latest("pk")
    assert (entry.actor_id, entry.detail["side"]) == (helen.pk, "firm")


def test_what_the_client_refused_by_telephone_is_not_charged_on_its_day(office, alone, helen):
    first = handed_in(alone[0])
    assert office.browser(helen).post(reverse("milestone-dispute", args=[first.pk]), TOLD).status_code == 303
    office.clock_says("2026-12-24 10:00")
    assert milestones.count_unanswered(at=clock.now()) == 0
    assert not BriefCharge.objects.exists()


@pytest.mark.parametrize(("act", "becomes"), [("agree", "agreed"), ("decline", "declined")])
def test_the_firm_answers_the_change_she_asks_for(office, alone, priya, helen, act, becomes):
    first, second = alone
    parts = [changing.as_part(first), changing.as_part(second) | {"amount": "150"}]
    facts = {"outcome": "Typed, bound", "because": "Bound as well", "of": Side.SECRETARY, "by": priya.user}
    terms = changing.ask(first.brief, parts=parts, at=clock.now(), **facts)
    assert before_the_firm() == ["For Okafor Legal: A change is asked for"]
    firm, there = office.browser(helen), reverse(f"brief-{act}", args=[terms.pk])
    assert there in page(firm.get(reverse("brief", args=[first.brief_id])))
    refused = firm.post(there, {"words": " "})
    assert refused.status_code == 422
    assert "Say what the client has told you" in page(refused)
    assert firm.post(there, TOLD).status_code == 303
    terms.refresh_from_db()
    assert (terms.state, terms.answered_by) == (becomes, helen)
    assert before_the_firm() == []
    word = BriefWord.objects.get()
    assert (word.of, word.words, word.secretary) == ("firm", STANDS, priya)


def test_what_the_client_asked_for_the_firm_does_not_answer(office, okafor, alone, helen):
    first = alone[0]
    facts = {"outcome": "More", "because": "More", "of": Side.CLIENT, "by": okafor.owner.user}
    terms = changing.ask(first.brief, parts=[changing.as_part(first)], at=clock.now(), **facts)
    firm, there = office.browser(helen), reverse("brief-agree", args=[terms.pk])
    assert there not in page(firm.get(reverse("brief", args=[first.brief_id])))
    assert "The secretary answers" in page(firm.post(there, TOLD, follow=True))
    assert BriefTerms.objects.get(pk=terms.pk).state == "asked"


def test_without_a_mailbox_there_the_firm_answers_as_well(office, okafor, brief, priya, owner, helen):
    [milestone] = given(brief, priya, by=owner)
    ContactAddress.objects.filter(contact__client=okafor.row, kind="email").delete()
    handed_in(milestone)
    there = reverse("milestone-accept", args=[milestone.pk])
    assert office.browser(helen).post(there, TOLD).status_code == 303
    assert state(milestone) == "accepted"


def test_a_client_that_speaks_for_itself_is_not_spoken_for(office, okafor, fixed, priya, helen):
    first, firm = handed_in(fixed[0]), office.browser(helen)
    shown = page(firm.get(reverse("brief", args=[first.brief_id])))
    for act in ("accept", "send-back", "dispute"):
        there = reverse(f"milestone-{act}", args=[first.pk])
        assert there not in shown
        assert "Okafor Legal answers this itself" in page(firm.post(there, TOLD, follow=True))
    assert state(first) == "handed_in"
    facts = {"outcome": "More", "because": "More", "of": Side.SECRETARY, "by": priya.user}
    terms = changing.ask(first.brief, parts=[changing.as_part(fixed[1])], at=clock.now(), **facts)
    there = reverse("brief-agree", args=[terms.pk])
    assert "Okafor Legal answers this itself" in page(firm.post(there, TOLD, follow=True))
    terms.refresh_from_db()
    assert terms.state == "asked"
    assert not BriefWord.objects.exists()
