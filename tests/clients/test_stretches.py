"""The seconds of a page of the desk: kept once, whatever else she does meanwhile."""

import pytest
from django.urls import reverse

from calls.models import Call
from clients import work
from clients.models import WorkRecord
from messages_app import taking
from secretariat import clock
from secretariat.ids import uuid7


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def errand(client=None, owner=None):
    subject = ("tests.errand", uuid7())
    return work.open_item("tests.errand", subject=subject, client=client, because="Fetch it", owner=owner)


def opened(desk, item) -> str:
    return desk.get(reverse("work-item", args=[item.pk])).context["began"]


def does(desk, item, began):
    said = {"outcome": "Fetched", "began": began}
    return desk.post(reverse("work-done", args=[item.pk]), said)


def lengths() -> list[float]:
    rows = WorkRecord.objects.filter(kind="desk").order_by("started_at")
    return [(each.ended_at - each.started_at).total_seconds() for each in rows]


def test_work_that_is_done_is_kept_with_its_client(office, okafor, priya, desk):
    item = errand(okafor.row)
    began = opened(desk, item)
    office.passes(90)
    assert does(desk, item, began).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.kind, record.client, record.secretary) == ("desk", okafor.row, priya)
    assert record.subject_id == item.pk
    assert lengths() == [90]


def test_the_offices_own_work_is_for_no_client(office, priya, desk):
    item = errand(owner=priya.user)
    began = opened(desk, item)
    office.passes(30)
    does(desk, item, began)
    assert WorkRecord.objects.get().client is None
    assert lengths() == [30]


def test_a_supervisor_who_does_the_offices_work_has_no_hours_to_keep(office, okafor):
    helen, item = office.browser(office.supervisor()), errand()
    began = opened(helen, item)
    office.passes(30)
    assert does(helen, item, began).status_code == 303
    assert not WorkRecord.objects.exists()


def test_two_pages_at_once_are_counted_one_after_the_other(office, okafor, desk):
    one, other = errand(okafor.row), errand(okafor.row)
    began = opened(desk, one)
    office.passes(20)
    began_other = opened(desk, other)
    office.passes(40)
    does(desk, other, began_other)
    office.passes(15)
    does(desk, one, began)
    assert lengths() == [40, 15]


def test_what_a_call_took_is_the_calls(office, okafor, priya, desk):
    item = errand(okafor.row)
    began = opened(desk, item)
    office.passes(20)
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(60)
    does(desk, item, began)  # while she talks
    assert lengths() == []
    item = errand(okafor.row)
    office.hangs_up(leg)
    office.passes(30)
    does(desk, item, began)  # while she has still to finish it
    assert lengths() == []
    facts = {"contact": okafor.owner, "caller_name": "Dana Reyes", "caller_firm": "", "call_back_on": ""}
    taking.take_message(
        call=Call.objects.get(), by=priya.user, at=clock.now(), answers=[], text="Ring back", **facts
    )
    item = errand(okafor.row)
    office.passes(45)
    does(desk, item, began)
    assert lengths() == [45]


def test_a_page_drawn_anew_goes_on_counting_from_where_it_began(office, okafor, desk):
    item = errand(okafor.row)
    page = reverse("work-item", args=[item.pk])
    began = desk.get(page).context["began"]
    office.passes(50)
    assert desk.get(page, {"began": began}).context["began"] == began
    assert desk.get(page, {"began": "forged:1:2"}).context["began"] != "forged:1:2"
