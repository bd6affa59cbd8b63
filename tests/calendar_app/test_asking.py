"""Several times offered to somebody: asked, answered, agreed, followed up, given up; on the rows."""

from datetime import date, timedelta

import pytest
from django.core import mail

from calendar_app import answering, asking, booking, chasing
from calendar_app.asking import ToAsk
from calendar_app.booking import Word
from calendar_app.models import Guest, GuestLink, Meeting, MeetingRequest, RequestParty, RequestProposal
from calendar_app.planning import Clashing, Coming, NotPossible
from clients.models import Suppression, WorkItem
from secretariat import clock
from secretariat.outbox.models import Effect

from . import diaries

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
DANA = ToAsk(Coming("Dana Reyes", "dana@harlow.example", zone="Europe/London"))
TOM = ToAsk(Coming("Tom Hale", "tom@hale.example"))
BY_TEXT = ToAsk(Coming("Lee Okoye", number="+2348031234599"), way="text")
HOUR = timedelta(hours=1)


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor).user


@pytest.fixture
def asked(office, diary, priya):
    """Three times on Friday are held for Dana, who is asked by mail."""
    return offer(diary, priya)


def offer(diary, by, *to, times=("10:00", "14:00", "16:00"), hold=48, chase=24, **facts):
    now = clock.now()
    return asking.ask(
        diary,
        [diaries.plan(at, FRIDAY, **({"about": "The lease"} | facts)) for at in times],
        to=to or (DANA,),
        until=now + hold * HOUR,
        promised_at=now + chase * HOUR if chase else None,
        by=by,
        at=now,
    )


def options(request):
    return [each.pk for each in request.options.order_by("meeting__starts_at")]


def states():
    return [each.state for each in Meeting.objects.order_by("starts_at")]


def party(name="Dana Reyes"):
    return RequestParty.objects.select_related("request").get(name=name)


def says(name, *option_ids):
    return answering.answer(party(name), option_ids, by=None, at=clock.now())


def work():
    return sorted(item.kind for item in WorkItem.objects.open())


def verbs(request):
    return [event.verb for event in request.events.all()]


def test_the_times_are_held_and_she_is_asked_by_mail_on_her_own_clock(office, asked):
    office.settle()
    assert states() == ["held"] * 3
    [letter] = mail.outbox
    assert letter.to == ["dana@harlow.example"]
    assert letter.subject == "Which time suits you: The lease"
    assert "Friday 27 November 2026, 09:00–09:30 (London)" in letter.body
    assert "10:00–10:30 (Lagos)" in letter.body
    assert "held until Thursday 26 November, 10:30 (London)" in letter.body
    assert verbs(asked) == ["asked", "sent"]


def test_the_link_is_in_the_mail_and_in_no_table(office, asked):
    office.settle()
    link = GuestLink.objects.get()
    address = next(word for word in mail.outbox[0].body.split() if "/time/" in word)
    token = address.rstrip("/").rsplit("/", 1)[-1]
    assert len(token) == 32
    assert token not in link.token_hash
    payload = str(Effect.objects.get(kind="calendar.ask_mail").payload)
    assert token not in payload
    assert link.token_hash not in payload


def test_the_first_yes_agrees_it_frees_the_others_and_invites_her(office, asked):
    heard = says("Dana Reyes", options(asked)[1])
    office.settle()
    asked.refresh_from_db()
    assert heard.agreed
    assert states() == ["lapsed", "confirmed", "lapsed"]
    assert (asked.state, asked.meeting.at.hour) == ("agreed", 14)
    assert [each.subject for each in mail.outbox][-1] == "Invitation: The lease"
    assert Guest.objects.get(meeting=asked.meeting).email == "dana@harlow.example"
    assert asked.meeting.despite == ""


def test_whoever_comes_too_late_changes_nothing(asked):
    first, second, _third = options(asked)
    says("Dana Reyes", first)
    with pytest.raises(booking.Changed):
        says("Dana Reyes", second)
    assert states() == ["confirmed", "lapsed", "lapsed"]


def test_a_time_given_away_meanwhile_is_gone_and_the_others_remain(asked, priya):
    first, second, _third = options(asked)
    held = Meeting.objects.get(option=first)
    booking.release(held, version=held.version, by=priya, at=clock.now())
    assert says("Dana Reyes", first).gone
    assert party().answer == "waiting"
    assert says("Dana Reyes", second).agreed
    assert states() == ["lapsed", "confirmed", "lapsed"]


def test_what_came_up_in_the_clients_own_calendar_is_found_before_it_is_agreed(asked, diary):
    first = options(asked)[0]
    diaries.stands_elsewhere(diary, Meeting.objects.get(option=first).starts_at)
    assert says("Dana Reyes", first).gone
    assert states() == ["lapsed", "held", "held"]
    assert party().answer == "waiting"
    assert work() == [asking.STUCK]


