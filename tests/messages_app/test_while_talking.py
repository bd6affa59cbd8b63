"""Sending before the caller has hung up: the message goes at once, the call goes on, and closes by itself."""

import pytest
from django.urls import reverse

from calls import conference
from calls.models import Call
from clients.models import WorkRecord
from messages_app.models import Message
from secretariat import clock
from secretariat.live.models import LiveEvent
from secretariat.office.models import Presence

HTMX = {"HX-Request": "true"}


@pytest.fixture
def caller(office, okafor, priya):
    """Her leg: she talks with Priya, and has for twenty seconds."""
    leg = office.rings(okafor)
    office.passes(5)
    office.answers(priya)
    office.passes(20)
    return leg


@pytest.fixture
def call(caller):
    return Call.objects.get()


@pytest.fixture
def said(call, okafor):
    return {
        "caller_name": "Dana Reyes",
        "call_back_on": "+44 7700 900123",
        "text": "The landlord has sent a new draft.",
        "urgency": "1",
        "call_type": str(okafor.row.call_types.get().pk),
    }


def send(desk, call, said):
    return desk.post(reverse("messages-take", args=[call.pk]), said, headers=HTMX)


def no_message(desk, call, reason="wrong_number"):
    return desk.post(reverse("messages-none", args=[call.pk]), {"reason": reason}, headers=HTMX)


def shown(desk) -> str:
    return desk.get(reverse("desk-main")).content.decode()


def doing(secretary) -> str:
    return Presence.objects.get(secretary=secretary).state


def verbs(call) -> list[str]:
    return list(call.events.values_list("verb", flat=True))


def told(event, call) -> int:
    return LiveEvent.objects.filter(event=event, subject_id=str(call.pk)).count()


def test_the_message_goes_at_once_and_the_call_goes_on(office, desk, priya, call, said, mailoutbox):
    answer = send(desk, call, said)
    office.settle()
    assert answer.status_code == 200
    assert "Sent to Okafor Legal" in answer.content.decode()
    assert len(mailoutbox) == 1
    call.refresh_from_db()
    assert (call.state, call.outcome, call.closed_at) == ("talking", "message", None)
    assert doing(priya) == "on_call"
    assert told("call.wrapup", call) == 1
    assert "Sent to Okafor Legal" in shown(desk)


@pytest.mark.parametrize("ends", ["caller", "secretary"])
def test_when_the_line_ends_there_is_nothing_left_to_do(office, desk, priya, caller, call, said, ends):
    send(desk, call, said)
    office.passes(10)
    if ends == "caller":
        office.hangs_up(caller)
    else:
        desk.post(reverse("calls-hang-up", args=[call.pk]))
        office.settle()
    call.refresh_from_db()
    assert (call.state, call.outcome, call.ended_by) == ("closed", "message", ends)
    assert call.closed_at == call.ended_at
    assert doing(priya) == "ready"
    assert verbs(call) == ["rang", "offered", "answered", "noted", "hung_up", "closed"]
    assert told("call.ended", call) == 1
    assert office.carrier.control.legs() == []
    assert f"call:{call.pk}" not in shown(desk)


def test_the_seconds_are_ring_and_talk_with_no_wrap_up(office, desk, caller, call, said):
    send(desk, call, said)
    office.passes(10)
    office.hangs_up(caller)
    call.refresh_from_db()
    kept = WorkRecord.objects.filter(subject_id=call.pk).order_by("started_at")
    assert [(each.kind, each.started_at, each.ended_at) for each in kept] == [
        ("ring", call.rang_at, call.answered_at),
        ("talk", call.answered_at, call.ended_at),
    ]


def test_a_held_caller_s_message_goes_too(office, desk, priya, caller, call, said):
    desk.post(reverse("calls-hold", args=[call.pk]))
    office.settle()
    assert send(desk, call, said).status_code == 200
    office.hangs_up(caller)
    call.refresh_from_db()
    assert (call.state, call.outcome) == ("closed", "message")
    assert doing(priya) == "ready"


