"""What a client dials so that her calls come to us."""

import pytest

from clients import forwarding
from clients.models import Line

OURS = "+442079460101"
COUNTRIES = ["GB", "US", "CA", "DE", "FR", "ES", "PT", "IT", "NL", "IE", "AU", "NG", "ZA", "IN"]


def said(country, **more) -> dict[str, dict[str, tuple[str, str]]]:
    return {
        kind.line: {when: (on, off) for when, on, off in kind.rows}
        for kind in forwarding.steps(OURS, country=country, **more)
    }


@pytest.mark.parametrize(
    ("country", "line", "when", "dial", "stop"),
    [
        ("GB", "Landline", "All calls, at once", "*21*02079460101#", "#21#"),
        ("GB", "Landline", "When nobody answers", "*61*02079460101#", "#61#"),
        ("GB", "Mobile", "All calls, at once", "**21*+442079460101#", "##21#"),
        ("DE", "Landline", "When the line is busy", "*67*00442079460101#", "#67#"),
        ("US", "Landline", "All calls, at once", "*72011442079460101", "*73"),
        ("AU", "Landline", "When the line is busy", "*240011442079460101#", "#24#"),
        ("NG", "Mobile", "When the mobile is off or has no signal", "**62*+442079460101#", "##62#"),
    ],
)
def test_what_to_dial_holds_our_number_as_it_is_dialled_there(country, line, when, dial, stop):
    assert said(country)[line][when] == (dial, stop)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_named_has_codes_and_says_where_they_are_from(country):
    assert country in forwarding.BY_COUNTRY
    for kind in forwarding.steps(OURS, country=country):
        assert kind.source.startswith("Source: ")
        assert len(kind.rows) >= 3
        assert all("{" not in on + off for _when, on, off in kind.rows)


def test_the_client_s_own_number_says_the_country():
    assert said("GB", own="+493012345678") == said("DE")
    assert said("GB", own="not a number") == said("GB")


def test_a_country_without_an_entry_has_the_mobile_codes():
    assert list(said("BR")) == ["Mobile"]


def test_the_client_reads_it_in_her_portal_and_the_firm_on_the_line(office):
    okafor = office.client("Okafor Legal", forwarded_from="+442079460199")
    shown = office.browser(okafor.owner).get("/portal/forwarding/").content.decode()
    assert "+44 20 7946 0199 to +44 20 7946 0100" in shown
    assert "*21*02079460100#" in shown
    page = office.browser(office.supervisor()).get(f"/admin/clients/line/{okafor.line.pk}/change/")
    assert "*21*02079460100#" in page.content.decode()
    Line.objects.update(is_active=False)
    assert "no line with us yet" in office.browser(okafor.owner).get("/portal/forwarding/").content.decode()
