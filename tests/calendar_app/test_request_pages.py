"""Offering several times at the desk, its page, its list, and what the client sees of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from calendar_app import answering
from calendar_app.asking import ToAsk
from calendar_app.models import MeetingRequest, RequestParty
from calendar_app.planning import Coming
from clients.models import CorrespondentAddress
from secretariat import clock

from . import diaries
from .test_asking import FRIDAY, offer, options, states

HTMX = {"HX-Request": "true"}
TYPED = {
    "who": "Dana Reyes",
    "about": "The lease",
    "minutes": "30",
    "manner": "telephone",
    "way": "mail",
    "email": "Dana@Harlow.example",
    "zone": "Europe/London",
    "hold": "48",
    "chase": "24",
    "starts": ["2026-11-27T09:00:00+00:00", "2026-11-27T13:00:00+00:00"],
}


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def asked(diary, priya):
    return offer(diary, priya.user, ToAsk(Coming("Dana Reyes", "dana@harlow.example")))


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def of(asked, name="diary-request", *more):
    return reverse(name, args=[asked.pk, *more])


def test_what_was_typed_to_book_becomes_times_on_offer(desk, okafor, diary):
    typed = {"client": okafor.row.pk, "who": "Dana Reyes", "about": "The lease", "begin": "1"}
    page = desk.post(reverse("diary-ask"), typed)
    assert page.status_code == 200
    assert 'value="Dana Reyes"' in text(page)
    assert page.content.decode().count(" checked>") == 3
    made = desk.post(reverse("diary-ask"), TYPED | {"client": okafor.row.pk})
    request = MeetingRequest.objects.get()
    assert made.url == of(request)
    assert states() == ["held", "held"]
    party = RequestParty.objects.get()
    assert (party.name, party.email, party.way, party.zone) == (
        "Dana Reyes",
        "dana@harlow.example",
        "mail",
        "Europe/London",
    )
    assert request.promised_at - request.created_at == timedelta(hours=24)
    assert "Offer several times" in text(desk.get(reverse("diary-book"), {"client": okafor.row.pk}))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": ""}, "Say who is to be asked."),
        ({"email": ""}, "To ask by e-mail, type their address."),
        ({"way": "text"}, "To ask by text, type their number."),
        ({"starts": []}, "Tick at least one of the times"),
        ({"starts": ["9999-12-31T23:30:00-10:00"]}, "Tick at least one of the times"),
        ({"starts": ["soon"]}, "Tick at least one of the times"),
        ({"on": "2026-11-27"}, "Type both a day and a time, or neither."),
        (
            {"starts": ["2026-11-27T09:00:00+00:00", "2026-11-27T09:15:00+00:00"]},
            "Two of these times overlap",
        ),
        ({"starts": ["2026-11-23T09:00:00+00:00"]}, "That time is over."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_held(desk, okafor, diary, wrong, said):
    answer = desk.post(reverse("diary-ask"), TYPED | wrong | {"client": okafor.row.pk})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="The lease"' in text(answer)
    assert states() == []


def test_a_script_asks_for_other_times_as_she_types(desk, okafor, diary):
    page = desk.get(reverse("diary-ask"), {"client": okafor.row.pk, "minutes": "60"}, headers=HTMX)
    assert "<h1>" not in text(page)
    assert 'name="starts"' in text(page)


def test_a_caller_who_is_known_is_known_here_too(desk, okafor, diary, office):
    correspondent = okafor.row.correspondents.create(client=okafor.row, name="Dana Reyes")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=correspondent, kind="email", value="dana@harlow.example"
    )
    desk.post(reverse("diary-ask"), TYPED | {"client": okafor.row.pk})
    assert RequestParty.objects.get().correspondent == correspondent


def test_the_page_reads_the_times_out_and_tells_all_that_was_done(desk, asked):
    page = text(desk.get(of(asked)))
    assert "Friday the twenty-seventh of November at ten o’clock" in page
    assert "Times offered by Priya" in page
    assert "Not answered" in page
    desk.post(of(asked, "diary-request-answer", RequestParty.objects.get().pk), {"none": "1"})
    page = text(desk.get(of(asked)))
    assert "None of the times suits Dana Reyes" in page
    assert "No time on offer can suit everybody any more" in page


def test_what_she_says_on_the_telephone_is_written_down_and_agreed(desk, asked):
    chosen = {"option": str(options(asked)[0])}
    desk.post(of(asked, "diary-request-answer", RequestParty.objects.get().pk), chosen)
    asked.refresh_from_db()
    assert (asked.state, states()) == ("agreed", ["confirmed", "lapsed", "lapsed"])
    page = text(desk.get(of(asked)))
    assert "Open the meeting" in page
    assert "Dana Reyes can come: Fri 27 Nov 10:00" in page


def test_a_link_to_pass_on_is_shown_to_whoever_may_and_only_while_it_is_open(desk, diary, priya):
    asked = offer(diary, priya.user, ToAsk(Coming("Dana Reyes"), way="link"))
    assert "/time/" in text(desk.get(of(asked)))


def test_other_times_are_offered(desk, asked):
    assert desk.get(of(asked, "diary-request-times")).status_code == 200
    said = {"version": str(asked.version), "hold": "24", "starts": "2026-11-30T09:00:00+00:00"}
    assert desk.post(of(asked, "diary-request-times"), said).status_code == 303
    assert asked.options.count() == 4
    # as it was shown before, it is decided again
    again = desk.post(of(asked, "diary-request-times"), said)
    assert again.status_code == 422
    assert "This was changed meanwhile" in text(again)


def test_a_proposal_is_taken_or_set_aside(desk, asked, diary):
    monday = diaries.AT.replace(day=30)
    answering.propose(
        RequestParty.objects.get(), [monday, monday + timedelta(hours=1)], by=None, at=clock.now()
    )
    first, second = asked.proposals.all()
    asked.refresh_from_db()
    assert "Proposed by the other side" in text(desk.get(of(asked)))
    desk.post(of(asked, "diary-request-aside", first.pk), {"version": str(asked.version)})
    asked.refresh_from_db()
    desk.post(of(asked, "diary-request-take", second.pk), {"version": str(asked.version)})
    asked.refresh_from_db()
    assert (asked.state, asked.meeting.starts_at) == ("agreed", second.starts_at)


def test_what_stands_against_a_proposal_is_said(desk, asked, diary):
    diaries.booked(diary, "12:30", FRIDAY, when=clock.now(), about="Court")
    friday = diaries.AT.replace(day=27)
    answering.propose(RequestParty.objects.get(), [friday], by=None, at=clock.now())
    asked.refresh_from_db()
    take = of(asked, "diary-request-take", asked.proposals.get().pk)
    assert "There is already something: Court" in text(
        desk.post(take, {"version": str(asked.version)}, follow=True)
    )
    asked.refresh_from_db()
    desk.post(take, {"version": str(asked.version), "reason": "She looks in on both"})
    asked.refresh_from_db()
    assert asked.state == "agreed"


def test_the_list_has_what_is_open_with_its_promise_and_nobody_elses(office, desk, asked):
    rival = office.client("Brill Dental")
    offer(diaries.diary_of(rival.row), None, ToAsk(Coming("Sam", "sam@sam.example")), about="Root canal")
    page = text(desk.get(reverse("diary-requests")))
    assert "The lease" in page
    assert "Dana Reyes: Not answered" in page
    assert "Root canal" not in page
    desk.post(of(asked, "diary-request-withdraw"), {"version": str(asked.version)})
    assert "Nothing is being arranged" in text(desk.get(reverse("diary-requests")))


def test_it_is_followed_up_later_and_others_are_asked(desk, asked):
    said = {"version": str(asked.version), "hours": "48"}
    desk.post(of(asked, "diary-request-promise"), said)
    asked.refresh_from_db()
    assert asked.promised_at == clock.now() + timedelta(hours=48)
    tom = {"version": str(asked.version), "party-who": "Tom", "party-way": "mail"}
    assert desk.post(of(asked, "diary-request-party"), tom).status_code == 422
    desk.post(of(asked, "diary-request-party"), tom | {"party-email": "tom@hale.example"})
    assert asked.parties.count() == 2


def test_the_client_sees_it_and_gives_it_up(office, okafor, asked):
    portal = office.browser(okafor.owner)
    assert "The lease" in text(portal.get(reverse("diary-portal")))
    page = text(portal.get(of(asked, "diary-portal-request")))
    assert "Dana Reyes" in page
    said = {"version": str(asked.version), "withdraw-because": "I have changed my mind"}
    assert portal.post(of(asked, "diary-portal-request-withdraw"), said).status_code == 303
    asked.refresh_from_db()
    assert (asked.state, asked.given_up_because) == ("given_up", "I have changed my mind")
    assert states() == ["lapsed"] * 3
