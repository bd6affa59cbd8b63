"""What the firm decides: of work that is put before it, and of what is begun when it ends the work itself."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books.briefs import asking, handing_on, milestones, posting, proposing
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import Brief, BriefCharge, Side
from secretariat.outbox.models import Effect

from .conftest import given, part, posted
from .test_milestones import handed_in, page, worked


@pytest.fixture
def sent_back(brief, priya, owner):
    [milestone] = given(brief, priya, part("Draft", 80), by=owner)
    milestones.send_back(handed_in(milestone), words="Not yet", by=owner, at=clock.now())
    return milestone


def before_the_firm() -> list[str]:
    return [each.because for each in WorkItem.objects.open().filter(kind="books.disputed")]


def test_she_calls_the_firm_in_about_work_that_was_sent_back_and_not_before(office, brief, priya, owner):
    [milestone] = given(brief, priya, by=owner)
    desk, mine = office.browser(priya), reverse("my-brief", args=[brief.pk])
    call_in = reverse("my-milestone-call-in", args=[milestone.pk])
    assert "Call the firm in" not in page(desk.get(mine))
    refused = page(desk.post(call_in, {"words": "It is all there, I say"}, follow=True))
    assert "was not sent back" in refused
    assert "It is all there, I say" in refused
    milestones.send_back(handed_in(milestone), words="Not yet", by=owner, at=clock.now())
    assert "Call the firm in" in page(desk.get(mine))
    assert desk.post(call_in, {"words": ""}).status_code == 422
    assert desk.post(call_in, {"words": "It says what was asked for"}).status_code == 303
    assert before_the_firm() == ["Priya puts a milestone for Okafor Legal before the firm"]
    assert not WorkItem.objects.open().filter(kind="books.milestone").exists()
    seen = page(desk.get(mine))
    assert "In dispute" in seen
    assert "It says what was asked for" in seen
    assert Effect.objects.filter(kind="books.brief_word", key__contains=":called_in:").exists()


@pytest.mark.parametrize(("said", "hers"), [({"how": "all"}, 64), ({"how": "part", "percent": "50"}, 32)])
def test_the_firm_lets_all_of_it_stand_or_a_part(office, sent_back, priya, helen, said, hers):
    milestones.call_in(sent_back, words="It is all there", by=priya.user, at=clock.now())
    firm, settle = office.browser(helen), reverse("milestone-settle", args=[sent_back.pk])
    assert firm.post(settle, {"how": "part", "words": "A part"}).status_code == 422
    assert firm.post(settle, said | {"words": "So it stands"}).status_code == 303
    assert BriefCharge.objects.get().hers == hers
    assert before_the_firm() == []
    sent_back.refresh_from_db()
    assert sent_back.state == "settled"


def test_the_firm_has_it_mended_and_both_are_told(office, sent_back, priya, helen, owner):
    milestones.call_in(sent_back, words="It is all there", by=priya.user, at=clock.now())
    firm, settle = office.browser(helen), reverse("milestone-settle", args=[sent_back.pk])
    assert firm.post(settle, {"how": "back", "words": "Page two is to be typed"}).status_code == 303
    sent_back.refresh_from_db()
    assert sent_back.is_open
    assert before_the_firm() == []
    assert WorkItem.objects.open().get(kind="books.milestone").owner == priya.user
    assert not BriefCharge.objects.exists()
    kinds = Effect.objects.filter(key__contains=":given_back:").values_list("kind", flat=True)
    assert sorted(kinds) == ["books.brief_word", "books.brief_word_to_her"]
    again = handed_in(sent_back)
    milestones.send_back(again, words="Still blank", by=owner, at=clock.now())
    milestones.call_in(again, words="It is typed", by=priya.user, at=clock.now())
    told = Effect.objects.filter(kind="books.brief_word", key__contains=":called_in:")
    assert told.count() == 2  # each time
    milestones.accept(again, words="", by=owner, at=clock.now())


def test_what_she_puts_before_the_firm_neither_side_ends(sent_back, priya, owner):
    milestones.call_in(sent_back, words="It is all there", by=priya.user, at=clock.now())
    for side, by in ((Side.CLIENT, owner), (Side.SECRETARY, priya.user)):
        with pytest.raises(NotNow, match="That comes first"):
            milestones.end_work(sent_back.brief, of=side, because="Enough", by=by, at=clock.now())


def ends(office, helen, brief, **said):
    return office.browser(helen).post(reverse("brief-end", args=[brief.pk]), {"because": "We stop it"} | said)


def test_hours_are_never_silently_worth_nothing_when_the_firm_ends_it(
    office, okafor, brief, priya, owner, helen
):
    """An hour of two of 80.00 was worked: 40.00, of which 32.00 are hers. The client owes nothing of it."""
    [milestone] = given(brief, priya, part("Draft", 80), by=owner)
    worked(milestone, "08:00", "09:00")
    shown = page(office.browser(helen).get(reverse("brief", args=[brief.pk])))
    assert "So much of “Draft” counts, percent" in shown
    assert 'value="50"' in shown
    assert ends(office, helen, brief).status_code == 303
    charge = BriefCharge.objects.get()
    assert (charge.amount, charge.hers, charge.firms) == (0, 32, -32)
    assert "lets 50 percent count" in charge.rule
    assert "The firm pays it." in charge.rule


def test_the_firm_says_what_counts_and_that_the_client_pays_it(office, brief, priya, owner, helen):
    draft, whole = given(brief, priya, part("Draft", 80), part("Whole", 120), by=owner)
    milestones.dispute(handed_in(draft), words="Blank", by=owner, at=clock.now())
    said = {f"counts_{draft.pk}": "25", f"counts_{whole.pk}": "0", "who_pays": "client"}
    assert ends(office, helen, brief, **said | {f"counts_{whole.pk}": "101"}).status_code == 422
    assert ends(office, helen, brief, **said).status_code == 303
    amounts = BriefCharge.objects.order_by("milestone__rank").values_list("amount", "hers")
    assert list(amounts) == [(20, 16), (0, 0)]
    assert before_the_firm() == []
    brief.refresh_from_db()
    assert brief.state == "ended"


def test_what_is_handed_in_comes_first_and_what_the_firm_typed_stands(office, brief, priya, owner, helen):
    draft, whole = given(brief, priya, part("Draft", 80), part("Whole", 120), by=owner)
    handed_in(draft)
    refused = ends(office, helen, brief, **{f"counts_{whole.pk}": "33"})
    assert refused.status_code == 422
    assert "That comes first" in page(refused)
    for typed in ("We stop it", 'value="33"'):
        assert typed in page(refused), typed


def test_what_is_left_is_given_to_somebody_else_on_the_terms_there_were(
    office, okafor, brief, priya, maya, owner, helen
):
    Brief.objects.update(words_a_minute=60)
    brief.refresh_from_db()
    done, _left = given(brief, priya, part("Draft", 80), part("Whole", 120, hours=4), by=owner)
    milestones.accept(handed_in(done), words="", by=owner, at=clock.now())
    shown = page(office.browser(helen).get(reverse("brief", args=[brief.pk])))
    assert f'value="{maya.pk}"' in shown
    assert f'value="{priya.pk}"' not in shown
    assert ends(office, helen, brief, rest=str(priya.pk)).status_code == 422
    assert ends(office, helen, brief, rest=str(maya.pk)).status_code == 303
    rest = Brief.objects.get(follows=brief)
    assert (rest.state, rest.client, rest.posted_by, rest.budget) == ("open", okafor.row, owner, Decimal(120))
    assert list(rest.invitations.values_list("secretary", flat=True)) == [maya.pk]
    assert "What is left of it: Whole." in rest.outcome
    assert rest.words_a_minute == 60
    for browser, side in ((office.browser(helen), ""), (office.browser(okafor.owner), "portal-")):
        shown = page(browser.get(reverse(f"{side}brief", args=[brief.pk])))
        assert reverse(f"{side}brief", args=[rest.pk]) in shown
    form = page(office.browser(maya).get(reverse("my-brief-propose", args=[rest.pk])))
    for value in ('value="Whole"', 'value="120.00"', 'value="2026-12-18"'):
        assert value in form, value
    assert office.browser(priya).get(reverse("my-brief", args=[rest.pk])).status_code == 404
    assert Effect.objects.filter(kind="books.brief_word", key__contains=":goes_on:").exists()


def test_files_and_answers_go_with_what_is_left_to_whoever_may_read_it(
    office, okafor, brief, priya, maya, owner, helen
):
    """Also where it is handed on twice."""
    anna = office.secretary("Anna", ready=False)
    posting.look_again(brief, by=helen, at=clock.now())
    asked, _other = (asking.ask(brief, words=w, by=priya, at=clock.now()) for w in ("How wide?", "Why?"))
    asking.answer(asked, words="As the old ones", by=owner, at=clock.now())
    draft, _whole = given(brief, priya, part("Draft", 80), part("Whole", 120), by=owner)
    program, half = (ContentFile(b"Words", name=f"{name}.txt") for name in ("programme", "half"))
    facts = {"content_type": "text/plain", "at": clock.now()}
    files = [
        posting.add_file(brief, file=program, by=owner, **facts),
        posting.add_file(brief, file=half, by=priya.user, milestone=draft, **facts),
    ]
    there = [reverse("media-file", args=[each.media_id]) for each in files]
    milestones.send_back(handed_in(draft), words="Only half of it", by=owner, at=clock.now())
    stays = {"only": maya.pk, "settlement": milestones.Settlement(), "because": "Ill", "by": helen}
    rest = handing_on.end_and_post(brief, at=clock.now(), **stays)

    def reads(who, of) -> bool:
        shown = page(office.browser(who).get(reverse("my-brief", args=[of.pk])))
        assert "Why?" not in shown
        assert "Only half of it" not in shown
        opened = [office.browser(who).get(each).status_code for each in there]
        words = ("programme.txt", "half.txt", "How wide?", "As the old ones", *there)
        return opened == [200, 200] and all(each in shown for each in words)

    assert reads(maya, rest)
    assert [office.browser(anna).get(each).status_code for each in there] == [404, 404]
    given(rest, maya, part("Draft", 80), by=owner)
    last = handing_on.end_and_post(rest, at=clock.now(), **stays | {"only": anna.pk})
    assert reads(anna, last)
    posting.withdraw(last, because="We do it ourselves", by=owner, at=clock.now())
    assert [office.browser(anna).get(each).status_code for each in there] == [404, 404]
    theirs = page(office.browser(okafor.owner).get(reverse("portal-brief", args=[last.pk])))
    assert all(each in theirs for each in there)


def test_posted_again_for_everybody_it_does_not_go_back_to_her(office, brief, priya, maya, owner, helen):
    given(brief, priya, part("Draft", 80), by=owner)
    assert ends(office, helen, brief, rest="everybody").status_code == 303
    rest = Brief.objects.get(follows=brief)
    assert list(rest.invitations.values_list("secretary", flat=True)) == [maya.pk]
    assert "not among those" in proposing.why_not(priya, rest, at=clock.now())


def test_of_what_is_all_done_nothing_is_given_to_anybody(okafor, priya, owner, helen):
    brief = posted(okafor, owner)
    [milestone] = given(brief, priya, by=owner)
    milestones.accept(handed_in(milestone), words="", by=owner, at=clock.now())
    brief.refresh_from_db()
    with pytest.raises(NotNow, match="Nothing is left"):
        handing_on.post_rest(brief, only=None, by=helen, at=clock.now())
