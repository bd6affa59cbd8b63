"""The office that tests speak of is itself held to its word."""

from secretariat import clock
from secretariat.local.outside import client

from . import telephones


def test_the_clock_says_what_it_is_told_and_goes_on(office):
    office.clock_says("2026-11-24 10:30", zone="Africa/Lagos")
    assert f"{clock.now():%Y-%m-%d %H:%M}" == "2026-11-24 09:30"
    office.passes(90)
    assert f"{clock.now():%H:%M}" == "09:31"
    assert abs((office.carrier.now - clock.now()).total_seconds()) < 5


def test_a_client_has_a_line_the_carrier_knows_and_an_owner_who_signs_in(office):
    okafor = office.client("Okafor Legal")
    assert okafor.number in office.carrier.account.numbers
    assert okafor.owner.user.roles.contacts == [okafor.owner]


def test_a_ready_secretary_is_on_shift(office):
    priya = office.secretary("Priya", office.client("Okafor Legal"))
    priya.presence.refresh_from_db()
    assert priya.presence.state == "ready"


def test_a_contacts_mobile_is_played_and_its_verbs_are_those_of_the_stories(office):
    okafor = office.client("Okafor Legal")
    mobile = office.mobile_of(okafor.owner)
    mobile.forwards_to(okafor.number)
    leg = office.carrier.control.ring(mobile.number, "+447700900123")
    office.settle()
    assert leg.forwarded_from == mobile.number
    assert not mobile.rings
    office.hangs_up(leg)
    assert verbs_of(telephones.Telephone) == verbs_of(client.Telephone)


def verbs_of(kind) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}
