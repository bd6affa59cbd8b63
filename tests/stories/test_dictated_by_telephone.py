"""Dictated by telephone: to the line that knows her by a PIN, and at a time at which both are rung."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import BookedDictation, Dictation, DictationKey, DictationPart, MeetingCall
from clients.models import WorkRecord
from messages_app.models import Mailbox
from tests.dictating import NUMBER, has_a_line

from .at_desk import answers, bar_says
from .by_keyboard import chooses, picks, presses, types, types_day
from .in_life import Mobile
from .looking import go_to
from .passing import comes, day

pytestmark = pytest.mark.slow
PIN, WRONG = "482915", "913572"
DANA = "dana@harlow.example"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def keys(office, leg, number: str) -> None:
    office.presses(leg, f"{number}#")


def says(office, leg, words: str) -> None:
    office.eventually(lambda: leg.awaits_key)  # the tone
    leg.say(words)
    office.passes(8)


@pytest.mark.console_may_complain  # the browser reports the PIN that is refused
def test_with_her_pin_she_dictates_item_after_item_from_any_telephone(office, okafor, priya):
    has_a_line(office)
    portal = office.enters(okafor.owner, to=reverse("dictation-line"))
    portal.get_by_label("New PIN").fill("123456")
    portal.get_by_label("The same once more").fill("123456")
    portal.get_by_role("button", name="Set the PIN").click()
    expect(portal.locator("main")).to_contain_text("Digits in a row are tried first.")
    types(portal.get_by_label("New PIN"), PIN)
    types(portal.get_by_label("The same once more"), PIN)
    presses(portal.get_by_role("button", name="Set the PIN"))
    expect(portal.locator(".facts strong")).to_have_text(re.compile(r"\d{6}"))
    number = DictationKey.objects.get().number

    leg = office.outside.ring(NUMBER, caller="+447700900555")  # a number that nobody knows
    keys(office, leg, number)
    keys(office, leg, WRONG)
    office.eventually(lambda: "That was not recognised." in " ".join(leg.heard()))
    keys(office, leg, number)
    keys(office, leg, PIN)
    says(office, leg, "Please write to Dana Reyes that we agree to the lease.")
    leg.press("2")  # hear it
    office.eventually(lambda: any("To go on, press 1." in each for each in leg.heard()))
    office.presses(leg, "1")
    says(office, leg, "And that the keys are with the porter.")
    leg.press("#")
    office.eventually(lambda: any("The next one, after the tone." in each for each in leg.heard()))
    says(office, leg, "This is wrong.")
    leg.press("3")
    office.eventually(lambda: any("press 3 once more" in each for each in leg.heard()))
    office.presses(leg, "3")
    says(office, leg, "Ring the court before four.")
    leg.press("4")
    office.eventually(lambda: any("Marked urgent." in each for each in leg.heard()))
    leg.hang_up()
    recorded = DictationPart.objects.filter(dictation__number=1, state="ready")
    office.eventually(lambda: recorded.count() == 2)

    desk = office.enters(priya, to=reverse("dictation-queue"))
    waiting = desk.locator("#dictation-queue [data-row]")
    expect(waiting).to_have_count(2)  # what she deleted is nobody's work
    expect(waiting.first).to_contain_text("Urgent")
    presses(waiting.nth(1).get_by_role("link"))
    expect(desk.locator(".slip-head h1")).to_have_text("Dictation 1 for Okafor Legal")
    expect(desk.locator("audio")).to_have_count(2)  # before and after she heard it
    seen = go_to(portal, reverse("dictation-portal"))
    expect(seen.get_by_role("link", name="Dictation 1")).to_contain_text("typed by")


def test_at_its_time_all_are_rung_where_each_works_and_draft_follows_draft(office, okafor, priya):
    maya = office.secretary("Maya", okafor, line="phone", turn="stand_in")
    Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )
    hers, at_home = office.mobile_of(okafor.owner), Mobile(office, maya.home_number)
    desk = office.enters(priya, to=reverse("dictation-bookings"))
    desk.keyboard.press("n")
    presses(desk.get_by_role("link", name="Okafor Legal"))
    types_day(desk.get_by_label("Day"), day(1))
    types(desk.get_by_label("Time, by the client’s clock"), "1000AM")
    picks(desk.get_by_label("How long"), "15 min")
    desk.get_by_role("checkbox", name="Maya").press("Space")
    presses(desk.get_by_role("button", name="Book it with Okafor Legal"))
    expect(desk.locator("#dictating")).to_contain_text("All are rung at that time.")
    booked = BookedDictation.objects.get()

    comes(office, booked.meeting.starts_at - timedelta(minutes=9))  # the night is over, and so is her session
    desk = office.enters(priya, to=reverse("dictation-booked", args=[booked.pk]))
    office.line_is_connected(desk, priya)
    comes(office, booked.meeting.starts_at - timedelta(seconds=60))
    office.eventually(lambda: hers.rings)
    hers.answers()
    hers.presses("1")
    bar_says(desk, "Owner of Okafor Legal dictates")
    desk.keyboard.press("F2")  # in the browser, by the headset
    office.eventually(lambda: at_home.rings)
    at_home.answers()
    at_home.presses("1")
    bar_says(desk, "On the line")
    office.eventually(MeetingCall.objects.filter(state=MeetingCall.State.TALKING).exists)
    presses(desk.get_by_role("button", name="Begin"))  # which comes without a reload
    for subject, words in (("The lease", "We agree."), ("The keys", "They are with the porter.")):
        presses(desk.get_by_role("button", name=re.compile("Type it")))
        types(desk.get_by_label("To", exact=True), DANA)
        types(desk.get_by_label("Subject"), subject)
        types(desk.get_by_label("Words"), words)
        how = "As dictated" if subject == "The lease" else "To be worded"
        chooses(desk.get_by_role("group", name="Wording"), how)
        desk.keyboard.press("Control+Enter")
        if subject == "The lease":
            expect(desk.locator("#dictated")).to_contain_text("Shown to")
            presses(desk.get_by_role("link", name="To the call, and the next item"))
            presses(desk.get_by_role("button", name="Next item"))
    hers.hangs_up()
    wordings = Dictation.objects.order_by("number").values_list("drafts__wording", flat=True)
    office.eventually(lambda: list(wordings.all()) == ["as_dictated", "to_be_worded"])
    office.eventually(WorkRecord.objects.filter(kind="dictation", secretary=priya).exists)

    portal = office.enters(okafor.owner, to=reverse("dictation-portal"))
    presses(portal.get_by_role("link", name=re.compile("waits for your word")).first)
    presses(portal.get_by_role("button", name="Agree: it may be sent"))
    [sent] = office.eventually(lambda: office.outside.mail(DANA))
    assert sent["subject"] in ("The lease", "The keys")


def test_a_key_on_a_call_begins_item_after_item_and_the_call_goes_on(office, okafor, priya):
    desk = office.at_her_desk(priya)
    caller = office.rings(okafor, caller="+447700900555")
    answers(desk)
    desk.keyboard.press("F3")
    expect(desk.get_by_label("Record it; I have said so")).to_be_checked()
    presses(desk.get_by_role("button", name="Begin"))
    presses(desk.get_by_role("button", name=re.compile("Type it")))
    expect(desk.locator("main")).to_contain_text("This is being recorded.")
    caller.say("We agree to the lease.")
    types(desk.get_by_label("Words"), "We agree to the lease.")
    bar_says(desk, "On call")
    desk.keyboard.press("F3")  # in the text, too
    presses(desk.get_by_role("button", name="Next item"))
    expect(desk.locator(".slip-head h1")).to_have_text("Dictation 2 for Okafor Legal")
    bar_says(desk, "On call")
    assert caller.status == "in-progress"
    caller.hang_up()
    drafts = Dictation.objects.order_by("number").values_list("drafts__values__words", flat=True)
    office.eventually(lambda: list(drafts.all()) == ["We agree to the lease.", None])
    office.eventually(Dictation.objects.filter(number=1, parts__state="ready").exists)
