"""What became of a planned shift, and who hears of one that nobody has started."""

import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.live.models import LiveEvent
from secretariat.office import presence
from secretariat.office.models import PlannedShift, Shift
from secretariat.office.rota import attendance, attending, planning, rules
from secretariat.office.rota.attendance import State, Worked
from secretariat.outbox.models import Effect

DAY = date(2026, 11, 24)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(text), UTC)


PLAN = rules.Stretch(at("09:00"), at("17:00"))


@pytest.mark.parametrize(
    ("now", "worked", "state", "late", "early"),
    [
        ("08:00", [], State.TO_COME, 0, 0),
        ("08:50", [("08:45", None)], State.AT_WORK, 0, 0),  # come for it, before it begins
        ("08:00", [("01:00", None)], State.TO_COME, 0, 0),  # at work for something else
        ("09:04", [], State.DUE, 0, 0),
        ("09:05", [], State.LATE, 0, 0),
        ("17:00", [], State.MISSED, 0, 0),
        ("09:10", [("09:04", None)], State.AT_WORK, 0, 0),
        ("09:30", [("09:12", None)], State.AT_WORK, 12, 0),
        ("10:00", [("08:55", None)], State.AT_WORK, 0, 0),
        ("12:00", [("09:00", "11:00")], State.LEFT, 0, 360),
        ("18:00", [("09:00", "16:58")], State.KEPT, 0, 0),
        ("18:00", [("09:00", "16:00")], State.KEPT, 0, 60),
        ("18:00", [("09:00", "12:00"), ("13:00", "17:10")], State.KEPT, 0, 0),
        ("18:00", [("06:00", "08:00")], State.MISSED, 0, 0),
        ("18:00", [("09:00", None)], State.KEPT, 0, 0),
    ],
)
def test_how_a_planned_shift_stands(now, worked, state, late, early):
    happened = [Worked(at(began), at(ended) if ended else None) for began, ended in worked]
    found = attendance.stand(PLAN, happened, grace=5 * MINUTE, at=at(now))
    assert (found.state, found.late, found.early) == (state, late * MINUTE, early * MINUTE)


def test_breaks_within_the_shift_are_summed():
    taken = [Worked(at("08:30"), at("09:15")), Worked(at("12:00"), at("12:30")), Worked(at("13:00"))]
    found = attendance.stand(PLAN, [Worked(at("08:00"))], taken, grace=5 * MINUTE, at=at("13:10"))
    assert found.breaks == 55 * MINUTE


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 08:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.plan = planning.add(
        secretary=office.priya,
        stretch=rules.stretch(DAY, time(9), time(17), "Europe/London"),
        by=office.helen,
        at=clock.now(),
    )
    planning.publish(date(2026, 11, 23), by=office.helen, at=clock.now())
    office.settle()
    return office


def test_who_does_not_come_is_work_for_the_firm_until_she_comes(firm):
    firm.clock_says("2026-11-24 09:04")
    attending.notice_late(at=clock.now())
    assert not WorkItem.objects.exists()
    firm.clock_says("2026-11-24 09:05")
    firm.passes(1)
    item = WorkItem.objects.get(kind="office.late")
    assert item.because == "Priya has not started the shift planned for 09:00."
    assert firm.browser(firm.helen).get(reverse("work-item", args=[item.pk])).status_code == 200
    page = firm.browser(firm.helen).get(reverse("attendance")).content.decode()
    assert "Not come yet" in page
    assert item.because in firm.browser(firm.helen).get(reverse("wallboard")).content.decode()
    assert "Not come yet" in firm.browser(firm.priya).get(reverse("my-shifts")).content.decode()
    firm.clock_says("2026-11-24 09:12")
    presence.start_shift(firm.priya, line="phone", at=clock.now(), declared=True)
    attending.notice_late(at=clock.now())
    item.refresh_from_db()
    assert item.outcome == "Came at 09:12"
    page = firm.browser(firm.helen).get(reverse("attendance")).content.decode()
    assert "12 min late" in page
    assert item.because not in firm.browser(firm.helen).get(reverse("wallboard")).content.decode()


