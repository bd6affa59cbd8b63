"""A guest's own page: what she chooses, proposes, moves and cancels by the link she was sent, and no more."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client as Browser

from calendar_app import asking, booking, guest_links
from calendar_app.asking import ToAsk
from calendar_app.models import Guest, GuestLink, Meeting, RequestParty, RequestProposal
from calendar_app.planning import Coming
from clients.models import WorkItem
from secretariat import clock
from secretariat.office import tries

from . import diaries
from .test_asking import offer, options, states

FRIDAY = date(2026, 11, 27)
DANA = Coming("Dana Reyes", "dana@harlow.example", zone="Europe/London")
TOM = Coming("Tom Hale", "tom@hale.example")
LINK = re.compile(r"http\S+(/time/[\w-]+/)")


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row, notice_minutes=60)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya Raman", okafor).user


@pytest.fixture
def asked(office, diary, priya):
    made = offer(diary, priya, ToAsk(DANA))
    office.settle()
    return made


@pytest.fixture
def meeting(office, diary, priya):
    """A meeting booked as any other, of which Dana is the only guest."""
    made = diaries.booked(
        diary, "14:00", FRIDAY, by=priya, when=clock.now(), about="The lease", guests=(DANA,)
    )
    office.settle()
    return made


@pytest.fixture
def dana(db):
    return Browser()


def link(number=-1) -> str:
    """The address in the mail that was caught."""
    return LINK.search(mail.outbox[number].body).group(1)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def work():
    return [item.kind for item in WorkItem.objects.open()]


def test_looking_shows_her_times_on_both_clocks_and_changes_nothing(dana, asked):
    page = dana.get(link())
    assert page.status_code == 200
    assert "Friday 27 November 2026, 09:00–09:30" in text(page)
    assert "10:00–10:30 (Lagos)" in text(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert states() == ["held"] * 3
    assert RequestParty.objects.get().answer == "waiting"


def test_it_shows_nothing_that_is_not_hers(dana, diary, priya, okafor):
    diaries.booked(diary, "11:00", FRIDAY, when=clock.now(), about="Merger with Brill")
    asked = offer(diary, priya, ToAsk(DANA), ToAsk(TOM), notes="She is difficult")
    page = text(dana.get(guest_links.address(RequestParty.objects.get(name="Dana Reyes").links.get())))
    assert "The lease" in page
    for private in ("Merger", "Tom", "difficult", "Priya", "Raman", str(asked.pk)):
        assert private not in page


def test_she_chooses_one_and_it_is_agreed(office, dana, asked):
    address = link()
    chosen = options(asked)[1]
    answer = dana.post(f"{address}choose/", {"option": str(chosen)})
    assert (answer.status_code, answer.url) == (303, address)
    assert states() == ["lapsed", "confirmed", "lapsed"]
    assert "Agreed" in text(dana.get(address))
    office.settle()
    assert mail.outbox[-1].subject == "Invitation: The lease"


def test_too_late_she_reads_that_it_is_gone_and_what_remains(dana, asked, priya):
    first = Meeting.objects.order_by("starts_at")[0]
    booking.release(first, version=first.version, by=priya, at=clock.now())
    answer = dana.post(f"{link()}choose/", {"option": str(options(asked)[0])})
    assert answer.status_code == 409
    page = text(answer)
    assert "That time has just been taken. These remain." in page
    assert "09:00–09:30" not in page
    assert "13:00–13:30" in page
    assert states() == ["lapsed", "held", "held"]


@pytest.mark.parametrize("option", [[], ["nonsense"], ["01a2158a-64f6-775f-9889-7335da7921a2"]])
def test_what_is_none_of_the_times_is_no_choice(dana, asked, option):
    assert dana.post(f"{link()}choose/", {"option": option}).status_code in (409, 422)
    assert states() == ["held"] * 3


def test_she_proposes_other_times_on_her_own_clock(dana, asked):
    said = {"propose-on_1": "2026-11-30", "propose-at_1": "10:00", "propose-words": "Or any morning"}
    assert dana.post(f"{link()}propose/", said).status_code == 303
    proposal = RequestProposal.objects.get()
    assert proposal.starts_at.isoformat() == "2026-11-30T10:00:00+00:00"  # ten o'clock in London
    assert work() == [asking.PROPOSED]
    assert "You proposed other times" in text(dana.get(link()))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"propose-on_1": "2026-11-30"},
        {"propose-on_1": "soon", "propose-at_1": "10:00"},
        {"propose-on_1": "2026-11-23", "propose-at_1": "10:00"},
        {"propose-on_1": "9999-12-31", "propose-at_1": "23:30"},
        {"propose-on_1": "2027-03-28", "propose-at_1": "01:30"},  # skipped in London
    ],
)
def test_what_cannot_be_proposed_comes_back_as_typed(dana, asked, said):
    answer = dana.post(f"{link()}propose/", said | {"propose-words": "x" * 241 if not said else ""})
    assert answer.status_code == 422
    for value in filter(None, said.values()):
        assert value in text(answer)
    assert not RequestProposal.objects.exists()


def test_none_suits(dana, asked):
    assert dana.post(f"{link()}none/", {"none-words": "We are away"}).status_code == 303
    assert RequestParty.objects.get().answer == "none"
    assert work() == [asking.STUCK]
    assert asked.events.filter(words__endswith="We are away").exists()


def test_when_it_is_given_up_the_link_says_so_and_a_week_later_it_is_over(office, dana, asked, priya):
    address = link()
    asking.withdraw(asked, version=asked.version, because="Sold to Brill", by=priya, at=clock.now())
    page = text(dana.get(address))
    assert "no longer on offer" in page
    assert "Brill" not in page
    assert dana.post(f"{address}choose/", {"option": str(options(asked)[0])}).status_code == 409
    office.clock_says("2026-12-05 10:30")
    assert dana.get(address).status_code == 410


def test_any_invitation_has_a_link_and_she_moves_the_meeting_by_it(office, dana, diary, meeting, priya):
    address = link()
    diaries.booked(diary, "11:00", FRIDAY, when=clock.now(), about="Merger")
    page = text(dana.get(address))
    assert "Move it to another time" in page
    assert "Merger" not in page
    free = re.findall(r'name="starts" value="([^"]+)"', dana.get(address).content.decode())
    assert len(free) > 3
    answer = dana.post(f"{address}move/", {"starts": free[0]})
    assert answer.status_code == 303
    meeting.refresh_from_db()
    assert meeting.starts_at.isoformat() == free[0]
    office.settle()
    assert mail.outbox[-1].subject == "Changed: The lease"
    assert meeting.events.filter(verb="by_link").exists()


def test_a_time_that_is_not_free_is_not_given_and_nothing_is_said_of_what_is_there(dana, diary, meeting):
    other = diaries.booked(diary, "11:00", FRIDAY, when=clock.now(), about="Merger")
    answer = dana.post(f"{link()}move/", {"starts": other.starts_at.isoformat()})
    assert answer.status_code == 409
    assert "That time has just been taken" in text(answer)
    assert "Merger" not in text(answer)
    meeting.refresh_from_db()
    assert meeting.at.hour == 14


def test_she_cancels_with_a_reason_and_a_person_learns_of_it(office, dana, meeting):
    address = link()
    assert dana.post(f"{address}cancel/", {"cancel-because": ""}).status_code == 422
    assert dana.post(f"{address}cancel/", {"cancel-because": "I am ill"}).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == ("cancelled", "I am ill")
    assert work() == ["calendar.declined"]
    assert "Does not take place" in text(dana.get(address))
    office.settle()
    assert mail.outbox[-1].subject == "Cancelled: The lease"
    # twice is once
    assert dana.post(f"{address}cancel/", {"cancel-because": "I am ill"}).status_code == 409


def test_where_others_come_too_it_is_not_hers_to_move_or_cancel(office, dana, diary, priya):
    meeting = diaries.booked(diary, "14:00", FRIDAY, by=priya, when=clock.now(), guests=(DANA, TOM))
    office.settle()
    address = LINK.search(next(m.body for m in mail.outbox if m.to == [DANA.email])).group(1)
    assert "Move it" not in text(dana.get(address))
    assert dana.post(f"{address}move/", {"starts": "2026-11-27T09:00:00+00:00"}).status_code == 409
    assert dana.post(f"{address}cancel/", {"cancel-because": "I am ill"}).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.state, f"{meeting.at:%H:%M}") == ("confirmed", "14:00")
    assert Guest.objects.get(email=DANA.email).answer == "declined"
    assert work() == ["calendar.declined"]
    assert dana.post(f"{address}propose/", {"propose-words": "Monday"}).status_code == 303
    assert "calendar.proposed" in work()


@pytest.mark.parametrize("how", ["rule", "notice"])
def test_where_the_client_does_not_want_it_or_it_is_too_soon_she_cannot(office, dana, diary, meeting, how):
    address = link()
    if how == "rule":
        diary.guests_may_move = False
        diary.save()
    else:
        office.clock_says("2026-11-27 12:30")  # half an hour before
    assert "Move it" not in text(dana.get(address))
    assert dana.post(f"{address}move/", {"starts": "2026-11-27T15:00:00+00:00"}).status_code == 409
    meeting.refresh_from_db()
    assert (meeting.state, meeting.at.hour) == ("confirmed", 14)


def test_after_the_meeting_the_link_is_over(office, dana, meeting):
    address = link()
    office.clock_says("2026-11-27 14:00")
    assert dana.get(address).status_code == 410
    assert dana.post(f"{address}cancel/", {"cancel-because": "late"}).status_code == 410


def test_a_link_nobody_made_opens_nothing(dana, asked):
    address = link()
    token = address.split("/")[2]
    hashed = GuestLink.objects.get().token_hash
    for other in (token[:-1] + ("A" if token[-1] != "A" else "B"), hashed, str(asked.pk), token.swapcase()):
        assert dana.get(f"/time/{other}/").status_code == 404
        assert dana.post(f"/time/{other}/choose/", {"option": ""}).status_code == 404


def test_who_tries_too_often_waits(dana, asked):
    for _ in range(tries.AT_MOST):
        assert dana.post(f"{link()}choose/", {}).status_code == 422
    assert dana.post(f"{link()}choose/", {"option": str(options(asked)[0])}).status_code == 429
    assert states() == ["held"] * 3


def test_her_page_is_in_her_own_language_where_there_is_one(dana, diary, priya):
    german = Coming("Uta Kern", "uta@kern.example", zone="Europe/Berlin", language="de-DE")
    offer(diary, priya, ToAsk(german))
    page = dana.get(guest_links.address(RequestParty.objects.get().links.get()))
    assert '<html lang="de"' in page.content.decode()
    assert "Freitag" in text(page)


def test_the_link_of_one_who_is_taken_off_opens_nothing(office, dana, meeting):
    address = link()
    guest = meeting.guests.get()
    booking.take_off(meeting, guest, version=meeting.version, by=None, at=clock.now() + timedelta(seconds=1))
    assert dana.get(address).status_code == 404
