"""On-call lists in the portal and the admin: written, changed, brought back, and looked at by the desk."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients import rostering
from clients.models import OnCallList, OnCallReplacement, Suppression
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from tests.browsing import signed_in


@pytest.fixture
def ngozi(house):
    return signed_in(house.okafor.owner.user)


@pytest.fixture
def nights(house):
    okafor = house.okafor
    return rostering.write(
        okafor.client,
        people=[okafor.owner, okafor.delegate],
        by=okafor.owner.user,
        at=clock.now() - timedelta(hours=1),
        name="Nights",
        since=date(2026, 11, 23),
    )


def form(*people, **values):
    places = {f"person_{place}": person.pk for place, person in enumerate(people, 1)}
    return {"name": "Nights", "turns": "stays", "from_time": "", "until_time": ""} | places | values


def names(row):
    return [place.contact.name for place in row.places.all()]


def holding():
    return OnCallList.objects.get(replaced_at=None)


def test_a_list_is_written_and_the_desk_sees_who_is_on_call(house, ngozi):
    okafor = house.okafor
    answer = ngozi.post(reverse("on-call-write"), form(okafor.delegate, okafor.owner), follow=True)
    assert "The very next urgent message follows it." in answer.text
    assert names(holding()) == [okafor.delegate.name, okafor.owner.name]
    card = signed_in(house.priya.user).get(reverse("client-card", args=[okafor.client.pk])).text
    assert "On call, Nights" in card
    assert f"<strong>{okafor.delegate.name}</strong>" in card
    assert LedgerEntry.objects.filter(verb="clients.on_call.written").exists()


def test_gaps_and_dead_numbers_are_pointed_out_when_it_is_saved(house, ngozi):
    okafor = house.okafor
    number = okafor.owner.addresses.get(kind="mobile").value
    Suppression.objects.create(channel="text", address=number, because=Suppression.Because.STOP)
    answer = ngozi.post(
        reverse("on-call-write"), form(okafor.owner, from_time="06:00", until_time="02:00"), follow=True
    )
    assert "Nobody is on call 02:00–06:00." in answer.text
    assert f"“Nights” names {okafor.owner.name}, but nothing is sent to" in answer.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"person_1": ""}, "Choose who is first."),
        ({"name": ""}, "Give the list a name."),
        ({"from_time": "18:00"}, "Enter both times, or neither for the whole day."),
        ({"from_time": "18:00", "until_time": "18:00"}, "Leave both empty for the whole day."),
        (
            {"turns": "daily", "changes_over": "", "since": "2026-11-24"},
            "Enter the time at which they change",
        ),
        ({"turns": "weekly", "changes_over": "08:00", "since": ""}, "Enter the day on which the first"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(house, ngozi, values, words):
    answer = ngozi.post(reverse("on-call-write"), form(house.okafor.owner) | values)
    assert answer.status_code == 422
    assert words in answer.text
    assert values.get("name", "Nights") in answer.text
    assert not OnCallList.objects.exists()


def test_nobody_has_two_places(house, ngozi):
    owner = house.okafor.owner
    answer = ngozi.post(reverse("on-call-write"), form(owner, owner))
    assert answer.status_code == 422
    assert f"{owner.name} has a place already." in answer.text


def test_a_change_is_a_new_version_and_the_old_one_can_be_brought_back(house, ngozi, nights):
    okafor = house.okafor
    ngozi.post(reverse("on-call-change", args=[nights.pk]), form(okafor.delegate))
    assert names(holding()) == [okafor.delegate.name]
    page = ngozi.get(reverse("on-call")).text
    assert "As it was before" in page
    ngozi.post(reverse("on-call-restore", args=[nights.pk]))
    assert names(holding()) == [okafor.owner.name, okafor.delegate.name]
    assert OnCallList.objects.count() == 3


def test_somebody_quicker_is_not_overwritten(house, ngozi, nights):
    okafor = house.okafor
    rostering.change(
        nights, people=[okafor.owner], by=okafor.owner.user, at=clock.now(), name="Days", since=nights.since
    )
    answer = ngozi.post(reverse("on-call-change", args=[nights.pk]), form(okafor.delegate), follow=True)
    assert "This list was changed meanwhile." in answer.text
    assert holding().name == "Days"


def test_a_list_withdrawn_puts_nobody_on_call_and_comes_back(house, ngozi, nights):
    here = reverse("on-call-withdraw", args=[nights.pk])
    assert "Withdraw this list?" in ngozi.get(here).text
    ngozi.post(here)
    assert not rostering.standing(house.okafor.client, at=clock.now())
    assert "Withdrawn lists" in ngozi.get(reverse("on-call")).text
    ngozi.post(reverse("on-call-restore", args=[nights.pk]))
    assert rostering.standing(house.okafor.client, at=clock.now())


def test_others_are_on_call_for_some_days_in_the_clients_zone_and_it_is_taken_back(house, ngozi, nights):
    okafor, here = house.okafor, reverse("on-call-replace", args=[nights.pk])
    day = f"{clock.now().astimezone(okafor.client.tz).date() + timedelta(days=3):%Y-%m-%d}"
    days = {"from_on": day, "from_time": "18:00", "until_on": day, "until_time": "23:00"}
    assert "It ends before it begins." in ngozi.post(here, days | {"until_time": "17:00"}).text
    ngozi.post(here, days | {"person_1": okafor.delegate.pk})
    swap = OnCallReplacement.objects.get()
    assert f"{swap.from_at.astimezone(okafor.client.tz):%Y-%m-%d %H:%M}" == f"{day} 18:00"
    page = ngozi.get(reverse("on-call")).text
    assert reverse("on-call-take-back", args=[swap.pk]) in page
    ngozi.post(reverse("on-call-take-back", args=[swap.pk]))
    assert reverse("on-call-take-back", args=[swap.pk]) not in ngozi.get(reverse("on-call")).text


def test_somebody_a_list_counts_on_is_not_deleted(house, ngozi, nights):
    delegate = house.okafor.delegate
    answer = ngozi.post(reverse("people-delete", args=[delegate.pk]), follow=True)
    assert type(delegate).objects.filter(pk=delegate.pk).exists()
    assert "on-call" in answer.text


def test_without_a_list_the_page_says_where_urgent_messages_go(house, ngozi):
    assert "No on-call list yet" in ngozi.get(reverse("on-call")).text


def test_a_supervisor_changes_and_withdraws_it_in_the_admin(house, nights):
    helen, okafor = signed_in(house.helen), house.okafor
    here = reverse("admin:clients_oncalllist_change", args=[nights.pk])
    assert okafor.delegate.name in helen.get(here).text
    said = {"name": "Nights", "turns": "stays", "changes_over": "08:00", "since": "2026-11-23"}
    answer = helen.post(here, said | {"person_1": okafor.delegate.pk})
    assert answer.status_code == 302, answer.text
    assert names(holding()) == [okafor.delegate.name]
    old = helen.get(here)
    assert okafor.owner.name in old.text  # the version that holds no longer can be read
    assert 'name="_save"' not in old.text
    helen.post(
        reverse("admin:clients_oncalllist_changelist"),
        {"action": "withdraw", "_selected_action": [holding().pk]},
    )
    assert not OnCallList.objects.filter(replaced_at=None).exists()
