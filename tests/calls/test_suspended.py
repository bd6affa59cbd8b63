"""Suspend now: what she has open ends, and nobody who talks to her is left alone."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from calls.models import Call, Offer
from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office import presence, suspending
from secretariat.office.models import Post, Presence, Shift, Suspension


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def helen(office):
    return office.supervisor()


def suspended(office, helen, person, **said):
    address = reverse("suspend", args=[person.user.pk])
    answer = office.browser(helen).post(address, {"reason": "conduct"} | said)
    assert answer.status_code == 303
    office.settle()


def test_her_sign_ins_end_and_her_pages_are_shut(office, priya, helen):
    desks = [office.browser(priya), office.browser(priya)]
    assert all(desk.get("/desk/").status_code == 200 for desk in desks)
    others = office.browser(helen)
    suspended(office, helen, priya, note="Asked to stop at noon")
    assert not Session.objects.filter(pk__in=[desk.session.session_key for desk in desks]).exists()
    for desk in desks:
        for address in ("/desk/", reverse("phone-token"), reverse("desk-state"), reverse("calls-bar")):
            assert desk.get(address).status_code in (302, 401), address
    assert office.browser(priya).get(reverse("phone-token")).status_code == 302  # nor by a new sign-in
    assert others.get("/desk/").status_code == 200
    [entry] = LedgerEntry.objects.filter(verb="office.suspended")
    assert (entry.actor_id, entry.subject_id, entry.detail["reason"]) == (
        helen.pk,
        str(priya.user.pk),
        "conduct",
    )


def test_her_shift_ends_whatever_she_does(office, priya, helen):
    presence.take_break(priya, reason="Lunch", at=clock.now())
    suspended(office, helen, priya)
    assert Presence.objects.get(secretary=priya).state == "off"
    assert not Shift.objects.filter(secretary=priya, ended_at=None).exists()


def test_what_rings_at_her_rings_at_somebody_else(office, okafor, priya, helen):
    office.rings(okafor)
    maya = office.secretary("Maya", okafor)
    suspended(office, helen, priya)
    hers, next_one = Offer.objects.order_by("offered_at")
    assert (hers.secretary, hers.state) == (priya, "withdrawn")
    assert (next_one.secretary, next_one.state) == (maya, "pending")
    assert office.phone_of(priya) is None


def test_who_talks_to_her_is_offered_anew(office, okafor, priya, helen):
    caller = office.rings(okafor)
    office.answers(priya)
    maya = office.secretary("Maya", okafor)
    suspended(office, helen, priya)
    call = Call.objects.get()
    assert call.state == "ringing"
    assert caller.live
    assert office.phone_of(priya) is None
    office.passes(1)  # the carrier places one call a second
    office.answers(maya)
    call.refresh_from_db()
    assert (call.state, call.secretary) == ("talking", maya)


def test_by_home_phone_she_answers_nothing_any_more(office, okafor, helen):
    rui = office.secretary("Rui", okafor, line="phone")
    office.rings(okafor)
    suspended(office, helen, rui)
    assert office.phone_of(rui) is None
    assert not Offer.objects.pending().exists()
    office.rings(okafor)
    assert not Offer.objects.pending().filter(secretary=rui).exists()


def test_what_she_left_over_is_for_others(office, okafor, priya, helen):
    leg = office.rings(okafor)
    office.answers(priya)
    office.hangs_up(leg)
    item = work.open_item(
        "calls.missed", subject=("calls.call", Call.objects.get().pk), client=okafor.row, owner=priya.user
    )
    suspended(office, helen, priya)
    assert Call.objects.unfinished().count() == 1
    assert set(WorkItem.objects.open().values_list("owner", flat=True)) == {None}
    assert WorkItem.objects.open().filter(pk=item.pk).exists()


def test_lifted_she_signs_in_anew_and_works(office, okafor, priya, helen):
    before = office.browser(priya)
    suspended(office, helen, priya)
    office.browser(helen).post(reverse("lift-suspension", args=[priya.user.pk]))
    assert before.get("/desk/").status_code == 302
    assert office.browser(priya).get("/desk/").status_code == 200
    suspension = Suspension.objects.get()
    assert suspension.lifted_by == helen
    assert LedgerEntry.objects.filter(verb="office.suspension_lifted").exists()
    assert not suspending.lift(priya.user, by=helen, at=clock.now())


def test_who_may_suspend_whom(office, priya, helen):
    ada = office.user("ada@example.com", "Ada")
    Post.objects.create(user=ada, post=Post.Kind.ADMIN)
    browser = office.browser(helen)
    for person, why in ((ada, "Only an administrator"), (helen, "Nobody suspends herself")):
        answer = browser.post(reverse("suspend", args=[person.pk]), {"reason": "lost"})
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert why in browser.get(reverse("suspend", args=[person.pk])).content.decode()
    assert not Suspension.objects.exists()
    assert (
        office.browser(ada).post(reverse("suspend", args=[helen.pk]), {"reason": "left"}).status_code == 303
    )
    assert browser.get("/admin/").status_code == 302
    assert office.browser(ada).post(reverse("suspend", args=[ada.pk]), {"reason": "left"}).status_code == 422


def test_it_asks_why(office, priya, helen):
    address, browser = reverse("suspend", args=[priya.user.pk]), office.browser(helen)
    assert "Choose why" in browser.post(address, {}).content.decode()
    assert "in a few words" in browser.post(address, {"reason": "other"}).content.decode()
    assert not Suspension.objects.exists()


def test_from_the_admin_it_leads_to_the_same_page(office, priya, helen):
    page = reverse("admin:office_user_changelist")
    chosen = {"action": "suspend", "_selected_action": [str(priya.user.pk)]}
    answer = office.browser(helen).post(page, chosen)
    assert answer.headers["Location"].startswith(reverse("suspend", args=[priya.user.pk]))
    suspended(office, helen, priya)
    office.browser(helen).post(page, chosen | {"action": "lift"})
    priya.user.refresh_from_db()
    assert priya.user.is_active


def test_the_firm_sees_who_is_late_from_a_break(office, priya, helen):
    presence.take_break(priya, reason="Lunch", at=clock.now(), back_at=clock.now())
    office.clock_says("2026-11-24 10:43")
    shown = office.browser(helen).get(reverse("firm-people")).content.decode()
    assert "13 minutes late" in shown
    assert Presence.objects.overdue().get().secretary == priya
