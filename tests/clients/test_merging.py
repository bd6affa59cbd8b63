"""Two entries of an address book that are one person."""

import pytest
from django.urls import reverse

from calls.models import Call
from clients.address_book import merging
from clients.models import Correspondent, CorrespondentAddress, PostalAddress
from secretariat.ledger.models import LedgerEntry


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def somebody(okafor, name, **facts):
    return Correspondent.objects.create(client=okafor.row, name=name, **facts)


def test_everything_of_the_one_becomes_the_others_on_every_floor(office, okafor, priya):
    office.rings(okafor, caller="+447700900123")
    office.answers(priya)
    call = Call.objects.get()
    known, twin = somebody(okafor, "Dana Reyes"), somebody(okafor, "D. Reyes", firm="Harlow", vip=True)
    Call.objects.filter(pk=call.pk).update(correspondent=twin)
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=twin, kind="email", value="dana@harlow.example"
    )
    place = {"street": "12 Mill Lane", "city": "Bath", "country": "GB"}
    PostalAddress.objects.create(client=okafor.row, correspondent=twin, **place)
    desk = office.browser(priya)
    page = desk.get(reverse("letters-book-same", args=[known.pk])).content.decode()
    assert "dana@harlow.example" in page
    answer = desk.post(reverse("letters-book-same", args=[known.pk]), {"other": twin.pk})
    assert answer.status_code == 303
    known.refresh_from_db()
    call.refresh_from_db()
    assert (known.name, known.firm, known.vip, call.correspondent) == ("Dana Reyes", "Harlow", True, known)
    assert known.addresses.get().value == "dana@harlow.example"
    assert known.postal_addresses.get().city == "Bath"
    assert not Correspondent.objects.filter(pk=twin.pk).exists()
    entry = LedgerEntry.objects.get(verb="clients.correspondent.merged")
    assert entry.detail == {"other": str(twin.pk)}


def test_nobody_is_merged_with_herself_or_over_to_another_client(office, okafor, priya):
    known = somebody(okafor, "Dana Reyes")
    strange = somebody(office.client("Brill Dental"), "Dana Reyes")
    for other in (known, strange):
        with pytest.raises(merging.NotOne):
            merging.merge(known, other, by=priya.user)
