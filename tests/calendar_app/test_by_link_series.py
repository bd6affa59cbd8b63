"""A guest of meetings that repeat: one link for all the dates that are hers."""

import re
from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.test import Client as Browser

from calendar_app import booking, series
from calendar_app.models import Guest
from calendar_app.planning import Coming
from calendar_app.repeating import Choice
from clients.models import WorkItem
from secretariat import clock

from . import diaries

FRIDAY = date(2026, 11, 27)
WEEK = timedelta(days=7)
DANA = Coming("Dana Reyes", "dana@harlow.example")
TOM = Coming("Tom Hale", "tom@hale.example")
LINK = re.compile(r"http\S+(/time/[\w-]+/)")


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def dates(office, okafor):
    """Three Fridays with Dana and Tom, of which they have been told."""
    diary = diaries.diary_of(okafor.row)
    made = series.arrange(
        diary,
        diaries.plan("14:00", FRIDAY, about="Review", guests=(DANA, TOM)),
        Choice("weekly", FRIDAY, time(14), count=3),
        {},
        by=office.secretary("Priya", okafor).user,
        at=clock.now(),
    )
    office.settle()
    return list(made.meetings.order_by("starts_at"))


@pytest.fixture
def dana():
    return Browser()


def link() -> str:
    told = [each for each in mail.outbox if each.to == [DANA.email]]
    return LINK.search(told[-1].body).group(1)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def answers(email=DANA.email):
    return list(
        Guest.objects.filter(email=email).order_by("meeting__starts_at").values_list("answer", flat=True)
    )


def test_her_link_shows_all_her_dates_and_nobody_elses(dana, dates, office):
    page = text(dana.get(link()))
    assert [page.count(day) for day in ("27 November", "4 December", "11 December")] == [2, 1, 1]
    assert "Tom" not in page
    assert "Move it to another time" not in page
    assert text(dana.get(f"{link()}?date={dates[2].pk}")).count("11 December") == 2


def test_she_says_which_one_she_cannot_come_to(dana, dates):
    said = {"date": str(dates[1].pk), "cancel-because": "Skiing"}
    answer = dana.post(f"{link()}cancel/", said)
    assert (answer.status_code, answer.url) == (303, f"{link()}?date={dates[1].pk}")
    assert answers() == ["waiting", "declined", "waiting"]
    assert answers(TOM.email) == ["waiting"] * 3
    assert [item.kind for item in WorkItem.objects.open()] == ["calendar.declined"]
    assert "You are not coming" in text(dana.get(link()))


def test_what_she_has_said_of_the_whole_by_mail_is_overtaken_by_her_link(dana, dates):
    Guest.objects.filter(email=DANA.email).update(
        answer="accepted", answered_sequence=3, answered_stamp=clock.now() - timedelta(hours=1)
    )
    dana.post(f"{link()}cancel/", {"date": str(dates[0].pk), "cancel-because": "Ill"})
    assert answers() == ["declined", "accepted", "accepted"]


def test_she_asks_for_another_time_for_one_of_them(dana, dates):
    said = {"date": str(dates[2].pk), "propose-words": "The Monday after"}
    assert dana.post(f"{link()}propose/", said).status_code == 303
    assert dates[2].events.filter(verb="proposed", words__contains="The Monday after").exists()
    assert [item.kind for item in WorkItem.objects.open()] == ["calendar.proposed"]


def test_it_opens_one_date_after_the_other_and_ends_with_the_last(office, dana, dates):
    address = link()
    office.clock_says("2026-12-01 10:00")
    page = text(dana.get(address))
    assert "27 November" not in page
    assert page.count("4 December") == 2
    office.clock_says("2026-12-11 15:00")
    assert dana.get(address).status_code == 410


def test_taken_off_the_date_it_was_made_for_it_opens_the_others(dana, dates, office):
    address = link()
    hers = dates[0].guests.get(email=DANA.email)
    booking.take_off(dates[0], hers, version=dates[0].version, by=None, at=clock.now())
    page = text(dana.get(address))
    assert "27 November" not in page
    assert page.count("4 December") == 2
    # A date that is not hers is none of what it opens.
    assert text(dana.get(f"{address}?date={dates[0].pk}")).count("4 December") == 2
