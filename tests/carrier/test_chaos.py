"""What can go wrong on the way, and that it goes wrong the same way each time."""

import json

import pytest

from secretariat.local.carrier import Party
from tests.carrier.application import CALLER, HOME, HOST, OFFICE, Application

LEG = 'statusCallback="/leg/" statusCallbackEvent="initiated ringing answered completed"'
DIAL = f'<Dial action="/after/"><Number {LEG}>{HOME}</Number></Dial>'


@pytest.fixture
def talk(app, carrier):
    """Ring, be put through for ten seconds, and hang up."""

    def talk():
        carrier.add_party(HOME, Party.answers(after=2, hang_up_after=10))
        app.on("/voice/", DIAL)
        app.on("/after/", "<Hangup/>")
        carrier.control.ring(OFFICE, CALLER)
        app.passes(100)

    return talk


def test_doubled_with_the_same_token(app, carrier, talk):
    carrier.control.chaos(duplicate=1)
    talk()
    asked = app.to("/leg/")
    assert len(asked) == 8
    assert len({request.token for request in asked}) == 4
    assert len(app.to("/voice/")) == 2
    assert carrier.check() == []


def test_doubled_with_another_token(app, carrier, talk):
    carrier.control.chaos(duplicate_other_token=1)
    talk()
    assert len({request.token for request in app.to("/leg/")}) == 8


def test_a_question_answered_differently_the_second_time_turns_the_test_red(app, carrier):
    carrier.control.chaos(duplicate=1)
    app.on("/voice/", lambda r: f'<Pause length="{len(app.requests)}"/>')
    carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert any("answered its repetition differently" in complaint for complaint in carrier.check())


def test_dropped_notices_do_not_come_and_questions_do(app, carrier, talk):
    carrier.control.chaos(drop=1)
    talk()
    assert app.to("/leg/") == []
    assert len(app.to("/after/")) == 1


def test_reordered_notices_keep_their_true_numbers(app, carrier, talk):
    carrier.control.chaos(reorder=1)
    talk()
    numbers = app.told("/leg/", "SequenceNumber")
    assert sorted(numbers) == ["0", "1", "2", "3"]
    assert numbers != ["0", "1", "2", "3"]


def test_the_same_seed_goes_wrong_the_same_way():
    def run(seed):
        app = Application(seed=seed)
        app.carrier.add_number(OFFICE, f"{HOST}/voice/")
        app.carrier.control.chaos(delay=0.5, drop=0.3)
        app.carrier.add_party(HOME, Party.answers(after=2, hang_up_after=10))
        app.on("/voice/", DIAL)
        app.carrier.control.ring(OFFICE, CALLER)
        app.passes(200)
        return app.told("/leg/", "CallSid", "SequenceNumber")

    assert run(3) == run(3)
    assert run(3) != run(4)


def test_a_delayed_notice_comes_within_a_minute(app, carrier, talk):
    carrier.control.chaos(delay=1)
    talk()
    assert len(app.to("/leg/")) == 4


def test_the_action_before_the_childs_last_word(app, carrier, talk):
    paths = [[], []]
    for order in (0, 1):
        carrier.control.chaos(action_before_completed=bool(order))
        app.requests.clear()
        talk()
        paths[order] = [r.path for r in app.requests if r.path == "/after/" or r["CallStatus"] == "completed"]
    assert paths[0].index("/leg/") < paths[0].index("/after/")
    assert paths[1].index("/after/") < paths[1].index("/leg/")


def test_an_ambiguous_create_was_performed(app, carrier):
    carrier.control.chaos(fail_after_performing=2)
    assert app.rest("POST", "/Messages.json", To=HOME, From=OFFICE, Body="one").status == 201
    answer = app.rest("POST", "/Messages.json", To=HOME, From=OFFICE, Body="two")
    assert (answer.status, json.loads(answer.body)["code"]) == (500, 20500)
    assert [message.body for message in carrier.messages.by_sid.values()] == ["one", "two"]


def test_429_was_never_performed(app, carrier):
    carrier.control.chaos(refuse=1)
    answer = app.rest("POST", "/Messages.json", To=HOME, From=OFFICE, Body="one")
    assert (answer.status, json.loads(answer.body)["code"], answer.headers["Retry-After"]) == (
        429,
        20429,
        "1",
    )
    assert carrier.messages.by_sid == {}


def test_slow_answers_and_early_callbacks_are_said_to_the_transport(app, carrier):
    carrier.control.chaos(slow_rest=20, callback_before_answer=True)
    answer = app.rest("GET", "/Calls.json")
    assert (answer.slow_seconds, answer.after_postings) == (20, True)


@pytest.mark.parametrize("verb", ["Say", "Gather", "Dial", "Enqueue", "Record"])
def test_a_hang_up_in_the_middle_of_any_verb_ends_the_leg(app, carrier, verb):
    carrier.control.chaos(hang_up_in=verb)
    inside = {
        "Say": "<Say>A rather long sentence, spoken slowly</Say>",
        "Gather": '<Gather timeout="9" action="/x/"/>',
        "Dial": DIAL,
        "Enqueue": '<Enqueue waitUrl="/wait/">q</Enqueue>',
        "Record": '<Record action="/x/"/>',
    }
    app.on("/wait/", '<Pause length="5"/>')
    app.on("/x/", "<Hangup/>")
    app.on("/voice/", inside[verb] + "<Redirect>/never/</Redirect>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert leg.status == "completed"
    assert app.told("/call-status/", "CallStatus") == ["completed"]
    assert app.to("/never/") == []
    assert carrier.control.legs() == []


def test_two_keys_at_the_same_instant(app, carrier):
    app.on("/voice/", '<Gather numDigits="1" action="/key/"/>')
    legs = [carrier.control.ring(OFFICE, CALLER), carrier.control.ring(OFFICE, "+447700900124")]
    app.settle()
    for leg in legs:
        carrier.control.press(leg, "1")
    assert [posting.leg_sid for posting in carrier.take_postings()] == [leg.sid for leg in legs]


def test_an_unknown_mode_is_refused(carrier):
    with pytest.raises(ValueError, match="dorp"):
        carrier.control.chaos(dorp=1)


def test_reset_forgets_the_calls_and_keeps_the_numbers(app, carrier):
    app.on(
        "/voice/",
        '<Dial><Conference statusCallback="/room/" statusCallbackEvent="leave">r</Conference></Dial>',
    )
    carrier.control.chaos(drop=1)
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.reset()
    app.requests.clear()
    app.passes(60)
    assert (app.requests, carrier.control.legs(), carrier.check()) == ([], [], [])
    assert carrier.control.ring(OFFICE, CALLER).sid != leg.sid
    app.settle()
    assert len(app.to("/voice/")) == 1