def test_the_page_of_attendance_hears_when_somebody_comes_or_goes(firm):
    page = firm.browser(firm.helen).get(reverse("attendance")).content.decode()
    assert "live:shift.changed from:body" in page
    before = LiveEvent.objects.count()
    presence.start_shift(firm.priya, line="phone", at=clock.now(), declared=True)
    told = LiveEvent.objects.order_by("pk")[before:]
    assert any(each.event == "shift.changed" and firm.helen.pk in each.audience for each in told)


def test_she_says_why_and_the_firm_excuses_it(firm):
    firm.clock_says("2026-11-24 10:00")
    attending.notice_late(at=clock.now())
    hers = firm.browser(firm.priya)
    address = reverse("my-shift-explain", args=[firm.plan.pk])
    assert hers.post(address, {"reason": ""}).status_code == 422
    assert hers.post(address, {"reason": "The line was dead"}).status_code == 303
    desk = firm.browser(firm.helen)
    assert "The line was dead" in desk.get(reverse("attendance")).content.decode()
    why = reverse("attendance-explain", args=[firm.plan.pk])
    assert desk.post(why, {"reason": "The line was dead", "excused": "yes"}).status_code == 303
    assert PlannedShift.objects.get().excused
    assert WorkItem.objects.get(kind="office.late").outcome == "Excused"


def test_a_reason_that_is_refused_leaves_a_page_of_that_day_that_goes_on_by_itself(firm):
    firm.clock_says("2026-11-25 08:00")
    attending.notice_late(at=clock.now())
    desk = firm.browser(firm.helen)
    why = reverse("attendance-explain", args=[firm.plan.pk])
    refused = desk.post(why, {"reason": " ", "excused": "yes"})
    page = refused.content.decode()
    assert (refused.status_code, "Say why in a few words." in page) == (422, True)
    [asks] = re.findall(r'id="attendance"[^>]* hx-get="([^"]+)"', page)
    ways = re.findall(r'rel="(?:prev|next)" href="([^"]+)"', page)
    assert [urljoin(why, each) for each in (asks, *ways)] == [
        f"{reverse('attendance')}?day=2026-11-{day}" for day in (24, 23, 25)
    ]


def test_the_mail_about_it_says_no_time(firm):
    firm.clock_says("2026-11-24 09:10")
    attending.notice_late(at=clock.now())
    texts = [each.payload["text"] for each in Effect.objects.filter(kind="office.rota_word")]
    assert len(texts) == 2
    assert not any("09:00" in each for each in texts)


def late_mails() -> list[str]:
    texts = [each.payload["text"] for each in Effect.objects.filter(kind="office.rota_word")]
    return [each.split("\n")[0] for each in texts if "did not start it" in each]


def test_a_shift_over_which_no_round_passed_is_noticed_afterwards_once(firm):
    firm.clock_says("2026-11-25 08:30")
    for _ in range(2):
        attending.notice_late(at=clock.now())
    item = WorkItem.objects.get(kind="office.late")
    assert item.because == "Priya did not come to the shift planned for 09:00."
    assert item.outcome == ""
    assert late_mails() == ["A shift of yours is over, and you did not start it."]


def test_one_that_is_shorter_than_the_grace_is_noticed_when_it_is_over(firm):
    ends_at = firm.plan.starts_at + 4 * MINUTE
    PlannedShift.objects.update(ends_at=ends_at)
    attending.notice_late(at=ends_at - MINUTE)
    assert not WorkItem.objects.exists()
    attending.notice_late(at=ends_at)
    assert WorkItem.objects.filter(kind="office.late").exists()


@pytest.mark.parametrize("why", ["she came", "a day has passed", "it was published when it was over"])
def test_what_is_over_is_not_noticed_where(firm, why):
    firm.clock_says("2026-11-24 17:30")
    if why == "she came":
        Shift.objects.create(
            secretary=firm.priya,
            line="phone",
            started_at=at("09:30"),
            ended_at=at("16:00"),
            declared_at=at("09:30"),
        )
    elif why == "a day has passed":
        firm.clock_says("2026-11-25 17:00")
    else:
        PlannedShift.objects.update(published_at=at("17:10"))
    attending.notice_late(at=clock.now())
    assert not WorkItem.objects.exists()
    assert late_mails() == []
