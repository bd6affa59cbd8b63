"""Results of quality, summed up over three months for both sides; what is open stands in the firm's list."""

from datetime import UTC, date, datetime

from django.urls import reverse

from secretariat import clock
from secretariat.books.models import Remark
from secretariat.books.supervision import supervising


def test_results_of_quality_are_summed_up_for_both_and_what_is_open_stands_in_the_list(
    office, okafor, priya, helen
):
    """Of the last 90 days (80 + 95 + 90) / 3 = 88.3, before them 70; one of a year ago counts no more."""
    for day, score in (("11-20", 80), ("11-01", 95), ("09-10", 90), ("07-01", 70)):
        at = datetime.fromisoformat(f"2026-{day}T09:00+00:00")
        Remark.objects.create(
            secretary=priya, kind="quality", words="Ten calls heard", score=score, by=helen, at=at
        )
    long_ago = datetime(2025, 11, 1, 9, tzinfo=UTC)
    Remark.objects.create(secretary=priya, kind="quality", words="Heard", score=1, by=helen, at=long_ago)
    facts = {"secretary": priya, "words": "A course", "by": helen, "at": clock.now()}
    Remark.objects.create(kind="training", due_on=date(2026, 11, 23), **facts)
    supervising.remark(priya, Remark(kind="complaint", words="Rude"), by=helen, at=clock.now())
    firm, hers = office.browser(helen), office.browser(priya)
    summed = "on average of 3 results in 90 days; 70 % in the 90 days before"
    for browser, page in (
        (firm, reverse("supervision-of", args=[priya.pk])),
        (hers, reverse("my-supervision")),
    ):
        words = browser.get(page).content.decode()
        assert "Quality 88 %" in words
        assert summed in words
    listed = firm.get(reverse("supervision")).content.decode()
    for words in ("Quality 88 %", "training is overdue", "a complaint is open"):
        assert words in listed
