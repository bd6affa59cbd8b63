"""Guests answer by their calendar's mail: what counts, what counts once, and what goes to a person."""

from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import Client as Http
from icalendar import Calendar

from calendar_app import asked, booking, replies, series
from calendar_app.models import Guest
from calendar_app.planning import Coming
from calendar_app.repeating import Choice
from clients.models import WorkItem
from messages_app.models import InboundMail
from secretariat import clock
from secretariat.local.outside import letters
from secretariat.outbox.models import InboundEvent
from tests.calendar_app import diaries

FRIDAY = date(2026, 11, 27)
DANA = Coming(name="Dana Reyes", email="dana@harlow.example")
OURS = "secretariat@localhost"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def meeting(office, okafor):
    diary = diaries.diary_of(okafor.row)
    made = diaries.booked(diary, "14:00", FRIDAY, when=clock.now(), guests=(DANA,))
    office.settle()
    return made


@pytest.fixture
def arrives(office, settings):
    """A mail, brought by the mail provider's webhook with its secret."""
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}

    def arriving(letter, *, secret="b3V0c2lkZTpzZWNyZXQ=", status=200, spf=""):
        told = letters.as_postmark_says(letter)
        if spf:
            told["Headers"] = [{"Name": "Received-SPF", "Value": spf}]
            told["RawEmail"] = f"Received-SPF: {spf}\n{told['RawEmail']}"
        answer = Http().post(
            "/anymail/postmark/inbound/",
            told,
            content_type="application/json",
            headers={"Authorization": f"Basic {secret}"},
        )
        assert answer.status_code == status
        office.settle()

    return arriving


def invitation(number=-1) -> str:
    parts = mail.outbox[number].message().walk()
    return next(p for p in parts if p.get_content_type() == "text/calendar").get_payload(decode=True).decode()


def reply(answer, *, sender="dana@harlow.example", later=60, asked=None):
    now = clock.now() + timedelta(seconds=later)
    return letters.reply(asked or invitation(), sender, OURS, answer, "", now)


def her():
    return Guest.objects.get()


