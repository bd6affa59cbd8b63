"""What the firm tells its secretaries: read before a shift starts, or at the desk while it goes on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from clients import bulletins
from clients.models import Bulletin, BulletinReading
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.live.models import LiveEvent
from secretariat.office.models import Secretary, Shift
from tests.browsing import signed_in

START = {"line": "browser", "hours": "8", "declared": "on"}


@pytest.fixture
def told(house):
    """Writes a bulletin and tells of it; in force since a minute."""

    def write(title="The office moves", **facts):
        facts = {"from_at": clock.now() - timedelta(minutes=1), "written_by": house.helen} | facts
        row = Bulletin.objects.create(title=title, text="From Monday next door.", **facts)
        bulletins.announce_due(at=clock.now())
        return row

    return write


@pytest.fixture
def rui(house):
    return signed_in(house.rui.user)


def banner(browser) -> str:
    return browser.get(reverse("bulletins-banner"), headers={"HX-Request": "true"}).content.decode()


def test_a_shift_starts_when_the_bulletin_is_read(house, told, rui):
    bulletin = told()
    assert "From Monday next door." in rui.get(reverse("shift")).content.decode()
    answer = rui.post(reverse("shift-start"), START)
    assert answer.status_code == 422
    assert "Read “The office moves” and tick it." in answer.content.decode()
    assert not Shift.objects.exists()
    answer = rui.post(reverse("shift-start"), START | {f"read_{bulletin.pk}": "on"})
    assert answer.status_code == 303
    assert BulletinReading.objects.get().user == house.rui.user
    assert LedgerEntry.objects.filter(verb="clients.bulletin.acknowledged").count() == 1
    assert "From Monday next door." not in rui.get(reverse("shift")).content.decode()


def test_one_that_need_not_be_acknowledged_keeps_nobody_from_working(told, rui):
    told(must_acknowledge=False)
    assert rui.post(reverse("shift-start"), START).status_code == 303
    assert "The office moves" in banner(rui)


def test_it_reaches_those_it_is_for(house, told):
    told("For all")
    told("For the team", client=house.okafor.client)
    told("For Rui", person=house.rui.user)
    shown = {
        name: {row.title for row in Bulletin.objects.visible_to(who)}
        for name, who in (
            ("priya", house.priya.user),
            ("rui", house.rui.user),
            ("owner", house.okafor.owner.user),
        )
    }
    assert shown == {"priya": {"For all", "For the team"}, "rui": {"For all", "For Rui"}, "owner": set()}
    audiences = [set(event.audience) for event in LiveEvent.objects.filter(event="bulletin.posted")]
    assert audiences == [
        {house.priya.user.pk, house.rui.user.pk},
        {house.priya.user.pk},
        {house.rui.user.pk},
    ]


@pytest.mark.parametrize(
    ("zone", "at", "reads"),
    [
        ("Europe/London", "2026-11-24 13:30", True),
        ("Pacific/Auckland", "2026-11-24 13:30", False),
        ("Europe/London", "2026-11-25 02:00", False),
        ("America/Los_Angeles", "2026-11-25 02:00", True),
    ],
)
def test_it_is_for_whoever_works_here_by_the_calendar_where_she_lives(house, office, told, zone, at, reads):
    office.clock_says(at)
    hers = {"zone": zone, "engaged_until": date(2026, 11, 24)}
    Secretary.objects.filter(pk=house.priya.pk).update(**hers)
    people = set(bulletins.readers(told()))
    assert house.rui.user in people
    assert (house.priya.user in people) is reads


def test_posted_in_mid_shift_it_stands_above_the_desk_until_it_is_read(told, rui):
    rui.post(reverse("shift-start"), START)
    bulletin = told()
    assert "The office moves" in rui.get(reverse("desk")).content.decode()
    answer = rui.post(reverse("bulletin-read", args=[bulletin.pk]), headers={"HX-Request": "true"})
    assert "The office moves" not in answer.content.decode()
    assert "The office moves" not in rui.get(reverse("desk")).content.decode()
    assert "You have read it." in rui.get(reverse("bulletins")).content.decode()


@pytest.mark.parametrize(
    "facts",
    [
        {"from_at": timedelta(hours=1)},
        {"from_at": timedelta(hours=-2), "until_at": timedelta(hours=-1)},
    ],
    ids=["later", "over"],
)
def test_outside_its_hours_nobody_is_asked_to_read_it(told, rui, facts):
    told(**{name: clock.now() + offset for name, offset in facts.items()})
    assert banner(rui).strip() == ""
    assert rui.post(reverse("shift-start"), START).status_code == 303
    assert not LiveEvent.objects.filter(event="bulletin.posted").exists()


def test_a_bulletin_for_later_is_told_once_it_comes_into_force(told):
    told(from_at=clock.now() + timedelta(hours=1))
    assert bulletins.announce_due(at=clock.now() + timedelta(minutes=59)) == 0
    assert bulletins.announce_due(at=clock.now() + timedelta(minutes=61)) == 1
    assert bulletins.announce_due(at=clock.now() + timedelta(minutes=62)) == 0


def test_said_twice_it_is_read_once(house, told):
    bulletin = told()
    at = clock.now()
    assert bulletins.acknowledge(bulletin, by=house.rui.user, at=at)
    assert not bulletins.acknowledge(bulletin, by=house.rui.user, at=at)
    assert BulletinReading.objects.count() == 1


def test_the_firm_writes_one_and_sees_who_has_not_read_it(house):
    helen = signed_in(house.helen)
    said = {
        "title": "Holiday hours",
        "text": "We close at noon on the 24th.",
        "must_acknowledge": "on",
        "from_at_0": "2020-01-01",
        "from_at_1": "09:00",
    }
    answer = helen.post(reverse("admin:clients_bulletin_add"), said)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    bulletin = Bulletin.objects.get()
    assert bulletin.written_by == house.helen
    assert LiveEvent.objects.filter(event="bulletin.posted").count() == 1
    bulletins.acknowledge(bulletin, by=house.priya.user, at=clock.now())
    assert "1 of 2" in helen.get(reverse("admin:clients_bulletin_changelist")).content.decode()
    page = helen.get(reverse("admin:clients_bulletin_change", args=[bulletin.pk])).content.decode()
    assert "Rui: not yet" in page
    assert "Priya: 20" in page


def test_it_is_for_a_team_or_for_a_person(house):
    said = {
        "title": "Both",
        "text": "Both",
        "client": house.okafor.client.pk,
        "person": house.rui.user.pk,
        "from_at_0": "2020-01-01",
        "from_at_1": "09:00",
    }
    answer = signed_in(house.helen).post(reverse("admin:clients_bulletin_add"), said)
    assert "Choose a client’s team or one person, not both." in answer.content.decode()
    assert not Bulletin.objects.exists()
