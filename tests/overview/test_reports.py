"""Reports: figures worked out by hand, on the firm's clocks, for the firm and for each client her own."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from calls.models import Call, Offer, PutThrough
from clients.models import WorkRecord
from messages_app.models import Message
from secretariat import clock, ids
from secretariat.ledger.models import LedgerEntry
from secretariat.overview.firm import standing
from secretariat.overview.reports import counting, heat
from secretariat.overview.reports.asking import Asked, By, spans, usual_days

LONDON = ZoneInfo("Europe/London")
WITHIN = timedelta(seconds=20)


def local(text, zone=LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def call(client, rang, *, after=None, gave_up=None, by=None, **facts) -> Call:
    """A call that is over: answered `after` seconds by somebody, or given up after `gave_up`."""
    ended = rang + timedelta(seconds=gave_up if gave_up is not None else 120)
    outcome = {"outcome": "message"} if after is not None else {"outcome": "abandoned"}
    return Call.objects.create(
        **{
            "client": client.row,
            "line": client.line,
            "carrier_id": ids.uuid7().hex,
            "state": "closed",
            "route": "offer",
            "rang_at": rang,
            "answered_at": rang + timedelta(seconds=after) if after is not None else None,
            "ended_at": ended,
            "closed_at": ended,
            "secretary": by,
        }
        | outcome
        | facts
    )


def worked(of, kind, seconds, *, by=None, started=None):
    started = started or of.answered_at
    WorkRecord.objects.create(
        client=of.client,
        secretary=by,
        kind=kind,
        subject_kind="calls.call",
        subject_id=of.pk,
        started_at=started,
        ended_at=started + timedelta(seconds=seconds),
    )


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", band="plum")


@pytest.fixture
def brill(office, okafor):
    return office.client("Brill Dental", band="teal", zone="Africa/Lagos")


@pytest.fixture
def priya(office, okafor, brill):
    return office.secretary("Priya", okafor, brill, ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


@pytest.fixture
def monday_and_tuesday(okafor, brill, priya):
    """Six calls of Okafor's and Brill's on 23 and 24 November."""
    first = call(okafor, local("2026-11-23 09:00"), after=8, by=priya)
    second = call(okafor, local("2026-11-23 09:30"), after=20, by=priya)
    call(okafor, local("2026-11-23 15:00"), after=32, by=priya)
    call(okafor, local("2026-11-24 09:10"), gave_up=34)
    call(brill, local("2026-11-24 09:20"), gave_up=50, outcome="voicemail")
    call(brill, local("2026-11-24 09:40"), gave_up=3, outcome="refused", route="refuse")
    worked(first, "talk", 60, by=priya)
    worked(first, "hold", 25, by=priya, started=first.answered_at + timedelta(seconds=60))
    worked(second, "talk", 45.5, by=priya)
    worked(second, "wrap_up", 30, by=priya, started=second.ended_at)
    for state, over in (("done", True), ("refused", True), ("done", True), ("ringing", False)):
        of = call(okafor, local("2026-11-23 16:00"), after=4, by=priya)
        PutThrough.objects.create(
            client=okafor.row,
            call=of,
            contact=okafor.owner,
            way="ask",
            state=state,
            asked_by=priya,
            asked_at=of.answered_at,
            ended_at=of.ended_at if over else None,
        )
    for state in ("accepted", "expired", "expired", "declined", "withdrawn"):
        at = local("2026-11-24 09:10")
        Offer.objects.create(
            client=okafor.row,
            call=first,
            secretary=priya,
            line="browser",
            state=state,
            offered_at=at,
            expires_at=at + timedelta(seconds=15),
        )
    for urgency, minutes in ((1, 60), (1, 120), (1, None), (3, 4)):
        Message.objects.create(
            client=okafor.row,
            contact=okafor.owner,
            text="Ring back",
            urgency=urgency,
            taken_by=priya.user,
            taken_at=local("2026-11-23 10:00"),
            acknowledged_at=minutes and local("2026-11-23 10:00") + timedelta(minutes=minutes),
        )


def asked(first="2026-11-23", last="2026-11-24", by=By.DAY, **facts) -> Asked:
    return Asked(date.fromisoformat(first), date.fromisoformat(last), LONDON, by, **facts)


def lines(user, what) -> dict:
    return {line.key: line for line in counting.lines(user, what, within=WITHIN, at=clock.now())}


def whole(user, what):
    return counting.total(user, what, within=WITHIN, at=clock.now())


# --- The figures -----------------------------------------------------------------------------------------


def test_two_days_by_hand(monday_and_tuesday, helen):
    found = lines(helen, asked())
    monday, tuesday = found[date(2026, 11, 23)], found[date(2026, 11, 24)]
    # Monday: 3 calls answered after 8, 20 and 32 s, and 4 after 4 s: 6 of 7 within 20 s, which is 85.7 %.
    assert (monday.rang, monday.counted, monday.within, monday.percent) == (7, 7, 6, 85)
    # In order 4 4 4 4 8 20 32: the middle one is 4; 95 % of the way from first to last is 5.7 steps: 28.4.
    assert monday.speed_median == timedelta(seconds=4)
    assert monday.speed_p95 == timedelta(seconds=28.4)
    assert monday.speed == timedelta(seconds=76) / 7
    assert (monday.talk, monday.hold) == (timedelta(seconds=105.5), timedelta(seconds=25))
    assert monday.wrap_up == timedelta(seconds=30)
    assert (monday.put_tried, monday.put_ended, monday.put_done, monday.put_percent) == (4, 3, 2, 66)
    assert (monday.messages, monday.normal, monday.urgent, monday.acknowledged) == (4, 3, 1, 3)
    assert monday.ack_median == timedelta(minutes=60)
    # Tuesday: one gave up after 34 s, one left a voicemail; the refused one rang and was nobody's to answer.
    assert (tuesday.rang, tuesday.counted, tuesday.within, tuesday.percent) == (3, 2, 0, 0)
    assert (tuesday.gave_up, tuesday.gave_up_after) == (1, timedelta(seconds=34))
    assert (tuesday.unanswered, tuesday.voicemail) == (1, 1)
    assert (tuesday.offered, tuesday.missed) == (5, 2)
    assert tuesday.speed_median is None


def test_the_whole_is_counted_by_itself(monday_and_tuesday, helen):
    found = whole(helen, asked())
    assert (found.rang, found.counted, found.within, found.percent) == (10, 9, 6, 66)
    assert (found.messages, found.missed, found.put_done) == (4, 2, 2)


def test_by_client_and_by_secretary(monday_and_tuesday, helen, okafor, brill, priya):
    clients = lines(helen, asked(by=By.CLIENT))
    assert {line.name: line.rang for line in clients.values()} == {"Okafor Legal": 8, "Brill Dental": 2}
    people = lines(helen, asked(by=By.SECRETARY))
    assert (people[priya.pk].name, people[priya.pk].answered, people[priya.pk].missed) == ("Priya", 7, 2)
    assert (people[None].rang, people[None].gave_up) == (3, 1)
    assert whole(helen, asked(client_id=brill.row.pk)).rang == 2
    assert whole(helen, asked(secretary_id=priya.pk)).gave_up == 0


def test_urgent_ones_are_timed_apart(monday_and_tuesday, helen):
    urgent, normal = counting.by_urgency(helen, asked())
    assert (urgent.name, urgent.messages, urgent.ack_median) == ("Urgent", 1, timedelta(minutes=4))
    assert (normal.messages, normal.acknowledged, normal.ack_median) == (3, 2, timedelta(minutes=90))


def test_a_corrected_and_a_withdrawn_message_count_as_what_stands(okafor, helen):
    at = local("2026-11-23 10:00")
    facts = {"client": okafor.row, "text": "x", "taken_at": at}
    wrong = Message.objects.create(**facts)
    Message.objects.create(**facts, corrects=wrong)
    Message.objects.create(**facts, state="withdrawn")
    assert whole(helen, asked()).messages == 1


def test_the_same_judgement_as_the_wallboard(office, okafor, helen):
    """Every kind of wait, judged in SQL and by the wallboard's own rule."""
    now = clock.now()
    for seconds in (0, 19, 20, 21, 200):
        call(okafor, now - timedelta(minutes=10), after=seconds)
        call(okafor, now - timedelta(minutes=10), gave_up=seconds)
        call(okafor, now - timedelta(minutes=10), gave_up=seconds, outcome="unanswered")
        waiting = {"state": "ringing", "outcome": "", "ended_at": None, "closed_at": None}
        call(okafor, now - timedelta(seconds=seconds), gave_up=0, **waiting)
    call(okafor, now - timedelta(minutes=5), gave_up=1, route="refuse", outcome="refused")
    level = standing.level_of(
        helen, since=standing.midnight(now, "Europe/London"), firm=standing.Firm.current(), at=now
    )
    found = whole(helen, asked("2026-11-24"))
    assert found.rang == 21
    assert (found.counted, found.within, found.answered) == (level.calls, level.within, level.answered)
    assert (found.gave_up, found.unanswered) == (level.gave_up, level.unanswered)
    assert (found.speed, found.gave_up_after) == (level.speed, level.gave_up_after)


