"""First supervised calls: nobody takes them alone; whoever is there is told of each and goes through it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from calls import wrap_up
from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.books.supervision import first_calls, supervising
from secretariat.office import going_home, presence
from secretariat.office.models import Application, Post, Shift, Step, Vacancy
from secretariat.office.vacancies import for_her, steps
from secretariat.overview.firm import standing


@pytest.fixture
def firm(office):
    """Nora has come by her application, and everything before her first calls is settled."""
    office.clock_says("2026-11-24 10:30")
    office.helen, at = office.supervisor(), clock.now()
    office.ruth = office.supervisor("Ruth")
    office.okafor = office.client("Okafor Legal")
    office.nora = office.secretary("Nora", office.okafor, ready=False)
    vacancy = Vacancy.objects.create(
        title="Mornings", work="Calls", hours_from=15, hours_to=25, rate=Decimal(14), made_by=office.helen
    )
    office.application = Application.objects.create(
        vacancy=vacancy,
        name="Nora Quist",
        email="nora@quist.example",
        state=Application.State.INVITED,
        secretary=office.nora,
        started_at=at,
        sent_at=at,
        agreed_at=at,
    )
    for kind in for_her.BEFORE_CALLS:
        Step.objects.create(application=office.application, kind=kind, state="passed", by=office.helen)
    return office


def comes(firm) -> Shift:
    firm.starts_shift(firm.nora)
    return Shift.objects.get(secretary=firm.nora, ended_at=None)


def supervised(firm, stand_in=None):
    facts = {"supervisor": firm.helen, "stand_in": stand_in, "qualified_by": "Did it for years"}
    supervising.name(firm.nora, by=firm.helen, at=clock.now(), **facts)


def goes_on_shift(firm, user):
    """A supervisor who answers calls as well comes to work."""
    hers = firm.secretary(f"{user.name} at work", ready=False)
    hers.user = user
    hers.save(update_fields=["user"])
    return presence.start_shift(hers, line="browser", at=clock.now(), declared=True)


def takes_a_call(firm):
    leg = firm.rings(firm.okafor)
    firm.answers(firm.nora)
    firm.passes(6)
    return leg


def first_call(firm) -> WorkItem:
    return WorkItem.objects.get(kind=first_calls.KIND)


def page(firm) -> str:
    address = reverse("applicant", args=[firm.application.pk])
    return firm.browser(firm.helen).get(address).content.decode()


def test_nobody_takes_first_calls_alone(firm):
    alone = "somebody must be there whom you can ask"
    with pytest.raises(presence.NotNow, match=alone):
        comes(firm)
    supervised(firm)
    with pytest.raises(presence.NotNow, match=alone):  # she is named, and not at work
        comes(firm)
    assert "Nobody is there for them just now" in page(firm)
    goes_on_shift(firm, firm.helen)
    assert comes(firm)


def test_the_stand_in_who_is_on_shift_is_there_as_well(firm):
    supervised(firm, stand_in=firm.ruth)
    goes_on_shift(firm, firm.ruth)
    assert first_calls.who(firm.nora) == firm.ruth
    assert comes(firm)


def test_somebody_is_named_for_them_who_has_no_shift_of_her_own(firm):
    address = reverse("applicant-beside", args=[firm.application.pk])
    browser = firm.browser(firm.helen)
    assert (
        browser.post(address, {"who": str(firm.nora.user_id)}).status_code == 422
    )  # she does not run the firm
    assert browser.post(address, {"who": str(firm.ruth.pk)}).status_code == 303
    assert first_calls.who(firm.nora) == firm.ruth
    assert "Ruth is named for them, and is not on shift just now." in page(firm)
    assert comes(firm)
    mine = firm.browser(firm.nora).get(reverse("my-application")).content.decode()
    assert "Ruth is there while you take your first calls" in mine
    Post.objects.filter(user=firm.ruth).delete()  # she runs the firm no more
    assert first_calls.who(firm.nora) is None


def test_whoever_is_there_is_told_while_the_call_is_on(firm):
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    comes(firm)
    leg = takes_a_call(firm)
    item = first_call(firm)
    assert (item.owner, item.client, item.done_at) == (firm.ruth, firm.okafor.row, None)
    assert item.because == "One of the first calls of Nora, for Okafor Legal: be there for it."
    [live] = standing.of(firm.helen, at=clock.now())["calls"]
    assert (live.secretary, live.is_first) == ("Nora", True)
    board = firm.browser(firm.ruth).get(reverse("wallboard")).content.decode()
    assert "first calls" in board
    assert item.because in firm.browser(firm.ruth).get(reverse("work")).content.decode()
    assert work.describe(item).url == reverse("calls-record", args=[item.subject_id])
    firm.hangs_up(leg)
    firm.passes(30)
    assert first_call(firm) == item  # of one call she is told once


def test_a_colleague_s_call_is_nobody_s_to_be_there_for(firm):
    firm.maya = firm.secretary("Maya", firm.okafor)
    firm.rings(firm.okafor)
    firm.answers(firm.maya)
    firm.passes(6)
    assert not WorkItem.objects.filter(kind=first_calls.KIND).exists()
    [live] = standing.of(firm.helen, at=clock.now())["calls"]
    assert not live.is_first


def test_they_stand_on_the_step_and_are_gone_through_from_there(firm):
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    comes(firm)
    firm.hangs_up(takes_a_call(firm))
    call = first_call(firm).subject_id
    tick = reverse("first-call-seen", args=[call])
    shown = page(firm)
    assert reverse("calls-record", args=[call]) in shown
    assert tick in shown
    assert "1 call so far, gone through: 0. One was taken with nobody at work beside her" in shown
    step = {"kind": "first_calls", "state": "passed", "note": ""}
    address = reverse("applicant-step", args=[firm.application.pk])
    assert firm.browser(firm.helen).post(address, step).status_code == 422
    assert firm.browser(firm.ruth).post(tick).status_code == 303
    item = first_call(firm)
    assert (item.done_by, item.outcome) == (firm.ruth, "Gone through with her")
    shown = page(firm)
    assert tick not in shown
    assert "1 call so far, gone through: 1." in shown
    assert "gone through by Ruth" in shown
    again = firm.browser(firm.ruth).post(tick, follow=True).content.decode()
    assert "gone through before" in again
    assert firm.browser(firm.helen).post(address, step).status_code == 303


def passes(firm, note="") -> int:
    """The firm settles them as passed. Without a note only what is known speaks for it."""
    step = {"kind": "first_calls", "state": "passed", "note": note}
    address = reverse("applicant-step", args=[firm.application.pk])
    return firm.browser(firm.helen).post(address, step).status_code


def calls_by_who_was_beside_her(firm) -> list[str]:
    lines = first_calls.known(firm.nora).lines
    return [line.beside for line in reversed(lines)]


def has_a_call(firm) -> None:
    """From its first ring until nothing is left to do about it."""
    firm.hangs_up(takes_a_call(firm))
    call = first_calls.of(firm.nora)[0]
    wrap_up.close_without_message(call, "wrong_number", by=firm.nora.user, at=clock.now())
    presence.ready(firm.nora, at=clock.now())


def test_a_call_counts_as_supervised_while_the_supervisor_or_the_stand_in_was_at_work(firm):
    supervised(firm, stand_in=firm.ruth)
    hers = goes_on_shift(firm, firm.helen)
    comes(firm)
    has_a_call(firm)
    presence.take_break(hers.secretary, reason="Lunch", at=clock.now())
    firm.passes(60)
    has_a_call(firm)  # nobody is there now, though Helen supervises her
    assert calls_by_who_was_beside_her(firm) == ["Helen", ""]
    still = WorkItem.objects.open().filter(kind=first_calls.KIND)
    assert still.count() == 2  # with her message a call is done for her, and gone through by nobody
    assert "Helen was at work" in page(firm)
    assert passes(firm) == 422
    goes_on_shift(firm, firm.ruth)
    firm.passes(60)
    has_a_call(firm)
    assert calls_by_who_was_beside_her(firm) == ["Helen", "", "Ruth"]
    assert "One was taken with nobody at work beside her" in page(firm)
    alone = first_calls.of(firm.nora)[1]
    firm.browser(firm.ruth).post(reverse("first-call-seen", args=[alone.pk]))
    assert passes(firm) == 303


def test_who_goes_home_leaves_her_calls_alone_and_who_is_named_later_was_not_there(firm):
    supervised(firm)
    hers = goes_on_shift(firm, firm.helen)
    goes_on_shift(firm, firm.ruth)  # at work, and no part of it
    comes(firm)
    going_home.go_home(hers.secretary, by=firm.helen, at=clock.now())
    firm.passes(60)
    has_a_call(firm)
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    assert calls_by_who_was_beside_her(firm) == [""]
    firm.passes(60)
    has_a_call(firm)
    assert calls_by_who_was_beside_her(firm) == ["", "Ruth"]


def test_she_herself_does_not_tick_them_off_and_what_rests_was_not_gone_through(firm):
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    comes(firm)
    firm.hangs_up(takes_a_call(firm))
    WorkItem.objects.update(owner=firm.nora.user)
    done = firm.browser(firm.nora).post(
        reverse("work-done", args=[first_call(firm).pk]), {"outcome": "I did it well"}
    )
    assert done.status_code == 422
    assert "gone through it with her" in done.content.decode()
    assert first_call(firm).done_at is None
    assert passes(firm, note="I heard them all") == 303
    firm.passes(10)
    assert first_call(firm).done_at
    assert passes(firm) == 422  # nobody has said that she went through that one


def test_once_they_are_settled_nothing_of_them_lies_open(firm):
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    comes(firm)
    firm.hangs_up(takes_a_call(firm))
    facts = {"state": "passed", "note": "I heard them all", "by": firm.helen, "at": clock.now()}
    steps.settle(firm.application, Step.Kind.FIRST_CALLS, **facts)
    firm.passes(10)
    assert first_call(firm).outcome == "Her first calls are settled"
    assert first_calls.notice() == 0


def test_nobody_goes_through_her_own_calls(firm):
    firm.application.delete()
    Post.objects.create(user=firm.nora.user, post=Post.Kind.SUPERVISOR)
    comes(firm)
    takes_a_call(firm)
    call = firm.nora.calls.get()
    with pytest.raises(first_calls.NotNow, match="Somebody else"):
        first_calls.see(call, by=firm.nora.user)


def test_once_they_are_settled_she_begins_a_shift_as_everybody_does(firm):
    facts = {"state": "passed", "note": "She did them at the office", "by": firm.helen, "at": clock.now()}
    steps.settle(firm.application, Step.Kind.FIRST_CALLS, **facts)  # and nobody has pressed “She works here”
    comes(firm)
    takes_a_call(firm)
    assert not WorkItem.objects.filter(kind=first_calls.KIND).exists()
    [live] = standing.of(firm.helen, at=clock.now())["calls"]
    assert not live.is_first


def named(firm, who) -> None:
    address = reverse("applicant-beside", args=[firm.application.pk])
    firm.browser(firm.helen).post(address, {"who": str(who.pk) if who else ""})


def given() -> dict:
    return dict(WorkItem.objects.open().filter(kind=steps.FIRST_CALLS).values_list("owner__name", "because"))


def test_whoever_is_named_hears_of_it_before_the_first_call(firm):
    named(firm, firm.ruth)
    assert given() == {"Ruth": "Ruth is there while Nora Quist takes her first calls."}
    item = WorkItem.objects.open().get(kind=steps.FIRST_CALLS)
    assert item.because in firm.browser(firm.ruth).get(reverse("work")).content.decode()
    assert work.describe(item).url == reverse("applicant", args=[firm.application.pk])
    named(firm, firm.ruth)  # said again, it is no news
    assert WorkItem.objects.open().get(kind=steps.FIRST_CALLS) == item
    named(firm, firm.helen)  # herself
    assert given() == {}
    named(firm, firm.ruth)
    facts = {"state": "left_out", "note": "She worked here before", "by": firm.helen, "at": clock.now()}
    steps.settle(firm.application, Step.Kind.FIRST_CALLS, **facts)
    assert given() == {}


def test_what_is_settled_rests_however_much_lies_open(firm, monkeypatch):
    monkeypatch.setattr(first_calls, "AT_ONCE", 1)
    firm.maya = firm.secretary("Maya", firm.okafor)
    steps.accompany(firm.application, firm.ruth, by=firm.helen, at=clock.now())
    comes(firm)
    firm.hangs_up(takes_a_call(firm))
    firm.passes(30)
    for_maya = first_call(firm)
    WorkItem.objects.filter(pk=for_maya.pk).update(created_at=clock.now())
    leg = firm.rings(firm.okafor)
    firm.answers(firm.maya)
    firm.hangs_up(leg)
    over = work.open_item(first_calls.KIND, subject=("calls.call", firm.maya.calls.get().pk))
    assert first_calls.notice() == 1
    assert set(WorkItem.objects.open().filter(kind=first_calls.KIND)) == {for_maya}
    over.refresh_from_db()
    assert over.outcome == "Her first calls are settled"
