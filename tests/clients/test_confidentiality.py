"""Terms accepted before the first contact, rules at the start of a shift, lapses, and suspending."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from calls import situation
from clients import team
from clients.confidentiality import lapses, terms
from clients.models import Client, Contact, Lapse, TermsAcceptance, WorkItem
from secretariat import clock
from secretariat.office import presence, suspending
from secretariat.office.models import PlannedShift, SecurityRule, Shift
from secretariat.office.rota import planning, rules


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    return office


def test_until_she_accepts_a_clients_terms_no_call_comes_to_her_and_its_card_stays_shut(firm):
    desk, hers = firm.browser(firm.helen), firm.browser(firm.priya)
    page = reverse("client-terms", args=[firm.okafor.row.pk])
    assert desk.post(page, {"words": "Names of parties are never said aloud."}).status_code == 303
    firm.starts_shift(firm.priya)
    [candidate] = situation.candidates(firm.okafor.row)
    assert candidate.why_not() == "she has not accepted this client’s terms"
    card = reverse("client-card", args=[firm.okafor.row.pk])
    people = Contact.objects.visible_to(firm.priya.user).filter(client=firm.okafor.row)
    assert not Client.objects.visible_to(firm.priya.user).exists()
    assert not people.exists()
    assert "Okafor Legal" not in hers.get(reverse("clients")).content.decode()
    assert hers.get(card).headers["Location"] == reverse("my-terms")
    assert "Names of parties are never said aloud" in hers.get(reverse("my-terms")).content.decode()
    first = firm.okafor.row.terms.get()
    accept = reverse("my-terms-accept", args=[first.pk])
    assert hers.post(accept).status_code == 422
    assert hers.post(accept, {f"{first.pk}-agreed": "on"}).status_code == 303
    assert hers.get(card).status_code == 200
    assert people.exists()
    assert situation.candidates(firm.okafor.row)[0].why_not() == ""
    desk.post(page, {"words": "Nothing is said aloud."})  # the next version is accepted anew
    assert situation.candidates(firm.okafor.row)[0].why_not() == "she has not accepted this client’s terms"
    shown = desk.get(page).content.decode()
    assert "Not yet: no call is offered to her" in shown
    assert "Version 1," in shown
    assert TermsAcceptance.objects.get().terms == first


def test_terms_that_change_in_the_middle_of_a_call_leave_her_that_caller_alone(firm):
    brill = firm.client("Brill Dental")
    team.assign(firm.priya, brill.row, by=firm.helen, at=clock.now())
    firm.starts_shift(firm.priya)
    firm.rings(firm.okafor)
    firm.answers(firm.priya)
    for client in (firm.okafor, brill):
        terms.write(client.row, "Silence", by=firm.helen, at=clock.now())
    assert list(Client.objects.visible_to(firm.priya.user)) == [firm.okafor.row]


def test_a_shift_starts_with_the_security_rules_and_the_terms_of_her_clients(firm):
    rule = SecurityRule.objects.create(words="My screen locks after five minutes.")
    terms.write(firm.okafor.row, "Silence", by=firm.helen, at=clock.now())
    held = firm.okafor.row.terms.get()
    with pytest.raises(presence.NotNow, match="each security rule"):
        presence.start_shift(firm.priya, line="browser", declared=True, at=clock.now())
    hers, start = firm.browser(firm.priya), {"line": "browser", "declared": "on"}
    assert "My screen locks after five minutes." in hers.get(reverse("shift")).content.decode()
    refused = hers.post(reverse("shift-start"), start | {f"read_{held.pk}": "on"})
    assert refused.status_code == 422
    assert "Tick “My screen locks after five minutes.”" in refused.content.decode()
    ticked = start | {f"read_{held.pk}": "on", f"rule_{rule.pk.hex}": "on"}
    assert hers.post(reverse("shift-start"), ticked).status_code == 303
    assert Shift.objects.get().rules_kept == ["My screen locks after five minutes."]
    assert TermsAcceptance.objects.filter(terms=held, secretary=firm.priya).exists()


def test_a_lapse_is_reported_looked_into_and_closed_with_a_consequence(firm):
    hers, desk = firm.browser(firm.priya), firm.browser(firm.helen)
    said = {"kind": "lost", "what": "My telephone was left on the bus", "client": str(firm.okafor.row.pk)}
    assert hers.post(reverse("lapse-report"), said | {"kind": ""}).status_code == 422
    assert hers.post(reverse("lapse-report"), said).status_code == 303
    lapse = Lapse.objects.get()
    item = WorkItem.objects.get(kind="clients.lapse")
    assert item.promised_at == clock.now() + timedelta(hours=72)
    desk.post(reverse("lapse-note", args=[lapse.pk]), {"words": "It was locked, and is wiped"})
    close = reverse("lapse-close", args=[lapse.pk])
    assert desk.post(close, {"consequence": "talk"}).status_code == 422
    found = {"consequence": "talk", "findings": "Wiped within the hour"}
    assert desk.post(close, found).status_code == 303
    lapse.refresh_from_db()
    assert (lapse.state, lapse.closed_at) == ("closed", clock.now())
    item.refresh_from_db()
    assert item.outcome == "Talked through"
    told = hers.get(reverse("lapse-report")).content.decode()
    assert "Wiped within the hour" in told
    assert "It was locked" not in told  # the firm's own notes
    with pytest.raises(lapses.NotNow, match="closed"):
        lapses.note(lapse, "More", by=firm.helen, at=clock.now())


def test_suspending_opens_her_next_shifts_and_says_what_went_to_others(firm):
    for days in (1, 6):
        on = clock.now().date() + timedelta(days=days)
        stretch = rules.stretch(on, time(9), time(17), firm.priya.zone)
        planning.add(secretary=firm.priya, stretch=stretch, by=firm.helen, at=clock.now())
        planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    done = suspending.suspend(firm.priya.user, by=firm.helen, reason="lost", at=clock.now())
    assert done.handed_over == ["Her shift is open: Wed 25 Nov 09:00–17:00"]
    assert [each.on.day for each in PlannedShift.objects.open()] == [25]
    people = firm.browser(firm.helen).get(reverse("firm-people")).content.decode()
    assert "Her shift is open: Wed 25 Nov 09:00–17:00" in people
    later = rules.stretch(clock.now().date() + timedelta(days=9), time(9), time(12), firm.priya.zone)
    with pytest.raises(planning.Refused, match="She is suspended"):
        planning.add(secretary=firm.priya, stretch=later, by=firm.helen, at=clock.now())
