"""The people at a client, in the hands of its owner."""

import pytest
from django.urls import reverse

from clients import people
from clients.models import Contact, Instruction
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from tests.browsing import signed_in


@pytest.fixture
def ngozi(house):
    return signed_in(house.okafor.owner.user)


def words(**changed):
    return {"name": "Tunde Ade", "standing": "delegate"} | changed


def test_somebody_is_added_with_numbers_as_they_are_dialled(house, ngozi):
    posted = words(kind_0="mobile", value_0="0803 123 4588", kind_1="email", value_1="Tunde@Okafor.example")
    assert ngozi.post(reverse("people-add"), posted).status_code == 303
    tunde = Contact.objects.get(name="Tunde Ade")
    assert (tunde.client, tunde.standing) == (house.okafor.owner.client, "delegate")
    assert [(row.kind, row.value) for row in tunde.addresses.all()] == [
        ("mobile", "+2348031234588"),
        ("email", "tunde@okafor.example"),
    ]
    assert LedgerEntry.objects.filter(verb="clients.contact.added", subject_id=str(tunde.pk)).exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(house, ngozi):
    posted = words(kind_0="mobile", value_0="12", quiet_from="22:00", job="Clerk")
    answer = ngozi.post(reverse("people-add"), posted)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Quiet hours need both ends" in shown
    assert 'value="Clerk"' in shown
    assert 'value="12"' in shown
    assert not Contact.objects.filter(name="Tunde Ade").exists()


def test_standing_addresses_and_quiet_hours_change(house, ngozi):
    member = house.okafor.member
    posted = words(
        name=member.name, kind_0="phone", value_0="+44 20 7946 0188", quiet_from="22:00", quiet_until="07:00"
    )
    assert ngozi.post(reverse("people-change", args=[member.pk]), posted).status_code == 303
    member.refresh_from_db()
    assert (member.standing, f"{member.quiet_from:%H:%M}") == ("delegate", "22:00")
    assert [row.value for row in member.addresses.all()] == ["+442079460188"]


@pytest.mark.parametrize("who", ["delegate", "member"])
def test_only_an_owner_changes_people(house, who):
    browser = signed_in(getattr(house.okafor, who).user)
    assert browser.get(reverse("people-add")).status_code == 404
    assert browser.post(reverse("people-add"), words()).status_code == 404
    assert browser.post(reverse("people-gone", args=[house.okafor.member.pk])).status_code == 404
    assert not Contact.objects.filter(name="Tunde Ade").exists()


def test_the_only_owner_stays_one(house, ngozi):
    owner = house.okafor.owner
    answer = ngozi.post(reverse("people-change", args=[owner.pk]), words(name=owner.name))
    assert answer.status_code == 422
    assert "only owner who signs in" in answer.content.decode()
    assert ngozi.post(reverse("people-gone", args=[owner.pk])).status_code == 422
    assert ngozi.post(reverse("people-delete", args=[owner.pk])).status_code == 422
    owner.refresh_from_db()
    assert (owner.standing, owner.is_active) == ("owner", True)


def test_somebody_an_instruction_names_is_not_deleted_and_it_says_why(house, ngozi):
    tunde = people.add(house.okafor.owner.client, by=house.okafor.owner.user, at=clock.now(), name="Tunde")
    Instruction.objects.create(
        client=tunde.client,
        written_by=house.okafor.owner.user,
        written_at=clock.now(),
        text="To Tunde",
        action="put_through",
        put_through_to=tunde,
        callers="anyone",
    )
    asked = ngozi.get(reverse("people-delete", args=[tunde.pk])).content.decode()
    assert "cannot be deleted" in asked
    assert "Instructions" in asked
    refused = ngozi.post(reverse("people-delete", args=[tunde.pk]))
    assert refused.status_code == 422
    assert "Instructions" in refused.content.decode()
    assert Contact.objects.filter(pk=tunde.pk).exists()


def test_somebody_entered_by_mistake_is_deleted(house, ngozi):
    tunde = people.add(
        house.okafor.owner.client,
        by=house.okafor.owner.user,
        at=clock.now(),
        name="Tunde",
        addresses=[("email", "t@example.com")],
    )
    assert ngozi.post(reverse("people-delete", args=[tunde.pk])).status_code == 303
    assert not Contact.objects.filter(pk=tunde.pk).exists()


def test_somebody_who_left_sees_nothing_and_may_be_brought_back(house, ngozi):
    delegate = house.okafor.delegate
    hers = signed_in(delegate.user)
    assert hers.get(reverse("instructions")).status_code == 200
    assert ngozi.post(reverse("people-gone", args=[delegate.pk])).status_code == 303
    assert hers.get(reverse("instructions")).status_code == 404
    assert "Bring back" in ngozi.get(reverse("people")).content.decode()
    assert ngozi.post(reverse("people-back", args=[delegate.pk])).status_code == 303
    assert hers.get(reverse("instructions")).status_code == 200
