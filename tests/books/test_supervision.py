"""Supervision: her days as both see them, questions in writing, remarks, and each look hers to read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books.models import HoursQuestion, Remark
from secretariat.books.supervision import days, supervising
from secretariat.office.models import Post, Secretary
from secretariat.office.rota.rules import Stretch

from .conftest import worked

ON = date(2026, 11, 24)
HOUR = timedelta(hours=1)


def hours(text: str) -> list[Stretch]:
    """ "9-12 13-17", of that day."""
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    pairs = [each.split("-") for each in text.split()]
    return [Stretch(midnight + float(a) * HOUR, midnight + float(b) * HOUR) for a, b in pairs]


@pytest.mark.parametrize(
    ("shift", "rest", "work", "plan", "unusual"),
    [
        ("9-17", "", "9-17", "9-17", []),
        ("9-17", "12-13", "9-12 13-17", "9-17", []),
        ("9-17", "", "9-12 14-17", "9-17", ["2 hours on shift with nothing recorded"]),
        ("7-18", "", "7-18", "", ["11 hours on shift"]),
        ("", "", "", "9-17", ["A planned shift, and nobody came"]),
        ("9-12", "", "9-12", "9-17", ["5 hours of the plan were not worked"]),
        ("8-17", "", "8-17", "9-17", ["Outside the plan: Tue 24 Nov 08:00–09:00"]),
        ("9-12", "", "9-12 20-21", "", ["1 hour of work recorded off shift"]),
    ],
)
def test_what_is_unusual_about_a_day(shift, rest, work, plan, unusual):
    found = days.day(
        ON, zone="UTC", shifts=hours(shift), breaks=hours(rest), records=hours(work), planned=hours(plan)
    )
    assert list(found.unusual) == unusual


def test_a_day_is_cut_at_midnight_of_her_zone():
    night = Stretch(datetime(2026, 11, 23, 20, tzinfo=UTC), datetime(2026, 11, 24, 4, tzinfo=UTC))
    found = days.day(ON, zone="Africa/Lagos", shifts=[night])
    assert found.on_shift == 5 * HOUR


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.ruth = office.user("ruth@example.com", "Ruth")
    Post.objects.create(user=office.ruth, post=Post.Kind.ADMIN)
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor)
    return office


def test_she_sees_what_her_supervisor_sees_and_that_she_looked(firm):
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    desk, hers = firm.browser(firm.helen), firm.browser(firm.priya)
    page = reverse("supervision-of", args=[firm.priya.pk])
    assert "Nobody has looked yet" in hers.get(reverse("my-supervision")).content.decode()
    assert "nobody yet" in desk.get(reverse("supervision")).content.decode()
    assert "10:30–" in desk.get(page).content.decode()
    mine = hers.get(reverse("my-supervision")).content.decode()
    assert "10:30–" in mine
    assert firm.helen.name in mine.split("Who has looked")[1]
    assert "your hours" in mine


@pytest.mark.parametrize("name", ["supervision", "books-weeks", "fairness", "attendance"])
def test_every_list_in_which_she_stands_is_a_look_that_she_reads(firm, name):
    worked(firm.okafor, firm.priya, "2026-11-24 09:00:00", 600)  # or her week would not stand among them
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    firm.passes(5)
    assert firm.browser(firm.helen).get(reverse(name)).status_code == 200
    mine = firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    assert firm.helen.name in mine.split("Who has looked")[1]


@pytest.mark.parametrize(
    ("zone", "at", "on"),
    [
        ("Europe/London", "2026-11-24 13:30", date(2026, 11, 24)),
        ("Pacific/Auckland", "2026-11-24 13:30", date(2026, 11, 25)),
        ("America/Los_Angeles", "2026-11-25 02:00", date(2026, 11, 24)),
    ],
)
def test_today_is_hers_whatever_day_it_is_elsewhere(firm, zone, at, on):
    rui = firm.secretary("Rui", firm.okafor)
    Secretary.objects.filter(pk=firm.priya.pk).update(zone=zone)
    firm.clock_says(at)
    rows = firm.browser(firm.helen).get(reverse("supervision")).context["rows"]
    days_of = {each: day.on for each, day, *_rest in rows}
    assert days_of == {firm.priya: on, rui: clock.now().date()}


def test_a_question_is_put_in_writing_and_answered_once(firm):
    desk, hers = firm.browser(firm.helen), firm.browser(firm.priya)
    asked = {"on": "2026-11-23", "words": "What happened between two and four?"}
    assert desk.post(reverse("supervision-ask", args=[firm.priya.pk]), asked).status_code == 303
    question = HoursQuestion.objects.get()
    answer = reverse("my-supervision-answer", args=[question.pk])
    assert "between two and four" in hers.get(reverse("my-supervision")).content.decode()
    assert hers.post(answer, {"words": ""}).status_code == 422
    assert hers.post(answer, {"words": "The line was dead"}).status_code == 303
    hers.post(answer, {"words": "Something else"})
    question.refresh_from_db()
    assert question.answer == "The line was dead"
    told = desk.get(reverse("supervision-of", args=[firm.priya.pk])).content.decode()
    assert "The line was dead" in told


def test_what_is_said_of_her_work_is_hers_to_read_and_training_is_closed(firm):
    desk, page = firm.browser(firm.helen), reverse("supervision-remark", args=[firm.priya.pk])
    assert desk.post(page, {"kind": "training", "words": "Data protection"}).status_code == 422
    due = {"kind": "training", "words": "Data protection", "due_on": "2026-11-20"}
    assert desk.post(page, due).status_code == 303
    assert desk.post(page, {"kind": "praise", "words": "Thanked by name", "score": "5"}).status_code == 422
    assert desk.post(page, {"kind": "quality", "words": "Ten calls", "score": "92"}).status_code == 303
    mine = firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    assert "overdue" in mine
    assert "Quality, 92 %" in mine
    desk.post(reverse("supervision-trained", args=[Remark.objects.get(kind="training").pk]))
    assert Remark.objects.get(kind="training").done_at == clock.now()


def test_nobody_supervises_herself_and_a_stand_in_is_somebody_else(firm):
    Post.objects.create(user=firm.priya.user, post=Post.Kind.SUPERVISOR)
    desk, page = firm.browser(firm.ruth), reverse("supervision-name", args=[firm.priya.pk])
    said = {"qualified_by": "Answered for lawyers for ten years"}
    herself = desk.post(page, said | {"supervisor": str(firm.priya.user.pk)})
    assert herself.status_code == 422
    assert "Nobody supervises her own work" in herself.content.decode()
    twice = said | {"supervisor": str(firm.helen.pk), "stand_in": str(firm.helen.pk)}
    assert desk.post(page, twice).status_code == 422
    assert desk.post(page, twice | {"stand_in": str(firm.ruth.pk)}).status_code == 303
    assert supervising.of(firm.priya).stand_in == firm.ruth
