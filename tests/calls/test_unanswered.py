"""When nobody answers: voicemail, turned away, given up."""

import pytest
from django.urls import reverse

from calls import voicemail
from calls.models import Call, Leg, Offer, Voicemail
from clients.models import Correspondent, CorrespondentAddress, Instruction, LineHours, WorkItem
from secretariat.media.models import MediaFile
from secretariat.outbox.models import InboundEvent

from .rooms import heard, rings, the_call, verbs, work_kinds
from .test_webhooks import ring

CALLER = "+447700900123"


def speaks(office, leg, seconds):
    """The caller talks after the tone for so long, and presses the hash key."""
    office.passes(30)
    office.carrier.control.say(leg, "The lease has come back.")
    office.passes(seconds)
    office.carrier.control.press(leg, "#")
    office.passes(5)


def test_with_nobody_at_work_the_caller_is_greeted_by_voicemail_at_once(office, okafor):
    leg = office.rings(okafor)
    call = the_call()
    assert (call.route, call.state) == ("voicemail", Call.State.VOICEMAIL)
    office.passes(15)
    assert "You have reached Okafor Legal." in heard(leg)
    assert "This call is recorded." in heard(leg)


def test_a_voicemail_is_fetched_sealed_and_must_be_finished(office, okafor):
    leg = office.rings(okafor)
    speaks(office, leg, 10)
    office.hangs_up(leg)
    kept = Voicemail.objects.get()
    assert kept.state == Voicemail.State.READY
    assert MediaFile.objects.get(pk=kept.media_id).client_id == okafor.row.pk
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.VOICEMAIL)
    assert work_kinds() == ["calls.voicemail"]


def test_what_was_left_is_passed_on_as_a_message(office, okafor):
    leg = office.rings(okafor)
    speaks(office, leg, 10)
    office.hangs_up(leg)
    priya = office.secretary("Priya", okafor)
    desk, call = office.browser(priya), the_call()
    write = reverse("messages-form", args=[call.pk])
    assert write in desk.get(reverse("calls-record", args=[call.pk])).content.decode()
    assert desk.get(write).status_code == 200
    said = {
        "contact": str(okafor.owner.pk),
        "caller_name": "Dana Reyes",
        "call_back_on": CALLER,
        "text": "The lease has come back.",
        "urgency": "1",
    }
    assert desk.post(reverse("messages-take", args=[call.pk]), said).status_code == 303
    message = call.messages.get()
    assert message.deliveries.exists()
    call.refresh_from_db()
    assert call.outcome == Call.Outcome.VOICEMAIL
    assert not WorkItem.objects.open().exists()


def test_without_a_recording_notice_nothing_is_recorded_and_the_caller_is_told(office, okafor):
    okafor.line.recording_notice = ""
    okafor.line.save()
    leg = office.rings(okafor)
    office.passes(20)
    assert "We cannot take a recorded message." in heard(leg)
    assert not leg.live
    assert office.carrier.recordings.by_sid == {}
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.UNANSWERED)
    assert work_kinds() == ["calls.unanswered"]


def test_a_caller_waits_for_whoever_is_busy_but_no_longer_than_the_line_says(office, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    leg = office.rings(okafor, caller="+447700900999")
    office.passes(59)
    assert the_call().state == Call.State.RINGING
    office.passes(8)
    assert the_call().state == Call.State.VOICEMAIL
    office.passes(5)
    assert "You have reached Okafor Legal." in heard(leg)


def test_when_everybody_has_let_it_ring_the_caller_is_not_kept_waiting(office, okafor, priya):
    office.rings(okafor)
    office.passes(34)
    assert [offer.state for offer in Offer.objects.all()] == [Offer.State.EXPIRED] * 2
    assert the_call().state == Call.State.VOICEMAIL


def test_a_line_that_could_not_be_rung_in_time_has_ended_with_that(office, okafor, priya):
    """Every worker was down, and came back too late. Left as it was, her line was neither rung nor over."""
    assert ring(okafor).status_code == 200
    office.is_later(25)
    office.settle()
    [leg] = Leg.objects.filter(party=Leg.Party.SECRETARY, carrier_id="")
    assert (leg.status, leg.ended_at is None) == (Leg.Status.CANCELED, False)


def test_while_waiting_the_key_1_leaves_a_message(office, okafor, priya):
    leg = office.rings(okafor)
    office.passes(5)
    office.carrier.control.press(leg, "1")
    office.passes(10)
    assert the_call().state == Call.State.VOICEMAIL
    assert not rings(office, priya)
    assert "You have reached Okafor Legal." in heard(leg)


def test_other_keys_change_nothing_while_waiting(office, okafor, priya):
    leg = office.rings(okafor)
    office.carrier.control.press(leg, "7")
    office.passes(3)
    assert the_call().state == Call.State.RINGING
    assert rings(office, priya)


def test_outside_the_hours_we_answer_the_reason_is_kept(office, priya):
    office.clock_says("2026-03-02 18:05")
    bakery = office.client("Lopes Bakery", answers="listed")
    LineHours.objects.bulk_create(
        LineHours(
            client=bakery.row, line=bakery.line, kind="answered", weekday=day, opens="08:30", closes="17:00"
        )
        for day in range(5)
    )
    office.rings(bakery)
    decided = [reason for reason in the_call().reasons if reason["decided"]]
    assert [reason["because"] for reason in decided] == [
        "outside the hours we answer, which resume Tue 08:30"
    ]


def test_a_blocked_number_is_refused_before_it_is_answered(office, okafor, priya):
    pest = Correspondent.objects.create(client=okafor.row, name="Pest", blocked=True)
    CorrespondentAddress.objects.create(client=okafor.row, correspondent=pest, kind="phone", value=CALLER)
    leg = office.rings(okafor)
    assert leg.status in ("busy", "no-answer")
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.REFUSED)
    assert verbs(call) == ["rang", "turned_away"]
    assert not rings(office, priya)


