"""An urgent message goes on to the next person and channel until somebody acknowledges, or stands red."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.models import ContactAddress, DeliveryRule, Ladder, Rung, WorkItem
from messages_app import correcting, taking
from messages_app.models import LadderStep, Message
from secretariat import clock
from secretariat.live.models import LiveEvent
from secretariat.local.carrier import Party

END = "messages.unacknowledged"


def mobile(contact) -> str:
    return ContactAddress.objects.get(contact=contact, kind="mobile").value


@pytest.fixture
def take(call, priya, okafor):
    def taken(**said):
        facts = {
            "contact": okafor.owner,
            "caller_name": "Dana Reyes",
            "text": "The court rang.",
            "urgency": 3,
        }
        return taking.take_message(
            call=call,
            by=priya.user,
            at=clock.now(),
            answers=[],
            **({"caller_firm": "", "call_back_on": "+447700900123"} | facts | said),
        )

    return taken


@pytest.fixture
def texted(okafor):
    """The owner is texted what is urgent, by rule."""
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text", at_least=3)


def it_is(office, at: str) -> None:
    """The clock moves there at once, and what is due is done. Calls that ring just then go on ringing."""
    office.clock_says(f"2026-11-24 {at}")
    office.settle()


def texts(office, number):
    return [m for m in office.carrier.messages.by_sid.values() if m.to == number]


def test_she_is_texted_once_then_rung_until_she_presses_the_keys(office, take, texted, okafor):
    number = mobile(okafor.owner)
    office.carrier.add_party(number, Party())
    message = take()
    it_is(office, "10:34")
    assert len(texts(office, number)) == 1  # the rule's text is the ladder's first step
    assert office.carrier.control.legs_of(number) == []

    it_is(office, "10:36")
    [leg] = office.carrier.control.legs_of(number)
    office.carrier.control.answer(leg)
    office.settle()
    heard = " ".join(piece.text for piece in leg.heard)
    assert "with a message" in heard
    assert "Dana" not in heard
    assert "court" not in heard
    assert "Okafor" not in heard

    office.carrier.control.press(leg, "1")
    office.settle()
    heard = " ".join(piece.text for piece in leg.heard)
    assert "Dana Reyes" in heard
    assert "The court rang." in heard
    message.refresh_from_db()
    assert message.acknowledged_at is None  # she has heard it, and not yet said so

    office.carrier.control.press(leg, "1")
    office.settle()
    message.refresh_from_db()
    assert (message.state, message.acknowledged_how) == ("acknowledged", "call")
    assert not message.ladder_steps.filter(state=LadderStep.State.WAITING).exists()
    it_is(office, "11:30")
    assert not WorkItem.objects.filter(kind=END).exists()


def test_a_voicemail_learns_nothing_and_stops_nothing(office, take, okafor):
    number = mobile(okafor.owner)
    office.carrier.add_party(number, Party.voicemail(after=5))
    message = take()
    it_is(office, "10:36")
    office.passes(40)
    call = message.deliveries.get(channel="call")
    assert (call.state, call.result) == ("failed", "left_message")
    message.refresh_from_db()
    assert message.acknowledged_at is None
    assert message.events.filter(verb="failed", contact=okafor.owner).exists()


def test_nobody_acknowledges_and_it_stands_red_until_somebody_is_told(office, desk, take, okafor, priya):
    helen = office.supervisor()
    office.carrier.add_party(mobile(okafor.owner), Party.no_answer())
    message = take()
    for minute in (36, 41, 46, 51):
        it_is(office, f"10:{minute}")
        office.passes(50)
    item = WorkItem.objects.get(kind=END)
    assert (item.urgency, item.client, item.done_at) == (WorkItem.Urgency.URGENT, okafor.row, None)
    assert message.deliveries.filter(channel="call", result="no_answer").count() == 3
    assert item in WorkItem.objects.visible_to(helen)
    page = desk.get(reverse("messages-message", args=[message.pk])).content.decode()
    assert "Nobody has acknowledged this" in page

    stands = "Urgent message for Okafor Legal: nobody has acknowledged it."
    supervisor = office.browser(helen)
    told = [desk.get("/desk/"), desk.get("/desk/messages/"), supervisor.get("/firm/wallboard/")]
    told += [supervisor.get("/admin/"), supervisor.get("/admin/rehearse/")]
    assert [page.wsgi_request.path for page in told if "nobody has acknowledged it" not in page.text] == []
    heard = LiveEvent.objects.filter(event="task.changed", subject_id=item.pk).latest("pk")
    assert {priya.user.pk, helen.pk} <= set(heard.audience)
    other = office.browser(office.secretary("Maya", office.client("Brill Dental")))
    assert stands not in other.get("/desk/").text

    rang = reverse("messages-rang", args=[message.pk])
    desk.post(rang, {"contact": str(okafor.owner.pk), "result": "left_message"})
    assert stands in desk.get(reverse("messages-standing")).text
    item.refresh_from_db()
    assert item.done_at is None  # word left with a machine is no acknowledgement
    desk.post(rang, {"contact": str(okafor.owner.pk), "result": "successful"})
    item.refresh_from_db()
    message.refresh_from_db()
    assert (message.acknowledged_how, item.done_by) == ("told", priya.user)
    assert stands not in desk.get("/desk/").text
    assert stands not in supervisor.get("/admin/").text
    log = [event.detail.get("result") for event in message.events.filter(verb="rang")]
    assert log == ["left_message", "successful"]


def test_the_clients_own_ladder_is_climbed_with_its_waits(office, take, okafor):
    chidi = office.contact(okafor, "Chidi Eze", standing="delegate")
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=2, passes=1)
    for rank, (who, channel, wait) in enumerate(
        [(okafor.owner, "call", None), (chidi, "text", 10), (chidi, "email", None)]
    ):
        Rung.objects.create(
            client=okafor.row, ladder=ladder, contact=who, channel=channel, wait_minutes=wait, rank=rank
        )
    office.carrier.add_party(mobile(okafor.owner), Party.no_answer())
    message = take()
    begun = message.taken_at
    assert [(s.contact, s.channel, s.due_at - begun) for s in message.ladder_steps.all()] == [
        (okafor.owner, "call", timedelta(0)),
        (chidi, "text", timedelta(minutes=2)),
        (chidi, "email", timedelta(minutes=12)),
        (None, "", timedelta(minutes=14)),
    ]
    it_is(office, "10:33")
    assert len(texts(office, mobile(chidi))) == 1


def test_a_number_that_does_not_exist_costs_no_waiting(office, take, texted, okafor):
    chidi = office.contact(okafor, "Chidi Eze", standing="delegate", by=())
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=30, passes=1)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="call", rank=0)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=chidi, channel="text", rank=1)
    office.carrier.add_party(mobile(okafor.owner), Party.invalid())
    take()
    office.passes(5)
    assert len(texts(office, mobile(chidi))) == 1


def test_somebody_without_an_address_is_passed_over_at_once(office, take, okafor):
    ada = office.contact(okafor, "Ada Obi", standing="delegate", by=())
    ContactAddress.objects.filter(contact=okafor.owner, kind="mobile").delete()
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=30, passes=1)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="text", rank=0)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=ada, channel="text", rank=1)
    message = take()
    office.settle()
    assert len(texts(office, mobile(ada))) == 1
    assert message.events.filter(verb="passed_over", contact=okafor.owner).exists()


def test_a_correction_climbs_in_place_of_what_it_corrects(office, take, priya, texted, okafor):
    message = take()
    office.settle()
    correction = correcting.correct(message, by=priya.user, at=clock.now(), note="Wrong day", text="Tuesday.")
    assert not message.ladder_steps.filter(state="waiting").exists()
    assert correction.ladder_steps.filter(state="waiting").exists()


def test_a_normal_message_climbs_when_it_becomes_urgent(office, take, priya, okafor):
    message = take(urgency=1)
    assert not message.ladder_steps.exists()
    correcting.raise_urgency(message, to=3, by=priya.user, at=clock.now())
    assert message.ladder_steps.filter(state="waiting").exists()


def test_before_it_is_sent_the_desk_says_what_will_happen(desk, call, okafor):
    asked = reverse("messages-plan", args=[call.pk])
    page = desk.get(asked, {"contact": str(okafor.owner.pk), "urgency": "3"}).content.decode()
    name = okafor.owner.name
    assert f"We text {name} now, then ring {name} every 5 minutes until somebody accepts." in page
    assert "stands in red on the desk and with the supervisor" in page
    okafor.owner.quiet_from, okafor.owner.quiet_until = "11:00", "14:00"  # in Lagos
    okafor.owner.save()
    page = desk.get(asked, {"contact": str(okafor.owner.pk), "urgency": "1"}).content.decode()
    assert f"The e-mail to {name} waits until 13:00, when quiet hours end." in page


def test_two_sweeps_at_once_work_a_step_once(office, take, texted, okafor):
    """The second finds nothing left to do: every step is worked under the message's lock."""
    from messages_app import escalating

    message = take()
    office.clock_says("2026-11-24 10:36")
    assert escalating.climb(message, at=clock.now()) == 1
    assert escalating.climb(message, at=clock.now()) == 0
    assert Message.objects.get().deliveries.filter(channel="call").count() == 1
