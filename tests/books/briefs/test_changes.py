"""Changes to work that was given: asked for by one side, agreed by the other, whatever happens meanwhile."""

import re

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books.briefs import changing, milestones
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import BriefCharge, BriefTerms, Milestone, Side

from .conftest import given, part, posted
from .test_milestones import handed_in, page, worked


def test_a_change_holds_once_both_sides_agree_and_versions_show_the_difference(office, okafor, fixed, priya):
    first = handed_in(fixed[0])
    desk, portal = office.browser(priya), office.browser(okafor.owner)
    change = reverse("portal-brief-change", args=[first.brief_id])
    assert "Whole" in page(portal.get(change))
    said = {"outcome": "Typed, bound", "because": "It is bound as well"}
    rows = {"title_0": "Whole", "due_on_0": "2026-12-18", "hours_0": "4", "amount_0": "120"}
    rows |= {
        "of_0": fixed[1].pk,
        "title_1": "Binding",
        "due_on_1": "2026-12-19",
        "hours_1": "1",
        "amount_1": "35",
    }
    assert portal.post(change, said | rows | {"amount_1": ""}).status_code == 422
    assert portal.post(change, said | rows).status_code == 303
    terms = BriefTerms.objects.get(version=2)
    with pytest.raises(NotNow, match="other side answers"):
        changing.agree(terms, of=Side.CLIENT, by=okafor.owner.user, at=clock.now())
    seen = page(desk.get(reverse("my-brief", args=[first.brief_id])))
    assert "<ins>Binding: by 19 December 2026, 35.00 GBP, about 1 hours</ins>" in seen
    assert "<del>200.00 GBP, fixed.</del>" in seen
    assert desk.post(reverse("my-brief-agree", args=[terms.pk])).status_code == 303
    titles = list(Milestone.objects.order_by("rank").values_list("title", "amount"))
    assert titles == [("Draft", 80), ("Whole", 120), ("Binding", 35)]
    assert "Version 2" in page(portal.get(reverse("portal-brief-versions", args=[first.brief_id])))


def typed_into(form: str) -> dict[str, str]:
    """What stands in a form as it is opened, the hidden as well."""
    found = re.findall(r"<input[^>]*>", form)
    fields = {re.search(r'name="([^"]*)"', each)[1]: re.search(r'value="([^"]*)"', each) for each in found}
    return {name: value[1] if value else "" for name, value in fields.items() if name[-1].isdigit()}


def test_what_was_handed_in_while_a_change_was_typed_is_not_asked_for_again(office, okafor, fixed, priya):
    draft, whole = fixed
    portal, change = office.browser(okafor.owner), reverse("portal-brief-change", args=[draft.brief_id])
    rows = typed_into(page(portal.get(change)))
    assert [rows["title_0"], rows["title_1"]] == ["Draft", "Whole"]
    handed_in(draft)
    said = {"outcome": "Typed, bound", "because": "It is bound as well"}
    refused = portal.post(change, said | rows | {"title_0": "Draft, bound", "amount_1": "150"})
    seen = page(refused)
    assert refused.status_code == 422
    assert "“Draft” was handed in meanwhile, or is over, and stays as it is. Empty this row." in seen
    assert "It is bound as well" in seen
    again = typed_into(seen)
    assert [again[name] for name in ("title_0", "of_1", "amount_1")] == ["Draft, bound", str(whole.pk), "150"]
    emptied = dict.fromkeys(("title_0", "due_on_0", "hours_0", "amount_0"), "")
    asked = portal.post(change, said | again | emptied, follow=True)
    assert "“Draft” was handed in meanwhile, or is over, and stays as it is." in page(asked)
    terms = BriefTerms.objects.get(version=2)
    assert [(part["id"], part["amount"]) for part in terms.parts] == [(str(whole.pk), "150")]
    changing.agree(terms, of=Side.SECRETARY, by=priya.user, at=clock.now())
    titles = list(Milestone.objects.order_by("rank").values_list("title", "state", "amount"))
    assert titles == [("Draft", "handed_in", 80), ("Whole", "open", 150)]


