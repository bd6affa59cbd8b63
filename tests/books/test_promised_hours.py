"""The hours an agreement promises: typed by the day, on paper, against the rota, beside the lines."""

from datetime import date, time

import pytest
from django.urls import reverse

from clients import promises
from clients.availability import EVERY_HOUR, Hours, Interval
from clients.models import Holiday, LineHours
from secretariat import clock
from secretariat.books.agreements import agreeing, usual_words
from secretariat.books.models import Agreement
from secretariat.office.rota import planning, rules

from .test_agreements import FIRST

WEEK = "2026-11-30"  # its Monday
EIGHT_TO_SIX = [[day, "08:00", "18:00"] for day in range(5)]


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.desk = office.browser(office.helen)
    return office


def accepted(firm, from_on=date(2026, 11, 1), **facts) -> Agreement:
    usual = usual_words.to_begin_with() | {"cover_hours": EIGHT_TO_SIX} | facts
    draft = Agreement(client=firm.okafor.row, from_on=from_on, **usual)
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    said = {"name": "Chidi Okafor", "sha256": offered.sha256, "by": firm.okafor.owner.user}
    return agreeing.accept(offered, at=clock.now(), **said)


def listed(firm, opens="09:00", closes="18:00") -> None:
    """Her line is answered in these hours of weekdays."""
    line = firm.okafor.line
    line.answers = "listed"
    line.save(update_fields=["answers"])
    LineHours.objects.filter(line=line, kind="answered").delete()
    for day in range(5):
        LineHours.objects.create(
            client=firm.okafor.row, line=line, kind="answered", weekday=day, opens=opens, closes=closes
        )


def cover(firm) -> str:
    """The clients of the page of cover, in one week."""
    page = firm.desk.get(f"{reverse('rota-cover')}?week={WEEK}").content.decode()
    return page.split("Languages</caption>")[0]


# --- What is said of a week --------------------------------------------------------------------------------


def week(days, opens, closes) -> tuple[Interval, ...]:
    return tuple(Interval(day, time(opens), time(closes % 24)) for day in days)


@pytest.mark.parametrize(
    ("hours", "others", "left"),
    [
        (week([0], 8, 18), week([0], 9, 18), week([0], 8, 9)),
        (week([0], 8, 18), week([0], 10, 12), week([0], 8, 10) + week([0], 12, 18)),
        (week([0], 8, 18), week([1], 8, 18), week([0], 8, 18)),
        (week([0], 9, 12) + week([0], 12, 24), (), week([0], 9, 24)),
        (week([6], 0, 24), week([6], 0, 24), ()),
        (EVERY_HOUR, week(range(6), 0, 24), week([6], 0, 24)),
        (week([0], 9, 17), EVERY_HOUR, ()),
    ],
)
def test_hours_of_a_week_that_lie_in_no_others(hours, others, left):
    assert promises.without(hours, others) == left


def test_what_lines_are_set_to_is_said_beside_what_is_promised():
    promised = week(range(5), 8, 18)
    nine = Hours("UTC", answered=week(range(5), 9, 18), answers="listed")
    words = "The agreement promises Monday–Friday 08:00–18:00; "
    assert promises.differences(promised, [nine]) == [
        f"{words}no line is answered Monday–Friday 08:00–09:00."
    ]
    saturday = Hours("UTC", answered=week([5], 9, 12), answers="listed")
    assert promises.differences(promised, [nine, saturday])[1:] == [
        f"{words}lines are answered Saturday 09:00–12:00 besides."
    ]
    assert promises.differences(promised, [Hours("UTC", open=week(range(5), 9, 17))]) == []  # always answered
    closed = Hours("UTC", open=week(range(7), 0, 18), answers="when_closed")
    assert promises.differences(week(range(7), 18, 24), [closed]) == []
    assert promises.differences(promised, []) == [f"{words}no line is in use."]
    assert promises.differences((), [nine]) == []


# --- Written, and on paper ---------------------------------------------------------------------------------


