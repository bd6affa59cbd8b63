"""Whole calls under a carrier that does all it may do wrong: nothing is lost, and all ends as it should."""

import pytest

from calls import conference
from calls.models import Call, Leg, Offer
from secretariat import clock
from secretariat.office.models import Presence
from secretariat.outbox.models import Effect
from tests.the_office import identity

from .rooms import talking, the_call, work_kinds
from .throughs import verbs

DANA = "+447700900123"
HTMX = {"HX-Request": "true"}
# What goes wrong; at the end the carrier behaves again, and the office must have coped.
MODES = {
    "the same delivery twice": {"duplicate": 1.0},
    "the same words under another token": {"duplicate_other_token": 1.0},
    "both": {"duplicate": 1.0, "duplicate_other_token": 1.0},
    "out of order": {"reorder": 1.0},
    "late": {"delay": 1.0},
    "some lost, some late": {"drop": 0.4, "delay": 0.4},
    "none arrives": {"drop": 1.0},
    "told before the request is answered": {"callback_before_answer": True},
    "told before, and twice": {"callback_before_answer": True, "duplicate": 1.0},
    "the action before the end": {"action_before_completed": True},
    "done, and said to have failed": {"fail_after_performing": 1},
    "the second done, and said to have failed": {"fail_after_performing": 2},
    "too many requests": {"refuse": 3},
    "answers too late": {"slow_rest": 20},
    "everything at once": {
        "duplicate": 0.5,
        "duplicate_other_token": 0.3,
        "reorder": 0.5,
        "callback_before_answer": True,
        "action_before_completed": True,
        "fail_after_performing": 1,
    },
}
WORST = ("both", "none arrives", "told before, and twice", "everything at once")  # the others are slow
every_mode = pytest.mark.parametrize(
    "modes",
    [
        pytest.param(modes, id=name, marks=[] if name in WORST else pytest.mark.slow)
        for name, modes in MODES.items()
    ],
)


def until(office, holds, *, seconds=60):
    """Let time pass until this is so, but no longer."""
    for _second in range(seconds):
        office.settle()
        if holds():
            return
        office.passes(1)
    raise AssertionError(f"not within {seconds} s; {the_call().state}, {verbs(the_call())}")


def picks_up(office, secretary):
    until(office, lambda: (leg := office.phone_of(secretary)) and leg.status == "ringing", seconds=40)
    office.carrier.control.answer(office.phone_of(secretary))


def goes_wrong(office, modes):
    """`modes` from now on."""
    office.carrier.control.chaos(**modes)


def is_sound(office):
    """Nothing of the call is left anywhere, and all we meant to do is done or given up for a reason."""
    modes = office.carrier.chaos.modes
    # Until the last late notice is there, or the carrier was asked about what it never told.
    patience = 200 if modes.drop or modes.late_absent else 62 if modes.delay else 12
    if Leg.objects.live().filter(carrier_id="").exists():
        patience = 320  # one the carrier would not place has no name, and is ended as such
    elif Effect.objects.filter(state="pending", attempts__gt=0).exists():
        patience = max(patience, 2**6)  # what was refused four times may wait for half a minute
    office.carrier.chaos.calm()
    office.passes(patience)
    assert office.carrier.control.legs() == []
    assert not Leg.objects.live().exists()
    assert not Offer.objects.pending().exists()
    assert not Effect.objects.exclude(state__in=["done", "cancelled"]).exists()
    assert office.carrier.check() == []


@every_mode
def test_a_call_answered_held_resumed_and_ended_by_the_caller(office, okafor, priya, modes):
    goes_wrong(office, modes)
    caller = office.rings(okafor, caller=DANA)
    if modes.get("slow_rest"):
        office.carrier.chaos.calm()
    picks_up(office, priya)
    until(office, lambda: talking(office) == {identity(priya), DANA})
    conference.hold(the_call(), by=priya, at=clock.now())
    until(office, lambda: talking(office) == {identity(priya)})
    conference.resume(the_call(), by=priya, at=clock.now())
    until(office, lambda: talking(office) == {identity(priya), DANA})
    office.hangs_up(caller)
    until(office, lambda: the_call().state == Call.State.WRAP_UP, seconds=200)
    call = the_call()
    assert Call.objects.count() == 1
    assert (call.ended_by, call.secretary) == ("caller", priya)
    assert [verb for verb in verbs(call) if verb not in ("offered", "missed")] == [
        "rang",
        "answered",
        "held",
        "resumed",
        "hung_up",
    ]
    is_sound(office)
    assert Presence.objects.get(pk=priya.pk).state == "wrap_up"


