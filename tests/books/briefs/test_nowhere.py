"""What nobody at the client reads lies before the firm; and a brief that gets nowhere is noticed."""

from datetime import date

import pytest
from django.urls import reverse

from clients import work
from clients.models import ContactAddress, WorkItem
from secretariat import clock
from secretariat.books.briefs import asking, changing, milestones, noticing, posting, proposing
from secretariat.books.models import Proposal, Side
from secretariat.office import suspending
from secretariat.office.contracts import ending
from secretariat.office.models import SecretaryLanguage, Skill
from secretariat.outbox.models import Effect

from .conftest import given, part, posted, proposed, under_contract

SILENT = {"silent": "No proposal stands for a brief of Okafor Legal"}
A_QUESTION, A_PROPOSAL, HANDED_IN, A_CHANGE = (
    {"for_client": f"For Okafor Legal: {what}"}
    for what in (
        "A question about your brief",
        "A proposal for your brief",
        "A milestone is handed in",
        "A change is asked for",
    )
)


def before_the_firm(brief) -> dict[str, str]:
    items = WorkItem.objects.open().filter(subject_kind="books.brief", subject_id=brief.pk)
    return {each.kind.removeprefix("books.brief_"): each.because for each in items}


def mails() -> list[str]:
    found = Effect.objects.filter(kind="books.brief_word").order_by("place")
    return [each.key.split(":")[1] for each in found]


@pytest.fixture
def unread(okafor):
    """Nobody at the client has a mailbox."""
    ContactAddress.objects.filter(contact__client=okafor.row, kind="email").delete()


def test_without_a_mailbox_at_the_client_the_firm_has_it_before_it(brief, unread, priya, owner):
    question = asking.ask(brief, words="How long?", by=priya, at=clock.now())
    assert before_the_firm(brief) == {"for_client": "For Okafor Legal: A question about your brief"}
    [item] = WorkItem.objects.open().filter(kind="books.brief_for_client")
    assert work.describe(item).url == reverse("brief", args=[brief.pk])
    asking.answer(question, words="Two hours", by=owner, at=clock.now())
    assert before_the_firm(brief) == {}
    [milestone] = given(brief, priya, by=owner)
    assert before_the_firm(brief) == {}
    by = {"by": priya.user, "at": clock.now()}
    milestones.hand_in(milestone, words="There", result=0, **by)
    assert before_the_firm(brief) == {"for_client": "For Okafor Legal: A milestone is handed in"}
    milestones.accept(milestone, words="", by=owner, at=clock.now())
    assert before_the_firm(brief) == {}


def test_what_the_firm_has_posted_it_answers_itself(okafor, priya, maya, helen):
    brief = posted(okafor, helen)
    proposed(brief, priya)
    assert before_the_firm(brief) == {"for_client": "For Okafor Legal: A proposal for your brief"}
    assert mails() == ["proposed"]  # the client reads it as well


def asked_of(milestones_kept, secretary, **amount):
    """She asks for other milestones."""
    first = milestones_kept[0]
    facts = {"outcome": "Typed, bound", "because": "Bound as well", "of": Side.SECRETARY}
    parts = [changing.as_part(each) | amount for each in milestones_kept if each.is_open]
    return changing.ask(first.brief, parts=parts, by=secretary.user, at=clock.now(), **facts)


def test_of_two_questions_and_a_proposal_what_is_not_answered_goes_on_waiting(okafor, priya, maya, helen):
    brief = posted(okafor, helen)
    first, second = (asking.ask(brief, words=w, by=priya, at=clock.now()) for w in ("How?", "When?"))
    asking.answer(first, words="Typed", by=helen, at=clock.now())
    assert before_the_firm(brief) == A_QUESTION
    proposed(brief, maya)
    asking.answer(second, words="On Friday", by=helen, at=clock.now())
    assert before_the_firm(brief) == A_PROPOSAL
    third = asking.ask(brief, words="On which paper?", by=priya, at=clock.now())
    proposing.accept(brief.proposals.get(), by=helen, at=clock.now())
    assert before_the_firm(brief) == {}  # whoever asked that has nothing to do with it any more
    asking.answer(third, words="The blue one", by=helen, at=clock.now())
    assert before_the_firm(brief) == {}


