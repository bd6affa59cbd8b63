"""Somebody is written into a client's address book by hand, and her entry is put right."""

import pytest
from django.urls import reverse

from clients.models import Correspondent, PostalAddress, WorkRecord
from secretariat.ledger.models import LedgerEntry

WHERE = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "region": "", "country": "GB"}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", country="GB")


@pytest.fixture
def desk(office, okafor):
    return office.browser(office.secretary("Priya", okafor))


def book(desk, okafor) -> str:
    return desk.get(reverse("letters-book", args=[okafor.row.pk])).content.decode()


def test_somebody_new_is_written_down_with_where_her_letters_go(office, desk, okafor):
    there = reverse("letters-book-new", args=[okafor.row.pk])
    assert there in book(desk, okafor)
    form = desk.get(there)
    assert '<option value="GB" selected>' in form.content.decode()
    began = form.content.decode().partition('name="began" value="')[2].partition('"')[0]
    office.passes(30)
    said = {"name": "Dana Reyes", "firm": "Harlow", "began": began} | WHERE
    assert desk.post(there, said).status_code == 303
    dana = Correspondent.objects.get()
    assert (dana.client, dana.name, dana.firm) == (okafor.row, "Dana Reyes", "Harlow")
    assert "12 Mill Lane" in book(desk, okafor)
    assert LedgerEntry.objects.filter(verb="clients.correspondent.written", subject_id=dana.pk).exists()
    assert WorkRecord.objects.filter(kind="desk", subject_id=dana.pk).exists()


def test_half_an_address_and_nobody_are_not_written_down(desk, okafor):
    there = reverse("letters-book-new", args=[okafor.row.pk])
    nobody = desk.post(there, {"name": " ", "firm": ""} | WHERE)
    assert nobody.status_code == 422
    assert "Write a name or a firm." in nobody.content.decode()
    half = desk.post(there, {"name": "Dana Reyes"} | WHERE | {"city": ""})
    assert half.status_code == 422
    assert not Correspondent.objects.exists()
    assert desk.post(there, {"name": "Dana Reyes", "country": "GB"}).status_code == 303
    assert not PostalAddress.objects.exists()


def test_an_entry_is_put_right_and_letters_go_to_the_new_address(office, desk, okafor):
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Rayes", vip=True)
    PostalAddress.objects.create(client=okafor.row, correspondent=dana, **WHERE)
    there = reverse("letters-book-change", args=[dana.pk])
    assert there in book(desk, okafor)
    assert "12 Mill Lane" in desk.get(there).content.decode()
    moved = WHERE | {"street": "3 Quay", "city": "Bristol"}
    assert desk.post(there, {"name": "Dana Reyes", "firm": ""} | moved).status_code == 303
    dana.refresh_from_db()
    assert (dana.name, dana.vip) == ("Dana Reyes", True)
    assert "3 Quay" in book(desk, okafor)
    office.passes(60)
    desk.post(there, {"name": "Dana Reyes", "firm": ""} | WHERE)  # she moved back
    assert "12 Mill Lane" in book(desk, okafor)
    assert PostalAddress.objects.count() == 2
    desk.post(there, {"name": "Dana Reyes", "firm": "", "country": "GB"})
    assert not PostalAddress.objects.exists()