def test_a_call_from_one_of_our_own_lines_has_come_round_in_a_loop(office, okafor, priya):
    leg = office.rings(okafor, caller=okafor.number)
    assert leg.status == "busy"
    assert the_call().outcome == Call.Outcome.LOOPED


@pytest.mark.parametrize(
    ("action", "state"), [("voicemail", Call.State.VOICEMAIL), ("refuse", Call.State.CLOSED)]
)
def test_an_instruction_decides(office, okafor, priya, action, state):
    Instruction.objects.create(client=okafor.row, action=action, text="Not this week.")
    office.rings(okafor)
    assert the_call().state == state
    assert not Offer.objects.exists()


def test_an_instruction_to_put_through_is_offered_with_its_words(office, okafor, priya):
    Instruction.objects.create(
        client=okafor.row, action="put_through", put_through_to=okafor.owner, text="Even in court."
    )
    office.rings(okafor)
    assert rings(office, priya)
    told = the_call().guidance["instruction"]
    assert (told["words"], told["text"]) == ("Put through to Owner of Okafor Legal", "Even in court.")


@pytest.mark.parametrize("withheld", ["anonymous", "", "unknown"])
def test_a_withheld_number_is_a_caller_too(office, okafor, priya, withheld):
    office.rings(okafor, caller=withheld)
    assert the_call().caller_number == ""
    assert rings(office, priya)


def test_a_caller_who_gives_up_while_it_rings_is_not_lost_from_sight(office, okafor, priya):
    leg = office.rings(okafor)
    office.passes(4)
    office.hangs_up(leg)
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.ABANDONED)
    assert Offer.objects.get().state == Offer.State.WITHDRAWN
    assert office.carrier.control.legs() == []


def test_a_caller_who_goes_while_the_winner_joins_leaves_nobody_alone(office, okafor, priya):
    leg = office.rings(okafor)
    office.carrier.control.answer(office.phone_of(priya))
    office.carrier.control.hang_up(leg)
    office.settle()
    assert office.carrier.control.legs() == []
    assert the_call().state in (Call.State.WRAP_UP, Call.State.CLOSED)


def test_a_caller_who_hangs_up_during_the_greeting_of_voicemail_is_shown_to_somebody(office, okafor):
    leg = office.rings(okafor)
    office.passes(2)
    office.hangs_up(leg)
    office.passes(1)
    Leg.objects.update(ended_at=the_call().rang_at.replace(year=2020))
    office.passes(30)
    assert the_call().outcome == Call.Outcome.UNANSWERED
    assert work_kinds() == ["calls.unanswered"]


def test_a_recording_we_had_given_up_is_kept_when_it_comes_late(office, okafor):
    office.rings(okafor)
    call = the_call()
    voicemail.absent(call, at=call.rang_at)
    voicemail.recorded(call, recording_id="RE" + "1" * 32, seconds=9, at=call.rang_at)
    assert the_call().outcome == Call.Outcome.VOICEMAIL
    assert Voicemail.objects.get().state == Voicemail.State.FETCHING
    assert "calls.voicemail" in work_kinds()


def test_a_number_that_is_no_line_of_ours_is_shown_to_the_firm(office, okafor):
    okafor.line.is_active = False
    okafor.line.save()
    leg = office.rings(okafor)
    assert not leg.live
    assert work_kinds() == ["calls.unknown_line"]


class Broken(Exception):
    pass


def test_when_we_fail_the_carrier_takes_the_fallback_and_nothing_is_lost(office, okafor, monkeypatch):
    def fails(*args, **facts):
        raise Broken

    monkeypatch.setattr("calls.incoming.begin", fails)
    leg = office.rings(okafor)
    assert InboundEvent.objects.get(kind="incoming-call").state == "failed"
    assert not Call.objects.exists()
    speaks(office, leg, 10)
    assert "We cannot take your call just now." in heard(leg)
    office.hangs_up(leg)
    call = the_call()
    assert (call.outcome, call.caller_number) == (Call.Outcome.FAILED, CALLER)
    assert Voicemail.objects.get().state == Voicemail.State.READY
    assert work_kinds() == ["calls.missed", "calls.voicemail", "outbox.event"]
