"""The firm enters, changes and takes back days away for somebody who rings in, and sees what a yes means."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office.contracts import agreeing
from secretariat.office.models import Absence, Contract, PlannedShift, Post
from secretariat.office.pay import By, Term
from secretariat.office.rota import absences, planning, rules
from secretariat.outbox.models import Effect

TODAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 07:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    return office


def published(firm, who, on) -> PlannedShift:
    stretch = rules.stretch(on, time(9), time(17), "Europe/London")
    made = planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now())
    planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    made.refresh_from_db()
    return made


def typed(who, **more) -> dict:
    days = {"from_on": "2026-11-24", "until_on": "2026-11-24"}
    return {"secretary": str(who.pk), "kind": "sickness"} | days | more


def told() -> list[str]:
    return [each.payload["to"] for each in Effect.objects.filter(kind="office.rota_word")]


def test_somebody_who_rings_in_ill_is_entered_and_her_shift_is_open(firm):
    shift = published(firm, firm.priya, TODAY)
    Effect.objects.all().delete()
    desk = firm.browser(firm.helen)
    page = desk.post(reverse("rota-away"), typed(firm.priya, note="Rang at seven"), follow=True)
    assert "Entered. Priya is told. 1 shift of hers is open." in page.content.decode()
    made = Absence.objects.get()
    assert (made.kind, made.state, made.answered_by) == ("sickness", "approved", firm.helen)
    shift.refresh_from_db()
    assert (shift.state, shift.cancelled_because) == ("cancelled", "sick")
    assert PlannedShift.objects.open().get().instead_of == shift
    assert firm.priya.user.email in told()
    assert WorkItem.objects.filter(kind="office.sick").count() == 1
    assert "Sickness" in firm.browser(firm.priya).get(reverse("my-shifts")).content.decode()


def test_days_off_agreed_by_word_of_mouth_hold_at_once(firm):
    shift = published(firm, firm.priya, WEDNESDAY)
    days = {"from_on": "2026-11-25", "until_on": "2026-11-26"}
    desk = firm.browser(firm.helen)
    assert desk.post(reverse("rota-away"), typed(firm.priya, kind="holiday", **days)).status_code == 303
    shift.refresh_from_db()
    assert shift.cancelled_because == "away"
    assert not WorkItem.objects.filter(kind="office.absence").exists()  # nothing waits for an answer
    again = desk.post(reverse("rota-away"), typed(firm.priya, kind="other", note="Moving", **days))
    assert again.status_code == 422
    assert "Change that instead" in again.content.decode()
    assert "Moving" in again.content.decode()  # nothing typed is lost


def test_who_is_ill_longer_or_well_sooner_is_changed_and_told(firm):
    made, _opened = absences.enter(
        firm.priya, kind="sickness", from_on=TODAY, until_on=TODAY, at=clock.now(), by=firm.helen
    )
    shift, desk = published(firm, firm.priya, WEDNESDAY), firm.browser(firm.helen)
    page = reverse("rota-away-change", args=[made.pk])
    assert page in desk.get(reverse("rota-asked")).content.decode()
    assert desk.post(page, {"from_on": "2026-11-24", "until_on": "2026-11-20"}).status_code == 422
    longer = desk.post(page, {"from_on": "2026-11-24", "until_on": "2026-11-25"}, follow=True)
    assert "1 shift of hers is open" in longer.content.decode()
    shift.refresh_from_db()
    assert shift.cancelled_because == "sick"
    before = len(told())
    assert desk.post(page, {"from_on": "2026-11-24", "until_on": "2026-11-24"}).status_code == 303
    assert len(told()) == before + 1
    made.refresh_from_db()
    assert made.until_on == TODAY
    published(firm, firm.priya, WEDNESDAY)  # she may be planned again
    assert desk.post(reverse("rota-away-end", args=[made.pk])).status_code == 303
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert desk.get(page).status_code == 404


def test_what_is_just_over_may_be_entered_and_what_is_long_over_not(firm):
    desk = firm.browser(firm.helen)
    last_week = {"from_on": "2026-11-18", "until_on": "2026-11-19"}
    assert desk.post(reverse("rota-away"), typed(firm.priya, **last_week)).status_code == 303
    long_ago = {"from_on": "2026-09-01", "until_on": "2026-09-02"}
    refused = desk.post(reverse("rota-away"), typed(firm.priya, **long_ago))
    assert "These days are over" in refused.content.decode()


def test_nobody_grants_herself_days_off(firm):
    Post.objects.create(user=firm.priya.user, post=Post.Kind.SUPERVISOR)
    refused = firm.browser(firm.priya).post(reverse("rota-away"), typed(firm.priya, kind="holiday"))
    assert refused.status_code == 422
    assert "Somebody else of the firm" in refused.content.decode()


def employed(firm) -> None:
    words = dict.fromkeys(
        ("role", "duties", "rights", "obligations", "confidentiality", "breach"), "As agreed"
    )
    benefits = [{"of": "holiday", "each": "36.5", "from": "", "words": "Paid holiday", "amount": ""}]
    draft = Contract(
        secretary=firm.priya, kind="employee", from_on=date(2026, 11, 1), benefits=benefits, **words
    )
    written = agreeing.write(draft, (Term(By.HOUR, Decimal("14.40")),), by=firm.helen)
    offered = agreeing.offer(written, by=firm.helen, at=clock.now())
    signing = {"name": "As typed", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=firm.priya.user, **signing)
    agreeing.countersign(offered, by=firm.helen, **signing)


def test_whoever_answers_sees_the_days_left_and_who_else_is_away(firm):
    employed(firm)
    absences.enter(
        firm.maya,
        kind="holiday",
        from_on=date(2026, 12, 8),
        until_on=date(2026, 12, 9),
        at=clock.now(),
        by=firm.helen,
    )
    absences.ask(
        firm.priya, kind="holiday", from_on=date(2026, 12, 3), until_on=date(2026, 12, 10), at=clock.now()
    )
    page = firm.browser(firm.helen).get(reverse("rota-asked")).content.decode()
    # A tenth of a day for each of 40 days, 1 November to 10 December; from Thursday to Thursday six count.
    assert "This asks for 6 working days. By Thu 10 Dec she has 4 left." in page
    assert "more than she has" in page
    assert "Maya: Holiday, Tue 8 Dec – Wed 9 Dec" in page


def test_without_a_contract_that_counts_days_it_says_so(firm):
    absences.ask(
        firm.priya, kind="holiday", from_on=date(2026, 12, 3), until_on=date(2026, 12, 4), at=clock.now()
    )
    page = firm.browser(firm.helen).get(reverse("rota-asked")).content.decode()
    assert "No contract of hers counts days of holiday" in page
    assert "Nobody else is away then" in page
