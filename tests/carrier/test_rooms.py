"""A caller waits, a secretary wins, they meet in a room; hold, put through, leave."""

import pytest

from secretariat.local.carrier import Party
from tests.carrier.application import CALLER, HOME, HOST, OFFICE

CLIENT = "+447700900789"
ROOM_EVENTS = "start end join leave mute hold modify"


def joins(**attributes):
    given = {
        "beep": "false",
        "statusCallback": "/conference/",
        "statusCallbackEvent": ROOM_EVENTS,
    } | attributes
    words = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f'<Dial action="/left/"><Conference {words}>room-1</Conference></Dial>'


@pytest.fixture
def meeting(app, carrier):
    """A caller and a secretary talking in room-1: the two legs."""
    app.on("/voice/", '<Enqueue waitUrl="/wait/" action="/queue-left/">offers</Enqueue>')
    app.on("/wait/", '<Say>We will be with you</Say><Pause length="10"/>')
    app.on("/join/", joins())
    app.on("/screen/", '<Gather numDigits="1" action="/accept/"><Say>Press 1</Say></Gather><Hangup/>')
    app.on("/accept/", joins())
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(2)
    app.rest("POST", "/Calls.json", To=HOME, From=OFFICE, Url=f"{HOST}/screen/")
    app.settle()
    [secretary] = carrier.control.legs_of(HOME)
    carrier.control.answer(secretary)
    app.passes(0.1)
    carrier.control.press(secretary, "1")
    app.settle()
    app.rest("POST", f"/Calls/{caller.sid}.json", Url=f"{HOST}/join/")
    app.settle()
    return caller, secretary


def events(app):
    return app.told("/conference/", "StatusCallbackEvent")


def test_the_queue_reports_the_redirect_and_the_two_meet(app, carrier, meeting):
    caller, secretary = meeting
    assert app.told("/queue-left/", "QueueResult") == ["redirected"]
    assert events(app) == ["participant-join", "participant-join", "conference-start"]
    assert app.told("/conference/", "SequenceNumber") == ["0", "1", "2"]
    carrier.control.say(caller, "Is Mr Lopes in?")
    carrier.control.say(secretary, "He is out until three.")
    assert [h.text for h in secretary.heard if h.kind == "voice"] == ["Is Mr Lopes in?"]
    assert [h.text for h in caller.heard if h.kind == "voice"] == ["He is out until three."]
    assert carrier.check() == []


def test_a_held_caller_hears_only_music_and_is_not_heard(app, carrier, meeting):
    caller, secretary = meeting
    app.on("/hold/", "<Play>/static/audio/hold.wav</Play>")
    path = f"/Conferences/room-1/Participants/{caller.sid}.json"
    app.rest("POST", path, Hold="true", HoldUrl=f"{HOST}/hold/")
    app.passes(1)
    assert app.to("/hold/")[0].method == "GET"
    carrier.control.say(secretary, "Peter, it is Harlow")
    carrier.control.say(caller, "Hello?")
    assert [h.kind for h in caller.heard][-1] == "music"
    assert [h for h in secretary.heard if h.kind == "voice"] == []
    app.rest("POST", path, Hold="true", HoldUrl=f"{HOST}/hold/")
    app.rest("POST", path, Hold="false")
    app.settle()
    assert events(app)[3:] == ["participant-hold", "participant-unhold"]
    carrier.control.say(secretary, "Thank you for waiting")
    assert caller.heard[-1].text == "Thank you for waiting"


def test_the_music_of_a_hold_goes_on_and_on(app, carrier, meeting):
    caller, _ = meeting
    app.on("/hold/", "<Play>/static/audio/hold.wav</Play>")
    app.rest(
        "POST", f"/Conferences/room-1/Participants/{caller.sid}.json", Hold="true", HoldUrl=f"{HOST}/hold/"
    )
    app.passes(21)
    assert len(app.to("/hold/")) == 5


