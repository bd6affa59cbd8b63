"""A vacancy says what it pays, or nobody sees it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from secretariat.office.models import Firm, Vacancy
from secretariat.office.vacancies import publishing

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
WRITTEN = {
    "title": "Mornings on the telephone",
    "work": "You answer for three solicitors.",
    "kind": "contractor",
    "hours_from": "15",
    "hours_to": "25",
    "hours_per": "week",
    "currency": "gbp",
    "rate": "14.50",
    "rate_for": "hour",
    "paid_each": "month",
    "pay_within_days": "7",
    "language": "en",
}


@pytest.mark.parametrize(
    ("facts", "money", "why_not"),
    [
        ({"rate": Decimal("14.50"), "rate_for": "hour"}, "14.50 GBP an hour at work.", ""),
        ({"rate": Decimal("0.085"), "rate_for": "call"}, "0.085 GBP for each call.", ""),
        ({"rate": Decimal(1800), "rate_for": "month"}, "A fixed amount of 1,800.00 GBP a month.", ""),
        ({"rate": Decimal(1800), "currency": "JPY"}, "1,800 JPY an hour at work.", ""),
        ({"rate": Decimal("0.0855"), "currency": "KWD"}, "0.0855 KWD an hour at work.", ""),
        ({"rate": None, "rate_for": "hour"}, "", "no clear rate"),
        ({"rate": Decimal(0), "rate_for": "hour"}, "0.00 GBP an hour at work.", "more than nought"),
        ({"rate": Decimal(-1), "rate_for": "task"}, "-1.00 GBP for each other task.", "more than nought"),
    ],
)
def test_a_rate_is_judged_as_that_of_a_contract(facts, money, why_not):
    vacancy = Vacancy(kind="contractor", made_at=NOW, **facts)
    assert publishing.money(vacancy) == money
    assert why_not in " ".join(publishing.why_not_published(vacancy))
    assert bool(publishing.why_not_published(vacancy)) is bool(why_not)


def test_hours_are_said_a_week_or_a_month():
    by_week = Vacancy(hours_from=15, hours_to=25, made_at=NOW)
    by_month = Vacancy(hours_from=60, hours_to=60, hours_per="month", made_at=NOW)
    assert publishing.hours(by_week) == "15 to 25 hours a week"
    assert publishing.hours(by_month) == "60 hours a month"


def test_without_a_rate_it_is_a_draft_and_with_one_everybody_reads_it(office):
    office.clock_says("2026-11-24 10:30")
    helen, anybody = office.supervisor(), Browser()
    firm = office.browser(helen)
    assert firm.post(reverse("firm-vacancy-add"), WRITTEN | {"rate": ""}).status_code == 303
    vacancy = Vacancy.objects.get()
    page, publish = (reverse(name, args=[vacancy.pk]) for name in ("firm-vacancy", "firm-vacancy-publish"))
    assert "It names no clear rate" in firm.get(page).content.decode()
    firm.post(publish)
    vacancy.refresh_from_db()
    assert vacancy.state == "draft"
    assert anybody.get(reverse("vacancy", args=[vacancy.pk])).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.update(state="open")
    firm.post(page, WRITTEN)
    firm.post(publish)
    public = anybody.get(reverse("vacancy", args=[vacancy.pk])).content.decode()
    for words in ("14.50 GBP an hour at work", "15 to 25 hours a week", "three solicitors"):
        assert words in public
    assert "Paid each month, within 7 days after it ends." in public
    refused = firm.post(page, WRITTEN | {"rate": ""})
    assert refused.status_code == 422  # what is published goes on saying what it pays
    firm.post(reverse("firm-vacancy-close", args=[vacancy.pk]))
    assert "No work to be had just now" in anybody.get(reverse("vacancies")).content.decode()


@pytest.mark.parametrize(
    ("zone", "at", "seen"),
    [
        ("Europe/London", "2026-11-25 23:30", True),
        ("Europe/London", "2026-11-26 00:30", False),
        ("America/New_York", "2026-11-26 00:30", True),
    ],
)
def test_nobody_sees_it_or_applies_after_its_last_day_where_the_firm_is(office, zone, at, seen):
    office.clock_says("2026-11-24 10:30")
    firm, anybody = office.browser(office.supervisor()), Browser()
    Firm.current()
    Firm.objects.update(zone=zone)
    firm.post(reverse("firm-vacancy-add"), WRITTEN | {"until_on": "2026-11-25"})
    vacancy = Vacancy.objects.get()
    firm.post(reverse("firm-vacancy-publish", args=[vacancy.pk]))
    page = anybody.get(reverse("vacancy", args=[vacancy.pk])).content.decode()
    assert "Apply until" in page
    assert "25 Nov" in page
    office.clock_says(at)
    assert (vacancy.title in anybody.get(reverse("vacancies")).content.decode()) is seen
    apply = reverse("vacancy-apply", args=[vacancy.pk])
    answer = anybody.post(apply, {"name": "Nora", "email": "nora@example.com"})
    assert answer.status_code == (303 if seen else 404)
    told = "Its last day has passed" in firm.get(reverse("firm-vacancy", args=[vacancy.pk])).content.decode()
    assert told is not seen
    assert ("Its last day has passed" in firm.get(reverse("firm-vacancies")).content.decode()) is not seen


def test_it_is_not_published_after_its_last_day(office):
    office.clock_says("2026-11-24 10:30")
    firm = office.browser(office.supervisor())
    firm.post(reverse("firm-vacancy-add"), WRITTEN | {"until_on": "2026-11-23"})
    vacancy = Vacancy.objects.get()
    publish = reverse("firm-vacancy-publish", args=[vacancy.pk])
    told = firm.post(publish, follow=True).content.decode()
    assert "Its last day has passed. Name a later day first, or none." in told
    vacancy.refresh_from_db()
    assert vacancy.state == "draft"
    firm.post(reverse("firm-vacancy", args=[vacancy.pk]), WRITTEN | {"until_on": "2026-11-24"})
    assert "Published." in firm.post(publish, follow=True).content.decode()
