"""Who supervises whom, who stands in, and whether they know what is asked for: told where it is lacking."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from clients.models import ClientRequirement, NeededSkill
from secretariat import clock
from secretariat.office.models import Post, Skill, Training

NOBODY, ALONE = "Supervised by nobody", "Nobody stands in for the supervisor of"
UNKNOWN = "Clients ask for what the supervisor is not known to be qualified in"


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.ruth = office.user("ruth@example.com", "Ruth")
    Post.objects.create(user=office.ruth, post=Post.Kind.ADMIN)
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    return office


def gaps_shown(firm) -> dict[str, str]:
    """The notices above the list: what each is about, and whom it names."""
    page = firm.browser(firm.helen).get(reverse("supervision")).content.decode()
    said = (" ".join(strip_tags(each).split()) for each in re.findall(r'<p class="notice.*?</p>', page, re.S))
    return dict(each.split(": ", 1) for each in said)


def test_who_has_no_supervisor_and_no_stand_in_is_named_above_the_list(firm):
    assert gaps_shown(firm) == {NOBODY: "Priya"}
    desk, page = firm.browser(firm.ruth), reverse("supervision-name", args=[firm.priya.pk])
    said = {"qualified_by": "Ten years", "supervisor": str(firm.helen.pk)}
    answer = desk.post(page, said, follow=True).content.decode()
    assert "Nobody stands in: name somebody" in answer
    assert "no stand-in" in answer
    assert gaps_shown(firm) == {ALONE: "Priya"}
    answer = desk.post(page, said | {"stand_in": str(firm.ruth.pk)}, follow=True).content.decode()
    assert "Nobody stands in" not in answer
    assert "Ruth stands in." in answer
    assert gaps_shown(firm) == {}
    Post.objects.filter(user=firm.ruth).update(until_at=clock.now())  # she runs the firm no more
    assert gaps_shown(firm) == {ALONE: "Priya"}


def test_what_clients_ask_for_is_set_beside_what_the_supervisor_is_qualified_in(firm):
    law, paper = (
        Skill.objects.create(name="Words of the law"),
        Training.objects.create(name="Data protection"),
    )
    NeededSkill.objects.create(client=firm.okafor.row, skill=law)
    ClientRequirement.objects.create(client=firm.okafor.row, training=paper)
    ClientRequirement.objects.create(client=firm.okafor.row, language="fr-CA", level=4)
    ClientRequirement.objects.create(client=firm.okafor.row, words_a_minute=60)  # she need not type as fast
    desk, page = firm.browser(firm.ruth), reverse("supervision-of", args=[firm.priya.pk])
    for name in ("Words of the law", "Data protection", "French"):
        assert f"{name} (Okafor Legal)" in desk.get(page).content.decode()
    said = {
        "qualified_by": "Ten years",
        "supervisor": str(firm.helen.pk),
        "stand_in": str(firm.ruth.pk),
        "covers": [f"skill:{law.pk}", f"training:{paper.pk}"],
    }
    desk.post(reverse("supervision-name", args=[firm.priya.pk]), said)
    assert gaps_shown(firm) == {UNKNOWN: "Priya (French)"}
    assert "not known to be qualified in: French" in desk.get(page).content.decode()
    wrong = desk.post(reverse("supervision-name", args=[firm.priya.pk]), said | {"covers": ["skill:0"]})
    assert wrong.status_code == 422
    assert "Ten years" in wrong.content.decode()
    desk.post(
        reverse("supervision-name", args=[firm.priya.pk]), said | {"covers": [*said["covers"], "language:fr"]}
    )
    assert gaps_shown(firm) == {}
    more = Skill.objects.create(name="Minutes of meetings")
    NeededSkill.objects.create(client=firm.okafor.row, skill=more)  # asked for since she was named
    assert gaps_shown(firm) == {UNKNOWN: "Priya (Minutes of meetings)"}
