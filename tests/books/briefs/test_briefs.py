"""From a brief to a proposal that is accepted: who reads it, asks, proposes and is chosen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.confidentiality import terms
from clients.models import Access, ClientRequirement, WorkItem
from secretariat import clock
from secretariat.books.briefs import asking, milestones, posting, proposing
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import (
    Brief,
    BriefFile,
    BriefInvitation,
    BriefQuestion,
    ClientPlan,
    Milestone,
    Proposal,
    Side,
)
from secretariat.media.models import MediaFile
from secretariat.office import suspending
from secretariat.office.models import Certificate, Profile, SecretarySkill, Skill, Training
from secretariat.outbox.models import Effect
from secretariat.retention import ending, registry
from tests.told import recorded

from .conftest import given, part, posted, proposed, under_contract

WANTED = {
    "title": "Minutes of the board",
    "kind": "minutes",
    "outcome": "Typed, ready to sign",
    "due_on": "2026-12-18",
    "budget": "200",
    "language": "en",
    "level": "4",
    "for_whom": "everybody",
    "paid": "accepted",
}
OFFERED = {
    "approach": "From your recording, by Friday",
    "pays": "hourly",
    "rate": "32",
    "title_0": "Draft",
    "due_on_0": "2026-12-08",
    "hours_0": "3",
    "amount_0": "96",
}


def page(answer) -> str:
    return answer.content.decode()


def test_a_client_posts_asks_are_answered_and_a_proposal_is_accepted(office, okafor, priya, maya):
    portal, desk, other = (office.browser(who) for who in (okafor.owner, priya, maya))
    form = page(portal.get(reverse("portal-brief-post")))
    assert "Nothing is owed until you accept a proposal" in form
    assert portal.post(reverse("portal-brief-post"), WANTED | {"due_on": "2026-11-23"}).status_code == 422
    past = {"outcome": "Typed by 1.12.2026, 08.00-17.00, and sent to jane.example.com"}
    refused = portal.post(reverse("portal-brief-post"), WANTED | past)
    assert (refused.status_code, "“jane.example.com” out" in page(refused)) == (422, True)
    assert portal.post(reverse("portal-brief-post"), WANTED).status_code == 303
    brief = Brief.objects.get()
    assert "Minutes of the board" in page(desk.get(reverse("my-briefs")))
    mine = reverse("my-brief", args=[brief.pk])
    assert "Speaks the language that is asked for" in page(desk.get(mine))
    ask = reverse("my-brief-ask", args=[brief.pk])
    assert desk.post(ask, {"words": "Ring me on +44 7700 900123"}).status_code == 422
    assert desk.post(ask, {"words": "How long is the recording?"}).status_code == 303
    hers = reverse("portal-brief", args=[brief.pk])
    asked = page(portal.get(hers))
    assert "How long is the recording?" in asked
    assert "Priya" not in asked
    answer = reverse("portal-brief-answer", args=[BriefQuestion.objects.get().pk])
    assert portal.post(answer, {"words": "Two hours"}).status_code == 303
    assert "Two hours" in page(other.get(mine))
    propose = reverse("my-brief-propose", args=[brief.pk])
    refused = desk.post(propose, OFFERED | {"rate": "", "hours_0": ""})
    assert refused.status_code == 422
    assert "From your recording, by Friday" in page(refused)
    refused = desk.post(propose, OFFERED | {"due_on_0": "2026-11-23"})
    assert (refused.status_code, "That day is over" in page(refused)) == (422, True)
    assert desk.post(propose, OFFERED).status_code == 303
    proposed(brief, maya, part(amount=230))
    table = page(portal.get(reverse("portal-brief-compare", args=[brief.pk])))
    for words in ("32.00 GBP an hour, at most 96.00 GBP", "30.00 above the budget", "Within the budget"):
        assert words in table, words
    assert "Priya" not in table
    assert "Maya" not in table
    best = Proposal.objects.get(secretary=priya)
    assert portal.post(reverse("portal-proposal-accept", args=[best.pk])).status_code == 303
    milestone = Milestone.objects.get()
    item = WorkItem.objects.open().get(subject_id=milestone.pk)
    assert (item.owner, item.client, item.kind) == (priya.user, okafor.row, "books.milestone")
    assert item.promised_at.isoformat() == "2026-12-09T00:00:00+00:00"
    assert "Minutes of the board: Draft" in page(desk.get(reverse("work")))
    assert "given to somebody else" in page(other.get(reverse("my-briefs"))).lower()
    assert other.get(mine).status_code == 404
    told = [each.payload["to"] for each in Effect.objects.filter(kind="books.brief_word_to_her")]
    assert maya.user.email in told
    assert not any("Minutes of the board" in each.payload["text"] for each in Effect.objects.all())
    assert recorded("books.brief.given") == [(okafor.owner.user.pk, str(best.pk))]


def test_only_those_who_fit_are_asked_and_the_firm_reads_why(office, okafor, priya, maya, owner, helen):
    skill = Skill.objects.create(name="Shorthand")
    SecretarySkill.objects.create(secretary=maya, skill=skill)
    brief = posted(okafor, owner, skills=[skill])
    assert list(brief.invitations.values_list("secretary", flat=True)) == [maya.pk]
    assert office.browser(priya).get(reverse("my-brief", args=[brief.pk])).status_code == 404
    with pytest.raises(NotNow, match="lacks a skill: Shorthand"):
        proposed(brief, priya)
    firm = office.browser(helen)
    assert "as she says" in page(firm.get(reverse("brief", args=[brief.pk])))
    SecretarySkill.objects.create(secretary=priya, skill=skill)
    assert firm.post(reverse("brief-look-again", args=[brief.pk])).status_code == 303
    assert BriefInvitation.objects.filter(brief=brief, secretary=priya).exists()


def test_without_a_paper_that_is_required_she_is_neither_asked_nor_may_she_propose(
    okafor, priya, maya, owner, helen
):
    training = Training.objects.create(name="Data protection", kind="other")
    ClientRequirement.objects.create(client=okafor.row, training=training)
    paper = {"training": training, "issued_by": "Law school", "issued_on": date(2025, 1, 10)}
    checked = {"state": "checked", "checked_by": helen, "checked_at": clock.now()}
    for her, last in ((priya, date(2026, 11, 23)), (maya, date(2026, 11, 24))):  # today is the 24th
        Certificate.objects.create(secretary=her, expires_on=last, **paper, **checked)
    brief = posted(okafor, owner)
    assert list(brief.invitations.values_list("secretary", flat=True)) == [maya.pk]
    with pytest.raises(NotNow, match="lacks what is required: Data protection"):
        proposed(brief, priya)


def test_a_brief_for_the_team_is_for_nobody_else(okafor, priya, maya, owner):
    brief = posted(okafor, owner, for_whom="team")
    assert list(brief.invitations.values_list("secretary", flat=True)) == [priya.pk]
    with pytest.raises(NotNow, match="not among those"):
        proposed(brief, maya)


def test_terms_that_change_while_she_writes_are_accepted_with_the_proposal(
    office, okafor, maya, brief, helen
):
    desk, propose = office.browser(maya), reverse("my-brief-propose", args=[brief.pk])
    assert desk.get(propose).status_code == 200
    terms.write(okafor.row, "Say no names aloud", by=helen, at=clock.now())
    with pytest.raises(NotNow, match="Accept what this client asks"):
        proposed(brief, maya)
    refused = desk.post(propose, OFFERED)
    assert refused.status_code == 422
    assert "Say no names aloud" in page(refused)
    assert "From your recording, by Friday" in page(refused)
    assert "Minutes of the board" not in page(refused)
    assert desk.post(propose, OFFERED | {"accepts_terms": "on"}).status_code == 303
    assert proposing.terms_to_accept(maya, brief) is None


def test_before_she_has_accepted_the_terms_she_reads_what_finds_takers_and_no_more(
    office, okafor, maya, owner, helen
):
    held = terms.write(okafor.row, "Say no names aloud", by=helen, at=clock.now())
    brief = posted(okafor, owner, title="Merger with Lopes", outcome="Nobody may know of it")
    said = {"file": ContentFile(b"Agenda", name="lopes.txt"), "content_type": "text/plain"}
    kept = posting.add_file(brief, by=owner, at=clock.now(), **said)
    question = asking.ask(brief, words="Which Lopes?", by=maya, at=clock.now())
    asking.answer(question, words="The bakery", by=owner, at=clock.now())
    desk, file = office.browser(maya), reverse("media-file", args=[kept.media_id])
    mine, first = (reverse(name, args=[brief.pk]) for name in ("my-brief", "my-brief-terms"))
    secrets = ("Lopes", "Nobody may know", "The bakery", "Okafor")
    assert first in page(desk.get(reverse("my-briefs")))
    assert desk.get(reverse("my-brief-propose", args=[brief.pk])).url == first
    assert desk.get(file).status_code == 404
    asked = desk.post(reverse("my-brief-ask", args=[brief.pk]), {"words": "May I?"}, follow=True)
    assert "You had written: “May I?”" in page(asked)
    for seen in (page(desk.get(reverse("my-briefs"))), page(desk.get(mine, follow=True)), page(asked)):
        assert [each for each in secrets if each in seen] == []
    shown = page(desk.get(first))
    for words in ("Minutes", "needed by Fri 18 Dec", "budget 200.00 GBP", "English", "Say no names aloud"):
        assert words in shown, words
    assert desk.post(first, {}).status_code == 422
    assert desk.post(first, {f"{held.pk}-agreed": "on"}).status_code == 303
    whole = page(desk.get(mine))
    assert all(each in whole for each in secrets)
    assert desk.get(file).status_code == 200
    assert desk.get(first).url == mine


def test_terms_that_change_shut_the_work_to_whoever_has_it_until_she_accepts_them(
    office, okafor, priya, brief, owner, helen
):
    [milestone] = given(brief, priya, by=owner)
    held = terms.write(okafor.row, "Say no names aloud", by=helen, at=clock.now())
    desk, first = office.browser(priya), reverse("my-brief-terms", args=[brief.pk])
    assert desk.get(reverse("my-brief", args=[brief.pk])).url == first
    assert desk.get(reverse("my-milestone-time", args=[milestone.pk])).url == first
    handed = desk.post(
        reverse("my-milestone-hand-in", args=[milestone.pk]), {"words": "All of it is there"}, follow=True
    )
    assert "You had written: “All of it is there”" in page(handed)
    assert Milestone.objects.get().is_open
    newer = terms.write(okafor.row, "Say no names at all", by=helen, at=clock.now())
    assert "Say no names at all" in page(desk.post(first, {f"{held.pk}-agreed": "on"}))
    assert desk.post(first, {f"{newer.pk}-agreed": "on"}).status_code == 303
    assert "Minutes of the board" in page(desk.get(reverse("my-brief", args=[brief.pk])))


def test_while_she_is_suspended_her_proposal_is_shown_and_not_open(office, okafor, priya, brief, helen):
    hers, portal = proposed(brief, priya), office.browser(okafor.owner)
    compared = reverse("portal-brief-compare", args=[brief.pk])
    accept = reverse("portal-proposal-accept", args=[hers.pk])
    assert accept in page(portal.get(compared))
    suspending.suspend(priya.user, by=helen, reason="other", note="x", at=clock.now())
    shut = page(portal.get(compared))
    assert accept not in shut
    assert "does not work here at present" in shut
    assert "does not work here at present" in page(portal.post(accept, follow=True))
    suspending.lift(priya.user, by=helen, at=clock.now())
    assert accept in page(portal.get(compared))


def test_work_in_another_currency_than_the_contract_is_not_proposed_for(okafor, priya, brief, helen):
    under_contract(priya, helen)
    with pytest.raises(NotNow, match="Your contract pays in EUR"):
        proposed(brief, priya)


def test_the_firm_decides_its_share_and_names_before_anybody_has_proposed(
    office, okafor, priya, brief, helen
):
    Profile.objects.create(secretary=priya, is_public=True, public_name="Priya N.")
    firm, share = office.browser(helen), reverse("brief-share", args=[brief.pk])
    said = {"firm_percent": "15", "window_days": "5", "shows_names": "on"}
    assert firm.post(share, said | {"firm_percent": "101"}).status_code == 422
    assert firm.post(share, said).status_code == 303
    proposed(brief, priya)
    assert "they stand" in page(firm.post(share, said, follow=True))
    table = reverse("portal-brief-compare", args=[brief.pk])
    assert "Priya N." in page(office.browser(okafor.owner).get(table))


def test_a_proposal_is_changed_and_taken_back_until_one_is_accepted(office, priya, maya, brief, owner):
    first = proposed(brief, priya)
    second = proposed(brief, priya, part(amount=70))
    first.refresh_from_db()
    assert first.state == "withdrawn"
    with pytest.raises(NotNow, match="taken back or changed"):
        proposing.accept(first, by=owner, at=clock.now())
    brief.refresh_from_db()
    assert brief.is_open
    desk = office.browser(priya)
    assert desk.post(reverse("my-proposal-withdraw", args=[second.pk])).status_code == 303
    other = proposed(brief, maya)
    proposing.accept(other, by=owner, at=clock.now())
    with pytest.raises(NotNow, match="given to somebody"):
        proposing.accept(second, by=owner, at=clock.now())
    with pytest.raises(NotNow, match="Nothing is proposed"):
        proposed(brief, priya)


def test_taking_a_brief_back_tells_who_proposed(office, okafor, priya, brief):
    proposed(brief, priya)
    portal = office.browser(okafor.owner)
    withdraw = reverse("portal-brief-withdraw", args=[brief.pk])
    assert portal.post(withdraw, {"because": ""}).status_code == 422
    assert portal.post(withdraw, {"because": "We do it ourselves"}).status_code == 303
    assert Proposal.objects.get().state == "not_chosen"
    with pytest.raises(NotNow):
        asking.ask(Brief.objects.get(), words="And now?", by=priya, at=clock.now())


def test_files_are_read_by_those_who_may_propose_and_then_by_her_alone(
    office, okafor, priya, maya, brief, owner
):
    portal, keep = office.browser(okafor.owner), reverse("portal-brief-file", args=[brief.pk])
    program = SimpleUploadedFile("minutes.txt", b"MZ\x90")
    assert portal.post(keep, {"file": program}).status_code == 422
    assert portal.post(keep, {"file": SimpleUploadedFile("notes.txt", b"Agenda")}).status_code == 303
    file = reverse("media-file", args=[BriefFile.objects.get().media_id])
    answer = office.browser(maya).get(file)
    assert b"".join(answer.streaming_content) == b"Agenda"
    given(brief, priya, by=owner)
    assert office.browser(maya).get(file).status_code == 404
    assert office.browser(priya).get(file).status_code == 200
    assert Access.objects.current().filter(secretary=priya, because="work", client=okafor.row).exists()


def test_a_firm_posts_for_a_client(office, okafor, priya, helen):
    firm = office.browser(helen)
    assert reverse("brief-post", args=[okafor.row.pk]) in page(firm.get(reverse("briefs")))
    assert firm.post(reverse("brief-post", args=[okafor.row.pk]), WANTED).status_code == 303
    brief = Brief.objects.get()
    assert (brief.client, brief.posted_by, brief.budget) == (okafor.row, helen, Decimal(200))
    assert "No plan is agreed with this client" in page(firm.get(reverse("brief", args=[brief.pk])))
    plan = {"name": "By the second", "from_on": date(2026, 11, 1), "price": 1, "currency": "EUR"}
    ClientPlan.objects.create(client=okafor.row, **plan)
    assert "in EUR" in page(firm.get(reverse("brief", args=[brief.pk])))
    assert "Budget, in EUR" in page(firm.get(reverse("brief-post", args=[okafor.row.pk])))
    assert brief.due_on == date(2026, 12, 18)
    assert posting.why_not(priya, brief, at=clock.now()) == ""


def test_two_years_after_it_is_over_its_words_and_files_are_gone_and_its_amounts_stay(
    office, okafor, priya, brief, owner, helen
):
    question = asking.ask(brief, words="How long?", by=priya, at=clock.now())
    asking.answer(question, words="Two hours", by=owner, at=clock.now())
    [milestone] = given(brief, priya, by=owner)
    said = {"file": ContentFile(b"Draft", name="draft.txt"), "content_type": "text/plain"}
    kept = posting.add_file(brief, by=priya.user, at=clock.now(), milestone=milestone, **said)
    milestones.end_work(brief, of=Side.FIRM, because="Enough of Okafor", by=helen, at=clock.now())
    end_of = {rule.name: rule for rule in registry.rules()}
    for days, gone in ((729, False), (731, True)):
        at = clock.now() + timedelta(days=days)
        for name in ("briefs", "brief_files"):
            ending.end(end_of[name], at=at)
        for row, column in ((brief, "outcome"), (question, "words"), (milestone.said.get(), "words")):
            row.refresh_from_db()
            assert (getattr(row, column) == "") is gone
        assert (MediaFile.objects.get(pk=kept.media_id).deleted_at is not None) is gone
    question.refresh_from_db()
    assert (brief.title, question.answer, BriefFile.objects.count()) == ("Minutes of the board", "–", 0)
    assert milestone.charges.get().amount == 0
