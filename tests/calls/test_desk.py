"""The desk's part of a call: what the bar shows, and what each verb does."""

import base64
import json
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls import regions
from calls.models import Call
from clients.models import Instruction, WorkItem
from secretariat import clock
from secretariat.office.models import Firm, Presence

from .rooms import rings, talking, the_call, work_kinds

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def says(browser, call, verb, **words):
    return browser.post(f"/desk/calls/{call.pk}/{verb}/", words, headers=HTMX)


def bar(browser) -> str:
    answer = browser.get("/desk/calls/bar/", headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_bar_of_an_idle_desk_says_that_she_is_ready(desk):
    assert "Ready for calls" in bar(desk)


def test_the_bar_rings_with_the_clients_name_and_the_time_left(office, okafor, desk):
    office.rings(okafor)
    shown = bar(desk)
    assert "Okafor Legal is ringing" in shown
    assert "data-ring-until=" in shown
    assert 'data-phone="accept"' in shown
    assert "+44 7700 900123" in shown


def test_in_every_state_the_bar_costs_few_queries(office, okafor, priya, desk):
    Firm.current()  # its row is made once in the life of an office
    leg = office.rings(okafor)
    costs = []
    for happens in (lambda: None, lambda: office.answers(priya), lambda: office.hangs_up(leg)):
        happens()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            regions.bar(priya, at=clock.now())
        costs.append(len(queries))
    assert max(costs) <= 6


def test_she_holds_resumes_and_hangs_up_from_the_bar(office, okafor, priya, desk):
    office.rings(okafor)
    office.answers(priya)
    call = the_call()
    assert "On call" in bar(desk)
    assert "On hold" in says(desk, call, "hold").content.decode()
    office.settle()
    assert len(talking(office)) == 1
    assert "On call" in says(desk, call, "resume").content.decode()
    office.settle()
    assert len(talking(office)) == 2
    shown = says(desk, call, "hang-up").content.decode()
    assert "Call ended" in shown
    assert "You hung up" in shown


def test_keys_are_pressed_from_the_bar(office, okafor, priya, desk):
    leg = office.rings(okafor)
    office.answers(priya)
    says(desk, the_call(), "digits", digits="5")
    office.settle()
    assert [each.text for each in leg.heard if each.kind == "beep"] == ["5"]


def test_not_now_sends_the_call_on(office, okafor, priya, maya, desk):
    office.rings(okafor)
    says(desk, the_call(), "decline")
    office.passes(2)
    assert rings(office, maya)


def test_what_is_over_is_told_in_a_sentence_and_changes_nothing(office, okafor, priya, desk):
    office.rings(okafor)
    office.answers(priya)
    call = the_call()
    says(desk, call, "hang-up")
    answer = says(desk, call, "hold")
    assert answer.status_code == 422
    assert "That is no longer possible." in answer.content.decode()
    assert the_call().state == Call.State.WRAP_UP


def test_without_a_script_the_answer_leads_back_to_the_frame(office, okafor, priya, desk):
    office.rings(okafor)
    office.answers(priya)
    url = f"/desk/calls/{the_call().pk}/hold/"
    answer = desk.post(url, {"next": "/desk/?call=1"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/?call=1")
    answer = desk.post(url, {"next": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")


def test_another_secretarys_call_is_not_found(office, okafor, priya, maya):
    office.rings(okafor)
    office.answers(priya)
    for who in (maya, okafor.owner):
        assert says(office.browser(who), the_call(), "hang-up").status_code == 404
    assert the_call().state == Call.State.TALKING


def test_a_call_put_aside_waits_as_work_and_frees_her(office, okafor, priya, desk):
    leg = office.rings(okafor)
    office.answers(priya)
    office.hangs_up(leg)
    call = the_call()
    assert "wrap-up of 1:00" in bar(desk)
    assert f"/desk/calls/{call.pk}/park/" in bar(desk)
    assert "wrap-up of" not in says(desk, call, "more-time").content.decode()
    says(desk, call, "park")
    assert work_kinds() == ["calls.unfinished"]
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.READY
    assert "Okafor Legal" in desk.get("/desk/calls/unfinished/").content.decode()
    says(desk, call, "take-up")
    assert "Call ended" in bar(desk)


def test_a_call_nobody_finishes_is_shown(office, okafor, priya):
    leg = office.rings(okafor)
    office.answers(priya)
    office.hangs_up(leg)
    Call.objects.update(ended_at=the_call().ended_at.replace(year=2020))
    office.passes(30)  # it is looked for twice a minute
    assert work_kinds() == ["calls.forgotten"]
    assert WorkItem.objects.get().owner == priya.user


def test_the_record_tells_what_happened_and_why(office, okafor, priya, desk):
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(20)
    office.hangs_up(leg)
    shown = desk.get(f"/desk/calls/{the_call().pk}/").content.decode()
    for words in (
        "rang Okafor Legal",
        "Priya answered in her browser",
        "Who is offered the call?",
        "call-seconds",
        "Okafor Legal, Priya speaking",  # what she said, with her name in it
    ):
        assert words in shown


def test_the_record_of_a_call_nobody_answered_names_nobody_as_speaking(office, okafor, desk):
    office.hangs_up(office.rings(okafor))
    shown = desk.get(f"/desk/calls/{the_call().pk}/").content.decode()
    assert "Okafor Legal, … speaking" in shown


def test_the_owner_reads_her_calls_and_a_member_none(office, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    member = office.contact(okafor, "Tunde")
    rival = office.client("Brill Dental").owner
    url = f"/portal/calls/{the_call().pk}/"
    owner = office.browser(okafor.owner)
    assert owner.get(url).status_code == 200
    assert "7700 900123" in owner.get("/portal/calls/").content.decode()
    for who in (member, rival):
        assert office.browser(who).get(url).status_code == 404


def test_her_telephone_gets_a_pass_that_rings_nobody(office, desk, priya):
    answer = desk.get("/desk/phone/token/").json()
    assert answer["identity"] == f"sec_{priya.pk.hex}"
    _head, body, _seal = answer["token"].split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert said["grants"]["voice"] == {"incoming": {"allow": True}}
    assert said["exp"] - time.time() <= 1800


def test_what_to_say_and_what_is_different_today(office, okafor, priya, desk):
    office.rings(okafor)
    shown = desk.get(f"/desk/calls/{the_call().pk}/guidance/").content.decode()
    assert "<strong>Okafor Legal</strong>, Priya speaking" in shown
    assert "Changed just now" not in shown
    office.passes(1)
    Instruction.objects.create(client=okafor.row, action="message", text="Promise a call after 15:00.")
    shown = desk.get(f"/desk/calls/{the_call().pk}/guidance/").content.decode()
    assert "Changed just now" in shown


def test_beside_the_form_stand_the_people_and_the_callers_earlier_calls(office, okafor, priya, desk):
    leg = office.rings(okafor)
    office.hangs_up(leg)
    office.rings(okafor)
    shown = desk.get(f"/desk/calls/{the_call().pk}/beside/").content.decode()
    assert "Owner of Okafor Legal" in shown
    assert "Caller hung up before an answer" in shown


def test_the_state_changes_when_the_desk_does(office, okafor, priya, desk):
    before = desk.get("/desk/state/").content
    office.rings(okafor)
    assert desk.get("/desk/state/").content != before