@pytest.mark.parametrize(
    ("said", "becomes"), [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")]
)
def test_a_reply_is_her_answer(meeting, arrives, said, becomes):
    arrives(reply(said))
    assert her().answer == becomes
    assert meeting.events.filter(verb="answered").count() == 1
    assert not InboundMail.objects.exists()
    told = [item.kind for item in WorkItem.objects.open()]
    assert told == (["calendar.declined"] if said == "DECLINED" else [])


def test_the_webhook_wants_its_secret(meeting, arrives):
    arrives(reply("ACCEPTED"), secret="d3Jvbmc6c2VjcmV0", status=400)
    assert her().answer == "waiting"
    assert not InboundEvent.objects.filter(provider="anymail").exists()


def test_twice_delivered_counts_once(meeting, arrives):
    letter = reply("ACCEPTED")
    arrives(letter)
    version = her().version
    arrives(letter)
    letter.replace_header("Message-ID", "<another@harlow.example>")
    arrives(letter)
    assert her().version == version
    assert meeting.events.filter(verb="answered").count() == 1


def test_an_older_answer_never_lowers_a_newer(meeting, arrives):
    arrives(reply("DECLINED", later=120))
    arrives(reply("ACCEPTED", later=60))
    assert her().answer == "declined"
    arrives(reply("ACCEPTED", later=180))
    assert her().answer == "accepted"
    assert not WorkItem.objects.open().exists()


def test_an_answer_to_the_time_before_says_nothing_of_the_new_one(office, meeting, arrives):
    before = invitation()
    plan = diaries.plan("16:00", FRIDAY)
    booking.move(meeting, version=0, plan=plan, by=None, at=clock.now())
    office.settle()
    arrives(reply("ACCEPTED", asked=before))
    assert her().answer == "waiting"
    arrives(reply("ACCEPTED"))
    assert her().answer == "accepted"


def test_to_a_series_she_answers_once_for_all_of_it(office, okafor, arrives):
    chosen = Choice("weekly", FRIDAY, time(14), count=3)
    wanted = diaries.plan("14:00", FRIDAY, guests=(DANA,))
    made = series.arrange(diaries.diary_of(okafor.row), wanted, chosen, {}, by=None, at=clock.now())
    office.settle()
    arrives(reply("DECLINED"))
    assert set(Guest.objects.values_list("answer", flat=True)) == {"declined"}
    assert WorkItem.objects.filter(kind="calendar.declined", done_at=None).count() == 1
    first = made.meetings.order_by("instance_at").first()
    booking.move(first, version=0, plan=diaries.plan("15:00", FRIDAY), by=None, at=clock.now())
    office.settle()
    arrives(reply("ACCEPTED", later=120))
    answers = Guest.objects.order_by("meeting__instance_at").values_list("answer", flat=True)
    assert list(answers) == ["accepted", "declined", "declined"]


def forwarded():
    letter = reply("ACCEPTED")
    letter.replace_header("From", "mallory@elsewhere.example")
    return letter


@pytest.mark.parametrize(
    "made",
    [forwarded, lambda: reply("ACCEPTED", sender="mallory@elsewhere.example")],
    ids=["as her", "as self"],
)
def test_an_answer_from_somebody_else_goes_to_a_person(meeting, arrives, made):
    arrives(made())
    assert her().answer == "waiting"
    [item] = WorkItem.objects.open()
    assert (item.kind, item.client) == ("calendar.stranger", meeting.client)
    assert "mallory@elsewhere.example" in meeting.events.get(verb="doubted").words


def test_a_sender_that_servers_did_not_vouch_for_goes_to_a_person(meeting, arrives):
    arrives(reply("ACCEPTED"), spf="fail (not permitted)")
    assert her().answer == "waiting"
    assert WorkItem.objects.open().get().kind == "calendar.stranger"


def counter() -> EmailMessage:
    letter = reply("TENTATIVE")
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            text = part.get_content().replace("METHOD:REPLY", "METHOD:COUNTER")
            text = text.replace("20261127T130000Z", "20261130T100000Z").replace(
                "20261127T133000Z", "20261130T103000Z"
            )
            text = text.replace("END:VEVENT", "COMMENT:Monday suits me\\, Friday does not\r\nEND:VEVENT")
            part.set_content(text, subtype="calendar", params={"method": "COUNTER"})
    return letter


def test_another_time_that_she_proposes_goes_to_a_person(meeting, arrives):
    arrives(counter())
    assert her().answer == "waiting"
    [item] = WorkItem.objects.open()
    assert item.kind == "calendar.proposed"
    words = meeting.events.get(verb="proposed").words
    assert "11:00" in words
    assert words.endswith("Monday suits me, Friday does not")
    arrives(counter())
    assert meeting.events.filter(verb="proposed").count() == 1


def test_an_answer_to_a_meeting_that_is_not_ours_is_read_by_somebody(office, meeting, arrives):
    calendar = Calendar.from_ical(invitation())
    next(iter(calendar.walk("VEVENT")))["UID"] = "another@elsewhere"
    arrives(reply("ACCEPTED", asked=calendar.to_ical().decode()))
    assert her().answer == "waiting"
    assert InboundMail.objects.get().sender == "dana@harlow.example"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID",
        b"Content-Type: text/calendar\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--",
        b"From: \x80\nContent-Type: text/calendar; charset=none\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n",
    ],
)
def test_whatever_comes_is_no_answer_and_no_fault(raw):
    assert replies.read(raw).answers == ()


def test_the_moment_of_an_answer_is_when_it_was_written():
    raw = (
        b"From: D <Dana@Harlow.example>\nContent-Type: text/calendar; method=REPLY\n\n"
        b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:u\nSEQUENCE:2\nDTSTART:20261127T130000Z\n"
        b"DTSTAMP:20261124T110000Z\nLAST-MODIFIED:20270101T000000Z\nATTENDEE;PARTSTAT=ACCEPTED:MAILTO:dana@harlow.example\n"
        b"END:VEVENT\nEND:VCALENDAR\n"
    )
    read = replies.read(raw)
    [answer] = read.answers
    assert (read.sender, answer.address) == ("dana@harlow.example", "dana@harlow.example")
    assert (answer.uid, answer.sequence, answer.answer) == ("u", 2, "accepted")
    assert answer.stamp == datetime.fromisoformat("2026-11-24T11:00:00+00:00")


def test_a_mail_made_to_do_harm_answers_nothing_and_stops_nothing():
    for count in (40, 900):
        nested = (b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(count))
        raw = b"".join(nested)
        assert replies.read(raw).answers == ()
        assert asked.in_mail(raw)[0] == []
    assert asked.in_mail(b"Content-Type: message/rfc822\n\n" * 3000)[0] == []
    assert replies.read(b"Content-Type: message/rfc822\n\n" * 3000).answers == ()
    assert replies.read(b"From: " + b"(" * 5000 + b"\n\n").answers == ()
