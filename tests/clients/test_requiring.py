"""What a client requires of whoever answers for her, said by herself."""

import pytest
from django.urls import reverse

from clients import team
from clients.models import ClientRequirement, WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Certificate, SecretaryLanguage, Training


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def first_aid():
    return Training.objects.create(name="First aid", kind="other")


def has(secretary, training, by):
    facts = {"issued_by": "A school", "issued_on": "2026-01-05", "state": Certificate.State.CHECKED}
    checked = {"checked_by": by, "checked_at": clock.now()}
    Certificate.objects.create(secretary=secretary, training=training, **facts, **checked)


def told(page):
    return page.content.decode()


def test_she_requires_a_training_and_who_lacks_it_is_put_on_her_team_no_more(office, okafor, first_aid):
    priya, maya = office.secretary("Priya", okafor), office.secretary("Maya", okafor)
    has(priya, first_aid, office.supervisor())
    portal = office.browser(okafor.owner)
    assert portal.post(reverse("required-add"), {"training": str(first_aid.pk)}).status_code == 303
    page = told(portal.get(reverse("required")))
    assert "Have it: Priya" in page
    assert "lack it, and take none of your calls: Maya" in page
    [item] = WorkItem.objects.open().filter(kind="clients.required")
    assert item.because == "Okafor Legal now requires “First aid”, which Maya lacks"
    refusal = team.why_not(maya, okafor.row, at=clock.now())
    assert "It needs a checked certificate: “First aid”." in refusal
    row = ClientRequirement.objects.get()
    assert portal.post(reverse("required-back", args=[row.pk])).status_code == 303
    assert not ClientRequirement.objects.exists()
    assert not WorkItem.objects.open().filter(kind="clients.required").exists()
    verbs = LedgerEntry.objects.filter(verb__startswith="clients.requirement").values_list("verb", flat=True)
    assert set(verbs) == {"clients.requirement.added", "clients.requirement.taken_back"}


def test_what_nobody_has_is_required_only_once_she_has_read_what_it_means(office, okafor):
    priya = office.secretary("Priya", okafor)
    portal, said = office.browser(okafor.owner), {"language": "fr", "level": "5"}
    refused = portal.post(reverse("required-add"), said)
    assert refused.status_code == 422
    page = told(refused)
    assert "your calls would go to voicemail" in page
    assert '<option value="fr" selected>' in page
    assert not ClientRequirement.objects.exists()
    assert portal.post(reverse("required-add"), said | {"anyway": "on"}).status_code == 303
    twice = portal.post(reverse("required-add"), said | {"anyway": "on"})
    assert "This is required already." in told(twice)
    SecretaryLanguage.objects.create(secretary=priya, language="fr", level=6, how="work")
    assert "Have it: Priya" in told(portal.get(reverse("required")))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose a training, a language with its level, or a speed."),
        ({"language": "fr"}, "Say how well."),
        ({"language": "fr", "level": "5", "training": "both"}, "One at a time: a training, a language, or"),
        ({"language": "fr", "level": "5", "words_a_minute": "50"}, "One at a time"),
        ({"words_a_minute": "221"}, "less than or equal to 220"),
    ],
)
def test_one_thing_at_a_time(office, okafor, first_aid, said, words):
    said = said | ({"training": str(first_aid.pk)} if "training" in said else {})
    answer = office.browser(okafor.owner).post(reverse("required-add"), said)
    assert (answer.status_code, words in told(answer)) == (422, True)
    assert not ClientRequirement.objects.exists()


def test_only_an_owner_says_so(office, okafor):
    delegate = office.contact(okafor, "Bea", standing="delegate")
    assert office.browser(delegate).get(reverse("required")).status_code == 404
