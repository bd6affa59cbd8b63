"""A calendar at Google or Microsoft in the diary: read, kept up with, written to, and never overwritten."""

from datetime import timedelta

import pytest

from calendar_app import connecting, consenting, recording, syncing, tokens
from calendar_app.elsewhere import web
from calendar_app.models import Calendar, Connection, Diary, Meeting, Occurrence, RemoteEvent
from secretariat import clock
from secretariat.local.online.consent import Grant
from secretariat.local.online.in_process import Online
from secretariat.outbox.models import Effect

from .owners import OWNER, AtGoogle, AtMicrosoft, at

HERE = {"google": AtGoogle, "microsoft": AtMicrosoft}


class Connected:
    def __init__(self, office, online, kind):
        self.office = office
        self.there = HERE[kind](online, clock.now)
        client = office.client("Harlow & Sons")
        self.diary = Diary.objects.create(client=client.row)
        far = clock.now() + timedelta(days=900)
        self.there.service.consent.grants["r"] = Grant(OWNER, "all", "r", {"a": far})
        self.connection = consenting.connect(
            consenting.Begun(kind, self.diary.pk, ""),
            tokens.Tokens("a", "r", far),
            self.there.ours.calendars(),
            diary=self.diary,
            by=client.owner.user,
            owner=OWNER,
        )
        Calendar.objects.update(is_written_to=True)
        self.look()

    def look(self):
        connection = Connection.objects.get()
        found = syncing.look(connection, at=clock.now())
        assert found.is_over
        connection.refresh_from_db()
        assert connection.state == "working", connection.trouble
        return found

    def times(self):
        return [f"{each.during.lower:%Y-%m-%d %H:%M}" for each in Occurrence.objects.order_by("during")]

    def arranges(self, about, starts) -> Meeting:
        meeting = Meeting.objects.create(
            client=self.diary.client,
            diary=self.diary,
            about=about,
            starts_at=at(starts),
            ends_at=at(starts) + timedelta(minutes=30),
            zone="Europe/London",
            on=at(starts).date(),
            at=at(starts).time(),
            minutes=30,
            state="confirmed",
            uid="m1@desk.example",
        )
        self.writes(meeting)
        return meeting

    def writes(self, meeting):
        recording.write(meeting, at=clock.now())
        self.office.settle()
        meeting.refresh_from_db()


@pytest.fixture(params=["google", "microsoft"])
def hers(request, office):
    office.clock_says("2027-03-01 09:00")
    made = Online(clock.now)
    with web.transported_by(made):
        yield Connected(office, made, request.param)


def test_what_stands_there_takes_time_here(hers):
    kept = hers.there.puts("Dentist", at("2027-03-10 10:00"), at("2027-03-10 10:30"))
    series = hers.there.weekly("Board", at("2027-03-15 09:30"), at("2027-03-15 10:30"), count=3)
    hers.look()
    assert hers.times() == ["2027-03-10 10:00", "2027-03-15 09:30", "2027-03-22 09:30", "2027-03-29 08:30"]
    hers.there.drops_one(series, 1)
    hers.there.deletes(kept)
    hers.look()
    assert hers.times() == ["2027-03-15 09:30", "2027-03-29 08:30"]
    assert hers.look().changed == 0


def test_a_token_they_forgot_is_no_persons_business(hers):
    hers.there.puts("Dentist", at("2027-03-10 10:00"), at("2027-03-10 10:30"))
    hers.look()
    hers.there.service.forget_tokens(hers.there.kept)
    Calendar.objects.update(sync_token=Calendar.objects.get().sync_token)
    hers.there.kept.oldest = min(hers.there.kept.oldest, len(hers.there.kept.changes) + 1)
    hers.look()
    assert hers.times() == ["2027-03-10 10:00"]
    assert RemoteEvent.objects.count() == 1


def test_a_meeting_of_ours_is_written_there_once_though_the_answer_was_lost(hers):
    hers.there.service.faults.coming = [None] * hers.there.looks + ["lost"]
    meeting = hers.arranges("Ms Okafor", "2027-03-10 10:00")
    for _ in range(4):
        Effect.objects.filter(state__in=["pending", "leased"]).update(due_at=clock.now())
        hers.office.passes(1)
        hers.office.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "written"
    assert hers.there.standing() == ["Ms Okafor"]
    hers.look()
    assert [each.uid for each in RemoteEvent.objects.all()] == [RemoteEvent.objects.get().uid]


def test_what_she_changed_there_is_not_overwritten(hers):
    meeting = hers.arranges("Ms Okafor", "2027-03-10 10:00")
    assert meeting.writing == "written"
    hers.there.edits(meeting.remote_id, "The client’s own words")
    Meeting.objects.filter(pk=meeting.pk).update(about="Ours", version=meeting.version + 1)
    meeting.refresh_from_db()
    hers.writes(meeting)
    assert hers.there.standing() == ["The client’s own words"]
    assert meeting.writing != "written"


def test_consent_taken_back_is_said_in_words(hers):
    hers.there.service.consent.take_back(OWNER)
    connection = Connection.objects.get()
    syncing.look(connection, at=clock.now())
    connection.refresh_from_db()
    assert connection.state == "refused"
    assert "must connect the calendar again" in connection.trouble


def test_disconnected_nothing_of_it_stays_open(hers):
    hers.there.puts("Dentist", at("2027-03-10 10:00"), at("2027-03-10 10:30"))
    hers.look()
    connection = Connection.objects.get()
    connecting.disconnect(connection, by=connection.connected_by, at=clock.now())
    hers.office.settle()
    assert not RemoteEvent.objects.exists()
    opened = hers.there.service.consent.account_of("a")
    assert (opened is None) is (hers.connection.kind == "google")  # Microsoft has no address to say so at
