"""What was asked and said of her work while she was suspended: told once she is let in again."""

from datetime import date

from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books.models import HoursQuestion, Remark
from secretariat.books.supervision import supervising
from secretariat.office import suspending
from secretariat.outbox.models import Effect

ON = date(2026, 11, 23)


def subjects() -> list[str]:
    """Of the mails to her about her work, in order."""
    found = Effect.objects.filter(kind="books.supervision_word").order_by("posted_at", "pk")
    return [each.payload["subject"].split(": ")[1] for each in found]


def hers(firm) -> set[str]:
    """The kinds of the work that lies with her."""
    return set(WorkItem.objects.open().filter(owner=firm.priya.user).values_list("kind", flat=True))


def test_what_was_asked_and_said_while_she_was_suspended_is_hers_once_she_is_let_in(firm):
    suspending.suspend(firm.priya.user, by=firm.ruth, reason="conduct", at=clock.now())
    firm.passes(60)
    desk = firm.browser(firm.helen)
    ask, remark = (reverse(f"supervision-{each}", args=[firm.priya.pk]) for each in ("ask", "remark"))
    for page, said in (
        (ask, {"on": ON.isoformat(), "words": "Why idle?"}),
        (remark, {"kind": "complaint", "words": "She was short with him"}),
        (remark, {"kind": "praise", "words": "Calm with Mrs Harlow"}),
    ):
        told = desk.post(page, said, follow=True).content.decode()
        assert "told once she is let in again" in told
        assert "She is told, and" not in told
    assert subjects() == []
    assert hers(firm) == set()
    firm.passes(60)
    suspending.lift(firm.priya.user, by=firm.ruth, at=clock.now())
    assert hers(firm) == {"books.hours_asked", "books.complaint"}
    assert subjects() == [
        "A question about your hours",
        "A complaint about your work",
        "Something is said of your work",
    ]
    firm.priya.refresh_from_db()
    mine = firm.browser(firm.priya)
    mine.post(reverse("my-supervision-answer", args=[HoursQuestion.objects.get().pk]), {"words": "The line"})
    complaint = Remark.objects.get(kind="complaint")
    mine.post(reverse("my-supervision-say", args=[complaint.pk]), {"words": "He shouted first"})
    assert hers(firm) == set()


def test_what_lay_with_her_before_waits_for_her_and_she_is_not_mailed_of_it_twice(firm):
    at = clock.now()
    supervising.ask(firm.priya, on=ON, words="Why idle?", by=firm.helen, at=at)
    supervising.remark(firm.priya, Remark(kind="praise", words="Calm"), by=firm.helen, at=at)
    settled = supervising.remark(firm.priya, Remark(kind="complaint", words="Late"), by=firm.helen, at=at)
    before = subjects()
    assert len(before) == 3
    firm.passes(60)
    suspending.suspend(firm.priya.user, by=firm.ruth, reason="lost", at=clock.now())
    assert hers(firm) == {"books.hours_asked", "books.complaint"}
    supervising.judge_complaint(
        settled, state="unfounded", outcome="It was not", by=firm.helen, at=clock.now()
    )
    firm.passes(60)
    suspending.lift(firm.priya.user, by=firm.ruth, at=clock.now())
    assert hers(firm) == {"books.hours_asked"}
    assert subjects() == [*before, "A complaint is settled"]


def test_whoever_takes_no_calls_is_let_in_with_nothing_to_read(firm):
    suspending.suspend(firm.helen, by=firm.ruth, reason="lost", at=clock.now())
    assert suspending.lift(firm.helen, by=firm.ruth, at=clock.now())
    assert subjects() == []