# --- Days and hours --------------------------------------------------------------------------------------


def test_days_are_those_of_the_firm_when_the_clocks_change(okafor, helen):
    """25 October 2026 has 25 hours in London, 28 March 2027 has 23."""
    call(okafor, datetime(2026, 10, 24, 23, 30, tzinfo=ZoneInfo("UTC")), after=5)  # 00:30 on the 25th
    call(okafor, datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")), after=5)  # 01:30, the first time
    call(okafor, datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("UTC")), after=5)  # 01:30 again
    call(okafor, datetime(2026, 10, 25, 23, 59, tzinfo=ZoneInfo("UTC")), after=5)  # 23:59
    call(okafor, datetime(2026, 10, 26, 0, 0, tzinfo=ZoneInfo("UTC")), after=5)  # the 26th
    what = asked("2026-10-25", "2026-10-25")
    assert what.until - what.since == timedelta(hours=25)
    assert {key: line.rang for key, line in lines(helen, what).items()} == {date(2026, 10, 25): 4}
    assert counting.by_hour(helen, what) == {(7, 0): 1, (7, 1): 2, (7, 23): 1}
    spring = asked("2027-03-28", "2027-03-28")
    assert spring.until - spring.since == timedelta(hours=23)


def test_weeks_begin_on_monday_and_months_on_the_first(okafor, helen):
    for day in ("2026-11-01", "2026-11-02", "2026-11-08", "2026-11-09"):
        call(okafor, local(f"{day} 00:10"), after=5)
    what = asked("2026-10-20", "2026-11-24", By.WEEK)
    assert {str(key): line.rang for key, line in lines(helen, what).items()} == {
        "2026-10-26": 1,
        "2026-11-02": 2,
        "2026-11-09": 1,
    }
    by_month = lines(helen, asked("2026-10-20", "2026-11-24", By.MONTH))
    assert {str(key): line.rang for key, line in by_month.items()} == {"2026-11-01": 4}


