"""Work that was given: time within its cap, handed in, answered or not, disputed, changed, ended, closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients import going_home
from clients.models import WorkItem, WorkRecord
from secretariat import clock
from secretariat.books import hours
from secretariat.books.briefs import caps, changing, milestones, noting, reminding
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import BriefCharge, ClosingNote, Milestone, Side
from secretariat.office import suspending
from secretariat.office.contracts import ending
from secretariat.office.models import User
from secretariat.outbox.models import Effect
from tests.books.conftest import local

from .conftest import given, part, posted, under_contract


def page(answer) -> str:
    return answer.content.decode()


def worked(milestone, since, until, *, on="2026-11-24") -> None:
    milestones.write_down(
        milestone,
        started_at=local(f"{on} {since}"),
        ended_at=local(f"{on} {until}"),
        words="Typing",
        by=milestone.secretary,
        at=clock.now(),
    )


def handed_in(milestone, result=0) -> Milestone:
    by = milestone.secretary.user
    return milestones.hand_in(milestone, words="There it is", result=Decimal(result), by=by, at=clock.now())


@pytest.fixture
def hourly(brief, priya, owner):
    """One milestone at 30.00 an hour, capped at an hour and a half."""
    [milestone] = given(brief, priya, part(amount=45), pays="hourly", rate=30, by=owner)
    return milestone


def test_time_is_written_down_within_the_cap_and_stands_in_her_week(office, hourly, priya):
    desk, write = office.browser(priya), reverse("my-milestone-time", args=[hourly.pk])
    said = {"on": "2026-11-24", "since": "08:00:00", "until": "09:00:00", "because": "First half"}
    assert desk.post(write, said).status_code == 303
    refused = desk.post(write, said | {"since": "09:00:00", "until": "09:30:01"})
    assert refused.status_code == 422
    assert "The cap of this milestone leaves 30 min 00 s" in page(refused)
    assert desk.post(write, said | {"since": "09:00:00", "until": "09:30:00"}).status_code == 303
    week = page(desk.get(reverse("books-time")))
    assert "First half" in week
    first = WorkRecord.objects.order_by("started_at").first()
    corrected = {"started_at": local("2026-11-24 07:59"), "ended_at": local("2026-11-24 09:00")}
    with pytest.raises(hours.NotNow, match="The cap of this milestone"):
        hours.correct(first, **corrected, because="Began before", by=priya.user, at=clock.now())
    handed_in(hourly)
    with pytest.raises(hours.NotNow, match="was handed in"):
        worked(hourly, "10:00", "10:01")
    assert caps.left_micros(hourly) == 0


def test_handed_in_with_a_file_sent_back_with_words_and_accepted(office, okafor, fixed, priya):
    desk, portal, first = office.browser(priya), office.browser(okafor.owner), fixed[0]
    hand_in = reverse("my-milestone-hand-in", args=[first.pk])
    assert desk.post(hand_in, {"words": ""}).status_code == 422
    file = SimpleUploadedFile("draft.txt", b"Draft")
    assert desk.post(hand_in, {"words": "The draft", "file": file}).status_code == 303
    assert not WorkItem.objects.open().filter(subject_id=first.pk).exists()
    seen = page(portal.get(reverse("portal-brief", args=[first.brief_id])))
    assert "Unanswered, it counts as accepted on Tue 1 Dec" in seen
    assert "draft.txt" in seen
    back = reverse("portal-milestone-send-back", args=[first.pk])
    assert portal.post(back, {"words": " "}).status_code == 422
    assert portal.post(back, {"words": "Page two is missing"}).status_code == 303
    assert WorkItem.objects.open().filter(subject_id=first.pk, owner=priya.user).exists()
    assert "Page two is missing" in page(desk.get(reverse("my-brief", args=[first.brief_id])))
    assert desk.post(hand_in, {"words": "With page two"}).status_code == 303
    accept = reverse("portal-milestone-accept", args=[first.pk])
    assert portal.post(accept, {"words": "Thank you"}).status_code == 303
    charge = BriefCharge.objects.get()
    assert (charge.amount, charge.hers, charge.firms) == (80, 64, 16)
    assert "changed meanwhile" in page(portal.post(accept, {"words": ""}, follow=True))
    first.brief.refresh_from_db()
    assert first.brief.is_given
    assert Effect.objects.filter(kind="books.brief_word").count() == 3  # proposed, and handed in twice


def test_an_unanswered_milestone_counts_as_accepted_on_its_day_and_not_before(office, fixed):
    for each in fixed:
        handed_in(each)
    week = timedelta(days=7)
    assert milestones.count_unanswered(at=clock.now() + week - timedelta(seconds=1)) == 0
    assert milestones.count_unanswered(at=clock.now() + week) == 2
    assert milestones.count_unanswered(at=clock.now() + week) == 0
    fixed[0].refresh_from_db()
    assert (fixed[0].state, fixed[0].over_by) == ("accepted", None)
    fixed[0].brief.refresh_from_db()
    assert fixed[0].brief.state == "done"
    assert sum(each.amount for each in BriefCharge.objects.all()) == 200


def test_a_dispute_waits_for_the_firm_which_says_what_stands(office, okafor, fixed, helen):
    first = handed_in(fixed[0])
    portal, firm = office.browser(okafor.owner), office.browser(helen)
    assert (
        portal.post(reverse("portal-milestone-dispute", args=[first.pk]), {"words": "Blank"}).status_code
        == 303
    )
    assert milestones.count_unanswered(at=clock.now() + timedelta(days=90)) == 0
    item = WorkItem.objects.open().get(kind="books.disputed")
    assert item.client is None
    assert reverse("brief", args=[first.brief_id]) in page(firm.get(reverse("work-item", args=[item.pk])))
    settle = reverse("milestone-settle", args=[first.pk])
    assert firm.post(settle, {"percent": "101", "words": "x"}).status_code == 422
    assert firm.post(settle, {"percent": "37.5", "words": "Three of eight pages"}).status_code == 303
    charge = BriefCharge.objects.get()
    assert (charge.amount, charge.hers, charge.firms) == (30, 24, 6)
    assert not WorkItem.objects.open().filter(kind="books.disputed").exists()
    assert "of which 37.5 percent stand" in page(portal.get(reverse("portal-brief", args=[first.brief_id])))


def test_why_work_is_ended_leads_nobody_past_the_firm(office, okafor, fixed, priya):
    brief = fixed[0].brief_id
    for who, end in ((okafor.owner, "portal-brief-end"), (priya, "my-brief-end")):
        refused = office.browser(who).post(
            reverse(end, args=[brief]), {"because": "We go on: +44 20 7946 0000"}
        )
        assert refused.status_code == 422
        assert "Take “+44 20 7946 0000” out" in page(refused)
        assert "We go on: +44 20 7946 0000" in page(refused)


@pytest.mark.parametrize(
    ("side", "back", "hers"),
    [(Side.CLIENT, -150, 40), (Side.SECRETARY, -200, 0), (Side.FIRM, -200, 40)],
)
def test_ended_early_what_was_paid_in_advance_comes_back_by_rule(
    okafor, priya, owner, helen, side, back, hers
):
    """Of 80.00 in two hours one was worked, and of 120.00 in four hours a third of one: 40.00 and 10.00."""
    brief = posted(okafor, owner, paid="advance")
    first, second = given(brief, priya, part("Draft", 80), part("Whole", 120, hours=4), by=owner)
    worked(first, "08:00", "09:00")
    worked(second, "09:00", "09:20")
    assert sum(each.amount for each in BriefCharge.objects.all()) == 200
    by = {Side.CLIENT: owner, Side.SECRETARY: priya.user, Side.FIRM: helen}[side]
    milestones.end_work(brief, of=side, because="Plans have changed", by=by, at=clock.now())
    last = BriefCharge.objects.filter(because="ended")
    assert sum(each.amount for each in last) == back
    assert sum(each.hers for each in BriefCharge.objects.all()) == hers
    with pytest.raises(NotNow):
        milestones.end_work(brief, of=side, because="Again", by=by, at=clock.now())


def test_what_is_handed_in_is_answered_before_the_work_ends(office, okafor, fixed, owner):
    handed_in(fixed[0])
    portal, end = office.browser(okafor.owner), reverse("portal-brief-end", args=[fixed[0].brief_id])
    assert portal.post(end, {"because": ""}).status_code == 422
    assert "That comes first" in page(portal.post(end, {"because": "Enough"}, follow=True))


def test_commission_says_what_it_brought(office, brief, priya, owner):
    [milestone] = given(brief, priya, part(amount=50), pays="share", rate="2.5", by=owner)
    desk, hand_in = office.browser(priya), reverse("my-milestone-hand-in", args=[milestone.pk])
    assert desk.post(hand_in, {"words": "Sold"}).status_code == 422
    assert desk.post(hand_in, {"words": "Sold", "result": "1240.00"}).status_code == 303
    milestones.accept(milestone, words="", by=owner, at=clock.now())
    assert BriefCharge.objects.get().amount == 31


@pytest.mark.parametrize(
    ("pays", "rate", "result", "said"),
    [("share", "2.5", "1240.00", "It brought 1,240.00 GBP."), ("each", "2", "20", "Results: 20.")],
)
def test_what_a_commission_brought_is_read_before_it_is_accepted_disputed_and_settled(
    office, okafor, brief, priya, owner, helen, pays, rate, result, said
):
    [milestone] = given(brief, priya, part(amount=50), pays=pays, rate=rate, by=owner)
    portal, desk, firm = (office.browser(who) for who in (okafor.owner, priya, helen))
    pages = [
        (browser, reverse(f"{side}brief", args=[brief.pk]))
        for browser, side in ((portal, "portal-"), (desk, "my-"), (firm, ""))
    ]
    assert not any(said in page(browser.get(there)) for browser, there in pages)
    handed_in(milestone, result)
    assert all(said in page(browser.get(there)) for browser, there in pages)
    milestones.dispute(milestone, words="Half of them came back", by=owner, at=clock.now())
    assert all(page(browser.get(there)).count(said) for browser, there in pages)
    milestones.settle(milestone, percent=Decimal(50), words="Half", by=helen, at=clock.now())
    charge = BriefCharge.objects.get()
    assert f"of which 50 percent stand. {said}" in charge.rule
    assert all(page(browser.get(there)).count(said) == 2 for browser, there in pages)


def test_closing_notes_are_the_firms_to_read(office, okafor, fixed, priya, helen):
    brief = fixed[0].brief
    with pytest.raises(NotNow, match="when the work is over"):
        noting.write(brief, of=Side.CLIENT, again=True, words="x", by=okafor.owner.user, at=clock.now())
    milestones.end_work(brief, of=Side.FIRM, because="Enough", by=helen, at=clock.now())
    portal, desk, firm = office.browser(okafor.owner), office.browser(priya), office.browser(helen)
    note = reverse("portal-brief-note", args=[brief.pk])
    assert portal.post(note, {"words": ""}).status_code == 422
    assert portal.post(note, {"words": "Slow, but kind"}).status_code == 303
    assert "written already" in page(portal.post(note, {"words": "Again"}, follow=True))
    assert (
        desk.post(reverse("my-brief-note", args=[brief.pk]), {"words": "Late", "again": "on"}).status_code
        == 303
    )
    assert ClosingNote.objects.count() == 2
    hers = page(desk.get(reverse("my-brief", args=[brief.pk])))
    theirs = page(portal.get(reverse("portal-brief", args=[brief.pk])))
    assert "Slow, but kind" not in hers + theirs
    assert "Slow, but kind" in page(firm.get(reverse("brief", args=[brief.pk])))


def test_with_her_contract_her_work_waits_for_the_firm(office, brief, priya, owner, helen):
    contract = under_contract(priya, helen, currency="GBP")
    given(brief, priya, by=owner)
    contract.until_on = date(2026, 11, 23)
    contract.save()
    assert ending.close(contract, at=clock.now())
    assert WorkItem.objects.open().filter(kind="books.brief_without_her", subject_id=brief.pk).exists()
    assert not WorkItem.objects.open().filter(kind="books.milestone").exists()  # nobody else can do it
    contract.refresh_from_db()
    assert "Work by proposal for Okafor Legal" in contract.handed_over
    [told] = Effect.objects.filter(kind="books.brief_word", key__contains=":waits:")
    assert told.client_id == brief.client_id
    milestones.end_work(brief, of=Side.FIRM, because="Without her", by=helen, at=clock.now())
    assert not WorkItem.objects.open().filter(kind="books.brief_without_her").exists()


def test_what_is_sent_back_to_somebody_who_has_gone_lies_on_nobodys_list(fixed, priya, owner):
    milestone = handed_in(fixed[0])
    priya.engaged_until = date(2026, 11, 20)
    priya.save()
    milestone = Milestone.objects.select_related("brief__client", "client", "secretary__user").get(
        pk=milestone.pk
    )
    milestones.send_back(milestone, words="Half is missing", by=owner, at=clock.now())
    assert not WorkItem.objects.open().filter(subject_id=milestone.pk).exists()


def test_while_she_is_suspended_what_was_given_to_her_waits_and_the_firm_knows(
    office, okafor, brief, fixed, priya, helen
):
    items = WorkItem.objects.open().filter(kind="books.milestone")
    suspension = suspending.suspend(priya.user, by=helen, reason="other", note="x", at=clock.now())
    assert set(items.values_list("owner", flat=True)) == {priya.user_id}
    waits = WorkItem.objects.open().get(kind="books.brief_without_her")
    assert "is suspended" in waits.because
    assert "It waits for her: work by proposal for Okafor Legal" in suspension.handed_over
    suspension.refresh_from_db()
    assert "It waits for her: work by proposal for Okafor Legal" in suspension.handed_over
    assert Effect.objects.filter(kind="books.brief_word", key__contains=":waits:").count() == 1
    suspending.lift(priya.user, by=helen, at=clock.now())
    waits.refresh_from_db()
    assert waits.done_at
    assert set(items.values_list("owner", flat=True)) == {priya.user_id}
    desk = office.browser(User.objects.get(pk=priya.user_id))
    hand_in = reverse("my-milestone-hand-in", args=[fixed[0].pk])
    assert desk.post(hand_in, {"words": "There it is"}).status_code == 303


def its_work(milestone) -> WorkItem:
    return WorkItem.objects.open().get(kind="books.milestone", subject_id=milestone.pk)


def test_a_milestone_leaves_the_list_of_work_by_being_handed_in_and_by_no_word_there(office, fixed, priya):
    first, desk = fixed[0], office.browser(priya)
    item = its_work(first)
    shown, done = reverse("work-item", args=[item.pk]), reverse("work-done", args=[item.pk])
    assert "It ends when you hand it in" in page(desk.get(shown))
    assert done not in page(desk.get(shown))
    refused = desk.post(done, {"outcome": "Done"})
    assert refused.status_code == 422
    assert "It ends when you hand it in" in page(refused)
    assert its_work(first) == item
    handed_in(first)
    item.refresh_from_db()
    assert (item.done_by, item.outcome) == (priya.user, "Handed in")


def test_a_dispute_leaves_the_list_once_the_firm_has_said_what_stands(office, okafor, fixed, helen, owner):
    milestones.dispute(handed_in(fixed[0]), words="Half is missing", by=owner, at=clock.now())
    item = WorkItem.objects.open().get(kind="books.disputed")
    refused = office.browser(helen).post(reverse("work-done", args=[item.pk]), {"outcome": "Spoke to her"})
    assert refused.status_code == 422
    assert "which part of it stands" in page(refused)
    half = {"percent": Decimal(50), "words": "Half stands", "by": helen}
    milestones.settle(fixed[0], at=clock.now(), **half)
    item.refresh_from_db()
    assert item.done_by == helen


def test_a_milestone_waits_for_her_off_shift_and_on_and_nobody_else_takes_it(office, okafor, fixed, priya):
    item, maya = its_work(fixed[0]), office.secretary("Mia", okafor)
    assert "All of it" not in page(office.browser(priya).get(reverse("shift")))
    office.clock_says("2026-11-26 10:30")
    assert going_home.release_what_was_left(at=clock.now()) == 0
    other = office.browser(maya)
    took = other.post(reverse("work-claim", args=[item.pk]), {"version": item.version}, follow=True)
    assert "stays with whoever made it" in page(took)
    office.browser(priya).post(reverse("work-put-back", args=[item.pk]))
    item.refresh_from_db()
    assert item.owner == priya.user


def test_the_morning_before_it_is_due_she_is_told_once_and_again_when_the_day_is_moved(
    office, okafor, brief, priya, owner
):
    due = date(2026, 12, 10)
    [milestone] = given(brief, priya, part("Draft", due_on=due), by=owner)

    def told_at(text) -> int:
        office.clock_says(text)
        return reminding.remind(at=clock.now())

    assert told_at("2026-12-09 07:59") == 0
    assert its_work(milestone).urgency == WorkItem.Urgency.NORMAL
    assert [told_at("2026-12-09 08:00") for _twice in range(2)] == [1, 0]
    [mail] = Effect.objects.filter(key__contains=":due:")
    assert mail.payload["to"] == priya.user.email
    assert "due on 10 December 2026" in mail.payload["text"]
    assert "Draft" not in mail.payload["text"]
    assert its_work(milestone).urgency == WorkItem.Urgency.TODAY
    facts = {"outcome": "The same", "because": "Ill", "of": Side.SECRETARY, "by": priya.user}
    later = changing.as_part(milestone) | {"due_on": "2026-12-15"}
    changing.agree(
        changing.ask(brief, parts=[later], at=clock.now(), **facts), of=Side.CLIENT, by=owner, at=clock.now()
    )
    assert its_work(milestone).promised_at == local("2026-12-16 00:00")
    assert told_at("2026-12-13 23:00") == 0
    assert told_at("2026-12-14 08:00") == 1
    milestone.refresh_from_db()
    handed_in(milestone)
    assert told_at("2026-12-15 09:00") == 0


def test_of_what_is_handed_in_or_late_nobody_is_reminded(office, fixed):
    handed_in(fixed[0])
    office.clock_says("2026-12-18 23:59")
    assert reminding.remind(at=clock.now()) == 1  # the other one, on its last minute
    Milestone.objects.update(reminded_of=None)
    office.clock_says("2026-12-19 00:00")
    assert reminding.remind(at=clock.now()) == 0
