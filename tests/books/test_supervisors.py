"""Who supervises whom, who stands in, and whether they know what is asked for: told where it is lacking."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from clients.models import ClientRequirement, NeededSkill, WorkItem
from secretariat import clock
from secretariat.books.models import HoursQuestion
from secretariat.books.supervision import supervising
from secretariat.office.models import Post, Secretary, Skill, Training

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


@pytest.fixture
def asked(firm) -> list[str]:
    """What Okafor Legal asks for: the keys of a skill and of a language."""
    law = Skill.objects.create(name="Words of the law")
    NeededSkill.objects.create(client=firm.okafor.row, skill=law)
    ClientRequirement.objects.create(client=firm.okafor.row, language="fr", level=4)
    return [f"skill:{law.pk}", "language:fr"]


@pytest.mark.parametrize("left", [{"qualified_by", "covers"}, {"qualified_by"}, {"covers"}])
def test_what_qualifies_one_supervisor_is_never_recorded_of_the_next(firm, asked, left):
    desk, page = firm.browser(firm.ruth), reverse("supervision-name", args=[firm.priya.pk])
    before = {"supervisor": str(firm.helen.pk), "qualified_by": "Ten years", "covers": asked}
    assert desk.post(page, before).status_code == 303
    then = before | {"supervisor": str(firm.ruth.pk)}
    if "covers" not in left:
        then["covers"] = asked[:1]
    if "qualified_by" not in left:
        then["qualified_by"] = "Clerk of a court"
    refused = desk.post(page, then)
    assert refused.status_code == 422
    again = refused.context["naming"]
    assert set(again.errors) == left
    assert "This was said of Helen. Say it anew, of Ruth." in strip_tags(refused.content.decode())
    for field in ("qualified_by", "covers"):
        assert (again[field].value() or None) == (None if field in left else then[field])
    assert again["supervisor"].value() == str(firm.ruth.pk)
    assert supervising.of(firm.priya).supervisor == firm.helen
    said = {"supervisor": str(firm.ruth.pk), "said_of": again["said_of"].value()}
    assert desk.post(page, said | {"qualified_by": "Ten years", "covers": asked}).status_code == 303
    held = supervising.of(firm.priya)
    assert (held.supervisor, held.qualified_by, held.covers) == (firm.ruth, "Ten years", asked)


def test_what_no_client_asks_for_just_now_is_kept_while_she_supervises(firm, asked):
    desk, page = firm.browser(firm.ruth), reverse("supervision-name", args=[firm.priya.pk])
    said = {"supervisor": str(firm.helen.pk), "qualified_by": "Ten years"}
    desk.post(page, said | {"covers": asked})
    NeededSkill.objects.all().delete()
    desk.post(page, said | {"covers": ["language:fr"], "stand_in": str(firm.ruth.pk)})
    assert set(supervising.of(firm.priya).covers) == set(asked)
    ClientRequirement.objects.all().delete()  # nothing is asked for, so nothing can be ticked
    desk.post(page, said)
    assert set(supervising.of(firm.priya).covers) == set(asked)
    ClientRequirement.objects.create(client=firm.okafor.row, language="fr", level=4)
    desk.post(page, said)  # now it is asked for, and not ticked
    assert supervising.of(firm.priya).covers == asked[:1]
    ruth = {"supervisor": str(firm.ruth.pk), "qualified_by": "Clerk of a court"}
    assert desk.post(page, ruth).status_code == 303
    assert supervising.of(firm.priya).covers == []


def test_whoever_takes_no_calls_leaves_it_to_the_stand_in_until_a_day(firm):
    assert not Secretary.objects.filter(user=firm.helen).exists()  # so no days off of hers are in the rota
    firm.helen.zone = "Pacific/Auckland"
    firm.helen.save()
    desk, page = firm.browser(firm.helen), reverse("supervision-of", args=[firm.priya.pk])
    away = reverse("supervision-away", args=[firm.priya.pk])
    assert desk.post(away, {"until_on": "2026-11-27"}).status_code == 404  # nobody is named
    assert "is away" not in desk.get(page).content.decode()
    said = {"qualified_by": "Ten years", "supervisor": str(firm.helen.pk), "stand_in": str(firm.ruth.pk)}
    desk.post(reverse("supervision-name", args=[firm.priya.pk]), said)
    assert "When Helen is away" in desk.get(page).content.decode()
    for wrong in ("2026-11-23", "2028-11-27", "soon"):
        assert desk.post(away, {"until_on": wrong}).status_code == 422
    shown = desk.post(away, {"until_on": "2026-11-27"}, follow=True).content.decode()
    assert "the stand-ins act for Helen" in shown
    assert "Helen is away just now" in shown
    assert 'value="2026-11-27"' in shown

    ask = {"on": "2026-11-23", "words": "Why idle?"}
    desk.post(reverse("supervision-ask", args=[firm.priya.pk]), ask)
    answer = reverse("my-supervision-answer", args=[HoursQuestion.objects.get().pk])
    firm.browser(firm.priya).post(answer, {"words": "The line was dead"})
    assert WorkItem.objects.get(kind="books.hours_answered").owner == firm.ruth
    firm.clock_says("2026-11-27 10:30")  # in Auckland her last day is not over
    assert "Priya" in of_mine(firm, firm.ruth)
    firm.clock_says("2026-11-27 11:30")  # and now it is
    assert "You supervise nobody" in of_mine(firm, firm.ruth)
    assert "Priya" in of_mine(firm, firm.helen)


def test_who_is_back_before_the_day_that_was_said_has_them_again(firm):
    desk, away = firm.browser(firm.ruth), reverse("supervision-away", args=[firm.priya.pk])
    said = {"qualified_by": "Ten years", "supervisor": str(firm.helen.pk), "stand_in": str(firm.ruth.pk)}
    desk.post(reverse("supervision-name", args=[firm.priya.pk]), said)
    desk.post(away, {"until_on": "2026-11-27"})
    assert "Priya" in of_mine(firm, firm.ruth)
    assert "Helen is there" in desk.post(away, {"until_on": ""}, follow=True).content.decode()
    assert "You supervise nobody" in of_mine(firm, firm.ruth)
    Post.objects.filter(user=firm.helen).update(until_at=clock.now())
    left = desk.post(away, {"until_on": "2026-11-27"}, follow=True).content.decode()
    assert "Helen is suspended or has left" in left


def of_mine(firm, who) -> str:
    return firm.browser(who).get(reverse("supervision"), {"mine": "yes"}).content.decode()