def test_what_was_handed_in_and_the_change_each_wait_for_their_answer(okafor, priya, maya, helen):
    brief = posted(okafor, helen)
    draft, whole = given(brief, priya, part("Draft", 80), part("Whole", 120), by=helen)
    milestones.hand_in(draft, words="There", result=0, by=priya.user, at=clock.now())
    terms = asked_of([whole], priya, amount="150")
    assert before_the_firm(brief) == A_CHANGE
    changing.decline(terms, of=Side.CLIENT, by=okafor.owner.user, at=clock.now())
    assert before_the_firm(brief) == HANDED_IN
    terms = asked_of([whole], priya, amount="140")
    milestones.send_back(draft, words="Page two", by=okafor.owner.user, at=clock.now())
    assert before_the_firm(brief) == A_CHANGE
    changing.decline(terms, of=Side.SECRETARY, by=priya.user, at=clock.now())  # she takes it back
    assert before_the_firm(brief) == {}


def test_what_counts_as_accepted_by_itself_answers_no_change(office, okafor, priya, maya, helen):
    brief = posted(okafor, helen)
    draft, whole = given(brief, priya, part("Draft", 80), part("Whole", 120), by=helen)
    milestones.hand_in(draft, words="There", result=0, by=priya.user, at=clock.now())
    asked_of([whole], priya, amount="150")
    [item] = WorkItem.objects.open().filter(kind="books.brief_for_client")
    WorkItem.objects.filter(pk=item.pk).update(owner=helen, owner_since=clock.now())
    office.clock_says("2026-12-02 10:30")
    assert milestones.count_unanswered(at=clock.now()) == 1
    assert before_the_firm(brief) == A_CHANGE
    [item] = WorkItem.objects.open().filter(kind="books.brief_for_client")
    assert item.owner == helen
    milestones.end_work(brief, of=Side.FIRM, because="Enough", by=helen, at=clock.now())
    assert before_the_firm(brief) == {}


def test_what_the_client_has_posted_and_reads_is_the_clients(brief, priya):
    proposed(brief, priya)
    assert before_the_firm(brief) == {}


def test_a_brief_that_nobody_fits_is_told_to_both_until_somebody_does(office, okafor, priya, owner, helen):
    excel = Skill.objects.create(name="Excel")
    brief = posted(okafor, owner, skills=[excel])
    assert before_the_firm(brief) == {"nobody": "Nobody who works here fits a brief of Okafor Legal"}
    assert mails() == ["nobody"]
    assert posting.look_again(brief, by=helen, at=clock.now()) == 0
    priya.skills.create(skill=excel)
    assert posting.look_again(brief, by=helen, at=clock.now()) == 1
    assert before_the_firm(brief) == {}


def test_who_posts_what_nobody_fits_is_told_so(office, okafor, priya):
    SecretaryLanguage.objects.all().delete()
    said = {"title": "Minutes", "kind": "minutes", "outcome": "Typed", "due_on": "2026-12-18"}
    said |= {"language": "en", "level": "4", "for_whom": "everybody", "paid": "accepted"}
    told = office.browser(okafor.owner).post(reverse("portal-brief-post"), said, follow=True)
    assert "Nobody who works here fits just now" in told.content.decode()


def test_after_three_days_without_a_proposal_both_are_told_once(office, brief, priya):
    office.clock_says("2026-11-26 10:30")
    assert noticing.notice(at=clock.now()) == 0
    office.clock_says("2026-11-27 10:31")
    assert (noticing.notice(at=clock.now()), noticing.notice(at=clock.now())) == (1, 0)
    assert before_the_firm(brief) == SILENT
    assert mails() == ["silent"]
    proposed(brief, priya)
    assert before_the_firm(brief) == {}


