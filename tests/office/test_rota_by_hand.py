"""The examples of docs/rota.md, each worked out anew by the rules themselves."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.template.loader import render_to_string

from secretariat.office.models import PlannedShift
from secretariat.office.rota import attendance, rules
from secretariat.office.rota.attendance import Worked
from tests.by_hand import rows_of

LONDON = "Europe/London"
MONDAY = date(2026, 11, 23)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TUESDAY = date(2026, 11, 24)


def shifts(words: str) -> tuple[rules.Stretch, ...]:
    """ "Mon 09–17, Wed 09–17 (…)", of the week of MONDAY."""
    found = []
    for day, begins, ends in re.findall(r"(\w{3}) (\d\d)–(\d\d)", words):
        on = MONDAY + timedelta(days=DAYS.index(day))
        found.append(rules.stretch(on, time(int(begins)), time(int(ends)), LONDON))
    return tuple(found)


@pytest.mark.parametrize(("has", "given", "says"), rows_of("rota.md", "She has"))
def test_what_the_rota_says_of_a_shift(has, given, says):
    most = re.search(r"at most (\d+) hours a week", has)
    limits = rules.Limits(week_most=timedelta(hours=int(most[1])) if most else None)
    [shift] = shifts(given)
    found = rules.judge(shift, rules.Facts(LONDON, limits, shifts(has)))
    assert " ".join(each.words for each in found) == ("" if says == "nothing" else says)


@pytest.mark.parametrize(("on", "begins", "ends", "has"), rows_of("rota.md", "In London, begun on"))
def test_how_long_a_shift_is(on, begins, ends, has):
    whole = rules.stretch(
        date.fromisoformat(on[:10]), time.fromisoformat(begins), time.fromisoformat(ends), LONDON
    )
    assert rules.hours(whole.length) == has


def at(text: str) -> datetime:
    return datetime.combine(TUESDAY, time.fromisoformat(text), UTC)


def pieces(words: str) -> list[Worked]:
    """ "09:00–12:00, 13:00–": the last of them goes on."""
    found = re.findall(r"(\d\d:\d\d)–(\d\d:\d\d)?", words)
    return [Worked(at(begins), at(ends) if ends else None) for begins, ends in found]


@pytest.mark.parametrize(("now", "worked", "breaks", "says"), rows_of("rota.md", "It is"))
def test_what_the_page_of_attendance_says(now, worked, breaks, says):
    plan = rules.Stretch(at("09:00"), at("17:00"))
    standing = attendance.stand(plan, pieces(worked), pieces(breaks), grace=timedelta(minutes=5), at=at(now))
    facts = {"standing": standing, "plan": PlannedShift(), "zone": LONDON}
    page = re.sub(r"<[^>]+>", "\n", render_to_string("office/_standing.html", facts))
    said = [line.strip() for line in page.splitlines() if line.strip()]
    assert ", ".join(said) == says
