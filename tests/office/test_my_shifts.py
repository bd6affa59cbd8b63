"""A secretary's own side of the rota: open shifts, swaps, wishes, days off, sickness, and her calendar."""

from datetime import date, time

import pytest
from django.urls import reverse
from icalendar import Calendar

from clients.models import WorkItem
from secretariat import clock
from secretariat.office.models import Absence, PlannedShift, ShiftFeed, Swap, Wish
from secretariat.office.rota import planning, rules, swapping, taking
from secretariat.outbox.models import Effect

TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    return office


def published(firm, who, on=TUESDAY, begins=time(9), ends=time(17), **facts) -> PlannedShift:
    stretch = rules.stretch(on, begins, ends, "Europe/London")
    made = planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now(), **facts)
    planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    made.refresh_from_db()
    return made


def proposed(firm, gives, takes=None) -> Swap:
    choice = swapping.Choice(firm.maya, takes)
    return swapping.propose(gives, choice, by=firm.priya, at=clock.now())


def test_an_open_shift_is_taken_by_whoever_is_first(firm):
    shift = published(firm, None)
    assert {each.payload["to"] for each in Effect.objects.filter(kind="office.rota_word")} == {
        firm.priya.user.email,
        firm.maya.user.email,
    }
    first, second = firm.browser(firm.maya), firm.browser(firm.priya)
    take = reverse("my-shift-take", args=[shift.pk])
    assert "The shift is yours" in first.post(take, follow=True).content.decode()
    assert second.post(take).status_code == 404  # by now it is somebody's
    with pytest.raises(planning.NotNow, match="quicker"):
        taking.take(shift, firm.priya, at=clock.now())
    shift.refresh_from_db()
    assert shift.secretary == firm.maya


def test_an_open_shift_against_the_rules_or_in_another_language_is_not_hers_to_take(firm):
    published(firm, firm.priya, begins=time(13), ends=time(23))
    tight = published(firm, None, on=WEDNESDAY, begins=time(7), ends=time(12))
    french = published(firm, None, on=date(2026, 12, 3), language="fr")
    hers = firm.browser(firm.priya)
    page = hers.get(reverse("my-shifts")).content.decode()
    assert "she rests only 8 hours" in page
    assert "It needs somebody who speaks French." in page
    for shift in (tight, french):
        hers.post(reverse("my-shift-take", args=[shift.pk]))
        shift.refresh_from_db()
        assert shift.is_open


def test_a_swap_goes_its_three_steps_and_each_is_seen(firm):
    gives = published(firm, firm.priya)
    takes = published(firm, firm.maya, begins=time(12), ends=time(20))  # they overlap, and still change hands
    one, other, desk = firm.browser(firm.priya), firm.browser(firm.maya), firm.browser(firm.helen)
    page = one.get(reverse("my-swap", args=[gives.pk])).content.decode()
    choice = f"{firm.maya.pk}:{takes.pk}"
    assert choice in page
    assert one.post(reverse("my-swap", args=[gives.pk]), {"choice": choice}).status_code == 303
    swap = Swap.objects.get()
    assert "Accept the swap" in other.get(reverse("my-shifts")).content.decode()
    other.post(reverse("my-swap-answer", args=[swap.pk]), {"answer": "accept"})
    assert "accepted Tue 24 Nov 10:30" in one.get(reverse("my-shifts")).content.decode()
    item = WorkItem.objects.get(kind="office.swap")
    assert "have agreed on a swap" in desk.get(reverse("work")).content.decode()
    assert desk.post(reverse("rota-answer-swap", args=[swap.pk]), {"answer": "yes"}).status_code == 303
    gives.refresh_from_db()
    takes.refresh_from_db()
    assert (gives.secretary, takes.secretary) == (firm.maya, firm.priya)
    item.refresh_from_db()
    assert item.outcome == "Approved"


def test_a_swap_that_the_rules_forbid_by_now_needs_a_reason(firm):
    gives = published(firm, firm.priya)
    swap = swapping.accept(proposed(firm, gives), by=firm.maya, at=clock.now())
    published(firm, firm.maya, on=date(2026, 11, 30), begins=time(15), ends=time(23))
    desk = firm.browser(firm.helen)
    address = reverse("rota-answer-swap", args=[swap.pk])
    refused = desk.post(address, {"answer": "yes"})
    assert refused.status_code == 422
    assert "Maya: Between Mon 23:00 and Tue 09:00 she rests only 10 hours" in refused.content.decode()
    desk.post(address, {"answer": "yes", "words": "Both wish it"})
    gives.refresh_from_db()
    assert (gives.secretary, gives.despite) == (firm.maya, "Both wish it")


def test_a_swap_nobody_answers_runs_out_and_one_is_declined_refused_or_taken_back(firm):
    gives = published(firm, firm.priya)
    first = proposed(firm, gives)
    with pytest.raises(planning.NotNow, match="another swap"):
        proposed(firm, gives)
    with pytest.raises(planning.NotNow):
        swapping.accept(first, by=firm.priya, at=clock.now())  # not hers to accept
    assert swapping.expire_due(at=first.expires_at) == 1
    first.refresh_from_db()
    assert first.state == "expired"
    assert swapping.decline(proposed(firm, gives), by=firm.maya, at=clock.now()).state == "declined"
    taken_back = swapping.withdraw(proposed(firm, gives), by=firm.priya, at=clock.now())
    assert taken_back.state == "withdrawn"
    agreed = swapping.accept(proposed(firm, gives), by=firm.maya, at=clock.now())
    desk = firm.browser(firm.helen)
    address = reverse("rota-answer-swap", args=[agreed.pk])
    assert desk.post(address, {"answer": "no"}).status_code == 422  # in words
    desk.post(address, {"answer": "no", "words": "Maya is needed on Friday"})
    assert "Maya is needed on Friday" in firm.browser(firm.priya).get(reverse("my-shifts")).content.decode()
    gives.refresh_from_db()
    assert gives.secretary == firm.priya


