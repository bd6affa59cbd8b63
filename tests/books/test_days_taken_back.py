"""Days away that are over or paid: she cannot take them back; the firm, if it does, is to put pay right."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import paying
from secretariat.office.models import Absence, Secretary

from .test_paying import prepared
from .test_shifts_and_days import NOVEMBER, away, employed


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def takes_back(office, priya, absence) -> str:
    answer = office.browser(priya).post(reverse("my-absence-end", args=[absence.pk]), follow=True)
    absence.refresh_from_db()
    return answer.content.decode()


def test_of_days_that_have_begun_she_takes_back_what_is_left(office, priya):
    off = away(priya, "holiday", "2026-11-20", "2026-11-27")
    assert "The days until Mon 23 Nov stay." in takes_back(office, priya, off)
    assert (off.state, off.until_on) == ("approved", date(2026, 11, 23))
    assert "These days are over" in takes_back(office, priya, off)
    assert (off.state, off.until_on) == ("approved", date(2026, 11, 23))


@pytest.mark.parametrize(("first", "state"), [("2026-11-24", "approved"), ("2026-11-20", "asked")])
def test_what_has_not_begun_or_was_never_granted_she_takes_back_as_a_whole(office, priya, first, state):
    off = away(priya, "holiday", first, "2026-11-27", state=state)
    assert "stay" not in takes_back(office, priya, off)
    assert (off.state, off.until_on) == ("withdrawn", date(2026, 11, 27))


def test_a_day_that_was_paid_stays_though_it_is_still_today_where_she_is(office, priya, helen):
    Secretary.objects.filter(pk=priya.pk).update(zone="America/Los_Angeles")
    employed(priya, helen, holiday=73)
    off = away(priya, "holiday", "2026-11-30", "2026-12-02")
    office.clock_says("2026-12-01 02:00")
    assert prepared(helen, *NOVEMBER).statements.get().gross == 90
    assert "The days until Mon 30 Nov stay." in takes_back(office, priya, off)
    assert off.until_on == date(2026, 11, 30)


def test_the_firm_is_told_of_days_that_were_paid(office, priya, helen, ruth):
    employed(priya, helen, holiday=73)
    off = away(priya, "holiday", "2026-11-26", "2026-12-04")
    office.clock_says("2026-12-02 10:30")
    paying.approve(prepared(helen, *NOVEMBER), by=ruth, at=clock.now())
    desk, change = office.browser(helen), reverse("rota-away-change", args=[off.pk])
    page = desk.post(change, {"from_on": "2026-11-26", "until_on": "2026-11-30"}, follow=True)
    assert "On a statement of pay" not in page.content.decode()  # none of those that go
    page = desk.post(change, {"from_on": "2026-11-26", "until_on": "2026-11-27"}, follow=True)
    assert "On a statement of pay already: Mon 30 Nov 2026. A correction of her pay" in page.content.decode()
    page = desk.post(reverse("rota-away-end", args=[off.pk]), follow=True).content.decode()
    assert "already: Thu 26 Nov 2026, Fri 27 Nov 2026. A correction" in page
    assert Absence.objects.get().state == "withdrawn"
