"""Who could take a call is found without reading what was ever offered to her."""

import pytest
from django.db import connection
from django.utils import timezone

from calls import situation
from calls.models import Call, Offer

PAST = 40


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    """She has answered for years."""
    priya = office.secretary("Priya", okafor)
    calls = Call.objects.bulk_create(
        Call(
            client=okafor.row,
            line=okafor.line,
            carrier_id=f"CA{n}",
            state=Call.State.CLOSED,
            outcome="message",
            closed_at=timezone.now(),
        )
        for n in range(PAST)
    )
    Offer.objects.bulk_create(
        Offer(
            call=call,
            client=okafor.row,
            secretary=priya,
            state=Offer.State.ACCEPTED,
            expires_at=timezone.now(),
            settled_at=timezone.now(),
        )
        for call in calls
    )
    return priya


def read(queryset, table: str) -> int:
    """Rows of this table that PostgreSQL takes up for it, where every way but an index is made dear."""
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
        [[plan]] = cursor.fetchall()
    return sum(_taken_up(node) for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") == table)


def _nodes(node):
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _taken_up(node) -> int:
    return node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))


def test_a_call_that_comes_in_reads_no_offer_of_the_past(okafor, priya):
    assert read(situation.team_rows(okafor.row), "calls_offer") == 0
