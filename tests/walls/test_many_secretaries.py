"""What the firm's pages of all its secretaries ask of the database: the same however many there are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from clients.models import WorkRecord
from secretariat import clock, ids
from secretariat.books import hours
from secretariat.books.supervision import supervising
from secretariat.office.models import (
    Break,
    PlannedShift,
    Profile,
    Secretary,
    SecretarySkill,
    Shift,
    Skill,
)

from .test_queries import asked

LAST_WEEK = date(2026, 11, 16)
PAGES = (
    "books-weeks",
    "books-weeks-waiting",
    "supervision",
    "fairness",
    "rota",
    "firm-people",
    "firm-shifts",
    "attendance",
    "rota-cover",
    "teams",
    "books-plans",
    "directory",
    "profiles",
    "contracts",
)


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


def at_work(office, client, helen, n) -> None:
    """Somebody more, who worked last week and has confirmed it, works today, and is planned for tomorrow."""
    her = office.secretary(f"Secretary {n:03}", client, ready=False)
    for day in (16, 17, 23, 24):
        began = datetime(2026, 11, day, 9, tzinfo=UTC)
        for minute in (0, 30):
            WorkRecord.objects.create(
                client=client.row,
                secretary=her,
                kind="talk",
                subject_kind="calls.call",
                subject_id=ids.uuid7(),
                started_at=began + timedelta(minutes=minute),
                ended_at=began + timedelta(minutes=minute + 10),
            )
    shift = Shift.objects.create(
        secretary=her,
        started_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        ends_at=datetime(2026, 11, 23, 17, tzinfo=UTC),
        ended_at=datetime(2026, 11, 23, 17, tzinfo=UTC),
    )
    Break.objects.create(
        secretary=her,
        shift=shift,
        started_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        ended_at=datetime(2026, 11, 23, 12, 30, tzinfo=UTC),
    )
    PlannedShift.objects.create(
        secretary=her,
        starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 17, tzinfo=UTC),
        zone="Europe/London",
        state="published",
        published_at=clock.now(),
    )
    Profile.objects.create(secretary=her, is_public=True, public_name=f"Name {n:03}", shows_typing=True)
    minutes, _made = Skill.objects.get_or_create(name="Minutes")
    SecretarySkill.objects.create(secretary=her, skill=minutes, level=2)
    supervising.name(her, supervisor=helen, stand_in=None, qualified_by="Ten years", by=helen, at=clock.now())
    supervising.see(her, on=date(2026, 11, 24), by=helen, at=clock.now())
    hours.confirm(her, LAST_WEEK, seen=hours.of(her, LAST_WEEK, at=clock.now()).seen, at=clock.now())


def test_a_page_asks_as_much_of_five_as_of_two(office, okafor):
    helen = office.supervisor()
    firm = office.browser(helen)
    for n in range(2):
        at_work(office, okafor, helen, n)
    pages = {name: reverse(name) for name in PAGES}
    pages |= {
        "a week of hers": reverse("books-week", args=[Secretary.objects.first().pk]),
        "a team": reverse("team-suggest", args=[office.client("Brill Dental").row.pk]),
    }
    few = {name: asked(firm, address) for name, address in pages.items()}
    for n in range(2, 5):
        at_work(office, okafor, helen, n)
    assert {name: asked(firm, address) for name, address in pages.items()} == few


def test_of_many_a_page_shows_so_many_and_the_next_the_others(office, okafor, monkeypatch):
    helen = office.supervisor()
    firm = office.browser(helen)
    for n in range(3):
        at_work(office, okafor, helen, n)
    for where in (
        "books.views.weeks",
        "office.views.contracts",
        "books.views.supervision",
        "books.views.fairness",
        "office.rota.one_week",
    ):
        monkeypatch.setattr(f"secretariat.{where}.A_PAGE", 2)
    for name in ("books-weeks", "supervision", "fairness", "rota", "books-weeks-waiting"):
        query = {"week": "2026-11-16"} if name in ("books-weeks", "rota") else {}
        first = firm.get(reverse(name), query)
        second = firm.get(reverse(name), query | {"page": 2})
        assert (len(first.context["rows"]), len(second.context["rows"])) == (2, 1), name
        assert "Page 1 of 2" in first.content.decode(), name
        words = second.content.decode()
        assert "Secretary 002" in words, name
        assert "Secretary 000" not in words, name