def test_days_off_are_asked_for_and_yes_opens_her_shifts(firm):
    shift = published(firm, firm.priya)
    hers, desk = firm.browser(firm.priya), firm.browser(firm.helen)
    days = {"kind": "holiday", "from_on": "2026-12-01", "until_on": "2026-12-04", "note": "My sister weds"}
    assert hers.post(reverse("my-absence"), days).status_code == 303
    again = hers.post(reverse("my-absence"), days)
    assert again.status_code == 422
    assert "My sister weds" in again.content.decode()
    page = desk.get(reverse("rota-asked")).content.decode()
    assert "they are open to others" in page
    asked = Absence.objects.get()
    desk.post(reverse("rota-answer-absence", args=[asked.pk]), {"answer": "yes"})
    shift.refresh_from_db()
    assert (shift.state, shift.cancelled_because) == ("cancelled", "away")
    [opened] = PlannedShift.objects.open()
    assert (opened.instead_of, opened.starts_at) == (shift, shift.starts_at)
    assert WorkItem.objects.get(kind="office.absence").outcome == "Answered"
    with pytest.raises(planning.Refused, match="She is away then"):
        published(firm, firm.priya, on=WEDNESDAY)


def test_days_off_are_refused_in_words(firm):
    hers = firm.browser(firm.priya)
    hers.post(reverse("my-absence"), {"kind": "holiday", "from_on": "2026-12-21", "until_on": "2026-12-24"})
    asked = Absence.objects.get()
    desk = firm.browser(firm.helen)
    address = reverse("rota-answer-absence", args=[asked.pk])
    assert desk.post(address, {"answer": "no"}).status_code == 422
    desk.post(address, {"answer": "no", "words": "Two are away that week"})
    assert "Refused: Two are away that week" in hers.get(reverse("my-shifts")).content.decode()


def test_sickness_holds_at_once_and_opens_what_is_left_of_today(firm):
    today = published(firm, firm.priya, on=date(2026, 11, 24))
    tomorrow = published(firm, firm.priya, on=date(2026, 11, 25))
    hers = firm.browser(firm.priya)
    ill = {"kind": "sickness", "from_on": "2026-11-24", "until_on": "2026-11-25"}
    assert hers.post(reverse("my-absence"), ill).status_code == 303
    today.refresh_from_db()
    tomorrow.refresh_from_db()
    assert (today.ends_at, today.excused) == (clock.now(), True)
    assert tomorrow.cancelled_because == "sick"
    spans = [rules.said(each.stretch, each.zone) for each in PlannedShift.objects.open()]
    assert spans == ["Tue 24 Nov 10:30–17:00", "Wed 25 Nov 09:00–17:00"]
    assert WorkItem.objects.get(kind="office.sick").because == "Priya is ill. 2 shifts of hers are open."
    assert "Take it" in firm.browser(firm.maya).get(reverse("my-shifts")).content.decode()


def test_a_wish_is_said_once_clearly_and_taken_back(firm):
    hers = firm.browser(firm.priya)
    both = {"kind": "cannot", "weekday": "1", "on": "2026-12-01"}
    assert hers.post(reverse("my-wish"), both).status_code == 422
    assert (
        hers.post(reverse("my-wish"), {"kind": "cannot", "weekday": "1", "begins": "09:00"}).status_code
        == 422
    )
    assert hers.post(reverse("my-wish"), {"kind": "cannot", "weekday": "1"}).status_code == 303
    wish = Wish.objects.get()
    with pytest.raises(planning.Refused, match="cannot work then"):
        published(firm, firm.priya)
    assert firm.browser(firm.maya).post(reverse("my-wish-end", args=[wish.pk])).status_code == 404
    hers.post(reverse("my-wish-end", args=[wish.pk]))
    published(firm, firm.priya)


def test_her_calendar_reads_her_shifts_until_she_takes_the_address_back(firm):
    shift = published(firm, firm.priya)
    published(firm, firm.maya)
    hers = firm.browser(firm.priya)
    shown = hers.post(reverse("my-feed-make")).content.decode()
    address = shown.partition('secret-address">')[2].partition("<")[0].partition("/calendar")
    there = address[1] + address[2]
    assert there not in hers.get(reverse("my-shifts")).content.decode()
    answer = firm.browser(firm.helen).get(there)
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (shift.starts_at, shift.ends_at)
    assert ShiftFeed.objects.get().fetched_times == 1
    hers.post(reverse("my-feed-end"))
    assert firm.browser(firm.helen).get(there).status_code == 404


def test_a_swap_for_a_later_shift_is_judged_by_that_shifts_own_days(firm):
    gives = published(firm, firm.priya)
    later = published(firm, firm.maya, on=date(2026, 12, 16))
    Wish.objects.create(secretary=firm.priya, kind="cannot", on="2026-12-16")
    choice = swapping.Choice(firm.maya, later)
    assert choice not in swapping.choices(gives, at=clock.now())
    assert swapping.Choice(firm.maya) in swapping.choices(gives, at=clock.now())
    swap = swapping.accept(proposed(firm, gives, later), by=firm.maya, at=clock.now())
    assert [each.words for each in swapping.judged(swap)] == [
        "Priya: She has said that she cannot work then."
    ]