def test_of_a_proposal_that_is_taken_back_the_client_is_told_and_of_the_silence_again(
    office, brief, priya, maya
):
    office.clock_says("2026-11-27 10:31")
    assert noticing.notice(at=clock.now()) == 1
    office.clock_says("2026-11-28 09:00")
    proposing.withdraw(proposed(brief, priya), by=priya.user)
    assert mails() == ["silent", "proposed", "taken_back"]
    office.clock_says("2026-12-01 08:59")
    assert noticing.notice(at=clock.now()) == 0
    office.clock_says("2026-12-01 09:00")
    assert (noticing.notice(at=clock.now()), noticing.notice(at=clock.now())) == (1, 0)
    assert before_the_firm(brief) == SILENT
    assert mails() == ["silent", "proposed", "taken_back", "silent"]


def test_a_proposal_that_is_taken_back_waits_for_nobody(okafor, priya, maya, helen):
    brief = posted(okafor, helen)
    hers, another = proposed(brief, priya), proposed(brief, maya)
    proposing.withdraw(hers, by=priya.user)
    assert before_the_firm(brief) == A_PROPOSAL
    proposing.withdraw(another, by=maya.user)
    assert before_the_firm(brief) == {}


def test_with_her_contract_her_proposal_is_taken_back_and_the_client_told(office, brief, priya, maya, helen):
    contract = under_contract(priya, helen, currency="GBP")
    made = [proposed(brief, each) for each in (priya, maya)]
    contract.until_on = date(2026, 11, 23)
    contract.save()
    assert ending.close(contract, at=clock.now())
    assert [Proposal.objects.get(pk=each.pk).state for each in made] == ["withdrawn", "made"]
    assert mails() == ["proposed", "proposed", "taken_back"]


def test_a_brief_whose_day_has_passed_is_told_once_and_given_all_the_same(
    office, okafor, brief, priya, owner, helen
):
    proposed(brief, priya)
    office.clock_says("2026-12-18 23:30")
    assert noticing.notice(at=clock.now()) == 0
    office.clock_says("2026-12-19 00:30")
    assert (noticing.notice(at=clock.now()), noticing.notice(at=clock.now())) == (1, 0)
    [words] = before_the_firm(brief).values()
    assert words == "The day of a brief of Okafor Legal has passed, and nobody has it"
    assert mails() == ["proposed", "past"]
    posting.withdraw(brief, because="Too late", by=owner, at=clock.now())
    assert before_the_firm(brief) == {}


def test_who_ends_given_work_leaves_nothing_before_the_firm(brief, unread, priya, owner, helen):
    given(brief, priya, by=owner)
    milestones.end_work(brief, of=Side.SECRETARY, because="Ill", by=priya.user, at=clock.now())
    assert before_the_firm(brief) == {"for_client": "For Okafor Legal: Work was ended"}  # it must be told
    assert brief.due_on == date(2026, 12, 18)


def test_the_page_says_that_nobody_fits_and_that_its_day_has_passed(office, okafor, priya, maya, owner):
    brief = posted(okafor, owner, skills=[Skill.objects.create(name="Excel")])
    here = reverse("portal-brief", args=[brief.pk])
    assert "Nobody who works here fits it just now" in office.browser(okafor.owner).get(here).content.decode()
    office.clock_says("2026-12-19 00:30")
    assert "was needed has passed" in office.browser(okafor.owner).get(here).content.decode()


def test_work_without_her_is_not_let_lie_by_a_word(office, brief, priya, owner, helen):
    given(brief, priya, by=owner)
    suspending.suspend(priya.user, reason="other", note="", by=helen, at=clock.now())
    [item] = WorkItem.objects.open().filter(kind="books.brief_without_her")
    firm = office.browser(helen)
    refused = firm.post(reverse("work-done", args=[item.pk]), {"outcome": "Seen"})
    assert refused.status_code == 422
    assert "when you end the work" in refused.content.decode()
    milestones.end_work(brief, of=Side.FIRM, because="She is gone", by=helen, at=clock.now())
    assert before_the_firm(brief) == {}
