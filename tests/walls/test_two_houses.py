"""One secretary answers for two clients at the same time, and no telephone says a word of the other one.

The carrier is told of lines, rooms and keys; nothing of what was said goes to it but what it shall say aloud.
"""

from urllib.parse import parse_qs

import pytest

from calls.models import Call, Leg
from clients.models import Ladder, Rung
from messages_app import taking
from messages_app.models import Delivery
from secretariat import clock
from secretariat.local.carrier import Party
from secretariat.office.models import Presence
from secretariat.outbox.models import Effect
from tests.access import side_paths
from tests.access.world import WORDS
from tests.the_office import Office

DANA, LENA = "+447700900123", "+447700900456"
CARRIES_WORDS = ("/Messages.json",)  # a text is what somebody shall read


@pytest.fixture
def office(db, settings, tmp_path):
    """One that does its slow duties no more often than it must: this day is long."""
    settings.MEDIA_ROOT = str(tmp_path)
    return Office(hurried=True)


@pytest.fixture
def houses(office):
    office.clock_says("2026-11-24 10:30")
    return {
        word: office.client(
            f"{word} Legal",
            country="GB",
            answer_phrase=f"{word} Legal, {{secretary}} speaking.",
            greeting=f"Welcome to {word}.",
            voicemail_greeting=f"{word} will ring back.",
            recording_notice=f"{word} records this.",
        )
        for word in WORDS.values()
    }


@pytest.fixture
def asked(office, monkeypatch):
    """Everything we ask of the carrier: (path, what else was sent)."""
    said, answers = [], office.carrier.rest

    def rest(method, path, query, body, auth):
        said.append((path, str([query, body])))
        return answers(method, path, query, body, auth)

    monkeypatch.setattr(office.carrier, "rest", rest)
    return said


def does(office, browser, verb, call, **words):
    answer = browser.post(f"/desk/calls/{call.pk}/{verb}/", words, headers={"HX-Request": "true"})
    assert answer.status_code == 200, verb
    office.settle()


def call_of(number) -> Call:
    return Call.objects.get(caller_number=number, closed_at=None)


def a_day(office, houses) -> None:
    """Everything that telephones do, for both clients in turns and at once."""
    a, b = houses.values()
    priya = office.secretary("Priya", a, b)
    desk = office.browser(priya)
    dana = office.rings(a, caller=DANA)
    office.answers(priya)
    lena = office.rings(b, caller=LENA)
    does(office, desk, "answer", call_of(LENA))
    does(office, desk, "digits", call_of(LENA), digits="12#")
    mobile = office.mobile_of(b.owner)
    mobile.is_by_its_owner()
    does(office, desk, "through/ask", call_of(LENA), person=b.owner.pk)
    office.passes(2)
    office.carrier.control.answer(mobile.call)
    office.settle()
    office.carrier.control.press(mobile.call, "1")
    office.settle()
    does(office, desk, "through/connect", call_of(LENA))
    does(office, desk, "resume", call_of(DANA))
    office.passes(120)
    for leg in (lena, dana):
        office.hangs_up(leg)
    for house, number in ((a, DANA), (b, LENA)):
        urgent(office, house, number, by=priya)
    at_home(office, a, b)
    to_voicemail(office, b)


def urgent(office, house, number, *, by) -> None:
    """Its message goes by every way until the owner has heard it on her mobile."""
    word = house.row.name.partition(" ")[0]
    ladder = Ladder.objects.create(client=house.row, wait_minutes=2, passes=1)
    Rung.objects.create(client=house.row, ladder=ladder, contact=house.owner, channel="call", rank=0)
    call = Call.objects.get(caller_number=number)
    taking.take_message(
        call=call, by=by.user, at=clock.now(), answers=[], contact=house.owner, caller_name=f"Dana {word}",
        caller_firm="", call_back_on=number, text=f"{word} must sign.", urgency=3,
    )  # fmt: skip
    office.carrier.add_party(office.mobile_of(house.owner).number, Party())
    office.passes(5)
    leg = office.mobile_of(house.owner).call
    office.carrier.control.answer(leg)
    office.settle()
    for _ in range(2):
        office.carrier.control.press(leg, "1")
        office.settle()
    office.hangs_up(leg)


def at_home(office, *houses) -> None:
    """By her own telephone she hears whose call it is before she takes it."""
    Presence.objects.update(state=Presence.State.OFF)
    maya = office.secretary("Maya", *houses, line="phone")
    for house in houses:
        leg = office.rings(house, caller="+447700900789")
        office.answers(maya)
        office.passes(5)
        office.hangs_up(leg)
        wrapping = Call.objects.filter(client=house.row, state=Call.State.WRAP_UP)
        assert wrapping.update(state="closed", outcome="no_message", closed_at=clock.now()) == 1
        Presence.objects.filter(secretary=maya).update(state=Presence.State.READY)
    Presence.objects.update(state=Presence.State.OFF)


def to_voicemail(office, house) -> None:
    leg = office.rings(house, caller="+447700900790")
    office.passes(120)
    office.hangs_up(leg)
    office.passes(30)


def words_in(text: str) -> set[str]:
    return {word for word in WORDS.values() if word in text}


def house_behind(sid: str) -> str:
    """The word of the client whose call or message a line is about; "" for none of them."""
    leg = Leg.objects.filter(carrier_id=sid).select_related("client").first()
    about = leg or Delivery.objects.filter(receipt=sid).select_related("client").first()
    return about.client.name.partition(" ")[0] if about else ""


def test_no_telephone_says_a_word_of_the_other_client_and_the_carrier_is_told_none(office, houses, asked):
    a_day(office, houses)
    heard = set()
    for posting, _status, content in office.transport.answers:
        said = words_in(content.decode())
        sid = parse_qs(posting.body.decode()).get("CallSid", [""])[0]
        assert said <= {house_behind(sid)}, posting.url
        heard |= said
    assert heard == set(WORDS.values()), "each was named on some telephone, or nothing was tried"

    assert len(asked) > 20
    for path, what in asked:
        assert path.endswith(CARRIES_WORDS) or not words_in(path + what), path
    told = Effect.objects.filter(kind__startswith="calls.")
    ways = {kind for kind, held in side_paths.TO_THE_CARRIER.items() if held == side_paths.ON_THE_LINE}
    assert {effect.kind for effect in told} == ways, "each was tried"
    assert {effect.kind for effect in told if words_in(str(effect.payload))} == set()
