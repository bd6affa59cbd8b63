"""Supervision: her days as both see them, questions in writing, remarks, and each look hers to read."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call
from clients.models import WorkItem
from secretariat import clock
from secretariat.books.models import DaySeen, HoursQuestion, Remark, Week
from secretariat.books.supervision import days, reminding, standing, supervising
from secretariat.ids import uuid7
from secretariat.office.models import Absence, Post, Secretary, Shift
from secretariat.office.rota.rules import Stretch
from secretariat.outbox.models import Effect
from tests.told import told

from .conftest import worked
from .test_looks import looked_at

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
    assert firm.helen.name in looked_at(firm)
    assert "your days" in looked_at(firm)


def test_today_is_the_day_where_she_lives(firm):
    firm.clock_says("2026-11-25 01:30")  # in New York it is still Tuesday evening
    firm.priya.zone = "America/New_York"
    firm.priya.save()
    Shift.objects.filter(secretary=firm.priya).update(started_at=datetime(2026, 11, 24, 22, tzinfo=UTC))
    page = firm.browser(firm.helen).get(reverse("supervision")).content.decode()
    assert "since 17:00, 3 h 30 min" in page
    assert "Tue 24 Nov" in page
    firm.clock_says("2026-11-24 23:30")  # and in Sydney Wednesday morning
    firm.priya.zone = "Australia/Sydney"
    firm.priya.save()
    Shift.objects.filter(secretary=firm.priya).update(started_at=datetime(2026, 11, 24, 22, tzinfo=UTC))
    page = firm.browser(firm.helen).get(reverse("supervision")).content.decode()
    assert "since 09:00, 1 h 30 min" in page
    assert "Wed 25 Nov" in page


def test_a_day_is_marked_as_gone_through_and_she_sees_by_whom(firm):
    desk, page = firm.browser(firm.helen), reverse("supervision-seen", args=[firm.priya.pk])
    assert "Seen today" in desk.get(reverse("supervision")).content.decode()
    assert desk.post(page, {"on": "2026-11-24", "back": "list"}, follow=True).status_code == 200
    assert f"{firm.helen.name}, 10:30" in desk.get(reverse("supervision")).content.decode()
    assert firm.helen.name in firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    desk.post(page, {"on": "2026-11-01"})
    assert DaySeen.objects.get().on == ON
    assert desk.post(page, {"on": "yesterday"}).status_code == 404
    Post.objects.create(user=firm.priya.user, post=Post.Kind.SUPERVISOR)
    firm.browser(firm.priya).post(page, {"on": "2026-11-23"})
    assert DaySeen.objects.count() == 1  # not by herself


def test_each_day_of_work_of_the_last_seven_that_nobody_has_gone_through_is_named(firm):
    for day in (17, 18, 20, 23):
        worked(firm.okafor, firm.priya, f"2026-11-{day} 09:00:00", 600)
    desk, page = firm.browser(firm.helen), reverse("supervision-seen", args=[firm.priya.pk])

    def unseen() -> list[str]:
        return re.findall(r"not (\w{3} \d+ Nov)<", desk.get(reverse("supervision")).content.decode())

    assert unseen() == ["Mon 23 Nov", "Fri 20 Nov", "Wed 18 Nov"]
    desk.post(page, {"on": "2026-11-23"})
    assert unseen() == ["Fri 20 Nov", "Wed 18 Nov"]


def test_who_looked_in_the_morning_has_not_gone_through_the_day(firm):
    desk, page = firm.browser(firm.helen), reverse("supervision-seen", args=[firm.priya.pk])
    of_her = reverse("supervision-of", args=[firm.priya.pk])
    desk.post(page, {"on": "2026-11-24"})  # as she begins
    assert "Seen today" not in desk.get(reverse("supervision")).content.decode()
    Shift.objects.filter(secretary=firm.priya).update(ended_at=datetime(2026, 11, 24, 17, tzinfo=UTC))
    firm.clock_says("2026-11-24 17:10")
    listed = desk.get(reverse("supervision")).content.decode()
    assert f"{firm.helen.name}, 10:30; she has worked since" in listed
    assert "Seen today" in listed
    assert f"gone through by {firm.helen.name} until 10:30" in desk.get(of_her).content.decode()
    firm.clock_says("2026-11-25 09:00")
    assert "not Tue 24 Nov" in desk.get(reverse("supervision")).content.decode()
    desk.post(page, {"on": "2026-11-24"})
    assert "not Tue 24 Nov" not in desk.get(reverse("supervision")).content.decode()
    assert f"gone through by {firm.helen.name}, Wed 25 Nov" in desk.get(of_her).content.decode()


def test_the_list_asks_as_often_however_many_they_are(firm):
    desk = firm.browser(firm.helen)
    desk.get(reverse("supervision"))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("supervision"))
    for name in ("Maya", "Nora", "Tess"):
        firm.secretary(name, firm.okafor)
    desk.get(reverse("supervision"))
    with CaptureQueriesContext(connection) as many:
        desk.get(reverse("supervision"))
    assert len(many) == len(few)


def named(firm, supervisor, stand_in=None):
    facts = {"qualified_by": "Ten years", "by": firm.ruth, "at": clock.now()}
    return supervising.name(firm.priya, supervisor=supervisor, stand_in=stand_in, **facts)


def test_whom_i_supervise_is_a_list_of_its_own(firm):
    firm.secretary("Maya", ready=False)
    named(firm, firm.helen)
    mine = firm.browser(firm.helen).get(reverse("supervision"), {"mine": "yes"}).content.decode()
    assert "Priya" in mine
    assert "Maya" not in mine
    assert (
        "You supervise nobody"
        in firm.browser(firm.ruth).get(reverse("supervision"), {"mine": "yes"}).content.decode()
    )


def test_where_a_supervisor_is_suspended_or_has_left_the_stand_in_stands_in_and_it_is_said(firm):
    named(firm, firm.helen, firm.ruth)
    firm.helen.is_active = False
    firm.helen.save()
    desk = firm.browser(firm.ruth)
    page = desk.get(reverse("supervision"), {"mine": "yes"}).content.decode()
    assert "stands in" in page
    assert f"{firm.helen.name} is suspended or has left" in page
    hers = firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    assert "Ruth supervises your work. She stands in for Helen." in hers
    named(firm, firm.helen)
    page = desk.get(reverse("supervision-of", args=[firm.priya.pk])).content.decode()
    assert "nobody any more" in page
    assert (
        "Nobody supervises your work"
        in firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    )
    firm.helen.is_active = True
    firm.helen.save()
    assert standing.acting_for(firm.priya) == firm.helen
    Post.objects.filter(user=firm.helen).update(until_at=clock.now())  # she gave up the post
    assert standing.acting_for(firm.priya) is None


def is_away(firm, who, *, kind="holiday", state="approved", until=0):
    """She works as a secretary, too, with days off: today where she lives, and `until` so many more."""
    hers = Secretary.objects.create(user=who, spoken_name=who.name, zone="Pacific/Auckland")
    today = clock.now().astimezone(ZoneInfo(hers.zone)).date()
    days = {"from_on": today, "until_on": today + timedelta(days=until)}
    return Absence.objects.create(secretary=hers, kind=kind, state=state, **days)


@pytest.mark.parametrize("kind", ["holiday", "sickness", "other"])
def test_while_a_supervisor_is_away_the_stand_in_has_her_list_and_the_work_that_comes_up(firm, kind):
    named(firm, firm.helen, firm.ruth)
    supervising.for_the_firm(firm.priya, "books.training_overdue", ("books.remark", uuid7()), "Overdue")
    before = WorkItem.objects.get(kind="books.training_overdue")
    assert before.owner == firm.helen
    days = is_away(firm, firm.helen, kind=kind)
    page = firm.browser(firm.ruth).get(reverse("supervision"), {"mine": "yes"}).content.decode()
    assert "Priya" in page
    assert "stands in" in page
    assert "Helen is away just now" in page
    hers = firm.browser(firm.priya).get(reverse("my-supervision")).content.decode()
    assert "Ruth supervises your work. She stands in for Helen." in hers
    Week.objects.create(
        secretary=firm.priya,
        starts_on=date(2026, 11, 16),
        state="confirmed",
        confirmed_at=clock.now() - 49 * HOUR,
    )
    assert reminding.to_approve(at=clock.now()) == 1
    item = WorkItem.objects.get(kind="books.week_to_approve")
    assert item.owner == firm.ruth
    assert firm.browser(firm.ruth).get(reverse("supervision-of", args=[firm.priya.pk])).status_code == 200
    assert firm.ruth.name in looked_at(firm)
    for each in (firm.helen, firm.ruth):
        assert WorkItem.objects.visible_to(each).open().filter(pk__in=[before.pk, item.pk]).count() == 2

    # She is back: it is hers again, and what the stand-in was given stays with her.
    day = timedelta(days=1)
    Absence.objects.filter(pk=days.pk).update(from_on=days.from_on - day, until_on=days.until_on - day)
    assert standing.acting_for(firm.priya) == firm.helen
    item.refresh_from_db()
    assert item.owner == firm.ruth
    page = firm.browser(firm.ruth).get(reverse("supervision"), {"mine": "yes"}).content.decode()
    assert "You supervise nobody" in page


def test_days_off_that_are_only_asked_for_hand_nothing_over(firm):
    named(firm, firm.helen, firm.ruth)
    is_away(firm, firm.helen, state="asked", until=3)
    assert standing.acting_for(firm.priya) == firm.helen


def test_while_both_are_away_it_stays_with_her_who_is_named_and_it_is_said(firm):
    named(firm, firm.helen, firm.ruth)
    is_away(firm, firm.helen)
    is_away(firm, firm.ruth, kind="sickness")
    assert standing.acting_for(firm.priya) == firm.helen
    page = firm.browser(firm.helen).get(reverse("supervision")).content.decode()
    assert "away, and nobody stands in" in page


def mails(kind="books.supervision_word") -> list[dict]:
    return [each.payload for each in Effect.objects.filter(kind=kind).order_by("posted_at", "pk")]


def test_a_question_is_put_in_writing_and_answered_once(firm):
    desk, hers = firm.browser(firm.helen), firm.browser(firm.priya)
    asked = {"on": "2026-11-23", "words": "What happened between two and four?"}
    assert desk.post(reverse("supervision-ask", args=[firm.priya.pk]), asked).status_code == 303
    question = HoursQuestion.objects.get()
    assert firm.priya.user_id in told("rota.changed")
    item = WorkItem.objects.get(kind="books.hours_asked")
    assert item.owner == firm.priya.user
    assert item.because in hers.get(reverse("work")).content.decode()
    done = hers.post(reverse("work-done", args=[item.pk]), {"outcome": "Done"})
    assert done.status_code == 422
    assert "It ends when you answer" in done.content.decode()
    [mail] = mails()
    assert mail["to"] == firm.priya.user.email
    assert "two and four" not in mail["text"]
    answer = reverse("my-supervision-answer", args=[question.pk])
    assert "between two and four" in hers.get(reverse("my-supervision")).content.decode()
    assert hers.post(answer, {"words": ""}).status_code == 422
    assert hers.post(answer, {"words": "The line was dead"}).status_code == 303
    hers.post(answer, {"words": "Something else"})
    question.refresh_from_db()
    assert question.answer == "The line was dead"
    page = desk.get(reverse("supervision-of", args=[firm.priya.pk])).content.decode()
    assert "The line was dead" in page
    item.refresh_from_db()
    assert item.outcome == "Answered"
    answered = WorkItem.objects.get(kind="books.hours_answered")
    assert answered.owner == firm.helen
    assert answered.because == "Priya has answered the question about 23.11.2026"
    where = reverse("supervision-of", args=[firm.priya.pk])
    assert where in desk.get(reverse("work-item", args=[answered.pk])).content.decode()


def test_an_answer_goes_to_whoever_stands_in_when_whoever_asked_is_there_no_more(firm):
    named(firm, firm.helen, firm.ruth)
    question = supervising.ask(firm.priya, on=ON, words="Why?", by=firm.helen, at=clock.now())
    firm.helen.is_active = False
    firm.helen.save()
    supervising.answer(question, words="The line", by=firm.priya.user, at=clock.now())
    assert WorkItem.objects.get(kind="books.hours_answered").owner == firm.ruth


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


def test_she_is_told_of_what_is_said_of_her_work_and_not_in_the_mail_what_it_was(firm):
    praise = {"kind": "praise", "words": "Mrs Harlow liked how calm you were"}
    firm.browser(firm.helen).post(reverse("supervision-remark", args=[firm.priya.pk]), praise)
    [mail] = mails()
    assert mail["to"] == firm.priya.user.email
    assert "Harlow" not in mail["text"] + mail["subject"]
    assert firm.priya.user_id in told("rota.changed")
    assert not WorkItem.objects.filter(kind="books.complaint").exists()  # nothing to be done about praise


def test_a_complaint_names_the_call_is_answered_by_her_and_settled_with_what_came_of_it(firm):
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    call, desk, hers = Call.objects.get(), firm.browser(firm.helen), firm.browser(firm.priya)
    page, mine = reverse("supervision-remark", args=[firm.priya.pk]), reverse("my-supervision")
    other = firm.client("Stone & Co")
    said = {"kind": "complaint", "words": "She was short with him", "call": str(call.pk)}
    refused = desk.post(page, said | {"client": str(other.row.pk)})
    assert refused.status_code == 422
    assert "She was short with him" in refused.content.decode()
    assert desk.post(page, said).status_code == 303
    row = Remark.objects.get()
    assert (row.state, row.client, row.call) == ("open", firm.okafor.row, call)
    item = WorkItem.objects.get(kind="books.complaint")
    assert item.owner == firm.priya.user
    assert reverse("calls-record", args=[call.pk]) in hers.get(mine).content.decode()
    say = reverse("my-supervision-say", args=[row.pk])
    assert hers.post(say, {"words": ""}).status_code == 422
    assert hers.post(say, {"words": "He shouted first"}).status_code == 303
    hers.post(say, {"words": "Something else"})
    item.refresh_from_db()
    assert item.outcome == "Answered"
    assert WorkItem.objects.get(kind="books.complaint_answered").owner == firm.helen
    assert "He shouted first" in desk.get(reverse("supervision-of", args=[firm.priya.pk])).content.decode()
    judge = reverse("supervision-judge", args=[row.pk])
    assert desk.post(judge, {"state": "pending", "outcome": ""}).status_code == 303
    refused = desk.post(judge, {"state": "unfounded", "outcome": ""})
    assert refused.status_code == 422
    assert "Say what came of it" in refused.content.decode()
    assert (
        desk.post(judge, {"state": "unfounded", "outcome": "The recording bears her out"}).status_code == 303
    )
    assert desk.post(judge, {"state": "open", "outcome": ""}, follow=True).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.answer, row.done_at) == ("unfounded", "He shouted first", clock.now())
    assert not WorkItem.objects.open().filter(subject_id=row.pk).exists()
    shown = hers.get(mine).content.decode()
    assert "Unfounded" in shown
    assert "The recording bears her out" in shown


def test_nobody_judges_a_complaint_about_herself(firm):
    Post.objects.create(user=firm.priya.user, post=Post.Kind.SUPERVISOR)
    row = supervising.remark(
        firm.priya, Remark(kind="complaint", words="Late"), by=firm.helen, at=clock.now()
    )
    judge = reverse("supervision-judge", args=[row.pk])
    page = firm.browser(firm.priya).post(judge, {"state": "unfounded", "outcome": "Not so"}, follow=True)
    assert "Somebody else judges" in page.content.decode()
    row.refresh_from_db()
    assert row.state == "open"


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
