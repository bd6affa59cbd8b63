"""Whoever is on call is told what is urgent: first, by name of the list, and as it stood then."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from clients import rostering
from clients.models import Ladder, Rung, Status
from messages_app import foretelling, taking
from messages_app.models import Message
from secretariat import clock


@pytest.fixture
def take(call, priya):
    def taken(**said):
        facts = {"contact": None, "caller_name": "Dana Reyes", "text": "The court rang.", "urgency": 3}
        return taking.take_message(
            call=call,
            by=priya.user,
            at=clock.now(),
            answers=[],
            **({"caller_firm": "", "call_back_on": "+447700900123"} | facts | said),
        )

    return taken


@pytest.fixture
def tunde(office, okafor):
    """At the client, and sees what is addressed to him alone."""
    return office.contact(okafor, "Tunde Adeyemi")


@pytest.fixture
def amara(office, okafor):
    return office.contact(okafor, "Amara Bello")


@pytest.fixture
def nights(okafor, tunde, amara):
    """Tunde and Amara take turns day by day; it is 24 November, and Tunde's turn until eight tomorrow."""
    return rostering.write(
        okafor.row,
        people=[tunde, amara],
        by=okafor.owner.user,
        at=clock.now() - timedelta(hours=1),
        name="Nights",
        turns="daily",
        changes_over=time(8),
        since=date(2026, 11, 24),
    )


def told(message):
    return {(each.contact.name, each.because) for each in message.deliveries.filter(turn=0)}


def tried(message):
    steps = message.ladder_steps.exclude(contact=None).order_by("run", "place")
    return list(dict.fromkeys(step.contact.name for step in steps))


def test_an_urgent_message_for_nobody_goes_to_whoever_is_on_call(take, nights, okafor):
    message = take()
    assert told(message) == {("Tunde Adeyemi", "on call by “Nights” until Wed 08:00")}
    assert tried(message) == ["Tunde Adeyemi", "Amara Bello", okafor.owner.name]


def test_whoever_is_on_call_may_read_it_and_nobody_else_of_the_members(office, take, nights, tunde, amara):
    message = take()
    page = reverse("messages-portal-message", args=[message.pk])
    assert office.browser(tunde).get(page).status_code == 200
    assert office.browser(amara).get(page).status_code == 404


def test_a_message_that_is_not_urgent_goes_where_it_always_did(take, nights, okafor):
    assert {name for name, _why in told(take(urgency=1))} == {okafor.owner.name}


def test_somebody_it_is_for_comes_before_whoever_is_on_call(take, nights, amara, okafor):
    message = take(contact=amara)
    assert {name for name, _why in told(message)} == {"Amara Bello"}
    assert tried(message) == ["Amara Bello", "Tunde Adeyemi", okafor.owner.name]


def test_the_next_in_order_is_told_why_when_nobody_has_acknowledged(office, take, nights, amara):
    message = take()
    office.is_later(60 * 11)
    to_amara = message.deliveries.filter(contact=amara).first()
    assert to_amara.because == "on call by “Nights” until Wed 08:00"


def test_after_the_change_over_the_next_is_first(office, take, nights):
    office.clock_says("2026-11-25 08:00")
    assert {name for name, _why in told(take())} == {"Amara Bello"}


def test_what_was_sent_stays_as_the_list_stood_then(office, take, nights, amara, okafor):
    message = take()
    rostering.change(
        nights, people=[amara], by=okafor.owner.user, at=clock.now(), name="Days", since=nights.since
    )
    assert tried(message)[0] == "Tunde Adeyemi"
    assert told(message) == {("Tunde Adeyemi", "on call by “Nights” until Wed 08:00")}
    before = rostering.standing(okafor.row, at=message.taken_at - timedelta(seconds=1))
    assert [(each.name, each.people[0].name) for each in before] == [("Nights", "Tunde Adeyemi")]


def test_others_for_some_days_are_told_and_the_list_again_when_that_is_taken_back(
    take, nights, amara, okafor
):
    now, owner = clock.now(), okafor.owner.user
    swap = rostering.replace(
        nights, people=[amara], from_at=now, until_at=now + timedelta(hours=6), by=owner, at=now
    )
    assert {name for name, _why in told(take())} == {"Amara Bello"}
    assert rostering.take_back(swap, by=owner, at=clock.now())
    assert not rostering.take_back(swap, by=owner, at=clock.now())
    assert rostering.standing(okafor.row, at=clock.now())[0].people[0].name == "Tunde Adeyemi"


def test_a_ladder_may_name_whoever_is_on_call(take, nights, okafor):
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=2, passes=1)
    Rung.objects.create(client=okafor.row, ladder=ladder, on_call=True, channel="text", rank=0)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="call", rank=1)
    message = take()
    assert tried(message) == ["Tunde Adeyemi", "Amara Bello", okafor.owner.name]


def test_whoever_stands_in_is_told_for_somebody_on_call_who_is_away(take, nights, tunde, amara, okafor):
    Status.objects.create(
        client=okafor.row,
        contact=tunde,
        kind="away",
        stand_in=amara,
        from_at=clock.now() - timedelta(hours=1),
        until_at=clock.now() + timedelta(days=2),
    )
    message = take()
    assert {name for name, _why in told(message)} == {"Amara Bello"}
    assert "Tunde Adeyemi" not in tried(message)


def test_somebody_who_has_left_is_not_on_call(take, nights, tunde):
    type(tunde).objects.filter(pk=tunde.pk).update(is_active=False)
    assert {name for name, _why in told(take())} == {"Amara Bello"}


def test_the_desk_says_who_is_on_call_before_it_is_sent(nights, okafor):
    said = foretelling.sentences(
        okafor.row, contact=None, urgency=Message.Urgency.URGENT, at=clock.now(), zone="Europe/London"
    )
    assert said[0].startswith("We text Tunde Adeyemi (on call) now")