@pytest.mark.parametrize(
    "modes",
    [MODES[name] for name in ("both", "out of order", "told before, and twice", "too many requests")],
)
def test_a_second_call_and_back(office, okafor, priya, modes):
    first = office.rings(okafor, caller=DANA)
    office.answers(priya)
    goes_wrong(office, modes)
    second = office.rings(okafor, caller="+447700900456")
    held, new = Call.objects.order_by("rang_at", "pk")
    desk = office.browser(priya)
    assert desk.post(f"/desk/calls/{new.pk}/answer/", headers=HTMX).status_code == 200
    until(office, lambda: talking(office) == {identity(priya), "+447700900456"})
    assert desk.post(f"/desk/calls/{held.pk}/resume/", headers=HTMX).status_code == 200
    until(office, lambda: talking(office) == {identity(priya), DANA})
    office.hangs_up(second)
    office.hangs_up(first)
    until(office, lambda: set(Call.objects.values_list("state", flat=True)) == {"wrap_up"}, seconds=200)
    is_sound(office)


@every_mode
def test_a_voicemail_left_when_nobody_is_there(office, okafor, modes):
    goes_wrong(office, modes)
    caller = office.rings(okafor, caller=DANA)
    office.passes(20)
    office.carrier.control.say(caller, "The lease has come back.")
    office.passes(10)
    office.carrier.control.press(caller, "#")
    office.hangs_up(caller)
    office.passes(5)
    is_sound(office)
    call = the_call()
    assert call.state == Call.State.CLOSED
    # A word of the recording that never comes leaves a call nobody answered, and somebody must see to it.
    known = call.outcome == Call.Outcome.VOICEMAIL
    assert known or (modes.get("drop") and call.outcome == Call.Outcome.UNANSWERED)
    assert work_kinds() in (["calls.voicemail"], ["calls.unanswered"])


def test_a_recording_said_to_be_absent_at_last(office, okafor):
    office.carrier.control.chaos(late_absent=1)
    caller = office.rings(okafor, caller=DANA)
    office.passes(20)
    office.hangs_up(caller)
    is_sound(office)
    assert the_call().outcome == Call.Outcome.UNANSWERED
    assert work_kinds() == ["calls.unanswered"]


def test_two_press_1_in_the_same_instant(office, okafor):
    both = [office.secretary(name, okafor, line="phone", turn="pool") for name in ("Maya", "Joan")]
    office.carrier.choices.calls_per_second = 100
    office.rings(okafor, caller=DANA)
    office.passes(1)
    phones = [office.phone_of(each) for each in both]
    for phone in phones:
        office.carrier.control.answer(phone)
    office.settle()
    office.carrier.control.press_together(*phones, digits="1")
    office.settle()
    winner = the_call().secretary
    assert winner in both
    assert talking(office) == {DANA, winner.home_number}
    assert Offer.objects.filter(state="accepted").count() == 1
    assert len(office.carrier.control.legs()) == 2


@pytest.mark.parametrize("verb", ["Enqueue", "Gather", "Play", "Dial", "Say", "Record"])
@pytest.mark.parametrize("at_work", [True, False])
def test_a_caller_who_hangs_up_in_the_middle_of_any_verb(office, okafor, verb, at_work):
    priya = office.secretary("Priya", okafor, ready=at_work)
    office.carrier.control.chaos(hang_up_in=verb)
    caller = office.rings(okafor, caller=DANA)
    office.passes(2)
    if caller.live and at_work and office.phone_of(priya):
        office.carrier.control.answer(office.phone_of(priya))
    office.passes(30)
    if caller.live:
        office.hangs_up(caller)
    if the_call().state == Call.State.VOICEMAIL:
        office.passes(135)  # no recording will be told of: that is noticed after two minutes
    is_sound(office)
    assert the_call().state in (Call.State.CLOSED, Call.State.WRAP_UP)
    assert the_call().outcome or the_call().secretary == priya
