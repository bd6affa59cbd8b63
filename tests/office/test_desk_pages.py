import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.office import presence
from secretariat.office.models import Break, Presence, Shift
from tests.browsing import signed_in


@pytest.fixture
def desk(house):
    return signed_in(house.priya.user)


@pytest.fixture
def at_work(house):
    presence.start_shift(house.priya, line="browser", at=clock.now(), declared=True)


def state(house):
    return Presence.objects.get(secretary=house.priya).state


def test_a_shift_starts_on_the_page_and_leads_to_the_desk(house, desk):
    page = desk.get(reverse("shift")).content.decode()
    assert "data-sound-test" in page
    assert "data-ask-notifications" in page
    answer = desk.post(reverse("shift-start"), {"line": "browser", "declared": "on", "hours": "4"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    shift = Shift.objects.get()
    assert (shift.ends_at - shift.started_at).total_seconds() == 4 * 3600
    assert "End shift" in desk.get(reverse("shift")).content.decode()


def test_redrawn_by_itself_it_leads_back_to_the_page_it_stands_on(desk, at_work):
    """Not to the address that it was asked at, where there is no page but only this part."""
    there = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/work/"}
    part = desk.get(reverse("presence"), headers=there).content.decode()
    assert 'name="next" value="/desk/work/"' in part
    assert reverse("presence") + '"' not in part


def test_next_leads_only_to_addresses_of_ours(house, desk):
    fields = {"line": "browser", "declared": "on"}
    away = desk.post(reverse("shift-start"), fields | {"next": "https://elsewhere.example/"})
    assert away["Location"] == "/desk/"
    assert desk.post(reverse("shift-start"), fields | {"next": "/desk/work/"})["Location"] == "/desk/work/"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"line": "browser"}, "Tick this"),
        ({"line": "phone", "declared": "on"}, "number of your telephone is not verified"),
        ({"line": "browser", "declared": "on", "hours": "99"}, "14"),
    ],
)
def test_what_is_missing_is_said_and_no_shift_starts(house, desk, fields, words):
    answer = desk.post(reverse("shift-start"), fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Shift.objects.exists()


def test_break_and_back_with_and_without_a_script(house, desk, at_work):
    answer = desk.post(reverse("presence-break"), {"reason": "Lunch", "minutes": "45", "next": "/desk/work/"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/work/")
    assert Break.objects.get().reason == "Lunch"
    fragment = desk.post(reverse("presence-ready"), headers={"HX-Request": "true"})
    assert "Ready" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert state(house) == "ready"


def test_a_break_without_a_reason_is_asked_for(house, desk, at_work):
    answer = desk.post(reverse("presence-break"), {"reason": ""}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert state(house) == "ready"


def test_on_a_call_the_refusal_is_in_words(house, desk, at_work):
    presence.takes_call(house.priya, at=house.at)
    answer = desk.post(reverse("presence-away"), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "You are on a call" in answer.content.decode()
    assert desk.post(reverse("shift-end")).status_code == 422
    assert state(house) == "on_call"


def test_the_heartbeat_says_whether_the_phone_can_ring(house, desk):
    assert desk.post(reverse("presence-heartbeat")).status_code == 409
    presence.start_shift(house.priya, line="browser", at=house.at, declared=True)
    assert desk.post(reverse("presence-heartbeat"), {"registered": "yes"}).status_code == 204
    assert Presence.objects.get(secretary=house.priya).phone_registered
    assert desk.post(reverse("presence-heartbeat")).status_code == 204
    assert not Presence.objects.get(secretary=house.priya).phone_registered


def test_a_shift_ends_once(house, desk, at_work):
    assert desk.post(reverse("shift-end")).status_code == 303
    assert desk.post(reverse("shift-end")).status_code == 303
    assert Shift.objects.get().ended_at
    assert "Off shift" in desk.get(reverse("presence")).content.decode()


@pytest.mark.parametrize("name", ["shift", "presence"])
def test_only_secretaries_have_a_shift(house, name):
    assert signed_in(house.okafor.owner.user).get(reverse(name)).status_code == 404
    assert signed_in(house.helen).get(reverse(name)).status_code == 404