def test_several_must_agree_on_the_same_time(office, diary, priya):
    asked = offer(diary, priya, DANA, TOM)
    first, second, third = options(asked)
    assert not says("Dana Reyes", first, second).agreed
    assert says("Tom Hale", second, third).agreed
    assert states() == ["lapsed", "confirmed", "lapsed"]
    office.settle()
    invited = [each.to[0] for each in mail.outbox if each.subject.startswith("Invitation")]
    assert sorted(invited) == ["dana@harlow.example", "tom@hale.example"]


def test_when_nothing_can_suit_everybody_it_is_work_for_a_person(diary, priya):
    asked = offer(diary, priya, DANA, TOM)
    first, second, _third = options(asked)
    says("Dana Reyes", first)
    says("Tom Hale", second)
    assert work() == [asking.STUCK]
    # She changes her mind: it is agreed after all, and nothing is left to do.
    assert says("Dana Reyes", first, second).agreed
    assert work() == []


def test_none_suits_and_other_times_are_offered(office, asked, priya):
    answering.none_suits(party(), words="I am away on Friday", by=None, at=clock.now())
    assert (party().answer, work()) == ("none", [asking.STUCK])
    asked.refresh_from_db()
    asking.add_times(
        asked,
        [diaries.plan("11:00", MONDAY, about="The lease")],
        version=asked.version,
        until=clock.now() + 48 * HOUR,
        by=priya,
        at=clock.now(),
    )
    office.settle()
    assert (party().answer, work()) == ("waiting", [])
    assert [each.subject for each in mail.outbox] == [
        "Which time suits you: The lease",
        "Other times: The lease",
    ]
    assert "Monday 30 November" in mail.outbox[1].body


def test_what_she_proposes_a_person_takes(office, asked, priya):
    monday = Meeting.objects.order_by("starts_at")[0].starts_at + timedelta(days=3)
    answering.propose(party(), [monday, monday + HOUR], words="Mornings", by=None, at=clock.now())
    assert (party().answer, work()) == ("proposed", [asking.PROPOSED])
    asked.refresh_from_db()
    proposal = RequestProposal.objects.order_by("starts_at").first()
    assert answering.take(proposal, version=asked.version, by=priya, at=clock.now()).agreed
    asked.refresh_from_db()
    assert (asked.state, asked.meeting.starts_at) == ("agreed", monday)
    assert work() == []
    assert states() == ["lapsed"] * 3 + ["confirmed"]


def test_what_she_proposes_is_not_taken_over_something_else_without_a_reason(asked, diary, priya):
    diaries.booked(diary, "11:00", MONDAY, when=clock.now())
    monday = Meeting.objects.get(on=MONDAY).starts_at
    answering.propose(party(), [monday], by=None, at=clock.now())
    asked.refresh_from_db()
    proposal = RequestProposal.objects.get()
    with pytest.raises(Clashing):
        answering.take(proposal, version=asked.version, by=priya, at=clock.now())
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    word = Word("She sees both")
    assert answering.take(proposal, version=asked.version, by=priya, at=clock.now(), word=word).agreed


@pytest.mark.parametrize(("times", "words"), [(0, ""), (4, ""), (-1, "")])
def test_what_cannot_be_proposed(asked, times, words):
    now = clock.now()
    when = [now - HOUR] if times < 0 else [now + n * HOUR for n in range(1, times + 1)]
    with pytest.raises(NotPossible):
        answering.propose(party(), when, words=words, by=None, at=now)
    assert not RequestProposal.objects.exists()


def test_half_way_she_is_reminded_once_and_then_it_is_work_for_a_person(office, asked):
    office.settle()
    office.clock_says("2026-11-24 22:31")
    assert chasing.all_due(at=clock.now()) == 1
    assert chasing.all_due(at=clock.now()) == 0
    office.settle()
    office.clock_says("2026-11-25 10:31")
    assert chasing.all_due(at=clock.now()) == 1
    office.settle()
    assert chasing.all_due(at=clock.now()) == 0
    reminder = mail.outbox[1]
    assert "still held for you" in reminder.body
    [item] = WorkItem.objects.open()
    asked.refresh_from_db()
    assert (item.kind, item.promised_at) == (asking.CHASE, asked.promised_at)


def test_whoever_has_answered_is_not_reminded_and_nobody_is_chased(office, diary, priya):
    asked = offer(diary, priya, DANA, TOM)
    office.settle()
    says("Dana Reyes", *options(asked))
    office.clock_says("2026-11-25 09:00")
    chasing.all_due(at=clock.now())
    office.settle()
    assert [each.to[0] for each in mail.outbox[2:]] == ["tom@hale.example"]


def test_a_text_reminds_nobody_at_night(office, diary, priya):
    offer(diary, priya, BY_TEXT)
    office.clock_says("2026-11-24 22:31")  # 23:31 in Lagos
    chasing.all_due(at=clock.now())
    due = Effect.objects.filter(kind="calendar.ask_text").order_by("posted_at").last().due_at
    assert due.astimezone(clock.now().tzinfo).isoformat() == "2026-11-25T07:00:00+00:00"


