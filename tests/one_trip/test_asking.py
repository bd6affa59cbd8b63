"""Query sets asked together give what each of them would give alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, models
from django.db.models import CharField, DateField, DateTimeField, F, UUIDField, Value
from django.test.utils import CaptureQueriesContext

from clients.models import Client, Holiday, Instruction, Line, Status
from secretariat.one_trip.asking import Given, Of, Question, count, exists, ids, prefetched, rows
from secretariat.one_trip.changing import changed, counted, locked
from secretariat.one_trip.statement import run
from secretariat.one_trip.values import reader

AT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
NUMBER = "+442079460100"
ASKED = Question(
    lambda: {
        "line": rows(Line.objects.select_related("client").filter(number=Given("number", CharField()))),
        "holidays": rows(Holiday.objects.filter(client=Of("line", "client_id", UUIDField()))),
        "statuses": rows(
            Status.objects.filter(until_at__gt=Given("at", DateTimeField()))
            .select_related("contact", "set_by")
            .annotate(percent=Value("100 %", output_field=CharField()), client_name=F("client__name"))
        ),
        "instructions": rows(Instruction.objects.select_related("written_by")),
        "there": exists(Line.objects.filter(number=Given("number", CharField()))),
        "how_many": count(Holiday.objects.all()),
        "who_told": ids(Status.objects.filter(until_at__gt=Given("at", DateTimeField())).values("set_by")),
    }
)


@pytest.fixture
def okafor(office):
    made = office.client("Okafor Legal")
    Holiday.objects.create(client=made.row, on=date(2026, 12, 25), name="Christmas")
    Holiday.objects.create(client=made.row, on=date(2026, 12, 24), name="100 % off")
    Status.objects.create(
        client=made.row,
        contact=made.owner,
        kind="out",
        set_by=made.owner.user,
        from_at=AT,
        until_at="2027-01-01T00:00Z",
    )
    Instruction.objects.create(client=made.row, numbers=[NUMBER, "+4420"], companies=[], text='“a”, \\ "b"')
    return made


def values(row):
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def test_each_answer_is_the_query_sets_own(okafor):
    with CaptureQueriesContext(connection) as ran:
        found = ASKED.ask(number=NUMBER, at=AT)
        [line], [status], [told] = found["line"], found["statuses"], found["instructions"]
        assert (line.client.name, status.set_by.email) == ("Okafor Legal", status.contact.user.email)
        assert (status.percent, status.client_name) == ("100 %", "Okafor Legal")
    assert len(ran) == 2  # the contact's user was not asked for
    assert values(line) == values(Line.objects.get())
    assert values(line.client) == values(Client.objects.get())
    assert values(status) == values(Status.objects.get())
    assert values(told) == values(Instruction.objects.get())
    assert told.written_by is None
    assert [each.name for each in found["holidays"]] == ["100 % off", "Christmas"]  # in the model's order
    assert (found["there"], found["how_many"]) == (True, 2)
    assert found["who_told"] == {okafor.owner.user_id}


def test_a_part_that_finds_nothing_is_empty_and_so_is_what_follows_from_it(okafor):
    found = ASKED.ask(number="+44000", at=AT)
    assert (found["line"], found["holidays"], found["there"]) == ([], [], False)
    assert ASKED.ask(number=NUMBER, at=AT.replace(year=2028))["who_told"] == set()


def test_a_value_left_out_is_refused(okafor):
    with pytest.raises(TypeError, match=r"needed are \['at', 'number'\]"):
        ASKED.ask(number=NUMBER)


def test_what_was_found_beside_is_there_as_if_prefetched(okafor, django_assert_num_queries):
    found = ASKED.ask(number=NUMBER, at=AT)
    prefetched(found["line"][0].client, "holidays", found["holidays"])
    with django_assert_num_queries(0):
        assert len(found["line"][0].client.holidays.all()) == 2


def test_a_kind_of_column_nobody_thought_of_is_refused_at_once():
    with pytest.raises(TypeError, match="BinaryField"):
        reader(models.BinaryField())


def test_a_fault_of_the_database_is_one_of_djangos(okafor):
    with pytest.raises(IntegrityError):
        run(b"UPDATE clients_line SET client_id = NULL RETURNING 1", [])


def test_what_is_found_first_is_changed_and_told_in_the_same_trip(okafor, django_assert_num_queries):
    question = Question(
        lambda: {
            "first": locked(Holiday.objects.filter(on__gte=Given("since", DateField())).order_by("on")[:1]),
            "named": changed(Holiday.objects.filter(pk=Of("first", "id", UUIDField())), name="Closed"),
            "marked": counted(Line.objects.filter(number=Given("number", CharField())), number="+44000"),
        }
    )
    question.ask(since=date(2030, 1, 1), number="none")  # nothing, and it is compiled
    with django_assert_num_queries(1):
        found = question.ask(since=date(2026, 1, 1), number=NUMBER)
    assert (found["first"], found["marked"], Line.objects.get().number) == (1, 1, "+44000")
    assert values(found["named"][0]) == values(Holiday.objects.get(name="Closed"))
    assert list(Holiday.objects.order_by("on").values_list("name", flat=True)) == ["Closed", "Christmas"]
