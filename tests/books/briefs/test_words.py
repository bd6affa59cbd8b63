"""Words between client, secretary and firm about a proposal and its work; closing notes that weigh."""

import pytest
from django.urls import reverse

from clients import suggesting, work
from clients.models import ContactAddress, WorkItem
from secretariat import clock
from secretariat.books.briefs import milestones, noting, posting, writing
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import BriefWord, Side
from secretariat.outbox.models import Effect

from .conftest import given, part, posted, proposed
from .test_milestones import handed_in, page


def mails(kind) -> list[tuple[str, str]]:
    found = Effect.objects.filter(kind=kind, key__contains=":said:").order_by("place")
    return [(each.payload["to"], each.payload["text"]) for each in found]


def test_the_client_asks_about_a_proposal_before_it_accepts_it(office, okafor, brief, priya, maya):
    hers, another = proposed(brief, priya), proposed(brief, maya)
    portal, desk, other = (office.browser(who) for who in (okafor.owner, priya, maya))
    there, here = (reverse(f"{side}-proposal-words", args=[hers.pk]) for side in ("portal", "my"))
    with pytest.raises(NotNow, match="Until you are asked"):
        writing.say(hers, of=Side.SECRETARY, words="May I?", by=priya.user, at=clock.now())
    compared = page(portal.get(reverse("portal-brief-compare", args=[brief.pk])))
    assert there in compared
    refused = portal.post(there, {"words": "Write to me at ada@okafor.example, please"})
    assert refused.status_code == 422
    assert "Write to me at ada@okafor.example, please" in page(refused)
    assert portal.post(there, {"words": "Do you bind it as well?"}).status_code == 303
    assert here in page(desk.get(reverse("my-brief", args=[brief.pk])))
    assert "Do you bind it as well?" in page(desk.get(here))
    assert desk.post(here, {"words": "Yes, for what it says"}).status_code == 303
    seen = page(portal.get(there))
    assert "Yes, for what it says" in seen
    assert "Priya" not in seen
    assert priya.user.email not in seen
    assert other.get(here).status_code == 404
    assert "bind it" not in page(other.get(reverse("my-proposal-words", args=[another.pk])))
    [(to, text)] = mails("books.brief_word_to_her")
    assert to == priya.user.email
    assert "bind" not in text
    [(to, text)] = mails("books.brief_word")
    assert "for what it says" not in text
    assert there in text


def test_while_the_work_is_done_all_three_write_and_after_it_nobody(
    office, okafor, brief, priya, owner, helen
):
    [milestone] = given(brief, priya, by=owner)
    proposal = brief.proposals.get()
    desk, firm = office.browser(priya), office.browser(helen)
    here, theirs = (
        reverse("my-proposal-words", args=[proposal.pk]),
        reverse("proposal-words", args=[proposal.pk]),
    )
    assert here in page(desk.get(reverse("my-brief", args=[brief.pk])))
    assert desk.post(here, {"words": "Page nine cannot be read", "for_firm": "on"}).status_code == 303
    [item] = WorkItem.objects.open().filter(kind="books.brief_asked_of_firm")
    assert item.because == "Priya asks the firm about work by proposal"
    assert work.describe(item).url == theirs
    assert "Page nine cannot be read" in page(firm.get(theirs))
    assert firm.post(theirs, {"words": "We ask for a better copy"}).status_code == 303
    assert not WorkItem.objects.open().filter(pk=item.pk).exists()
    assert len(mails("books.brief_word_to_her")) == 1
    assert len(mails("books.brief_word")) == 2
    assert list(BriefWord.objects.values_list("of", flat=True)) == ["secretary", "firm"]
    milestones.accept(handed_in(milestone), words="", by=owner, at=clock.now())
    refused = desk.post(here, {"words": "One thing more"})
    assert refused.status_code == 422
    assert "One thing more" in page(refused)
    assert "Page nine cannot be read" in page(desk.get(here))


def waiting(kind) -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind=f"books.{kind}"))


def test_what_nobody_at_the_client_reads_the_firm_reads_and_answers(okafor, brief, priya, owner, helen):
    ContactAddress.objects.filter(contact__client=okafor.row, kind="email").delete()
    [milestone] = given(brief, priya, by=owner)
    handed_in(milestone)
    proposal = brief.proposals.get()
    writing.say(proposal, of=Side.SECRETARY, words="Which paper?", by=priya.user, at=clock.now())
    [item] = waiting("brief_word_for_client")
    assert work.describe(item).url == reverse("proposal-words", args=[proposal.pk])
    writing.say(proposal, of=Side.FIRM, words="The blue one", by=helen, at=clock.now())
    assert waiting("brief_word_for_client") == []
    [item] = waiting("brief_for_client")  # an answer to a word accepts no milestone
    assert item.because == "For Okafor Legal: A milestone is handed in"


