"""How a client's letters look: read at the desk, hers to say in the portal, and the firm's to change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from messages_app.letters import lettering
from messages_app.models import Letterhead
from secretariat.ledger.models import LedgerEntry

from . import paper
from .deeds import does, is_whole
from .test_logo import a_png

SAID = {
    "name": "Okafor & Daughters",
    "lines": "1 High Street\nLondon N1 1AA",
    "foot": "Registered in England",
    "layout": "din-b",
    "signs": "client",
    "signer": "Ada Okafor",
    "job": "Solicitor",
    "needs_approval": "on",
}


@pytest.fixture
def head(okafor):
    return Letterhead.objects.get()


def hers():
    return reverse("letters-portal-letterhead")


def of(client, page="letters-letterhead"):
    return reverse(page, args=[client.row.pk])


def logo(content=None):
    return SimpleUploadedFile("logo.png", content or a_png(), content_type="image/png")


def test_a_secretary_reads_what_holds_and_changes_nothing(okafor, desk, head):
    assert "Okafor Legal" in desk.get(reverse("letters-letterheads")).content.decode()
    shown = desk.get(of(okafor)).content.decode()
    assert "A4, British DL window" in shown
    assert "The client sees each letter" in shown
    assert desk.get(of(okafor, "letters-letterhead-page")).content.startswith(b"\x89PNG")
    assert of(okafor, "letters-letterhead-change") not in shown
    assert desk.post(of(okafor, "letters-letterhead-change"), SAID).status_code == 404
    head.refresh_from_db()
    assert head.name == "Okafor Legal"


def test_the_client_says_herself_how_her_letters_look_and_that_she_sees_none_first(
    desk, portal, letter, head
):
    shown = portal.get(hers()).content.decode()
    assert "You see each letter before it is posted" in shown
    assert "Your secretary signs in your stead" in shown
    assert portal.post(hers(), SAID | {"needs_approval": "", "logo": logo()}).status_code == 303
    head.refresh_from_db()
    assert (head.name, head.signs, head.needs_approval) == ("Okafor & Daughters", "client", False)
    assert head.logo_id is not None
    assert portal.get(reverse("letters-portal-letterhead-page")).content.startswith(b"\x89PNG")
    written = LedgerEntry.objects.get(verb="letters.letterhead_written")
    assert written.client_id == head.client_id
    is_whole(desk, letter)
    made = lettering.pdf(letter, lettering.newest_of(letter))
    words = [each.text for each in paper.lines(made)]
    assert "Okafor & Daughters" in words
    assert "Ada Okafor" in words
    assert paper.pictures(made)
    does(desk, "letters-release", letter)
    assert letter.state == "ready"


def test_what_no_letter_could_be_set_with_is_said_at_once_and_stays_typed(portal, head):
    answer = portal.post(hers(), SAID | {"lines": "\n".join(f"Line {n}" for n in range(40))})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "more lines than there is room for" in shown
    assert "Okafor &amp; Daughters" in shown
    assert "Line 39" in shown
    head.refresh_from_db()
    assert head.name == "Okafor Legal"


def test_where_it_has_changed_since_a_letter_says_which_paper_counts(desk, portal, letter):
    Letterhead.objects.update(needs_approval=False)
    is_whole(desk, letter)
    does(desk, "letters-release", letter)
    pages = reverse("letters-letter", args=[letter.pk]), reverse("letters-portal-letter", args=[letter.pk])
    words = "What is posted is the paper that is kept."
    assert words not in desk.get(pages[0]).content.decode() + portal.get(pages[1]).content.decode()
    portal.post(hers(), SAID)
    assert words in desk.get(pages[0]).content.decode()
    assert words in portal.get(pages[1]).content.decode()


def test_where_she_is_known_at_the_carrier_is_not_hers_to_say(portal, head):
    Letterhead.objects.update(sender_at_carrier="adr_1")
    portal.post(hers(), SAID | {"sender_at_carrier": "adr_2"})
    head.refresh_from_db()
    assert (head.layout, head.sender_at_carrier) == ("din-b", "adr_1")


def test_the_firm_changes_it_and_takes_the_logo_off(office, okafor, head):
    helen = office.browser(office.supervisor())
    here = of(okafor, "letters-letterhead-change")
    assert "Take the logo off" not in helen.get(here).content.decode()
    assert helen.post(here, SAID | {"logo": logo(), "sender_at_carrier": "adr_7"}).status_code == 303
    head.refresh_from_db()
    assert head.logo_id is not None
    assert "adr_7" in helen.get(of(okafor)).content.decode()
    assert "Take the logo off" in helen.get(here).content.decode()
    assert helen.post(here, SAID | {"without_logo": "on"}).status_code == 303
    head.refresh_from_db()
    assert (head.logo_id, head.sender_at_carrier) == (None, "")


def test_one_that_nobody_wrote_is_written_by_whoever_says_so_first(office, desk):
    brookes = office.client("Brookes Dental", country="US")
    portal = office.browser(brookes.owner)
    assert portal.get(hers()).status_code == 200
    assert not Letterhead.objects.filter(client=brookes.row).exists()
    assert portal.post(hers(), SAID | {"layout": "us-10"}).status_code == 303
    assert Letterhead.objects.get(client=brookes.row).layout == "us-10"
    assert desk.get(of(brookes)).status_code == 404
