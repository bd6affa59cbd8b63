"""A client with a letterhead, a template and somebody in her address book, and a letter begun to her."""

import pytest
from django.urls import reverse

from clients.models import Correspondent, PostalAddress
from messages_app.models import Letter, Letterhead, LetterTemplate


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB")
    Letterhead.objects.create(
        client=okafor.row, name="Okafor Legal", lines="1 High Street\nLondon N1 1AA", signer="Ada Okafor"
    )
    LetterTemplate.objects.create(
        client=okafor.row,
        name="The keys",
        subject="Keys of {firm}",
        salutation="Dear {name},",
        body="The keys are with {secretary}.\n\nYour reference: {reference}",
    )
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes", firm="Harlow & Sons")
    PostalAddress.objects.create(
        client=okafor.row,
        correspondent=dana,
        street="12 Mill Lane",
        city="Bath",
        postcode="BA1 2QH",
        country="GB",
    )
    return okafor


@pytest.fixture
def desk(office, okafor):
    office.priya = office.secretary("Priya", okafor)
    return office.browser(office.priya)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner.user)


@pytest.fixture
def letter(okafor, desk):
    """Begun for Dana with the template, at the desk."""
    said = {
        "client": okafor.row.pk,
        "template": LetterTemplate.objects.get().pk,
        "correspondent": Correspondent.objects.get().pk,
    }
    assert desk.post(reverse("letters-new"), said).status_code == 303
    return Letter.objects.get()
