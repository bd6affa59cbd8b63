"""My settings: what a person changes is hers on every computer, and two things never share a key."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from secretariat.office import keys
from tests.browsing import signed_in

PAGE = "desk-settings"


@pytest.fixture
def desk(house):
    return signed_in(house.priya.user)


def said(**changed) -> dict:
    fields = {f"key_{at}": changed.get(key.ours, key.ours) for at, key in enumerate(keys.KEYS)}
    return fields | {"theme": "dark", "zone": "Africa/Lagos", "ring_volume": "40", "letter_keys": "on"}


def test_what_she_saves_is_hers_on_every_page(house, desk):
    answer = desk.post(reverse(PAGE), said(F4="F6", e=""))
    assert (answer.status_code, answer["Location"]) == (303, reverse(PAGE))
    house.priya.user.refresh_from_db()
    user = house.priya.user
    assert (user.keys, user.zone, user.ring_volume) == ({"F4": "F6", "e": ""}, "Africa/Lagos", 40)
    page = desk.get(reverse("desk")).content.decode()
    assert 'data-keys="{&quot;e&quot;: &quot;&quot;, &quot;F4&quot;: &quot;F6&quot;}"' in page
    assert 'data-theme="dark"' in page
    assert 'data-ring-volume="40"' in page


def test_letters_can_be_turned_off_together(desk):
    fields = said()
    del fields["letter_keys"]
    desk.post(reverse(PAGE), fields)
    assert 'data-letters="off"' in desk.get(reverse("desk")).content.decode()


def test_two_things_with_one_key_are_named_and_nothing_is_lost(house, desk):
    answer = desk.post(reverse(PAGE), said(F4="F9", F8="F7"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Hold and resume” and “Hang up” both have F9. Give one of them another key." in page
    assert '<option value="F7" selected>' in page
    house.priya.user.refresh_from_db()
    assert house.priya.user.keys == {}


@pytest.mark.parametrize(
    "changed", [{"F4": "F5"}, {"F4": "x"}, {"e": "F6"}, {"e": "ee"}, {"j": "<"}], ids=str
)
def test_a_key_that_belongs_elsewhere_is_refused(desk, changed):
    assert desk.post(reverse(PAGE), said(**changed)).status_code == 422


def test_every_key_can_be_put_back(house, desk):
    desk.post(reverse(PAGE), said(F4="F6"))
    assert desk.post(reverse("desk-settings-reset")).status_code == 303
    house.priya.user.refresh_from_db()
    assert (house.priya.user.keys, house.priya.user.zone) == ({}, "Africa/Lagos")


def test_a_client_has_no_desk_to_set(house):
    assert signed_in(house.okafor.owner.user).get(reverse(PAGE)).status_code == 404


chosen = st.fixed_dictionaries({key.ours: st.sampled_from(["", *key.may_be]) for key in keys.KEYS})


@given(chosen)
def test_what_is_kept_gives_back_the_whole_choice(choice):
    assert keys.in_force(keys.changes(choice)) == choice


@given(chosen)
def test_there_is_a_conflict_exactly_where_two_are_the_same(choice):
    used = [key for key in choice.values() if key]
    assert bool(keys.conflicts(choice)) == (len(used) != len(set(used)))


def test_as_we_set_them_no_two_are_the_same():
    assert keys.conflicts(keys.in_force({})) == []


def test_no_key_is_offered_that_presses_nothing():
    root = Path(settings.BASE_DIR)
    places = [*(root / "templates").rglob("*.html"), *root.rglob("navigation.py"), *root.rglob("forms/*.py")]
    named = re.findall(
        r"""(?:data-key|key)"?[=:] ?"([^"{]+)\"""",
        "".join(p.read_text() for p in places if ".venv" not in p.parts),
    )
    pressed = {each.split()[0] for keys_ in named for each in keys_.split(",")}
    walked = {"j", "k", "?"}  # by keys.js itself, through the rows of any list
    assert {key.ours for key in keys.KEYS} - pressed - walked == set()
