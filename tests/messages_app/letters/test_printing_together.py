"""Letters of several clients printed as one file: each client's run, costs and words stay her own."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from clients.models import WorkRecord
from messages_app.letters import joining, lettering
from messages_app.models import Letterhead, PrintRun

from . import paper

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def two(office):
    """Two clients of one secretary, each with two letters that wait."""
    office.clock_says("2026-11-24 10:30")
    clients = [office.client(name, country="GB") for name in ("Okafor Legal", "Brill Dental")]
    office.priya = office.secretary("Priya", *clients)
    for client in clients:
        Letterhead.objects.create(client=client.row, name=client.row.name, needs_approval=False)
        for name in ("Dana Reyes", "Ravi Patel"):
            _ready(client.row, name, by=office.priya.user)
    return clients


def _ready(client, name, *, by):
    letter = lettering.begin(client, by=by, at=NOON)
    words = {each: getattr(lettering.newest_of(letter), each) for each in lettering.WORDS}
    words |= {"name": name, "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
    words |= {"subject": f"The keys of {client.name}", "body": "They are with Priya."}
    lettering.save(letter, words, version=letter.version, by=by, at=NOON)
    lettering.release(letter, version=letter.version, by=by, at=NOON)


@pytest.fixture
def desk(office, two):
    return office.browser(office.priya)


def together(desk, *clients):
    said = {"clients": [client.row.pk for client in clients], "kind": "first"}
    return desk.post(reverse("letters-runs-together"), said)


def test_one_file_holds_each_clients_letters_after_a_sheet_with_her_name(office, desk, two):
    assert reverse("letters-runs-together") in desk.get(reverse("letters-runs")).content.decode()
    answer = together(desk, *two)
    assert answer.status_code == 303, answer.context["form"].errors
    office.settle()
    runs = {run.client.name: run for run in PrintRun.objects.all()}
    assert {run.letters.count() for run in runs.values()} == {2}
    shown = desk.get(answer.headers["Location"]).content.decode()
    assert "Okafor Legal" in shown
    assert "Brill Dental" in shown
    file = desk.get(reverse("letters-run-together-paper", args=[runs["Brill Dental"].pk]))
    assert file.headers["Content-Type"] == "application/pdf"
    assert joining.count(file.content) == sum(run.pages for run in runs.values()) == 6
    lines = (line.text for page in range(6) for line in paper.lines(file.content, page))
    about = [line for line in lines if line.startswith("The keys of")]
    assert about == ["The keys of Brill Dental"] * 2 + ["The keys of Okafor Legal"] * 2


def test_each_client_is_posted_and_billed_by_herself(office, desk, two):
    together(desk, *two)
    office.settle()
    okafor, brill = two
    run = PrintRun.objects.get(client=okafor.row)
    told = {"version": run.version, "postage_first": "1.65", "a_page": "0.10"}
    assert desk.post(reverse("letters-run-posted", args=[run.pk]), told).status_code == 303
    assert not brill.row.letters.exclude(state="ready").exists()
    assert set(okafor.row.letters.values_list("state", flat=True)) == {"posted"}


def test_who_works_for_one_of_them_sees_and_takes_hers_alone(office, desk, two):
    together(desk, *two)
    office.settle()
    okafor, brill = two
    rui = office.browser(office.secretary("Rui", brill))
    hers = PrintRun.objects.get(client=brill.row)
    shown = rui.get(reverse("letters-run-together", args=[hers.pk])).content.decode()
    assert "Okafor" not in shown
    file = rui.get(reverse("letters-run-together-paper", args=[hers.pk])).content
    assert joining.count(file) == hers.pages
    strange = PrintRun.objects.get(client=okafor.row)
    assert rui.get(reverse("letters-run-together", args=[strange.pk])).status_code == 404


def test_what_is_in_one_already_is_not_printed_twice(office, desk, two):
    together(desk, *two)
    assert together(desk, *two).status_code == 422
    assert PrintRun.objects.count() == 2


def test_the_time_it_takes_to_put_them_together_is_paid_and_on_no_clients_bill(office, desk, two):
    page = desk.get(reverse("letters-runs-together")).content.decode()
    began = page.partition('name="began" value="')[2].partition('"')[0]
    office.passes(30)
    said = {"clients": [client.row.pk for client in two], "kind": "first", "began": began}
    assert desk.post(reverse("letters-runs-together"), said).status_code == 303
    record = WorkRecord.objects.get(kind="desk")
    assert (record.client, record.secretary) == (None, office.priya)
    assert (record.ended_at - record.started_at).total_seconds() == 30