def test_no_message_is_noted_while_they_talk_and_may_be_thought_better_of(
    office, desk, priya, caller, call, said
):
    answer = no_message(desk, call)
    assert "No message: Wrong number" in answer.content.decode()
    call.refresh_from_db()
    assert (call.state, call.outcome) == ("talking", "no_message")
    assert "No message: Wrong number" in shown(desk)
    again = desk.post(reverse("messages-form", args=[call.pk]), {"change_to": "message"}, headers=HTMX)
    assert "Send to Okafor Legal" in again.content.decode()
    assert "Send to Okafor Legal" in shown(desk)
    send(desk, call, said)
    office.hangs_up(caller)
    call.refresh_from_db()
    assert (call.state, call.outcome, call.no_message_reason) == ("closed", "message", "")


def test_no_message_closes_the_call_when_the_line_ends(office, desk, priya, caller, call):
    no_message(desk, call)
    office.hangs_up(caller)
    call.refresh_from_db()
    assert (call.state, call.outcome, call.no_message_reason) == ("closed", "no_message", "wrong_number")
    assert doing(priya) == "ready"
    record = desk.get(reverse("calls-record", args=[call.pk])).content.decode()
    assert "Priya noted that there is no message" in record


def test_a_message_once_taken_is_not_taken_back(desk, call, said):
    send(desk, call, said)
    answer = no_message(desk, call)
    assert "Sent to Okafor Legal" in answer.content.decode()
    call.refresh_from_db()
    assert call.outcome == "message"


def test_a_call_that_goes_on_cannot_be_reopened(desk, call):
    no_message(desk, call)
    assert desk.post(reverse("calls-reopen", args=[call.pk])).status_code == 404
    call.refresh_from_db()
    assert call.state == "talking"


def test_a_message_for_a_call_closed_in_another_window_is_kept_and_said(office, desk, caller, call, said):
    office.hangs_up(caller)
    no_message(desk, call)
    answer = send(desk, call, said)
    assert answer.status_code == 422
    assert "This call was closed meanwhile" in answer.content.decode()
    assert "The landlord has sent a new draft." in answer.content.decode()
    assert not Message.objects.exists()


class TestLineLost:
    """Her line breaks after she had sent: the next who takes the caller need not send again."""

    @pytest.fixture
    def maya(self, office, okafor):
        return office.secretary("Maya", okafor, line="phone", turn="stand_in")

    @pytest.fixture
    def lose(self, office, priya):
        def lose():
            office.carrier.control.hang_up(office.phone_of(priya))
            office.passes(2)

        return lose

    def test_the_message_stands(self, office, desk, priya, maya, caller, call, said, lose):
        send(desk, call, said)
        lose()
        office.answers(maya)
        assert "Sent to Okafor Legal" in shown(office.browser(maya))
        office.hangs_up(caller)
        call.refresh_from_db()
        assert (call.state, call.outcome, call.secretary) == ("closed", "message", maya)
        assert doing(maya) == "ready"

    def test_that_there_is_none_is_open_again(self, office, desk, maya, caller, call, lose):
        no_message(desk, call)
        lose()
        call.refresh_from_db()
        assert (call.state, call.outcome, call.no_message_reason) == ("ringing", "", "")

    def test_a_message_sent_while_the_caller_is_offered_again_leaves_her_on_the_line(
        self, office, desk, maya, caller, call, said, lose
    ):
        lose()
        assert send(desk, call, said).status_code == 200
        call.refresh_from_db()
        assert (call.state, call.outcome) == ("ringing", "message")
        office.hangs_up(caller)
        call.refresh_from_db()
        assert (call.state, call.outcome) == ("closed", "message")


def test_holding_and_resuming_are_as_ever_after_sending(office, desk, priya, call, said):
    send(desk, call, said)
    call.refresh_from_db()
    conference.hold(call, by=priya, at=clock.now())
    conference.resume(call, by=priya, at=clock.now())
    office.settle()
    call.refresh_from_db()
    assert (call.state, call.held_at, call.outcome) == ("talking", None, "message")