def test_the_hours_are_typed_by_the_day_and_stand_on_the_paper(firm):
    write = reverse("agreement-write", args=[firm.okafor.row.pk])
    wrong = firm.desk.post(write, FIRST | {"hours_1": "8-18, 17-19"})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "Two of these stretches overlap." in page
    assert 'value="8-18, 17-19"' in page
    nothing = FIRST | {f"hours_{day}": "" for day in range(5)}
    assert "Say when we answer" in firm.desk.post(write, nothing).content.decode()
    assert firm.desk.post(write, FIRST | {"cover": "Not at carnival"}).status_code == 303
    agreement = Agreement.objects.get()
    assert agreement.cover_hours == EIGHT_TO_SIX
    said = agreeing.words_of(agreement)[1]["words"]
    assert said[:3] == [
        "Monday–Friday 08:00–18:00, by the clocks of London",
        "Not on the client’s holidays and closures",
        "Not at carnival",
    ]
    draft = firm.desk.get(write).content.decode()
    assert 'value="08:00–18:00"' in draft
    assert 'value="2026-12-01"' in draft  # its first day, not today
    assert firm.desk.post(write, nothing | {"cover": "By arrangement"}).status_code == 303
    assert Agreement.objects.get().cover_hours == []


def test_the_next_version_of_one_in_words_alone_begins_with_the_hours_of_the_lines(firm):
    accepted(firm, cover_hours=[], cover="Whenever it rings")
    listed(firm, "07:30", "18:30")
    page = firm.desk.get(reverse("agreement-write", args=[firm.okafor.row.pk])).content.decode()
    assert page.count('value="07:30–18:30"') == 5
    assert "Whenever it rings" in page


# --- Against the rota --------------------------------------------------------------------------------------


def test_cover_is_shown_against_what_the_agreement_promises(firm):
    priya = firm.secretary("Priya", firm.okafor, ready=False)
    monday = date.fromisoformat(WEEK)
    for n in range(5):
        stretch = rules.stretch(monday + n * rules.DAY, time(9), time(17), priya.zone)
        planning.add(secretary=priya, stretch=stretch, by=firm.helen, at=clock.now())
    assert "Sat 5 Dec 09:00–17:00" in cover(firm)  # the line: nine to five, every day
    accepted(firm)
    page = cover(firm)
    assert "50 h 00 min" in page
    assert "Mon 30 Nov 08:00–09:00" in page
    assert "Mon 30 Nov 17:00–18:00" in page
    assert "Sat 5 Dec" not in page


def test_an_agreement_counts_on_its_own_days_and_not_on_holidays(firm):
    accepted(firm, date(2026, 12, 2))
    Holiday.objects.create(client=firm.okafor.row, on=date(2026, 12, 3), name="Founder’s day")
    page = cover(firm)
    assert "Tue 1 Dec 09:00–17:00" in page  # the line
    assert "Wed 2 Dec 08:00–18:00" in page
    assert "Thu 3 Dec" not in page
    Agreement.objects.update(cover_on_holidays=True)
    assert "Thu 3 Dec 08:00–18:00" in cover(firm)


def test_where_agreement_and_lines_disagree_both_pages_say_so(firm):
    listed(firm)
    agreement = accepted(firm)
    words = "The agreement promises Monday–Friday 08:00–18:00; no line is answered Monday–Friday 08:00–09:00."
    address = reverse("agreement", args=[agreement.pk])
    page = cover(firm)
    assert words in page
    assert address in page
    assert words in firm.desk.get(address).content.decode()
    assert words not in firm.browser(firm.okafor.owner).get(reverse("portal-agreement")).content.decode()
    listed(firm, "08:00")
    assert "no line is answered" not in cover(firm)
    assert "no line is answered" not in firm.desk.get(address).content.decode()


def test_hours_in_words_alone_are_said_to_be_that(firm):
    agreement = accepted(firm, cover_hours=[], cover="Monday to Friday\nfrom eight")
    words = "The agreement has its hours in words alone (“Monday to Friday; from eight”)"
    page = cover(firm)
    assert words in page
    assert "56 h 00 min" in page  # of the line
    assert words in firm.desk.get(reverse("agreement", args=[agreement.pk])).content.decode()