def test_periods_people_ask_for():
    monday = date(2026, 11, 23)
    assert usual_days(date(2026, 11, 24)) == (date(2026, 11, 11), date(2026, 11, 24))
    assert spans(monday) == {
        "today": (monday, monday),
        "week": (monday, monday),
        "last_week": (date(2026, 11, 16), date(2026, 11, 22)),
        "month": (date(2026, 11, 1), monday),
        "last_month": (date(2026, 10, 1), date(2026, 10, 31)),
    }


def test_the_picture_of_a_week():
    drawn = heat.picture({(1, 9): 10, (1, 11): 1, (3, 10): 4})
    assert [row.hour for row in drawn.rows] == [9, 10, 11]
    assert [cell.degree for cell in drawn.rows[0].cells] == [5, 0, 0, 0, 0, 0, 0]
    assert (drawn.rows[1].cells[2].degree, drawn.rows[2].cells[0].degree) == (2, 1)
    assert drawn.busiest == (1, 9, 10)
    assert heat.picture({}).busiest is None


# --- The pages -------------------------------------------------------------------------------------------


def words(answer) -> str:
    return answer.content.decode()


def test_the_page_says_what_it_counts(office, monday_and_tuesday, helen):
    page = words(office.browser(helen).get(reverse("reports"), _days()))
    assert "Mon 23 Nov – Tue 24 Nov" in page
    assert "6 of 9" in page
    assert "66 %" in page
    assert "Busiest: Monday from 16:00, 4 calls." in page
    assert "within 20 seconds of the first ring ÷ all calls for a secretary" in page
    assert "2 of 5" in page  # missed offers


