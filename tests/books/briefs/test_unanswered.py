"""A milestone that is handed in and not answered: the client is told before its silence counts, and after."""

from decimal import Decimal

from secretariat import clock
from secretariat.books.briefs import milestones, reminding
from secretariat.books.models import Brief, Milestone
from secretariat.outbox.models import Effect


def handed_in(milestone) -> Milestone:
    return milestones.hand_in(
        milestone, words="There", result=Decimal(0), by=milestone.secretary.user, at=clock.now()
    )


def mails(what: str) -> list[Effect]:
    return list(Effect.objects.filter(kind="books.brief_word", key__contains=f":{what}:").order_by("id"))


def reminded_at(office, text: str) -> int:
    office.clock_says(text)
    return reminding.remind_to_answer(at=clock.now())


def test_a_day_before_silence_counts_the_client_is_reminded_once_and_told_when_it_has(office, okafor, fixed):
    first = handed_in(fixed[0])  # on Tuesday 24 November at 10:30, with seven days
    assert reminded_at(office, "2026-11-30 10:29") == 0
    assert [reminded_at(office, "2026-11-30 10:30") for _twice in range(2)] == [1, 0]
    [mail] = mails("not_answered")
    assert mail.payload["to"] == "owner.of.okafor.legal@clients.example"
    assert "counts as accepted on 1 December 2026 at 10:30, and is charged" in mail.payload["text"]
    assert not mails("counted")
    office.clock_says("2026-12-01 10:30")
    assert milestones.count_unanswered(at=clock.now()) == 1
    [mail] = mails("counted")
    assert f"/briefs/{first.brief_id}/" in mail.payload["text"]


def test_handed_in_again_it_is_told_of_again_and_what_was_answered_is_not(office, okafor, fixed, owner):
    first, second = (handed_in(each) for each in fixed)
    milestones.accept(second, words="", by=owner, at=clock.now())
    assert reminded_at(office, "2026-11-30 11:00") == 1
    milestones.send_back(first, words="Page two", by=owner, at=clock.now())
    assert reminded_at(office, "2026-11-30 11:30") == 0
    handed_in(first)
    assert reminded_at(office, "2026-12-06 11:30") == 1
    assert len(mails("not_answered")) == 2
    assert not mails("counted")


def test_where_the_client_has_one_day_the_mail_of_the_first_moment_is_enough(office, okafor, fixed):
    Brief.objects.update(window_days=1)
    first = Milestone.objects.select_related("brief__client", "client", "secretary__user").get(pk=fixed[0].pk)
    handed_in(first)
    assert reminding.remind_to_answer(at=clock.now()) == 0
