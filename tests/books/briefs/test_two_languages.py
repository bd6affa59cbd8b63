"""A brief that needs two languages, such as a translation, is put before those who have both."""

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books.briefs import handing_on, posting
from secretariat.books.models import Brief, BriefInvitation
from secretariat.office.models import SecretaryLanguage
from secretariat.outbox.models import Effect

from .conftest import posted
from .test_briefs import WANTED

TWO = WANTED | {"also_language": "de", "also_level": "5"}


@pytest.fixture
def german(priya, maya):
    """Priya has enough of it; Maya a little less."""
    SecretaryLanguage.objects.create(secretary=priya, language="de", level=5)
    SecretaryLanguage.objects.create(secretary=maya, language="de", level=4)


def test_only_who_has_both_is_asked_and_both_stand_on_page_and_mail(office, okafor, priya, maya, german):
    portal = office.browser(okafor.owner)
    assert portal.post(reverse("portal-brief-post"), TWO).status_code == 303
    brief = Brief.objects.get()
    [asked] = BriefInvitation.objects.all()
    assert asked.secretary == priya
    assert "speaks the second language: German (C1)" in asked.why
    for person, address in ((okafor.owner, "portal-brief"), (priya, "my-brief")):
        page = office.browser(person).get(reverse(address, args=[brief.pk])).content.decode()
        assert "English (B2) · German (C1)" in page
    [mail] = Effect.objects.filter(kind="books.brief_word_to_her")
    assert "(English, German), needed by" in mail.payload["text"]
    assert {"also_language", "also_level"} <= set(handing_on.SAME)


def test_of_whom_lacks_the_second_the_firm_reads_why(okafor, owner, maya, german):
    brief = posted(okafor, owner, also_language="de", also_level=5)
    assert "the second language: German (C1)" in posting.why_not(maya, brief, at=clock.now())


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"also_language": "en"}, "That is the first one"),
        ({"language": ""}, "Name this one, too"),
    ],
)
def test_two_languages_are_two(office, okafor, facts, why):
    refused = office.browser(okafor.owner).post(reverse("portal-brief-post"), TWO | facts)
    assert refused.status_code == 422
    assert why in refused.content.decode()