def test_end_conference_on_exit_cannot_be_changed_while_held(app, carrier, meeting):
    caller, _ = meeting
    path = f"/Conferences/room-1/Participants/{caller.sid}.json"
    app.rest("POST", path, Hold="true")
    assert app.rest("POST", path, EndConferenceOnExit="true").status == 200
    assert caller.participant.membership.end_on_exit is False
    app.rest("POST", path, Hold="false")
    app.rest("POST", path, EndConferenceOnExit="true")
    assert caller.participant.membership.end_on_exit is True


def test_a_muted_participant_still_hears(app, carrier, meeting):
    caller, secretary = meeting
    app.rest("POST", f"/Conferences/room-1/Participants/{caller.sid}.json", Muted="true")
    carrier.control.say(caller, "Hello?")
    carrier.control.say(secretary, "One moment")
    assert [h for h in secretary.heard if h.kind == "voice"] == []
    assert caller.heard[-1].text == "One moment"


def test_the_caller_hangs_up_and_the_secretary_is_left_alone_which_is_a_fault(app, carrier, meeting):
    caller, _ = meeting
    carrier.control.hang_up(caller)
    app.settle()
    left = app.to("/conference/")[-1]
    assert (left["StatusCallbackEvent"], left["ReasonParticipantLeft"]) == (
        "participant-leave",
        "participant_hung_up",
    )
    assert left["ParticipantCallStatus"] == "completed"
    assert len(carrier.check()) == 1
    assert "alone in the room" in carrier.check()[0]


def test_ending_the_room_sends_each_live_leg_to_its_action(app, carrier, meeting):
    _, secretary = meeting
    [room] = carrier.conferences.by_sid.values()
    app.rest("POST", f"/Conferences/{room.sid}.json", Status="completed")
    app.settle()
    assert app.told("/left/", "DialCallStatus", "DialCallSid") == [("answered", None), ("answered", None)]
    assert events(app)[-3:] == ["participant-leave", "participant-leave", "conference-end"]
    assert app.to("/conference/")[-1]["ReasonConferenceEnded"] == "conference-ended-via-api"
    assert app.rest("GET", f"/Conferences/{room.sid}/Participants.json").body.count(b"call_sid") == 0
    assert secretary.status == "completed"


def test_who_holds_the_room_together_ends_it_for_all(app, carrier, meeting):
    caller, secretary = meeting
    app.rest("POST", f"/Conferences/room-1/Participants/{secretary.sid}.json", EndConferenceOnExit="true")
    carrier.control.hang_up(secretary)
    app.settle()
    leaves = [r for r in app.to("/conference/") if r["StatusCallbackEvent"] == "participant-leave"]
    assert [(r["CallSid"], r["ReasonParticipantLeft"]) for r in leaves] == [
        (secretary.sid, "participant_hung_up"),
        (caller.sid, "moderator_ended_conference"),
    ]
    end = app.to("/conference/")[-1]
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert end["CallSidEndingConference"] == secretary.sid


def test_put_through_the_client_is_invited_and_the_secretary_taken_out(app, carrier, meeting):
    caller, secretary = meeting
    carrier.add_party(CLIENT, Party.answers(after=4))
    answer = app.rest(
        "POST",
        "/Conferences/room-1/Participants.json",
        To=CLIENT,
        From=OFFICE,
        Label="client",
        Beep="false",
        StatusCallback=f"{HOST}/leg/",
        StatusCallbackEvent=["initiated", "ringing", "answered", "completed"],
    )
    assert answer.status == 201
    app.passes(5)
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "in-progress"]
    [client] = carrier.control.legs_of(CLIENT)
    app.rest("DELETE", f"/Conferences/room-1/Participants/{secretary.sid}.json")
    app.settle()
    assert secretary.status == "completed"  # her document ends after the Dial
    carrier.control.say(caller, "Peter?")
    assert client.heard[-1].text == "Peter?"
    app.rest("DELETE", "/Conferences/room-1/Participants/client.json")
    app.settle()
    assert client.status == "completed"
    assert app.told("/leg/", "CallStatus")[-1] == "completed"


