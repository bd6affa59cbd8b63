"""Put through because the client said so, without a secretary; and calls of ours that come back to us."""

import pytest

from calls import put_through, regions
from calls.models import Call, PutThrough
from clients import correspondents, instructing
from secretariat import clock
from tests.the_office import identity

from .rooms import rings, talking, the_call
from .throughs import CALLER, mobile, phone, picks_up, presses, takes, the_attempt, verbs


@pytest.fixture
def instructed(okafor, tunde):
    """Every caller goes straight to Tunde, without a secretary."""
    return instructing.write(
        okafor.row,
        by=okafor.owner.user,
        at=clock.now(),
        action="put_through",
        put_through_to=tunde,
        directly=True,
    )


def because(call) -> str:
    return " · ".join(f"{each['question']} {each['answer']}: {each['because']}" for each in call.reasons)


def test_the_client_is_rung_at_once_and_a_key_brings_the_two_together(
    office, okafor, priya, tunde, instructed
):
    caller = office.rings(okafor)
    office.passes(2)
    assert not rings(office, priya)
    assert caller.heard[-1].kind == "ring"
    call = the_call()
    assert (call.route, call.state) == ("put_through", Call.State.RINGING)
    assert "Who is rung? Tunde Adeyemi: Mobile: the client wants it so" in because(call)
    takes(office, tunde)
    assert talking(office) == {CALLER, mobile(tunde)}
    call = the_call()
    assert (call.state, call.secretary) == (Call.State.THROUGH, None)
    office.passes(30)
    office.hangs_up(phone(office, mobile(tunde)))
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.PUT_THROUGH)
    assert office.carrier.control.legs() == []
    assert verbs(call) == ["rang", "rung", "taken", "through", "hung_up", "closed"]


def test_if_she_does_not_take_it_secretaries_are_offered_the_call_with_reasons(
    office, okafor, priya, tunde, instructed
):
    office.rings(okafor)
    office.passes(2)
    picks_up(office, mobile(tunde))
    presses(office, mobile(tunde), "2")
    office.passes(2)
    assert rings(office, priya)
    assert "Did Tunde Adeyemi take the call? No: Mobile: sent back" in because(the_call())
    assert "Who is offered the call? Priya" in because(the_call())
    assert [each["answer"] for each in the_call().reasons if each["decided"]] == ["Priya"]
    office.answers(priya)
    assert talking(office) == {CALLER, identity(priya)}
    assert the_attempt().state == "refused"


def test_and_if_no_secretary_is_there_the_caller_comes_to_voicemail(office, okafor, tunde, instructed):
    office.mobile_of(tunde).has_a_mailbox(after=5)
    office.rings(okafor)
    office.passes(60)
    assert the_call().state == Call.State.VOICEMAIL
    assert the_attempt().tried[0]["result"] == "no-key"
    assert "Who is offered the call? Nobody" in because(the_call())


def test_where_everybody_is_busy_she_waits_and_then_comes_to_voicemail(
    office, okafor, priya, tunde, instructed
):
    office.mobile_of(tunde).is_busy()
    first = office.rings(okafor, caller="+447700900777")
    office.passes(3)
    office.answers(priya)
    office.rings(okafor)
    office.passes(30)
    assert the_call().state == Call.State.RINGING
    office.passes(60)
    assert the_call().state == Call.State.VOICEMAIL
    office.hangs_up(first)


def test_a_person_without_a_number_for_calls_leaves_the_call_to_secretaries(
    office, okafor, priya, tunde, instructed
):
    tunde.addresses.filter(kind="mobile").update(for_calls=False)
    office.rings(okafor)
    office.passes(2)
    assert rings(office, priya)
    assert "Tunde Adeyemi has no number for calls" in because(the_call())
    assert not PutThrough.objects.exists()


def test_a_caller_who_gives_up_while_it_rings_leaves_nobody_ringing(office, okafor, priya, tunde, instructed):
    caller = office.rings(okafor)
    office.passes(2)
    office.hangs_up(caller)
    office.passes(2)
    assert office.carrier.control.legs() == []
    assert the_attempt().state == "abandoned"
    assert the_call().outcome == Call.Outcome.ABANDONED


def test_she_may_leave_a_message_while_it_rings(office, okafor, priya, tunde, instructed):
    caller = office.rings(okafor)
    office.passes(2)
    office.carrier.control.press(caller, "1")
    office.passes(3)
    assert the_call().state == Call.State.VOICEMAIL
    assert phone(office, mobile(tunde)) is None


@pytest.mark.parametrize("directly", [True, False])
def test_a_telephone_forwarded_to_us_is_recognised_refused_and_marked(
    office, okafor, priya, tunde, directly, request
):
    office.mobile_of(tunde).forwards_to(okafor.number)
    if directly:
        request.getfixturevalue("instructed")
    office.rings(okafor)
    if not directly:
        office.answers(priya)
        put_through.ask(the_call(), tunde, by=priya, at=clock.now())
    office.passes(3)
    attempt = the_attempt()
    assert (attempt.state, attempt.tried[0]["result"]) == ("looped", "looped")
    looped = Call.objects.get(outcome=Call.Outcome.LOOPED)
    assert (looped.state, looped.loop_of.contact) == (Call.State.CLOSED, tunde)
    original = Call.objects.exclude(pk=looped.pk).get()
    if directly:
        assert rings(office, priya)
        assert "forwarded to us" in because(original)
    else:
        assert talking(office) == {CALLER, identity(priya)}
        assert original.held_at is None


def test_it_is_recognised_by_the_callers_own_number_too(office, okafor, priya, tunde):
    okafor.row.shows_caller_number = True
    okafor.row.save()
    office.rings(okafor)
    office.answers(priya)
    office.mobile_of(tunde).forwards_to(okafor.number)
    put_through.ask(the_call(), tunde, by=priya, at=clock.now())
    office.passes(3)
    assert the_attempt().state == "looped"
    assert Call.objects.get(outcome=Call.Outcome.LOOPED).caller_number == CALLER


@pytest.mark.parametrize(("allowed", "shown"), [(True, CALLER), (False, "the line")])
def test_whom_we_ring_sees_our_line_or_the_caller_where_that_is_allowed(
    office, okafor, priya, tunde, allowed, shown
):
    okafor.row.shows_caller_number = allowed
    okafor.row.save()
    office.rings(okafor)
    office.answers(priya)
    put_through.ask(the_call(), tunde, by=priya, at=clock.now())
    office.passes(2)
    assert phone(office, mobile(tunde)).from_ == (shown if allowed else okafor.number)
    assert bool(the_call().call_token) == allowed


def test_a_known_caller_of_whom_an_instruction_speaks_is_asked_about_first(office, okafor, priya, tunde):
    dana = correspondents.remember(okafor.row, e164=CALLER, name="Dana Reyes", firm="Reyes Property")
    instructing.write(
        okafor.row,
        by=okafor.owner.user,
        at=clock.now(),
        action="put_through",
        put_through_to=tunde,
        callers="people",
        people=[dana],
    )
    office.rings(okafor)
    office.answers(priya)
    call = the_call()
    _template, shown = regions.beside(call, priya.user, at=clock.now(), panel_shown="choose")
    assert [each.person.name for each in shown["people"]] == ["Tunde Adeyemi", "Owner of Okafor Legal"]
    browser = office.browser(priya)
    assert f'value="{tunde.pk}"' in browser.get(f"/desk/calls/{call.pk}/guidance/").content.decode()