def test_what_two_ask_the_firm_is_answered_to_each_of_them(brief, priya, maya, owner, helen):
    hers, another = proposed(brief, priya), proposed(brief, maya)
    for each in (hers, another):
        facts = {"words": "Is that enough?", "by": owner, "at": clock.now()}
        writing.say(each, of=Side.CLIENT, for_firm=True, **facts)
    assert len(waiting("brief_asked_of_firm")) == 2
    writing.say(hers, of=Side.FIRM, words="It is", by=helen, at=clock.now())
    [item] = waiting("brief_asked_of_firm")
    assert item.subject_id == another.pk


def test_what_was_asked_of_the_firm_waits_for_it_though_the_work_is_over(brief, priya, owner):
    [milestone] = given(brief, priya, by=owner)
    facts = {"words": "Is this lawful?", "by": priya.user, "at": clock.now()}
    writing.say(brief.proposals.get(), of=Side.SECRETARY, for_firm=True, **facts)
    milestones.accept(handed_in(milestone), words="", by=owner, at=clock.now())
    assert len(waiting("brief_asked_of_firm")) == 1


def test_a_proposal_that_is_changed_keeps_what_was_asked_about_it(office, okafor, brief, priya, owner):
    asked = proposed(brief, priya)
    writing.say(asked, of=Side.CLIENT, words="And by Friday?", by=owner, at=clock.now())
    changed = proposed(brief, priya, part(amount=90))
    desk, portal = office.browser(priya), office.browser(okafor.owner)
    earlier = reverse("my-proposal-words", args=[asked.pk])  # as the mail has it
    assert "And by Friday?" in page(desk.get(earlier))
    assert desk.post(earlier, {"words": "Yes, as it says now"}).status_code == 303
    there = page(portal.get(reverse("portal-proposal-words", args=[changed.pk])))
    assert "And by Friday?" in there
    assert "Yes, as it says now" in there


def over(client, owner, secretary):
    """Work for this client that is done and accepted."""
    brief = posted(client, owner)
    [milestone] = given(brief, secretary, by=owner)
    milestones.accept(handed_in(milestone), words="", by=owner, at=clock.now())
    brief.refresh_from_db()
    return brief


def test_both_sides_are_asked_how_it_went_until_they_say_it(office, okafor, priya, maya, owner):
    brief = over(okafor, owner, priya)
    asked = Effect.objects.filter(key__contains=":closing:").values_list("kind", flat=True)
    assert sorted(asked) == ["books.brief_word", "books.brief_word_to_her"]
    portal, desk = office.browser(okafor.owner), office.browser(priya)
    for browser, prefix in ((portal, "portal"), (desk, "my")):
        listed = reverse(f"{prefix}-briefs")
        assert "Waits for your closing note" in page(browser.get(listed))
        said = {"words": "Good", "again": "on"}
        assert browser.post(reverse(f"{prefix}-brief-note", args=[brief.pk]), said).status_code == 303
        assert "Waits for your closing note" not in page(browser.get(listed))
    assert not WorkItem.objects.open().filter(kind="books.rather_not_again").exists()
    delegate = office.browser(office.contact(okafor, "Tunde Ade", standing="delegate"))
    shown = page(delegate.get(reverse("portal-brief", args=[brief.pk])))
    assert "Your closing note is with the firm" in shown
    assert "Tell the firm" not in shown


def test_who_would_rather_not_again_is_before_the_firm_and_stands_behind(
    office, okafor, priya, maya, owner, helen
):
    earlier = over(okafor, owner, priya)
    before = {each.person.key: each.score for each in posting.matches(posted(okafor, owner), at=clock.now())}
    said = {"again": False, "words": "Late twice", "by": owner, "at": clock.now()}
    noting.write(earlier, of=Side.CLIENT, **said)
    [item] = WorkItem.objects.open().filter(kind="books.rather_not_again")
    assert item.because == "Okafor Legal would rather not work with Priya again"
    assert work.describe(item).url == reverse("brief", args=[earlier.pk])
    brief = posted(okafor, owner)
    first, last = posting.matches(brief, at=clock.now())
    assert (first.person.key, last.person.key) == (maya.pk, priya.pk)
    assert before[priya.pk] > before[maya.pk]
    assert last.fits
    assert brief.invitations.get(secretary=priya).score == 0
    assert any("would rather not" in each for each in last.beside)
    assert not any("rather" in each for each in brief.invitations.get(secretary=priya).why)
    proposed(brief, priya)
    firm, portal = office.browser(helen), office.browser(okafor.owner)
    assert "would rather not" in page(firm.get(reverse("brief-compare", args=[brief.pk])))
    assert "rather not" not in page(portal.get(reverse("portal-brief-compare", args=[brief.pk])))


def test_it_weighs_for_a_clients_team_and_a_later_note_lifts_it(okafor, office, maya, priya, owner):
    first = over(okafor, owner, maya)
    noting.write(first, of=Side.SECRETARY, again=False, words="Rude", by=maya.user, at=clock.now())
    [match] = [each for each in suggesting.matches(okafor.row, at=clock.now()) if each.person.key == maya.pk]
    assert match.person.apart
    office.clock_says("2026-11-26 10:30")
    second = over(okafor, owner, maya)
    noting.write(second, of=Side.SECRETARY, again=True, words="Better", by=maya.user, at=clock.now())
    assert noting.apart_from(okafor.row.pk) == set()
