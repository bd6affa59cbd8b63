"""While she talks: the next good times, read out, and one of them booked."""

import pytest
from django.urls import reverse

from calendar_app.models import Diary, Meeting
from calls.models import Call
from clients.models import Correspondent, CorrespondentAddress

HTMX = {"HX-Request": "true"}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def abroad(office):
    office.clock_says("2026-11-24 11:30")
    office.carrier.add_sound("ringing-gb.wav", "ring", 3)
    client = office.client("Okafor Legal", zone="Africa/Lagos")
    dana = Correspondent.objects.create(client=client.row, name="Dana Reyes", firm="Reyes Property")
    CorrespondentAddress.objects.create(
        client=client.row, correspondent=dana, kind="phone", value="+12125550142"
    )
    return client


@pytest.fixture
def priya(office, abroad):
    return office.secretary("Priya", abroad)


@pytest.fixture
def call(office, abroad, priya):
    office.rings(abroad, caller="+12125550142")
    office.answers(priya)
    return Call.objects.get()


@pytest.fixture
def desk(office, priya, call):
    return office.browser(priya)


def panel(call):
    return reverse("calls-arrange", args=[call.pk])


def test_the_desk_shows_what_stands_next_and_how_to_arrange(desk, call):
    page = text(desk.get("/desk/"))
    assert "Nothing is arranged yet." in page
    assert f'href="{panel(call)}"' in page
    assert "A meeting for Okafor Legal" in text(desk.get("/desk/?through=arrange"))
    assert desk.get(panel(call)).url == "/desk/?through=arrange"


def test_the_caller_is_filled_in_and_times_are_read_out_on_her_clock(desk, call):
    page = text(desk.get(panel(call), headers=HTMX))
    assert 'value="Dana Reyes"' in page
    # Nine in Lagos would be the middle of her night in New York: what is offered is not.
    assert "Tuesday the twenty-fourth of November at half past two, your time half past eight" in page


def test_booked_without_typing_and_said_back(desk, call, priya):
    shown = desk.get(panel(call), headers=HTMX)
    said = {name: shown.context["form"].initial[name] for name in ("who", "number", "zone", "manner")}
    said |= {"starts": shown.context["offers"][1].value, "minutes": "30"}
    answer = desk.post(panel(call), said, headers=HTMX)
    meeting = Meeting.objects.get()
    assert answer.status_code == 200
    assert f"“{shown.context['offers'][1].said}”" in text(answer)
    assert (meeting.about, meeting.arranged_by, meeting.subject_id) == ("Dana Reyes", priya.user, call.pk)
    guest = meeting.guests.get()
    assert (guest.name, guest.number, guest.zone) == ("Dana Reyes", "+12125550142", "America/New_York")
    assert guest.correspondent == call.correspondent
    # The desk shows it as what stands next.
    assert "Dana Reyes</span>" in text(desk.get("/desk/"))
    assert Diary.objects.get().client == call.client


def test_without_a_script_she_is_led_back_to_the_desk(desk, call):
    said = {"who": "Dana", "on": "2026-11-25", "at": "15:00", "minutes": "30"}
    answer = desk.post(panel(call), said)
    assert (answer.status_code, answer.url) == (303, "/desk/")
    again = desk.post(panel(call), said | {"notes": "Bring the lease"})
    assert again.status_code == 422
    assert "There is already something: Dana, Wed 15:00 to 15:30." in text(again)
    assert "Bring the lease" in text(again)


def test_what_changes_the_times_asks_for_them_alone(desk, call):
    asked = {"who": "Somebody else", "minutes": "120", "from_on": "2026-12-01", "zone": ""}
    part = text(desk.get(panel(call), asked, headers=HTMX | {"HX-Target": "arrange"}))
    assert "Tuesday the first of December at nine o’clock" in part
    assert 'value="Somebody else"' in part
    assert "Close" not in part


def test_a_panel_in_which_she_types_is_not_drawn_over(desk, call):
    open_panel = desk.get("/desk/side/", {"through": "arrange"}, headers=HTMX)
    assert open_panel.status_code == 204
    assert desk.get("/desk/side/", headers=HTMX).status_code == 200


def test_another_secretary_arranges_nothing_from_this_call(office, abroad, call):
    maya = office.browser(office.secretary("Maya", abroad))
    assert maya.get(panel(call), headers=HTMX).status_code == 404
    assert maya.post(panel(call), {"who": "Dana"}, headers=HTMX).status_code == 404


def test_a_call_that_is_closed_arranges_nothing(office, desk, call):
    office.hangs_up(office.carrier.control.legs_of("+12125550142")[-1])
    assert desk.get(panel(call), headers=HTMX).status_code == 200  # while she finishes it
    desk.post(reverse("messages-none", args=[call.pk]), {"reason": "informed"})
    assert desk.get(panel(call), headers=HTMX).status_code == 404