def test_when_its_time_is_over_the_times_are_free_and_a_person_decides(office, asked):
    office.clock_says("2026-11-26 10:31")
    chasing.all_due(at=clock.now())
    asked.refresh_from_db()
    assert (asked.state, states()) == ("lapsed", ["lapsed"] * 3)
    assert asking.LAPSED in work()
    assert asking.CHASE not in work()


def test_a_request_that_ran_out_is_open_again_with_other_times(office, asked, priya):
    office.clock_says("2026-11-26 10:31")
    chasing.all_due(at=clock.now())
    asked.refresh_from_db()
    plan = diaries.plan("11:00", MONDAY, about="The lease")
    until = clock.now() + 24 * HOUR
    asking.add_times(asked, [plan], version=asked.version, until=until, by=priya, at=clock.now())
    asked.refresh_from_db()
    assert (asked.state, work()) == ("open", [])


def test_given_up_it_frees_the_times_and_tells_whoever_was_asked(office, asked, priya):
    office.settle()
    asking.withdraw(asked, version=asked.version, because="She has sold it", by=priya, at=clock.now())
    office.settle()
    assert states() == ["lapsed"] * 3
    assert mail.outbox[1].subject == "No longer needed: The lease"
    assert "sold" not in mail.outbox[1].body
    assert work() == []


def test_given_up_before_the_mail_left_nobody_is_told_anything(office, asked, priya):
    asking.withdraw(asked, version=asked.version, because="", by=priya, at=clock.now())
    office.settle()
    assert mail.outbox == []


def test_a_text_goes_to_a_mobile_with_the_link(office, diary, priya):
    offer(diary, priya, BY_TEXT)
    office.settle()
    [text] = [each for each in office.carrier.messages.by_sid.values() if each.to == "+2348031234599"]
    assert "/time/" in text.body
    assert MeetingRequest.objects.get().events.filter(verb="sent").exists()


@pytest.mark.parametrize(("to", "channel"), [(DANA, "email"), (BY_TEXT, "text")])
def test_whoever_wants_nothing_from_us_is_sent_nothing_and_a_person_knows(office, diary, priya, to, channel):
    address = to.coming.email or to.coming.number
    Suppression.objects.create(channel=channel, address=address, because="stop", since=clock.now())
    offer(diary, priya, to)
    office.settle()
    assert mail.outbox == []
    assert work() == ["calendar.not_reached"]


@pytest.mark.parametrize("way", ["call", "link"])
def test_on_the_telephone_nothing_is_sent(office, diary, priya, way):
    offer(diary, priya, ToAsk(Coming("Dana Reyes", number="+447700900123"), way=way))
    office.settle()
    assert not Effect.objects.filter(kind__startswith="calendar.ask").exists()


def test_times_close_together_may_be_offered_and_overlapping_ones_not(okafor, priya):
    near = diaries.diary_of(okafor.row, gap_after_minutes=15)
    assert offer(near, priya, times=("10:00", "10:30")).options.count() == 2
    with pytest.raises(NotPossible):
        offer(near, priya, times=("14:00", "14:15"))
    assert Meeting.objects.count() == 2


def test_a_time_that_is_taken_is_not_offered_and_nothing_is_held(diary, priya):
    diaries.booked(diary, "14:00", FRIDAY, when=clock.now())
    with pytest.raises(Clashing):
        offer(diary, priya)
    assert states() == ["confirmed"]
    assert not MeetingRequest.objects.exists()


def test_somebody_asked_later_must_agree_too(office, asked, priya):
    asking.add_party(asked, TOM, version=asked.version, by=priya, at=clock.now())
    first = options(asked)[0]
    assert not says("Dana Reyes", first).agreed
    assert says("Tom Hale", first).agreed
    guests = Guest.objects.filter(meeting__state="confirmed")
    assert sorted(guests.values_list("name", flat=True)) == ["Dana Reyes", "Tom Hale"]


def test_confirmed_from_its_own_page_it_is_agreed_as_well(asked, priya):
    held = Meeting.objects.get(option=options(asked)[2])
    booking.confirm(held, version=held.version, by=priya, at=clock.now())
    asked.refresh_from_db()
    assert (asked.state, asked.meeting) == ("agreed", held)
    assert states() == ["lapsed", "lapsed", "confirmed"]


def test_a_time_on_offer_that_is_moved_is_another_time_to_be_asked_about(diary, priya):
    asked = offer(diary, priya, DANA, TOM)
    first, second, _third = options(asked)
    says("Dana Reyes", first)
    held = Meeting.objects.get(option=first)
    booking.move(held, version=held.version, plan=diaries.plan("11:00", FRIDAY), by=priya, at=clock.now())
    assert not says("Tom Hale", first, second).agreed
    assert asked.yeses.filter(party=party("Dana Reyes")).count() == 0


def test_a_text_that_does_not_arrive_is_work_for_a_person(office, diary, priya):
    office.carrier.messages.will_end("+2348031234599", "undelivered", 30003)
    offer(diary, priya, BY_TEXT)
    office.passes(10)
    assert work() == ["calendar.not_reached"]
    assert MeetingRequest.objects.get().events.filter(verb="not_reached").count() == 1
