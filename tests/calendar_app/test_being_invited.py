"""Others invite the client: proposed at the desk, judged by her rule, answered by one way and told once."""

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import Client as Http
from django.urls import reverse
from icalendar import Calendar

from calendar_app import booking, syncing
from calendar_app.models import Connection, Diary, InvitedTo, Meeting
from clients import work
from clients.models import WorkItem
from messages_app.models import InboundMail
from secretariat import clock
from secretariat.local.outside import letters

from .diaries import plan
from .played import connected

pytestmark = pytest.mark.django_db
HER = "owner.of.okafor@clients.example"
BANK = "bank@harbour.example"


@pytest.fixture
def room(office, settings):
    office.clock_says("2027-03-08 08:00")
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}
    return office


@pytest.fixture
def client(room):
    return room.client("Okafor")


@pytest.fixture
def diary(client):
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)


@pytest.fixture
def desk(room, client):
    return room.browser(room.secretary("Ana", client))


def event(*, uid="m1@bank", at="T100000Z", sequence=0, stamp="20270307T120000Z", to=HER, by=BANK, said=""):
    lines = [f"UID:{uid}", f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", "SUMMARY:The loan", "LOCATION:Quay 1"]
    lines += [f"DTSTART:20270310{at}", "DURATION:PT30M", f'ORGANIZER;CN="Mr Bank":mailto:{by}']
    return [*lines, f"ATTENDEE;PARTSTAT={said or 'NEEDS-ACTION'};RSVP=TRUE:mailto:{to}"]


def letter(*, method="REQUEST", sender=BANK, **facts) -> EmailMessage:
    made = letters.written(sender, "secretariat@localhost", "Invitation: The loan", "Come to us")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *event(**facts)]
    text = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])
    made.add_alternative(text, subtype="calendar", params={"method": method})
    return made


@pytest.fixture
def arrives(room):
    def arriving(made):
        answer = Http().post(
            "/anymail/postmark/inbound/",
            letters.as_postmark_says(made),
            content_type="application/json",
            headers={"Authorization": "Basic b3V0c2lkZTpzZWNyZXQ="},
        )
        assert answer.status_code == 200
        room.settle()

    return arriving


def answers(desk, said, words=""):
    invited = InvitedTo.objects.get()
    address = reverse("diary-invitation-answer", args=[invited.pk])
    typed = {"version": invited.version, "answer": said, "words": words}
    return desk.post(address, typed)


def told(number=0):
    """What whoever invited reads in its calendar program."""
    parts = mail.outbox[number].message().walk()
    part = next(each for each in parts if each.get_content_type() == "text/calendar")
    whole = Calendar.from_ical(part.get_payload(decode=True).decode())
    [said] = whole.walk("VEVENT")
    return str(whole["METHOD"]), said


def open_work():
    return list(WorkItem.objects.open().values_list("kind", flat=True))


def test_an_invitation_by_mail_is_proposed_and_kept(room, diary, desk, arrives):
    arrives(letter())
    invited = InvitedTo.objects.get()
    assert (invited.diary, invited.state, invited.addressed_to) == (diary, "proposed", HER)
    assert invited.starts_at == datetime(2027, 3, 10, 10, tzinfo=UTC)
    assert open_work() == ["calendar.invited"]  # and nothing is to be read twice
    assert InboundMail.objects.get().read_at is not None
    page = desk.get(work.describe(WorkItem.objects.open().get()).url).content.decode()
    for words in ("The loan", "Mr Bank", "Quay 1", "Nothing stands against it.", "Answered by mail"):
        assert words in page


