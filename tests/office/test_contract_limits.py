"""What a contract allows binds the rota, the shift and the offers; and what ends with it."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from calls import situation
from secretariat import clock
from secretariat.office import presence
from secretariat.office.contracts import agreeing, holding, trials
from secretariat.office.models import Contract, Firm, Partner, PlannedShift, Presence, Secretary
from secretariat.office.pay import By, Term
from secretariat.office.rota import planning, rules
from secretariat.office.rota.planning import Refused
from secretariat.office.rota.rules import Agreed, Facts, Grade, Limits
from tests.companies import signs_where_needed

TUESDAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)
WORDS = dict.fromkeys(("rights", "obligations", "confidentiality", "breach"), "As agreed")


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    return office


def signed(firm, *terms, **facts) -> Contract:
    usual = {"role": "Secretary", "duties": "Answers calls", "from_on": date(2026, 11, 1)} | WORDS
    if facts.get("kind") != "trial":
        terms = terms or (Term(By.HOUR, Decimal(14)),)
    at = clock.now()
    draft = agreeing.write(Contract(secretary=firm.priya, **usual | facts), terms, by=firm.helen)
    offered = agreeing.offer(draft, by=firm.helen, at=at)
    signing = {"name": "Priya Nair", "sha256": offered.sha256, "at": at}
    agreeing.accept(offered, by=firm.priya.user, **signing)
    signs_where_needed(offered, at=at)
    return agreeing.countersign(offered, by=firm.helen, **signing)


def leads_nowhere(browser, page: str) -> list[str]:
    """Whatever of this page asks for something, or leads to it, and is not there."""
    asked = set(re.findall(r'(?:href|hx-get|data-[a-z-]+)="(/[^"#]*)"', unescape(page)))
    wanted = {each for each in asked if not each.startswith(("/static/", "/live/"))}
    return sorted(each for each in wanted if browser.get(each).status_code == 404)


def plan(firm, on, begins=9, ends=17) -> PlannedShift:
    stretch = rules.stretch(on, time(begins), time(ends), firm.priya.zone)
    return planning.add(secretary=firm.priya, stretch=stretch, by=firm.helen, at=clock.now())


def asks_for_contracts() -> None:
    Firm.current()
    Firm.objects.update(contracts_from=TUESDAY)


def judged(shift: rules.Stretch, limits: Limits) -> dict[str, Grade]:
    return {each.rule: each.grade for each in rules.judge(shift, Facts("UTC", limits))}


def test_a_shift_lies_on_days_of_a_contract_once_the_firm_asks_for_them():
    night = rules.stretch(TUESDAY, time(22), time(6), "UTC")
    until_tuesday = (Agreed(date(2026, 11, 1), TUESDAY),)
    assert judged(night, Limits(agreed_from=None)) == {}
    assert judged(night, Limits(agreed_from=date(2026, 12, 1))) == {}
    assert judged(night, Limits(agreed_from=TUESDAY)) == {"contract": Grade.NEVER}
    assert judged(night, Limits(agreed_from=TUESDAY, agreed=until_tuesday)) == {"contract": Grade.NEVER}
    both = (*until_tuesday, Agreed(date(2026, 11, 25)))
    assert judged(night, Limits(agreed_from=TUESDAY, agreed=both)) == {}


def test_unpaid_hours_are_counted_over_the_whole_trial():
    trial = Agreed(date(2026, 11, 23), date(2026, 11, 27), 12 * HOUR)
    monday = rules.stretch(date(2026, 11, 23), time(9), time(14), "UTC")
    facts = Facts("UTC", Limits(agreed=(trial,)), (monday,))
    seven, eight = (rules.stretch(TUESDAY, time(9), time(ends), "UTC") for ends in (16, 17))
    assert rules.judge(seven, facts) == []
    [found] = rules.judge(eight, facts)
    assert (found.grade, found.words) == (
        Grade.NEVER,
        "That makes 13 hours of unpaid work; 12 hours in all are agreed.",
    )


def test_what_was_planned_of_a_long_trial_counts_from_its_first_day(firm):
    signed(firm, kind="trial", trial_hours=Decimal(12), from_on=date(2026, 9, 1), until_on=date(2026, 11, 30))
    plan(firm, date(2026, 9, 2), 9, 14)
    plan(firm, TUESDAY, 11, 15)
    with pytest.raises(Refused, match="That makes 13 hours of unpaid work; 12 hours"):
        plan(firm, date(2026, 11, 26), 9, 13)
    assert plan(firm, date(2026, 11, 26), 9, 12)


def test_hours_of_the_contract_bind_the_rota_and_the_stricter_of_two_employers_wins(firm):
    agency = Partner.objects.create(name="Quay", max_hours_week=Decimal(15), longest_shift_hours=8)
    signed(firm, partner=agency, max_hours_week=Decimal(20), max_hours_month=Decimal(90))
    assert holding.limits_of(firm.priya, TUESDAY) == holding.Limits(
        max_week=Decimal(15), max_month=Decimal(90)
    )
    plan(firm, date(2026, 12, 1))
    with pytest.raises(Refused, match="16 hours in the week of Mon 30 Nov; her most is 15 hours"):
        plan(firm, date(2026, 12, 2))
    with pytest.raises(Refused, match="The shift has 9 hours; 8 hours is the longest"):
        plan(firm, date(2026, 12, 8), ends=18)


def test_nobody_without_a_contract_is_planned_or_offered_a_call(firm):
    plan(firm, date(2026, 12, 1))  # the firm does not ask for contracts
    firm.starts_shift(firm.priya)
    asks_for_contracts()
    with pytest.raises(Refused, match="no signed contract for Wed 2 Dec"):
        plan(firm, date(2026, 12, 2))
    [hers] = situation.candidates(firm.okafor.row)
    assert hers.why_not() == "she has no signed contract"
    signed(firm)
    [hers] = situation.candidates(firm.okafor.row)
    assert hers.why_not() == ""
    plan(firm, date(2026, 12, 2))


@pytest.mark.parametrize(
    ("zone", "at", "holds"),
    [
        ("Europe/London", "2026-11-24 13:30", True),
        ("Europe/London", "2026-11-25 02:00", False),
        ("Pacific/Auckland", "2026-11-24 10:40", True),
        ("Pacific/Auckland", "2026-11-24 13:30", False),
        ("America/Los_Angeles", "2026-11-25 02:00", True),
        ("America/Los_Angeles", "2026-11-25 09:00", False),
    ],
)
def test_a_contract_lets_her_be_offered_calls_by_the_calendar_where_she_lives(firm, zone, at, holds):
    """Routing goes by the same day as her rota and her shift, whatever day it is elsewhere."""
    Secretary.objects.filter(pk=firm.priya.pk).update(zone=zone)
    asks_for_contracts()
    agreeing.end(signed(firm), on=TUESDAY, because="She moves", by=firm.helen, at=clock.now(), how="agreed")
    firm.clock_says(at)
    [hers] = situation.candidates(firm.okafor.row)
    assert hers.contracted is holds


@pytest.mark.parametrize(("zone", "asked"), [("Europe/London", False), ("Pacific/Auckland", True)])
def test_a_contract_is_asked_for_from_that_day_on_where_she_lives(firm, zone, asked):
    Secretary.objects.filter(pk=firm.priya.pk).update(zone=zone)
    asks_for_contracts()
    Firm.objects.update(contracts_from=date(2026, 11, 25))
    firm.clock_says("2026-11-24 13:30")
    [hers] = situation.candidates(firm.okafor.row)
    assert hers.contracted is not asked


def test_shifts_after_a_contracts_last_day_are_open_at_once_and_on_its_list(firm):
    contract = signed(firm)
    for on in (date(2026, 11, 30), date(2026, 12, 1)):
        plan(firm, on)
    planning.publish(date(2026, 11, 30), by=firm.helen, at=clock.now())
    agreeing.end(
        contract, on=date(2026, 11, 30), because="She moves", by=firm.helen, at=clock.now(), how="agreed"
    )
    [hers] = PlannedShift.objects.standing().filter(secretary=firm.priya)
    assert hers.on == date(2026, 11, 30)
    [opened] = PlannedShift.objects.open()
    assert opened.on == date(2026, 12, 1)
    contract.refresh_from_db()
    assert contract.handed_over == ["Her shift is open: Tue 1 Dec 09:00–17:00"]


def test_an_unpaid_trial_stops_when_its_hours_are_done(firm):
    signed(firm, kind="trial", until_on=date(2026, 11, 27), trial_hours=Decimal(2))
    firm.starts_shift(firm.priya)
    firm.is_later(2 * 3600 + 60)
    assert Presence.objects.get(secretary=firm.priya).state == Presence.State.OFF
    with pytest.raises(presence.NotNow, match="The 2 hours of unpaid work that were agreed are done"):
        presence.start_shift(firm.priya, line="browser", declared=True, at=clock.now())


def test_an_unpaid_trial_stops_on_its_first_day_where_she_lives_too(firm):
    """In Auckland it is the 25th by then, elsewhere still the 24th."""
    Secretary.objects.filter(pk=firm.priya.pk).update(zone="Pacific/Auckland")
    firm.priya.refresh_from_db()
    days = {"from_on": date(2026, 11, 25), "until_on": date(2026, 11, 27)}
    signed(firm, kind="trial", trial_hours=Decimal(2), **days)
    firm.clock_says("2026-11-24 12:00")
    firm.starts_shift(firm.priya)
    firm.is_later(2 * 3600 + 60)
    assert Presence.objects.get(secretary=firm.priya).state == Presence.State.OFF


def test_whoever_has_gone_still_reads_her_contract_and_her_pay(firm):
    contract = signed(firm)
    agreeing.end(contract, on=TUESDAY, because="She moves", by=firm.helen, at=clock.now(), how="agreed")
    firm.clock_says("2026-11-26 09:00")
    firm.passes(400)
    hers = firm.browser(firm.priya)
    assert hers.get("/").headers["Location"] == reverse("my-pay")
    assert "You no longer work here" in hers.get(reverse("my-pay")).content.decode()
    page = hers.get(reverse("my-contract")).content.decode()
    assert "14.00 GBP an hour at work" in page
    assert hers.get(reverse("my-contract-pdf", args=[contract.pk])).status_code == 200
    assert hers.get(reverse("my-pay-details")).status_code == 200  # her last pay is still to come
    for shut in ("desk", "my-shifts"):
        assert hers.get(reverse(shut)).status_code == 404
    assert not leads_nowhere(hers, page)


def test_whoever_comes_back_reads_asks_and_signs_before_she_works_here_again(firm):
    agreeing.end(signed(firm), on=TUESDAY, because="She moves", by=firm.helen, at=clock.now(), how="agreed")
    firm.clock_says("2026-11-26 09:00")
    firm.passes(400)
    draft = Contract(
        secretary=firm.priya, role="Secretary", duties="Calls", from_on=date(2026, 12, 1), **WORDS
    )
    next_one = agreeing.write(draft, (Term(By.HOUR, Decimal(15)),), by=firm.helen)
    agreeing.offer(next_one, by=firm.helen, at=clock.now())
    next_one.refresh_from_db()
    hers = firm.browser(firm.priya)
    page = hers.get(reverse("my-contract")).content.decode()
    for name in ("my-contract-accept", "my-contract-decline", "my-contract-say"):
        assert reverse(name, args=[next_one.pk]) in page
    asked = hers.post(reverse("my-contract-say", args=[next_one.pk]), {"words": "From the first?"})
    assert asked.status_code == 303
    said = {"name": "Priya Nair", "agreed": "on", "sha256": next_one.sha256}
    assert hers.post(reverse("my-contract-accept", args=[next_one.pk]), said).status_code == 303
    signing = {"name": "Helen Marsh", "sha256": next_one.sha256, "by": firm.helen, "at": clock.now()}
    agreeing.countersign(next_one, **signing)
    firm.clock_says("2026-12-01 09:00")
    assert firm.browser(firm.priya).get(reverse("desk")).status_code == 200


@pytest.mark.parametrize(
    ("zone", "facts", "at", "contracted"),
    [
        ("America/Los_Angeles", {"until_on": TUESDAY}, "2026-11-25 02:00", True),  # there it is Tuesday still
        ("America/Los_Angeles", {"until_on": TUESDAY}, "2026-11-25 09:00", False),
        ("Pacific/Auckland", {"from_on": date(2026, 11, 25)}, "2026-11-24 12:00", True),  # and Wednesday here
        ("Pacific/Auckland", {"from_on": date(2026, 11, 25)}, "2026-11-24 10:45", False),
    ],
)
def test_while_a_caller_rings_her_contract_holds_by_her_own_calendar(firm, zone, facts, at, contracted):
    signed(firm, **facts)
    asks_for_contracts()
    Firm.objects.update(contracts_from=date(2026, 11, 1))
    Secretary.objects.filter(pk=firm.priya.pk).update(zone=zone)
    firm.clock_says(at)
    [hers] = situation.candidates(firm.okafor.row)
    assert hers.contracted is contracted


def test_a_trial_is_stopped_on_its_last_evening_where_she_lives(firm):
    Secretary.objects.filter(pk=firm.priya.pk).update(zone="America/Los_Angeles")
    firm.priya.refresh_from_db()
    firm.clock_says("2026-11-25 00:30")  # for her it is the afternoon of Tuesday
    signed(firm, kind="trial", until_on=TUESDAY, trial_hours=Decimal(2))
    firm.starts_shift(firm.priya)
    firm.clock_says("2026-11-25 02:40")
    assert [each.pk for each in trials.used_up(at=clock.now())] == [firm.priya.pk]


@pytest.mark.parametrize(
    ("zone", "gone_from"),
    [
        ("Europe/London", "2026-11-25 00:30"),
        ("Pacific/Auckland", "2026-11-24 12:30"),
        ("America/Los_Angeles", "2026-11-25 09:30"),
    ],
)
def test_whoever_is_just_gone_reads_it_in_a_frame_of_which_nothing_is_shut(firm, zone, gone_from):
    """Her engagement ends by the calendar where she lives, whatever day it is elsewhere."""
    Secretary.objects.filter(pk=firm.priya.pk).update(zone=zone)
    firm.priya.refresh_from_db()
    agreeing.end(signed(firm), on=TUESDAY, because="She moves", by=firm.helen, at=clock.now(), how="agreed")
    hers = firm.browser(firm.priya)
    for at in ("2026-11-24 10:40", "2026-11-24 12:30", "2026-11-25 00:30", "2026-11-25 09:30"):
        firm.clock_says(at)
        firm.is_later(400)
        assert (hers.get(reverse("desk")).status_code == 404) is (at >= gone_from), at
        for name in ("my-contract", "my-pay"):
            assert not leads_nowhere(hers, hers.get(reverse(name)).content.decode()), (at, name)
