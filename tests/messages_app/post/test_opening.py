"""Who may open a client's post: everybody who answers for her, or those of whom she says so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients import team
from clients.models import Assignment
from messages_app.incoming_post import receiving
from messages_app.models import PostRules, ReceivedPost
from secretariat import clock
from secretariat.ledger.models import LedgerEntry

ADDRESS = "Okafor Legal\nc/o 1 High Street\nLondon N1 1AA"


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner.user)


@pytest.fixture
def writ(okafor, priya) -> ReceivedPost:
    PostRules.objects.create(client=okafor.row, address=ADDRESS, opens="all")
    said = {"kind": "legal", "sender": "Bath County Court", "tracking": "", "place": "safe"}
    return receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)


def says(portal, **who):
    told = {"opens": "all", "then": "hold", "days": "30"} | who
    return portal.post(reverse("post-portal-rules"), told)


def opens(browser, post):
    """What the page of the desk answers to whoever has opened it."""
    post.refresh_from_db()
    pages = SimpleUploadedFile("writ.pdf", b"%PDF-1.7 a writ", content_type="application/pdf")
    said = {"version": post.version, "file": pages, "opened": "on"}
    return browser.post(reverse("post-scan", args=[post.pk]), said)


def page(browser, post):
    return browser.get(reverse("post-one", args=[post.pk])).content.decode()


def test_the_pool_opens_nothing_where_the_client_lets_her_own_team_alone(office, okafor, writ, priya, portal):
    office.secretary("Rui", okafor, turn=Assignment.Turn.STAND_IN)
    pia = office.browser(office.secretary("Pia", okafor, turn=Assignment.Turn.POOL))
    assert 'name="opened"' in page(pia, writ)
    assert says(portal, opened_by="team").status_code == 303
    there = page(pia, writ)
    assert "The client lets nobody open her post but: Priya, Rui." in there
    assert 'name="opened"' not in there
    refused = opens(pia, writ)
    assert refused.status_code == 422
    assert "lets nobody open her post but: Priya, Rui" in refused.content.decode()
    writ.refresh_from_db()
    assert (writ.opened_at, writ.scan_id) == (None, None)
    assert "Opened by: Priya, Rui." in page(office.browser(priya), writ)
    assert opens(office.browser(priya), writ).status_code == 303
    writ.refresh_from_db()
    assert writ.opened_by == priya.user


def test_whom_she_names_opens_it_and_nobody_else_even_at_her_wish(office, okafor, writ, priya, portal):
    pia = office.secretary("Pia", okafor, turn=Assignment.Turn.POOL)
    nobody = says(portal, opened_by="named")
    assert nobody.status_code == 422
    assert "Say who may open it." in nobody.content.decode()
    stranger = office.secretary("Stella", office.client("Brookes Dental"))
    assert "Stella" not in nobody.content.decode()
    assert says(portal, opened_by="named", openers=[stranger.pk]).status_code == 422
    assert says(portal, opens="nothing", opened_by="named", openers=[pia.pk]).status_code == 303
    noted = LedgerEntry.objects.get(verb="post.rules_changed").detail
    assert (noted["by"], noted["named"]) == ("named", [str(pia.pk)])
    assert "checked" in portal.get(reverse("post-portal-rules")).content.decode().partition("Pia")[0]
    portal.post(reverse("post-portal-wish", args=[writ.pk]), {"version": writ.version, "wish": "open"})
    assert opens(office.browser(priya), writ).status_code == 422
    team.end(Assignment.objects.get(secretary=pia), by=None, at=clock.now())
    assert "Nobody whom the client lets open her post answers for her" in page(office.browser(priya), writ)
    team.assign(pia, okafor.row, by=None, at=clock.now(), turn=Assignment.Turn.POOL)
    assert opens(office.browser(pia), writ).status_code == 303