def test_an_invited_client_who_never_answers_leaves_a_word(app, carrier, meeting):
    carrier.add_party(CLIENT, Party.no_answer())
    app.rest("POST", "/Conferences/room-1/Participants.json", To=CLIENT, From=OFFICE, Timeout=10)
    app.passes(12)
    last = app.to("/conference/")[-1]
    assert last["ReasonParticipantLeft"] == "participant_add_failed"
    assert last["ParticipantCallStatus"] == "no-answer"


def test_redirecting_a_participant_takes_her_out_of_the_room(app, carrier, meeting):
    caller, _ = meeting
    app.on("/voicemail/", '<Say>Please leave a message</Say><Pause length="60"/>')
    app.rest("POST", f"/Calls/{caller.sid}.json", Url=f"{HOST}/voicemail/")
    app.settle()
    assert app.to("/conference/")[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert caller.heard[-1].text == "Please leave a message"
    assert app.to("/left/") == []


def test_only_the_first_to_join_sets_the_callback(app, carrier):
    app.on("/voice/", joins(statusCallback="/conference/", statusCallbackEvent="join"))
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    app.on("/voice/", joins(statusCallback="/other/", statusCallbackEvent=ROOM_EVENTS))
    carrier.control.ring(OFFICE, "+447700900124")
    app.settle()
    assert events(app) == ["participant-join", "participant-join"]
    assert app.to("/other/") == []


def test_a_label_twice_falls_through_to_the_next_verb(app, carrier):
    app.on(
        "/voice/",
        joins(participantLabel="caller").replace('action="/left/"', "") + "<Redirect>/next/</Redirect>",
    )
    app.on("/next/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.ring(OFFICE, "+447700900124")
    app.settle()
    assert len(app.to("/next/")) == 1
    assert carrier.alarms[-1][1] == 16025


def test_one_alone_waits_with_the_waiting_words_then_silence(app, carrier):
    app.on("/voice/", joins(waitUrl="/room-wait/"))
    app.on("/room-wait/", "<Say>You are the first</Say>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(60)
    assert len(app.to("/room-wait/")) == 1
    assert [h.text for h in leg.heard] == ["ringing", "You are the first"]


def test_the_beep_sounds_unless_switched_off(app, carrier):
    app.on("/voice/", "<Dial><Conference>r</Conference></Dial>")
    first = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.ring(OFFICE, "+447700900124")
    app.settle()
    assert "beep" in [h.kind for h in first.heard]


def test_a_room_name_may_be_used_again_once_it_is_over(app, carrier, meeting):
    caller, secretary = meeting
    carrier.control.hang_up(caller)
    carrier.control.hang_up(secretary)
    app.settle()
    app.on("/voice/", joins())
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert len({r["ConferenceSid"] for r in app.to("/conference/")}) == 2


def test_everybody_held_is_a_fault(app, carrier, meeting):
    for leg in meeting:
        app.rest("POST", f"/Conferences/room-1/Participants/{leg.sid}.json", Hold="true")
    app.settle()
    assert any("everybody is held" in complaint for complaint in carrier.check())


def test_an_unknown_participant_is_20404(app, carrier, meeting):
    answer = app.rest("POST", f"/Conferences/room-1/Participants/CA{'0' * 32}.json", Hold="true")
    assert answer.status == 404
    assert b"20404" in answer.body


def test_nobody_begins_a_room_who_may_not(app, carrier):
    app.on("/voice/", joins(startConferenceOnEnter="false", waitUrl="/room-wait/"))
    app.on("/room-wait/", '<Pause length="600"/>')
    carrier.control.ring(OFFICE, CALLER)
    second = carrier.control.ring(OFFICE, "+447700900124")
    app.settle()
    carrier.control.say(second, "Hello?")
    assert "conference-start" not in events(app)
    assert not any(h.kind == "voice" for leg in carrier.control.legs() for h in leg.heard)
    app.on("/voice/", joins())
    carrier.control.ring(OFFICE, "+447700900125")
    app.settle()
    assert events(app)[-1] == "conference-start"


def test_a_failing_waiting_document_breaks_the_joining_and_the_action_catches_it(app, carrier):
    app.on("/voice/", joins(waitUrl="/room-wait/"))
    app.on("/room-wait/", 500)
    app.on("/left/", '<Say>One moment</Say><Pause length="60"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert app.told("/left/", "DialCallStatus") == ["failed"]
    assert leg.heard[-1].text == "One moment"


def test_a_recorded_room_is_one_channel_from_the_meeting_of_the_first_two(app, carrier):
    app.on("/voice/", joins(record="record-from-start", recordingStatusCallback="/recording/"))
    first = carrier.control.ring(OFFICE, CALLER)
    app.passes(30)
    second = carrier.control.ring(OFFICE, "+447700900124")
    app.passes(12)
    carrier.control.hang_up(first)
    carrier.control.hang_up(second)
    app.passes(5)
    [recorded] = app.to("/recording/")
    assert (recorded["RecordingDuration"], recorded["RecordingChannels"]) == ("12", "1")
    assert recorded["RecordingSource"] == "Conference"


def test_coaching_somebody_unknown_is_an_alarm(app, carrier):
    app.on("/voice/", joins(coach="CA" + "0" * 32))
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert carrier.alarms[-1][1] == 13240


def test_answering_after_the_cancel_is_too_late(app, carrier, meeting):
    answer = app.rest("POST", "/Conferences/room-1/Participants.json", To=CLIENT, From=OFFICE, Label="client")
    assert answer.status == 201
    app.passes(2)
    [client] = carrier.control.legs_of(CLIENT)
    app.rest("DELETE", "/Conferences/room-1/Participants/client.json")
    carrier.control.answer(client)
    app.settle()
    assert (client.status, client.answered_at) == ("canceled", None)


def test_resuming_somebody_who_has_left_is_20404(app, carrier, meeting):
    caller, _ = meeting
    path = f"/Conferences/room-1/Participants/{caller.sid}.json"
    app.rest("POST", path, Hold="true")
    carrier.control.hang_up(caller)
    app.settle()
    answer = app.rest("POST", path, Hold="false")
    assert answer.status == 404
    assert b"20404" in answer.body


def test_keys_can_be_played_to_one_participant(app, carrier, meeting):
    caller, secretary = meeting
    app.on("/keys/", '<Play digits="12"/>')
    app.rest("POST", f"/Conferences/room-1/Participants/{caller.sid}.json", AnnounceUrl=f"{HOST}/keys/")
    app.passes(2)
    assert [h.text for h in caller.heard if h.kind == "beep"] == ["12"]
    assert [h for h in secretary.heard if h.kind == "beep"] == []
    carrier.control.say(secretary, "Still there?")
    assert caller.heard[-1].text == "Still there?"


@pytest.mark.parametrize(("name", "value"), [("Url", f"{HOST}/x/"), ("Status", "completed")])
def test_a_participant_has_neither_a_document_nor_a_status(app, carrier, meeting, name, value):
    caller, _ = meeting
    for path in ("", f"/{caller.sid}"):
        answer = app.rest(
            "POST", f"/Conferences/room-1/Participants{path}.json", To=CLIENT, From=OFFICE, **{name: value}
        )
        assert (answer.status, b"20001" in answer.body) == (400, True)


@pytest.mark.parametrize(("timeout", "status"), [(4, 400), (5, 201), (600, 201), (601, 400)])
def test_an_invited_participant_rings_five_to_six_hundred_seconds(app, carrier, timeout, status):
    answer = app.rest("POST", "/Conferences/r/Participants.json", To=CLIENT, From=OFFICE, Timeout=timeout)
    assert answer.status == status
