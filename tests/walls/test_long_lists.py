"""The lists that only ever grow are read in the order of an index: no page sorts, or passes, all there is.

Few rows would be sorted all the same, so the plan is asked for with every other way made dear.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from messages_app.models import Message
from secretariat import clock, paging


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def cursor(okafor):
    """Where the second page of both lists begins."""
    made = Message.objects.create(client=okafor.row, caller_name="Mrs Brill", taken_at=clock.now())
    return paging._write(made.taken_at, made.pk)


def plans(browser, address, table) -> list[str]:
    """How PostgreSQL would go about each query of this page that lists rows of `table`."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    asked = [query["sql"] for query in captured if f'FROM "{table}"' in query["sql"]]
    listing = [words for words in asked if "LIMIT 26" in words]
    assert listing, f"{address} lists nothing of {table}"
    with connection.cursor() as cursor:
        for dear in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
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


def test_a_number_is_found_by_its_end(office, okafor):
    helen = office.browser(office.supervisor())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        with CaptureQueriesContext(connection) as captured:
            assert helen.get(reverse("messages") + "?q=07700+900123").status_code == 200
        [words] = [query["sql"] for query in captured if "REVERSE" in query["sql"]]
        assert "messages_by_number_s_end" in _plan(cursor, words)


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
