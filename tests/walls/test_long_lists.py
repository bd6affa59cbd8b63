"""The lists that only ever grow are read in the order of an index: no page sorts, or passes, all there is.

Few rows would be sorted all the same, so the plan is asked for with every other way made dear.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clients.models import WorkRecord
from messages_app.models import Message
from secretariat import clock, paging
from secretariat.ids import uuid7
from secretariat.office import admin_lists
from secretariat.office.admin_base import ScopedAdmin


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def cursor(okafor):
    """Where the second page of both lists begins."""
    made = Message.objects.create(client=okafor.row, caller_name="Mrs Brill", taken_at=clock.now())
    return paging._write(made.taken_at, made.pk)


def plans(browser, address, table, rows: int = 26) -> list[str]:
    """How PostgreSQL would go about each query of this page that lists so many `rows` of `table`."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    asked = [query["sql"] for query in captured if f'FROM "{table}"' in query["sql"]]
    listing = [words for words in asked if f"LIMIT {rows}" in words]
    assert listing, f"{address} lists nothing of {table}"
    with connection.cursor() as cursor:
        for dear in ("seqscan", "sort", "incremental_sort", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{dear} = off")
        return [_plan(cursor, words) for words in listing]


def sought(plan: str) -> str:
    """What the first index is entered by. Of two that suit, the rows of the moment decide which it is."""
    return plan.partition("Index Cond")[2].partition("\n")[0]


def _plan(cursor, words: str) -> str:
    cursor.execute("EXPLAIN (COSTS OFF) " + words)
    return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("more", ["", "?show=undelivered", "?show=unacknowledged", "?show=urgent"])
def test_the_firms_messages(office, okafor, more):
    helen = office.browser(office.supervisor())
    for plan in plans(helen, reverse("messages") + more, "messages_app_message"):
        assert "Sort" not in plan
        assert "Seq Scan on messages_app_message" not in plan


def test_a_later_page_begins_where_the_one_before_ended(office, okafor, cursor):
    helen, owner = office.browser(office.supervisor()), office.browser(okafor.owner)
    [plan] = plans(helen, f"{reverse('messages')}?after={cursor}", "messages_app_message")
    assert "Index Cond: (taken_at <=" in plan
    [plan] = plans(owner, f"{reverse('messages-portal')}?after={cursor}", "messages_app_message")
    assert "(taken_at <=" in sought(plan)
    [plan] = plans(owner, f"{reverse('portal-calls')}?after={cursor}", "calls_call")
    assert "(rang_at <=" in sought(plan)


def test_a_clients_messages_and_calls(office, okafor):
    owner = office.browser(okafor.owner)
    for address, table in (("messages-portal", "messages_app_message"), ("portal-calls", "calls_call")):
        for plan in plans(owner, reverse(address), table):
            assert "Sort" not in plan
            assert f"Seq Scan on {table}" not in plan


@pytest.mark.parametrize("show", ["waiting", "done", "junk", "all"])
def test_mail_that_no_longer_waits(office, okafor, show):
    helen = office.browser(office.supervisor())
    for plan in plans(helen, f"{reverse('inbox')}?show={show}", "messages_app_mailthread"):
        assert "Sort" not in plan
        assert "Seq Scan on messages_app_mailthread" not in plan


@pytest.mark.parametrize("show", ["", "later"])
def test_mail_that_waits_is_sought_among_what_waits(office, okafor, show):
    """However much ever came: what is done stands in no index that is asked."""
    helen = office.browser(office.supervisor())
    for plan in plans(helen, f"{reverse('inbox')}?show={show}", "messages_app_mailthread", rows=51):
        assert "Index Scan using threads_open on messages_app_mailthread" in plan


@pytest.mark.parametrize("show", ["", "passed-on", "answered", "done", "junk"])
def test_a_clients_mail(office, okafor, show):
    """All that ever came for her, page by page, and never by what stands before it."""
    owner = office.browser(okafor.owner)
    for plan in plans(owner, f"{reverse('mail-history')}?show={show}", "messages_app_mailthread"):
        assert "Sort" not in plan
        assert "Seq Scan on messages_app_mailthread" not in plan


@pytest.mark.parametrize("show", ["open", "late", "later"])
def test_a_clients_mail_that_waits_is_sought_among_what_waits(office, okafor, show):
    owner = office.browser(okafor.owner)
    for plan in plans(owner, f"{reverse('mail-history')}?show={show}", "messages_app_mailthread"):
        assert "Seq Scan on messages_app_mailthread" not in plan


def test_a_later_page_of_a_clients_mail_begins_where_the_one_before_ended(office, okafor, cursor):
    owner = office.browser(okafor.owner)
    [plan] = plans(owner, f"{reverse('mail-history')}?after={cursor}", "messages_app_mailthread")
    assert "(last_at <=" in sought(plan)


def test_a_number_is_found_by_its_end(office, okafor):
    helen = office.browser(office.supervisor())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        with CaptureQueriesContext(connection) as captured:
            assert helen.get(reverse("messages") + "?q=07700+900123").status_code == 200
        [words] = [query["sql"] for query in captured if "REVERSE" in query["sql"]]
        assert "messages_by_number_s_end" in _plan(cursor, words)


def test_time_on_the_board_of_shares_is_sought_by_whose_it_is_and_when(office, okafor):
    """A large firm has a million intervals in four weeks, and few that were corrected."""
    priya = office.secretary("Priya", okafor, ready=False)
    _has_worked(priya, okafor.row, hours=300)  # of an empty table no way is dearer than another
    helen = office.browser(office.supervisor())
    with CaptureQueriesContext(connection) as captured:
        assert helen.get(reverse("fairness")).status_code == 200
    [words] = [query["sql"] for query in captured if '"clients_workrecord"' in query["sql"]]
    with connection.cursor() as cursor:
        for dear in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{dear} = off")
        plan = _plan(cursor, words)
    assert "what_she_did_when" in plan
    assert "started_at <" in sought(plan[plan.index("what_she_did_when") :])
    assert "Seq Scan" not in plan


def _has_worked(secretary, client, *, hours: int) -> None:
    began = clock.now() - timedelta(hours=hours)
    WorkRecord.objects.bulk_create(
        WorkRecord(
            client=client,
            secretary=secretary,
            kind=WorkRecord.Kind.TALK,
            subject_kind="calls.call",
            subject_id=uuid7(),
            started_at=began + timedelta(hours=hour),
            ended_at=began + timedelta(hours=hour, minutes=3),
        )
        for hour in range(hours)
    )


def test_what_may_leave_is_not_asked_for_each_client(office, okafor):
    helen = office.browser(office.supervisor())

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert helen.get(reverse("messages")).status_code == 200
        return len(captured)

    asked()  # what is looked up only the first time
    before = asked()
    for n in range(3):
        office.client(f"Another {n}")
    assert asked() <= before


class TestListsOfTheAdmin:
    """A firm has a million calls. No page of theirs counts all, or asks of each in which month it was."""

    @pytest.fixture
    def helen(self, office, okafor, monkeypatch):
        monkeypatch.setattr(admin_lists, "MOST", 3)
        monkeypatch.setattr(ScopedAdmin, "list_per_page", 2)
        return office.browser(office.supervisor())

    def write(self, okafor, *moments):
        for n, at in enumerate(moments):
            taken_at = datetime.fromisoformat(f"{at}T12:00:00+00:00")
            Message.objects.create(client=okafor.row, caller_name=f"Caller {n}", taken_at=taken_at)

    def page(self, browser, more=""):
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(reverse("admin:messages_app_message_changelist") + more)
        assert answer.status_code == 200
        asked = [query["sql"] for query in captured if 'FROM "messages_app_message"' in query["sql"]]
        assert not [words for words in asked if "DATE_TRUNC" in words]
        assert all("LIMIT 4" in words for words in asked if "COUNT(" in words)
        return " ".join(answer.content.decode().split())

    def test_more_than_are_counted_are_said_to_be_more(self, okafor, helen):
        self.write(okafor, "2026-11-21", "2026-11-22", "2026-11-23")
        assert "3 messages" in self.page(helen)
        self.write(okafor, "2026-11-24", "2026-11-25")
        first = self.page(helen)
        assert "More than 3 messages." in first
        assert "?all=" not in first
        assert "Caller" in self.page(helen, "?p=2")

    def test_no_call_is_asked_where_it_was_led_to_offer_that_as_a_choice(self, office, okafor, helen):
        office.rings(okafor)
        with CaptureQueriesContext(connection) as captured:
            pages = {each: self.calls(helen, each) for each in ("offer", "voicemail")}
        assert not [
            query for query in captured if "DISTINCT" in query["sql"] and "calls_call" in query["sql"]
        ]
        assert sorted(len(rows) for rows in pages.values()) == [0, 1]

    def calls(self, browser, route):
        answer = browser.get(reverse("admin:calls_call_changelist"), {"route": route})
        assert "Offered to secretaries" in answer.content.decode()
        return answer.context["cl"].result_list

    def test_what_is_older_is_found_by_its_year_its_month_and_its_day(self, okafor, helen):
        self.write(okafor, "2024-12-31", "2026-10-30", "2026-11-02")
        assert all(f"?taken_at__year={year}" in self.page(helen) for year in (2024, 2025, 2026))
        months = self.page(helen, "?taken_at__year=2026")
        assert [n for n in range(1, 13) if f"taken_at__month={n}&" in months.replace('"', "&")] == [10, 11]
        days = self.page(helen, "?taken_at__year=2026&taken_at__month=10")
        assert "taken_at__day=30" in days
        assert "Caller 1" in self.page(helen, "?taken_at__year=2026&taken_at__month=10&taken_at__day=30")


@pytest.mark.parametrize(
    ("first", "last", "period", "found"),
    [
        ("2026-01-31", "2026-03-01", "month", ["2026-01-01", "2026-02-01", "2026-03-01"]),
        ("2025-12-30", "2026-01-02", "day", ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]),
        ("2023-06-01", "2025-01-01", "year", ["2023-01-01", "2024-01-01", "2025-01-01"]),
        ("2026-03-28", "2026-03-30", "day", ["2026-03-28", "2026-03-29", "2026-03-30"]),  # an hour is missing
        (
            "2026-10-24",
            "2026-10-26",
            "day",
            ["2026-10-24", "2026-10-25", "2026-10-26"],
        ),  # an hour comes twice
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York"])
def test_periods(okafor, first, last, period, found, zone):
    with timezone.override(zone):
        for at in (first, last):
            taken_at = datetime.fromisoformat(f"{at}T12:00:00").replace(tzinfo=ZoneInfo(zone))
            Message.objects.create(client=okafor.row, taken_at=taken_at)
        periods = admin_lists.periods(Message.objects.all(), "taken_at", period)
    assert [f"{each:%Y-%m-%d}" for each in periods] == found