def test_nothing_yet(office, okafor, helen):
    assert "Nothing happened in these days" in words(office.browser(helen).get(reverse("reports")))


def test_days_the_wrong_way_round_are_said_and_kept(office, okafor, helen):
    answer = office.browser(helen).get(reverse("reports"), _days(until_on="2026-11-20"))
    assert answer.status_code == 422
    assert "This day is before the first one." in words(answer)
    assert 'value="2026-11-20"' in words(answer)


def test_a_look_at_one_secretary_is_on_record(office, monday_and_tuesday, helen, priya):
    office.browser(helen).get(reverse("reports"), _days(secretary=str(priya.pk)))
    look = LedgerEntry.objects.get(verb="looked")
    assert (look.actor_id, look.subject_kind, look.subject_id) == (
        helen.pk,
        "office.secretary.report",
        str(priya.pk),
    )


def test_a_line_for_each_secretary_is_a_look_at_each_on_the_page_and_in_the_file(
    office, monday_and_tuesday, helen, priya
):
    browser = office.browser(helen)
    for by in ("day", "client"):
        browser.get(reverse("reports"), _days(by=by))
    looks = LedgerEntry.objects.filter(verb="looked", subject_kind="office.secretary.report")
    assert not looks.exists()
    page = words(browser.get(reverse("reports"), _days(by="secretary")))
    assert "Priya" in page
    assert [each.subject_id for each in looks] == [str(priya.pk)]
    office.is_later(3600)
    browser.post(reverse("reports-file"), _days(by="secretary"))
    assert [each.subject_id for each in looks.all()] == [str(priya.pk)] * 2


def test_the_file_has_raw_seconds_and_is_on_record(office, monday_and_tuesday, helen):
    answer = office.browser(helen).post(reverse("reports-file"), _days())
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode().lstrip("\ufeff"))))
    assert [row["Day"] for row in rows] == ["2026-11-23", "2026-11-24", "All"]
    assert (rows[0]["Talking, seconds"], rows[1]["Talking, seconds"], rows[1]["Offers missed"]) == (
        "106",
        "",
        "2",
    )
    taken = LedgerEntry.objects.get(verb="taken_out.export")
    assert taken.detail == {"rows": 2, "first": "2026-11-23", "last": "2026-11-24"}


def test_a_client_sees_her_share_and_no_offer(office, monday_and_tuesday, brill):
    owner = office.browser(brill.owner)
    page = words(owner.get(reverse("report-portal"), _days()))
    assert "How we answered for Brill Dental. Days and hours are those of Lagos." in page
    assert "0 of 1" in page
    assert "Okafor" not in page
    assert "Missed" not in page
    rows = b"".join(owner.post(reverse("report-portal-file"), _days()).streaming_content).decode()
    assert "Offers missed" not in rows
    assert LedgerEntry.objects.get(verb="taken_out.export").client_id == brill.row.pk


def test_it_costs_as_many_queries_for_a_year_as_for_a_day(
    office, monday_and_tuesday, helen, django_assert_max_num_queries
):
    browser = office.browser(helen)
    browser.get(reverse("reports"), _days())
    with django_assert_max_num_queries(32):
        browser.get(reverse("reports"), _days(from_on="2026-01-01"))


def _days(**facts) -> dict:
    return {"from_on": "2026-11-23", "until_on": "2026-11-24", "by": "day"} | facts
