"""The admin is the firm's: every page of it, for those of the firm and for all others."""

import pytest
from django.contrib import admin
from django.urls import reverse

from secretariat.channels import twilio
from secretariat.office.models import HalfTyped

from .matrix import Watch, content
from .world import ACTORS, ADMIN, ANONYMOUS, SUPERVISOR

# Some four hundred pages, each for everybody: minutes.
pytestmark = pytest.mark.slow

SIGN_IN = ("/accounts/login/", "/admin/login/")
FIRM = (ADMIN, SUPERVISOR)
OUTSIDE = [actor for actor in ACTORS if actor not in FIRM]
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
EACH_HER_OWN = (HalfTyped,)
of_each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


def pages(model, row):
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{base}_changelist")
    yield reverse(f"{base}_add")
    if row is not None:
        for page in ("change", "history", "delete"):
            yield reverse(f"{base}_{page}", args=[row.pk])


def in_turn(actors, turn: int) -> set[str]:
    """Two of them, and whoever is not signed in."""
    return {ANONYMOUS, actors[turn % len(actors)], actors[(turn + 3) % len(actors)]}


@of_each_model
def test_every_page_is_shut_to_everybody_outside_the_firm(world, model):
    """The list to each of them, every other page to some: one door is before them all, and takes its turn."""
    row = model._default_manager.first()
    watch = Watch()
    turn = MODELS.index(model)
    for place, address in enumerate(pages(model, row)):
        for actor in OUTSIDE if place == 0 else in_turn(OUTSIDE, turn + place):
            browser = world.browsers[actor]
            for answer in (browser.get(address), browser.post(address, {"_save": "1", "post": "yes"})):
                assert answer.status_code in (302, 403, 404), (actor, address)
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith(SIGN_IN)
                assert world.a.word not in content(answer)
    assert not watch.changed()


@of_each_model
def test_the_firm_opens_what_there_is(world, model):
    row = model._default_manager.first()
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    for actor in FIRM:
        assert world.browsers[actor].get(reverse(f"{base}_changelist")).status_code == 200, actor
        if row is not None:
            hers = model not in EACH_HER_OWN or row.user == world.people[actor]
            answer = world.browsers[actor].get(reverse(f"{base}_change", args=[row.pk]))
            assert answer.status_code == (200 if hers else 302), actor


def test_the_telephone_numbers_are_the_firm_s_to_see_and_the_administrator_s_to_set(world):
    watch = Watch()
    for actor in OUTSIDE:
        browser = world.browsers[actor]
        for answer in (
            browser.get("/admin/telephony/"),
            browser.post("/admin/telephony/", {"number": "PN1"}),
        ):
            assert answer.status_code in (302, 403, 404), actor
            assert world.a.word not in content(answer)
    with twilio.transported_by(world.office.transport.http_client()):
        for actor in FIRM:
            shown = world.browsers[actor].get("/admin/telephony/")
            assert shown.status_code == 200, actor
            assert world.a.word in content(shown)
        assert world.browsers[SUPERVISOR].post("/admin/telephony/", {"number": "PN1"}).status_code == 404
        assert world.browsers[ADMIN].post("/admin/telephony/", {"number": "PN1"}).status_code == 302
    assert not watch.changed()