def test_accepted_it_takes_her_time_and_whoever_invites_is_told(room, diary, desk, arrives):
    arrives(letter())
    assert answers(desk, "accepted", "With pleasure").status_code == 303
    room.settle()
    method, said = told()
    assert (method, mail.outbox[0].to) == ("REPLY", [BANK])
    assert (str(said["UID"]), said["SEQUENCE"]) == ("m1@bank", 0)
    assert str(said["ATTENDEE"]) == f"mailto:{HER}"
    assert said["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert said["ATTENDEE"].params["SENT-BY"].endswith("@localhost")
    assert "With pleasure" in mail.outbox[0].body
    meeting = Meeting.objects.get()
    assert (meeting.about, meeting.starts_at.hour, meeting.where) == ("The loan", 10, "Quay 1")
    invited = InvitedTo.objects.get()
    assert (invited.state, invited.sent, invited.meeting) == ("accepted", "told", meeting)
    assert open_work() == []


def test_twice_delivered_it_is_one_and_an_older_one_changes_nothing(diary, arrives):
    arrives(letter(sequence=1))
    version = InvitedTo.objects.get().version
    arrives(letter(sequence=1))
    arrives(letter(sequence=0, at="T160000Z"))
    invited = InvitedTo.objects.get()
    assert (invited.version, invited.starts_at.hour) == (version, 10)


@pytest.mark.parametrize(("busy", "becomes"), [(False, "accepted"), (True, "proposed")])
def test_accept_if_the_time_is_free(room, diary, arrives, busy, becomes):
    Diary.objects.update(when_invited="accept")
    if busy:
        booking.book(diary, plan("10:15", date(2027, 3, 10)), by=None, at=clock.now())
    arrives(letter())
    room.settle()
    assert InvitedTo.objects.get().state == becomes
    assert len(mail.outbox) == (0 if busy else 1)
    assert open_work() == (["calendar.invited"] if busy else [])


def test_declined_by_her_rule_with_her_words(room, diary, arrives):
    Diary.objects.update(when_invited="decline", invited_words="I see banks on Fridays only.")
    arrives(letter())
    room.settle()
    _method, said = told()
    assert said["ATTENDEE"].params["PARTSTAT"] == "DECLINED"
    assert str(said["COMMENT"]) == "I see banks on Fridays only."
    assert not Meeting.objects.exists()
    assert open_work() == []


def test_another_time_is_another_question(room, diary, desk, arrives):
    arrives(letter())
    answers(desk, "accepted")
    arrives(letter(sequence=1, at="T150000Z"))
    invited = InvitedTo.objects.get()
    assert (invited.state, invited.starts_at.hour, invited.meeting) == ("proposed", 15, None)
    assert Meeting.objects.get().state == "cancelled"
    assert open_work() == ["calendar.invited"]


def test_called_off_by_whoever_invited_and_by_nobody_else(room, diary, desk, arrives):
    arrives(letter())
    answers(desk, "accepted")
    arrives(letter(method="CANCEL", sequence=1, sender="x@elsewhere.example", by="x@elsewhere.example"))
    assert InvitedTo.objects.get().state == "accepted"
    arrives(letter(method="CANCEL", sequence=1))
    assert InvitedTo.objects.get().state == "withdrawn"
    assert Meeting.objects.get().state == "cancelled"
    assert (
        "The loan"
        in desk.get(reverse("diary-invitation", args=[InvitedTo.objects.get().pk])).content.decode()
    )


@pytest.mark.parametrize(
    "facts", [{"sender": "x@elsewhere.example"}, {"to": "nobody@elsewhere.example"}, {"method": "PUBLISH"}]
)
def test_what_is_not_surely_an_invitation_of_hers_is_read_by_a_person(diary, arrives, facts):
    arrives(letter(**facts))
    assert not InvitedTo.objects.exists()
    assert open_work() == ["messages.unread_mail"]


def test_somebody_was_quicker(room, diary, desk, arrives):
    arrives(letter())
    invited = InvitedTo.objects.get()
    answers(desk, "accepted")
    typed = {"version": invited.version, "answer": "declined"}
    answer = desk.post(reverse("diary-invitation-answer", args=[invited.pk]), typed)
    assert answer.status_code == 422
    assert InvitedTo.objects.get().state == "accepted"


# It stands in her calendar


@pytest.fixture
def hers(diary, monkeypatch):
    return connected(diary, monkeypatch)


def look(hers):
    syncing.look(Connection.objects.get(pk=hers.connection.pk), at=clock.now())


def test_an_entry_she_has_not_answered_is_proposed_and_answered_by_mail(room, desk, hers):
    """Her server does not write to anybody: so we do, and her entry follows."""
    entry = hers.puts("m1@bank", *event()[1:])
    look(hers)
    assert open_work() == ["calendar.invited"]
    answers(desk, "accepted")
    room.settle()
    assert len(mail.outbox) == 1
    assert f"PARTSTAT=ACCEPTED:mailto:{HER}" in hers.entries[entry].raw.replace("\r\n ", "")
    assert not Meeting.objects.exists()  # it takes her time where it stands
    look(hers)
    assert InvitedTo.objects.get().sent == "told"
    assert open_work() == []


def test_where_her_server_writes_to_whoever_invites_no_mail_is_sent(room, desk, hers):
    type(hers.calendar).objects.update(server_invites=True)
    entry = hers.puts("m1@bank", *event()[1:])
    look(hers)
    page = desk.get(reverse("diary-invitation", args=[InvitedTo.objects.get().pk])).content.decode()
    assert "No mail of ours is sent." in page
    answers(desk, "declined", "Not now")
    room.settle()
    assert mail.outbox == []
    assert "PARTSTAT=DECLINED" in hers.entries[entry].raw
    assert InvitedTo.objects.get().sent == "told"


def test_by_mail_and_in_her_calendar_it_is_one_and_told_by_one_way(room, diary, hers, arrives):
    Diary.objects.update(when_invited="accept")
    Connection.objects.update(username=HER)
    type(hers.calendar).objects.update(server_invites=True)
    arrives(letter())
    assert InvitedTo.objects.get().state == "proposed"  # it comes to stand there in a moment
    entry = hers.puts("m1@bank", *event()[1:])
    look(hers)
    room.settle()
    assert InvitedTo.objects.get().state == "accepted"
    assert "PARTSTAT=ACCEPTED" in hers.entries[entry].raw
    assert mail.outbox == []
    assert hers.asked.count("answer") == 1


def test_one_that_never_comes_to_stand_in_her_calendar_is_answered_by_mail(room, diary, hers, arrives):
    Diary.objects.update(when_invited="accept")
    Connection.objects.update(username=HER)
    type(hers.calendar).objects.update(server_invites=True)
    arrives(letter())
    room.is_later(20 * 60)
    assert InvitedTo.objects.get().state == "accepted"
    assert [each.to for each in mail.outbox] == [[BANK]]


def test_she_answers_it_herself(room, hers):
    entry = hers.puts("m1@bank", *event()[1:])
    look(hers)
    hers.edits(entry, "PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
    look(hers)
    assert InvitedTo.objects.get().state == "accepted"
    assert open_work() == []
    assert mail.outbox == []


def test_what_she_answered_long_ago_or_is_over_is_no_proposal(hers):
    hers.puts("a@bank", *event(said="ACCEPTED")[1:])
    old = [line.replace("20270310", "20270301") for line in event()[1:]]
    hers.puts("b@bank", *old)
    hers.puts("c@own", *event(by=HER)[1:])
    look(hers)
    assert not InvitedTo.objects.exists()


def test_her_rules_say_what_becomes_of_invitations(room, client, diary):
    portal = room.browser(client.owner)
    page = portal.get(reverse("diary-rules"), {"diary": str(diary.pk)}).content.decode()
    assert "When others invite me to something" in page