def test_what_was_handed_in_when_a_change_was_asked_and_comes_back_goes_on(
    office, okafor, fixed, priya, owner
):
    draft, whole = fixed
    handed_in(draft)
    parts = [changing.as_part(whole) | {"amount": "150"}]
    said = {"outcome": "Typed, bound", "because": "It is bound as well"}
    office.passes(60)
    terms = changing.ask(
        draft.brief, parts=parts, **said, of=Side.CLIENT, by=okafor.owner.user, at=clock.now()
    )
    office.passes(60)
    milestones.send_back(draft, words="A page is missing.", by=okafor.owner.user, at=clock.now())
    changing.agree(terms, of=Side.SECRETARY, by=priya.user, at=clock.now())
    states = list(Milestone.objects.order_by("rank").values_list("title", "state", "amount"))
    assert states == [("Draft", "open", 80), ("Whole", "open", 150)]


def test_a_change_names_no_milestone_of_other_work_and_none_twice(office, okafor, fixed, priya, owner):
    [other] = given(posted(okafor, owner), priya, part("Another", 70), by=owner)
    portal, change = office.browser(okafor.owner), reverse("portal-brief-change", args=[fixed[0].brief_id])
    rows = typed_into(page(portal.get(change))) | {"outcome": "More", "because": "More"}
    for key in (other.pk, fixed[1].pk):
        refused = portal.post(change, rows | {"of_0": key})
        assert refused.status_code == 422
        assert "none of its milestones" in page(refused)
    # A page that knows nothing of a milestone does not end it.
    less = {name: value for name, value in rows.items() if not name.endswith("_1")}
    assert portal.post(change, less | {"amount_0": "90"}).status_code == 303
    assert [part["amount"] for part in BriefTerms.objects.get(version=2).parts] == ["90", "120.000"]


def test_a_milestone_is_not_moved_to_a_day_that_is_over_and_one_that_is_late_keeps_its_day(
    office, okafor, fixed
):
    office.clock_says("2026-12-20 10:00")  # both were due on the 18th
    portal, change = office.browser(okafor.owner), reverse("portal-brief-change", args=[fixed[0].brief_id])
    rows = typed_into(page(portal.get(change))) | {"outcome": "More", "because": "More"}
    refused = portal.post(change, rows | {"due_on_0": "2026-12-19"})
    assert refused.status_code == 422
    assert "That day is over" in page(refused)
    assert portal.post(change, rows | {"amount_0": "90"}).status_code == 303


def test_a_change_that_leaves_a_milestone_out_ends_it_by_rule(fixed, priya, owner):
    first, second = fixed
    worked(second, "08:00", "09:00")  # a quarter of its hours
    facts = {"outcome": "Only the draft", "because": "No time", "of": Side.SECRETARY, "by": priya.user}
    terms = changing.ask(first.brief, parts=[changing.as_part(first)], at=clock.now(), **facts)
    with pytest.raises(NotNow, match="waiting for an answer"):
        changing.ask(first.brief, parts=[changing.as_part(first)], at=clock.now(), **facts)
    changing.agree(terms, of=Side.CLIENT, by=owner, at=clock.now())
    second.refresh_from_db()
    assert second.state == "ended"
    assert BriefCharge.objects.get().amount == 30


def test_a_change_does_not_outrun_what_was_handed_in(fixed, priya, owner):
    facts = {"outcome": "More", "because": "More", "of": Side.CLIENT, "by": owner}
    parts = [changing.as_part(each) | {"amount": "99"} for each in fixed]
    terms = changing.ask(fixed[0].brief, parts=parts, at=clock.now(), **facts)
    handed_in(fixed[0])
    with pytest.raises(NotNow, match="does not fit any more"):
        changing.agree(terms, of=Side.SECRETARY, by=priya.user, at=clock.now())
    changing.decline(terms, of=Side.SECRETARY, by=priya.user, at=clock.now())
    assert changing.in_force(fixed[0].brief).version == 1
