"""Long forms are kept while they are typed, for her alone, until they are sent."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from clients.models import Lapse
from secretariat import clock
from secretariat.books.models import Brief
from secretariat.office import half_typed
from secretariat.office.half_typed import NEW
from secretariat.office.models import HalfTyped, Vacancy
from secretariat.retention import ending, registry
from tests.books.briefs.conftest import posted

CARD = "4111 1111 1111 1111"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def helen(office, okafor):
    return office.supervisor()


def page(answer) -> str:
    return answer.content.decode()


def types(browser, form, about, *, revision=0, **fields):
    return browser.post(reverse(f"half-typed-{form}", args=[about]), fields | {"revision": str(revision)})


def test_what_is_typed_stands_in_the_form_wherever_she_opens_it_and_nowhere_else(office, okafor, helen):
    about, post = okafor.row.pk, reverse("portal-brief-post")
    kept = types(
        office.browser(okafor.owner),
        "brief",
        about,
        title="Minutes of the board",
        due_on="2026-12-18",
        for_whom="team",
    )
    assert kept.json()["revision"] == 1
    shown = page(office.browser(okafor.owner).get(post))
    assert "What you typed here last stands below. It is from Tue 24 Nov 10:30" in " ".join(shown.split())
    assert 'value="Minutes of the board"' in shown
    assert 'value="2026-12-18"' in shown
    assert 'data-revision="1"' in shown
    theirs = page(office.browser(helen).get(reverse("brief-post", args=[about])))
    assert "Minutes of the board" not in theirs
    assert 'data-revision="0"' in theirs


def test_of_two_pages_the_older_one_is_told_what_stands_there(office, okafor):
    portal, about = office.browser(okafor.owner), okafor.row.pk
    types(portal, "brief", about, title="One")
    clash = types(portal, "brief", about, title="Another")
    assert clash.status_code == 409
    assert clash.json() == {"revision": 1, "fields": {"title": "One"}}
    assert types(portal, "brief", about, revision=1, title="Another").json()["revision"] == 2


def test_once_it_is_sent_nothing_is_left_and_what_comes_late_is_not_taken(office, okafor, priya):
    portal, about, post = office.browser(okafor.owner), okafor.row.pk, reverse("portal-brief-post")
    types(portal, "brief", about, title="Minutes")
    said = {"title": "Minutes", "kind": "minutes", "outcome": "", "due_on": "2026-12-18"}
    said |= {"language": "en", "level": "4", "for_whom": "everybody", "paid": "accepted"}
    assert portal.post(post, said).status_code == 422
    assert HalfTyped.objects.get().fields == {"title": "Minutes"}
    assert portal.post(post, said | {"outcome": "Typed"}).status_code == 303
    assert Brief.objects.count() == 1
    assert types(portal, "brief", about, revision=1, title="Minutes").status_code == 409
    shown = page(portal.get(post))
    assert "stands below" not in shown
    assert 'value="Minutes"' not in shown
    assert "data-draft-empty" in shown


def test_she_begins_anew(office, okafor):
    portal, post = office.browser(okafor.owner), reverse("portal-brief-post")
    types(portal, "brief", okafor.row.pk, title="Minutes")
    assert portal.post(post, {"anew": "1"}).status_code == 303
    assert 'value="Minutes"' not in page(portal.get(post))
    assert not Brief.objects.exists()


def test_a_proposal_with_its_milestones(office, okafor, priya):
    brief, desk = posted(okafor, okafor.owner.user), office.browser(priya)
    typed = {"approach": "By Friday", "pays": "hourly", "rate": "32", "title_2": "Index", "hours_2": "1,5"}
    types(desk, "proposal", brief.pk, **typed)
    shown = page(desk.get(reverse("my-brief-propose", args=[brief.pk])))
    for words in ("By Friday</textarea>", 'value="32"', 'value="Index"', 'value="1,5"'):
        assert words in shown, words
    assert re.search(r'value="hourly"[^>]* checked', shown)


def test_a_contract_an_agreement_and_a_vacancy(office, okafor, priya, helen):
    firm = office.browser(helen)
    pages = {
        "contract": (priya.pk, reverse("contract-write", args=[priya.pk]), "role"),
        "agreement": (okafor.row.pk, reverse("agreement-write", args=[okafor.row.pk]), "services"),
        "vacancy": (NEW, reverse("firm-vacancy-add"), "title"),
    }
    for form, (about, address, name) in pages.items():
        types(firm, form, about, **{name: f"Half of the {form}"})
        assert f"Half of the {form}" in page(firm.get(address)), form
    assert not Vacancy.objects.exists()


def test_what_is_reported_of_a_lapse_waits_for_whoever_reports_it_and_for_nobody_else(
    office, okafor, priya, helen
):
    said = {"kind": "lost", "what": "The telephone lay on the bus", "client": str(okafor.row.pk)}
    hers, theirs = office.browser(priya), office.browser(okafor.owner)
    types(hers, "lapse", NEW, **said)
    types(theirs, "lapse", okafor.row.pk, kind="sent", what="Our letter lay", client=str(okafor.row.pk))
    desk, portal = reverse("lapse-report"), reverse("lapse-portal")
    shown = page(hers.get(desk))
    for words in ("lay on the bus</textarea>", f'value="{okafor.row.pk}" selected', "stands below"):
        assert words in shown, words
    assert re.search(r'value="lost"[^>]* checked', shown)
    in_portal = page(theirs.get(portal))
    assert "Our letter lay</textarea>" in in_portal
    assert "draft.js" in in_portal
    assert "lay on the bus" not in page(office.browser(helen).get(desk))
    assert hers.post(desk, said | {"kind": ""}).status_code == 422
    assert hers.post(desk, said).status_code == 303
    assert theirs.post(portal, {"anew": "1"}).status_code == 303
    assert Lapse.objects.get().what == said["what"]
    for browser, address in ((hers, desk), (theirs, portal)):
        assert "stands below" not in page(browser.get(address))
    assert {str(each.fields) for each in HalfTyped.objects.all()} == {"{}"}


def test_what_work_led_to_waits_half_reported(office, okafor, priya):
    hers, mine, report = office.browser(priya), reverse("my-outcomes"), reverse("my-outcome-report")
    said = {"kind": "lead", "client": str(okafor.row.pk), "on": "2026-11-23", "words": "The bakery asked"}
    types(hers, "outcome", priya.pk, **said, worth="")
    shown = page(hers.get(mine))
    for words in ('value="The bakery asked"', 'value="2026-11-23"', "stands below"):
        assert words in shown, words
    assert hers.post(report, {"anew": "1"}).headers["Location"] == mine
    assert "The bakery asked" not in page(hers.get(mine))
    types(hers, "outcome", priya.pk, revision=2, **said)
    assert "The bakery asked" in page(hers.get(mine))
    assert hers.post(report, said).status_code == 303
    assert "stands below" not in page(hers.get(mine))
    assert HalfTyped.objects.get().fields == {}


def test_no_card_number_is_kept_and_no_other_form(office, okafor):
    portal = office.browser(okafor.owner)
    told = types(portal, "brief", okafor.row.pk, outcome=f"Pay with {CARD}").json()
    assert told["redacted"] == {"outcome": "Pay with [card number not kept, ends 1111]"}
    assert CARD not in str(HalfTyped.objects.get().fields)
    assert portal.post(f"/half-typed/message/{okafor.row.pk}/", {"revision": "0"}).status_code == 404
    assert types(portal, "brief", okafor.row.pk, revision="x", title="x").status_code == 400


def test_no_byte_that_a_database_cannot_keep_is_in_the_way(office, okafor):
    portal = office.browser(okafor.owner)
    assert types(portal, "brief", okafor.row.pk, outcome="A\0\r\nB").json()["revision"] == 1
    assert HalfTyped.objects.get().fields == {"outcome": "A\nB"}


def test_of_one_person_so_many_are_kept_and_no_more(okafor, helen):
    who, another = okafor.owner.user, helen
    half_typed.keep(another, "brief", okafor.row.pk, {"title": "Hers"}, revision=0, at=clock.now())
    for n in range(half_typed.MOST_FORMS + 2):
        at = clock.now() + timedelta(seconds=n)
        half_typed.keep(who, "brief", UUID(int=n + 1), {"title": str(n)}, revision=0, at=at)
    assert HalfTyped.objects.filter(user=who).count() == half_typed.MOST_FORMS
    assert not HalfTyped.objects.filter(user=who, about=UUID(int=1)).exists()
    assert HalfTyped.objects.filter(user=another).exists()


def test_what_is_left_lying_goes(office, okafor):
    types(office.browser(okafor.owner), "brief", okafor.row.pk, title="Minutes")
    [rule] = [each for each in registry.rules() if each.name == "half typed"]
    assert list(rule.over(clock.now())) == []
    assert HalfTyped.objects.filter(pk__in=rule.over(clock.now() + timedelta(seconds=1))).exists()
    ending.end(rule, at=clock.now() + timedelta(days=61))
    assert not HalfTyped.objects.exists()
