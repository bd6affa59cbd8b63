"""Holidays: proposed by the calendar of country and region, answered by the client; her own closures."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clients import check_up, closing, guidance, public_holidays
from clients.instructions import Caller
from clients.models import Holiday, Line, LineHours
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from tests.browsing import signed_in

MARCH = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def ngozi(house):
    return signed_in(house.okafor.owner.user)


@pytest.fixture
def scottish(house):
    """Okafor Legal in Glasgow, open nine to five on weekdays."""
    client = house.okafor.client
    client.country, client.region, client.zone = "GB", "SCT", "Europe/London"
    client.save()
    for weekday in range(5):
        LineHours.objects.create(
            client=client,
            line=house.okafor.line,
            kind="open",
            weekday=weekday,
            opens=time(9),
            closes=time(17),
        )
    return client


def opened(client, when, line=None):
    line = line or client.lines.order_by("pk").first()
    at = datetime.fromisoformat(when).replace(tzinfo=client.tz)
    return guidance.guidance_at(client, line, Caller(), at).availability.open


@pytest.mark.parametrize(
    ("region", "day", "is_one"),
    [
        ("SCT", date(2026, 11, 30), True),  # Saint Andrew's Day
        ("ENG", date(2026, 11, 30), False),
        ("ENG", date(2026, 4, 6), True),  # Easter Monday
        ("SCT", date(2026, 4, 6), False),
        ("", date(2026, 12, 25), True),
    ],
)
def test_the_calendar_is_that_of_the_region(region, day, is_one):
    found = dict(public_holidays.between("GB", region, date(2026, 1, 1), date(2026, 12, 31)))
    assert (day in found) is is_one


def test_a_region_is_known_by_its_code_and_by_its_name():
    assert public_holidays.region_code("GB", "scotland") == "SCT"
    assert public_holidays.region_code("GB", "sct") == "SCT"
    assert public_holidays.region_code("GB", " ") == ""
    with pytest.raises(public_holidays.NoSuchRegion, match="SCT"):
        public_holidays.region_code("GB", "Bavaria")
    assert public_holidays.between("XX", "", date(2026, 1, 1), date(2026, 12, 31)) == []


def test_the_coming_year_is_proposed_once_and_holds_nothing_until_answered(scottish):
    made = closing.propose(scottish, at=MARCH)
    asked = scottish.holidays.asked()
    assert made == asked.count() > 6
    assert (asked.first().on, asked.last().on) == (date(2026, 4, 3), date(2027, 1, 4))
    assert closing.propose(scottish, at=MARCH) == 0
    good_friday = opened(scottish, "2026-04-03 10:00")
    assert good_friday.holds
    assert good_friday.because.endswith("whether it is open on Good Friday the client has not said")
    assert opened(scottish, "2026-04-02 10:00").because == "inside the client’s opening hours"


def test_the_sweep_asks_every_client_and_again_a_month_before_the_year_is_out(scottish):
    assert closing.propose_where_due(at=MARCH) > 0
    assert closing.propose_where_due(at=MARCH + timedelta(days=20)) == 0
    assert closing.propose_where_due(at=MARCH + timedelta(days=40)) > 0


@pytest.mark.parametrize(
    ("answer", "at_ten", "at_three", "until"),
    [
        ({"says": "closed"}, False, False, "2026-04-06 09:00"),
        ({"says": "half", "closes": time(13)}, True, False, "2026-04-03 13:00"),
        ({"says": "half", "opens": time(11), "closes": time(16)}, False, True, "2026-04-03 11:00"),
        ({"says": "half", "closes": time(22)}, True, True, "2026-04-03 17:00"),  # never longer than usual
        ({"says": "open"}, True, True, "2026-04-03 17:00"),
    ],
)
def test_the_answer_is_what_holds_that_day(scottish, house, answer, at_ten, at_three, until):
    closing.propose(scottish, at=MARCH)
    good_friday = scottish.holidays.get(on=date(2026, 4, 3))
    closing.answer(good_friday, by=house.okafor.owner.user, at=MARCH, **answer)
    assert opened(scottish, "2026-04-03 10:00").holds is at_ten
    assert opened(scottish, "2026-04-03 15:00").holds is at_three
    assert opened(scottish, "2026-04-03 10:00").until == datetime.fromisoformat(until).replace(
        tzinfo=scottish.tz
    )
    assert LedgerEntry.objects.filter(
        verb="clients.holiday.answered", subject_id=str(good_friday.pk)
    ).exists()


def test_one_line_may_differ(scottish, house):
    owner = house.okafor.owner.user
    emergencies = Line.objects.create(client=scottish, number="+442079460199", label="Emergencies")
    closing.close(
        scottish, on=date(2026, 8, 3), until_on=date(2026, 8, 14), name="Summer", by=owner, at=MARCH
    )
    closing.close(
        scottish,
        on=date(2026, 8, 3),
        until_on=date(2026, 8, 14),
        says="open",
        line=emergencies,
        by=owner,
        at=MARCH,
    )
    assert not opened(scottish, "2026-08-05 10:00", house.okafor.line).holds
    assert opened(scottish, "2026-08-05 10:00", house.okafor.line).because == "holiday: Summer"
    assert opened(scottish, "2026-08-05 10:00", emergencies).holds


def test_the_shorter_of_two_closures_decides_and_the_other_is_pointed_out(scottish, house):
    owner = house.okafor.owner.user
    closing.close(
        scottish, on=date(2026, 8, 3), until_on=date(2026, 8, 14), name="Summer", by=owner, at=MARCH
    )
    closing.close(scottish, on=date(2026, 8, 6), name="Audit", says="open", by=owner, at=MARCH)
    assert opened(scottish, "2026-08-06 10:00").holds
    assert check_up.of_holidays(scottish, at=MARCH) == [
        "Thu 6 Aug: “Audit” (Open as usual) holds, and not “Summer” (Closed all day)."
    ]


def test_a_half_day_outside_the_usual_hours_is_pointed_out(scottish, house):
    closing.close(
        scottish,
        on=date(2026, 8, 6),
        name="Early start",
        says="half",
        closes=time(8),
        by=house.okafor.owner.user,
        at=MARCH,
    )
    assert check_up.of_holidays(scottish, at=MARCH) == [
        "“Early start” is a half day outside your usual hours: you are closed all day."
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"says": "half"},
        {"says": "closed", "closes": time(13)},
        {"says": "half", "opens": time(13), "closes": time(12)},
        {"until_on": date(2026, 8, 1)},
    ],
)
def test_the_database_keeps_no_day_that_makes_no_sense(scottish, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(client=scottish, on=date(2026, 8, 6), **facts)


def test_today_asks_and_an_answer_of_one_press_is_kept(scottish, house, ngozi):
    today = clock.now().astimezone(scottish.tz).date()
    soon = Holiday.objects.create(
        client=scottish, on=today + timedelta(days=9), name="Founders’ Day", says="asked", is_public=True
    )
    far = today + timedelta(days=90)
    Holiday.objects.create(client=scottish, on=far, name="Far Day", says="asked", is_public=True)
    shown = ngozi.get("/portal/").content.decode()
    assert "Founders’ Day" in shown
    assert "are you open?" in shown
    assert "Far Day" not in shown
    answer = ngozi.post(reverse("holidays-answer", args=[soon.pk]), {"says": "closed", "next": "/portal/"})
    assert (answer.status_code, answer["Location"]) == (303, "/portal/")
    soon.refresh_from_db()
    assert (soon.says, soon.said_by) == ("closed", house.okafor.owner.user)
    assert "are you open?" not in ngozi.get("/portal/").content.decode()
    assert "Far Day" in ngozi.get(reverse("holidays")).content.decode()


def test_a_half_day_needs_its_hours_and_keeps_what_was_typed(scottish, ngozi):
    day = Holiday.objects.create(
        client=scottish, on=date(2040, 1, 2), name="Bank Holiday", says="asked", is_public=True
    )
    answer = ngozi.post(reverse("holidays-answer", args=[day.pk]), {"says": "half"})
    assert answer.status_code == 422
    assert "Enter the time until which you are open" in answer.content.decode()
    ngozi.post(reverse("holidays-answer", args=[day.pk]), {"says": "half", "closes": "13:00"})
    assert "Open until 13:00" in ngozi.get(reverse("holidays")).content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"on": "2040-02-31"}, "Enter a valid date"),
        ({"until_on": "2039-12-01"}, "It ends before it begins"),
        ({"on": "2020-01-01"}, "over already"),
        ({"until_on": "2042-01-01"}, "longer than a year"),
        ({"says": ""}, "Say whether you are closed or open"),
        ({"says": "half", "opens": "14:00", "closes": "13:00"}, "It closes before it opens"),
    ],
)
def test_a_closure_without_sense_is_asked_about_and_nothing_typed_is_lost(scottish, ngozi, values, words):
    typed = {"name": "Works holiday", "on": "2040-01-02", "until_on": "", "says": "closed"} | values
    answer = ngozi.post(reverse("holidays-close"), typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert all(value in answer.content.decode() for value in typed.values())
    assert not Holiday.objects.exists()


def test_a_closure_is_added_shown_and_taken_back(scottish, ngozi):
    answer = ngozi.post(
        reverse("holidays-close"),
        {"name": "Works holiday", "on": "2040-12-24", "until_on": "2041-01-02", "says": "closed"},
    )
    assert answer.status_code == 303
    closure = Holiday.objects.get()
    shown = ngozi.get(reverse("holidays")).content.decode()
    assert "Works holiday" in shown
    assert "Mon 24 Dec 2040 – Wed 2 Jan 2041" in shown
    back = reverse("holidays-take-back", args=[closure.pk])
    assert "Your usual hours hold then" in ngozi.get(back).content.decode()
    assert ngozi.post(back).status_code == 303
    assert not Holiday.objects.exists()


def test_the_firm_sees_the_question_and_answers_for_the_client(scottish, house):
    closing.propose(scottish, at=clock.now())
    day = scottish.holidays.first()
    helen = signed_in(house.helen)
    listed = helen.get("/admin/clients/holiday/").content.decode()
    assert "are you open?" in listed
    helen.post(
        "/admin/clients/holiday/", {"action": "closed", "_selected_action": [str(day.pk)], "index": "0"}
    )
    day.refresh_from_db()
    assert (day.says, day.said_by) == ("closed", house.helen)
    assert helen.get(f"/admin/clients/holiday/{day.pk}/delete/").status_code == 403


def test_another_region_brings_its_own_questions_and_keeps_the_answers(scottish, house):
    closing.propose(scottish, at=MARCH)
    christmas = scottish.holidays.get(on=date(2026, 12, 25))
    closing.answer(christmas, says="closed", by=house.helen, at=MARCH)
    scottish.region = "ENG"
    closing.propose_afresh(scottish, at=MARCH)
    assert not scottish.holidays.filter(on=date(2026, 11, 30)).exists()
    assert scottish.holidays.asked().filter(on=date(2026, 4, 6)).exists()
    assert scottish.holidays.get(on=date(2026, 12, 25)).says == "closed"
