from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as project_settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from secretariat import live
from secretariat.live import hint, reading, rounds
from secretariat.live.asgi import Live
from secretariat.live.models import LiveEvent, LiveProcess
from secretariat.live.streams import Stream
from secretariat.live.switchboard import Pace
from secretariat.local.ports import free_port

from .browser import Loop, Request

pytestmark = pytest.mark.django_db(transaction=True)

CALL = UUID(int=9)
SLOW = 3600  # seconds: what must not happen in this test


@pytest.fixture
def office():
    """Streams of one application on a loop of its own; `office(Pace(...))` opens it."""
    loop, opened = Loop(), []

    def open_office(pace):
        opened.append(Live(pace))
        return Office(loop, opened[-1])

    yield open_office
    for each in opened:
        loop.run(each.close())
    loop.close()


class Office:
    def __init__(self, loop, application):
        self.loop, self.application = loop, application

    def stream(self, person, *, since=None, reads=True, **headers):
        headers = {"host": "testserver", "cookie": person.cookie} | headers
        if since is not None:
            headers["last-event-id"] = str(since)
        return Request(self.loop, self.application, headers=headers, reads=reads)

    def request(self, **how):
        return Request(self.loop, self.application, **{"headers": {"host": "testserver"}} | how)


@pytest.fixture
def no_redis(monkeypatch):
    """Every publish is lost."""
    monkeypatch.setattr(hint, "publish", lambda words: False)


def only_redis():
    return Pace(poll=SLOW)


def only_poll():
    return Pace(poll=0.01)


def test_a_stream_begins_with_a_beat_at_once(office, ana):
    stream = office(only_redis()).stream(ana)
    assert stream.status == 200
    assert stream.next(but=()).event == "beat"
    assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert stream.headers["cache-control"] == "no-store, no-transform"
    assert stream.headers["x-accel-buffering"] == "no"


def test_it_beats_by_name(office, ana):
    stream = office(Pace(beat=0.01, poll=SLOW)).stream(ana)
    assert [stream.next(but=()).event for _ in range(3)] == ["beat"] * 3


def test_an_announcement_reaches_its_audience_by_redis(office, ana, rui):
    here = office(only_redis())
    hers, his = here.stream(ana), here.stream(rui)
    listens(here)
    live.announce("call.ringing", CALL, 3, [ana.id])
    live.announce("call.ended", CALL, 4, [ana.id, rui.id])
    told = hers.next()
    assert (told.event, told.data) == ("call.ringing", {"id": str(CALL), "version": 3})
    assert hers.next().event == "call.ended"
    assert his.next().event == "call.ended"


def listens(here):
    """Wait until the subscription stands, so that what follows can only have come by it."""
    import redis

    with redis.Redis.from_url(project_settings.REDIS_URL) as line:
        while dict(line.pubsub_numsub(hint.channel()))[hint.channel().encode()] < 1:
            here.loop.run(here.application._switchboard.poll())


def test_a_lost_hint_is_late_and_not_lost(office, ana, no_redis):
    stream = office(only_poll()).stream(ana)
    live.announce("call.ringing", CALL, 3, [ana.id])
    assert stream.next().event == "call.ringing"


def test_with_redis_away_the_stream_stands_and_hears(office, ana, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    stream = office(Pace(poll=0.01, redis_again=0.01)).stream(ana)
    live.announce("call.ringing", CALL, 3, [ana.id])
    assert stream.next().event == "call.ringing"


def test_what_comes_by_hint_and_by_poll_is_told_once(office, ana):
    stream = office(Pace(poll=0.01)).stream(ana)
    for version in range(20):
        live.announce("call.held", CALL, version, [ana.id])
    assert [stream.next().data["version"] for _ in range(20)] == list(range(20))
    live.announce("call.ended", CALL, 20, [ana.id])
    assert stream.next().event == "call.ended"


def test_a_transaction_that_commits_late_is_found_by_the_poll(office, ana, no_redis):
    here = office(Pace(poll=SLOW))
    stream = here.stream(ana)
    with transaction.atomic():
        live.announce("call.ringing", CALL, 1, [ana.id])
        meanwhile(lambda: live.announce("call.held", CALL, 2, [ana.id]))
        here.loop.run(here.application._switchboard.poll())
        assert stream.next().event == "call.held"
    here.loop.run(here.application._switchboard.poll())
    assert stream.next().event == "call.ringing"


def meanwhile(act):
    import threading

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def aged(row, seconds):
    LiveEvent.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
    return row


def test_a_browser_that_comes_back_is_told_what_it_missed(office, ana, rui, no_redis):
    aged(live.announce("call.held", CALL, 1, [ana.id]), 300)
    last = aged(live.announce("call.resumed", CALL, 2, [ana.id]), 120)
    aged(live.announce("call.ringing", CALL, 3, [rui.id]), 100)
    aged(live.announce("call.ended", CALL, 4, [ana.id]), 90)
    stream = office(only_redis()).stream(ana, since=last.pk)
    assert [stream.next().data["version"] for _ in range(2)] == [2, 4]


def test_the_replay_begins_thirty_seconds_before_the_last_id(office, ana, no_redis):
    late = aged(live.announce("call.held", CALL, 1, [ana.id]), 129)
    early = aged(live.announce("call.held", CALL, 2, [ana.id]), 131)
    last = aged(live.announce("call.resumed", CALL, 3, [ana.id]), 100)
    stream = office(only_redis()).stream(ana, since=last.pk)
    assert [stream.next().last_id for _ in range(2)] == [str(late.pk), str(last.pk)]
    assert early.pk


def test_what_happened_between_page_and_stream_is_told(office, ana, no_redis):
    aged(live.announce("call.held", CALL, 1, [ana.id]), 60)
    aged(live.announce("call.ringing", CALL, 2, [ana.id]), 2)
    assert office(only_redis()).stream(ana).next().data["version"] == 2


@pytest.mark.parametrize("purged", [False, True])
def test_a_browser_that_was_away_too_long_asks_for_everything(office, ana, no_redis, purged):
    last = aged(live.announce("call.held", CALL, 1, [ana.id]), 601)
    aged(live.announce("call.held", CALL, 2, [ana.id]), 300)
    if purged:
        assert rounds.purge_events() == 1
    stream = office(only_redis()).stream(ana, since=last.pk)
    assert stream.next().event == "resync"


def test_after_a_quiet_night_nothing_was_missed(office, ana, no_redis):
    last = aged(live.announce("call.held", CALL, 1, [ana.id]), 30_000)
    assert rounds.purge_events() == 0
    stream = office(Pace(poll=SLOW, beat=0.01)).stream(ana, since=last.pk)
    assert [stream.next(but=()).event for _ in range(3)] == ["beat", "call.held", "beat"]


def test_the_purge_keeps_ten_minutes_and_the_newest(ana, no_redis):
    for version, age in ((1, 700), (2, 601), (3, 599), (4, 900)):
        aged(live.announce("call.held", CALL, version, [ana.id]), age)
    assert rounds.purge_events() == 2
    assert list(LiveEvent.objects.order_by("version").values_list("version", flat=True)) == [3, 4]


def test_a_browser_that_does_not_read_is_let_go(office, ana, no_redis):
    stream = office(Pace(poll=SLOW, unread=0.01)).stream(ana, reads=False)
    stream.ends()


def test_too_much_waiting_ends_the_stream(office, ana):
    stream = Stream(ana.id, "key")
    for n in range(Stream.AT_MOST):
        stream.tell(b"%d" % n)
    assert not stream.ended
    stream.tell(b"one too many")
    assert stream.ended


def test_a_stream_ends_when_its_time_is_over(office, ana):
    stream = office(Pace(poll=SLOW, life=0.01)).stream(ana)
    assert stream.next() is None
    stream.ends()


def test_a_session_that_is_over_is_said_and_the_stream_ends(office, ana, rui):
    here = office(only_poll())
    hers, his = here.stream(ana), here.stream(rui)
    ana.browser.logout()
    assert hers.next().event == "session.ended"
    assert hers.next() is None
    live.announce("call.ringing", CALL, 1, [rui.id])
    assert his.next().event == "call.ringing"


def test_a_dead_session_is_told_so(office, ana):
    ana.browser.logout()
    stream = office(only_redis()).stream(ana)
    assert (stream.status, stream.next().event) == (200, "session.ended")


def test_a_person_who_may_no_longer_sign_in_is_told_so(office, ana):
    get_user_model().objects.filter(pk=ana.id).update(is_active=False)
    assert office(only_redis()).stream(ana).next().event == "session.ended"


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({}, 401),
        ({"method": "POST"}, 405),
        ({"method": "HEAD"}, 405),
        ({"path": "/live/other"}, 404),
        ({"headers": {"host": "elsewhere.example"}}, 400),
        ({"headers": {}}, 400),
        ({"headers": {"host": "testserver", "origin": "https://elsewhere.example"}}, 403),
        ({"headers": {"host": "testserver", "sec-fetch-site": "cross-site"}}, 403),
        ({"headers": {"host": "testserver", "cookie": "sessionid=\x01;;=,"}}, 401),
    ],
)
def test_who_is_turned_away(office, settings, how, status):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert office(only_redis()).request(**how).status == status


def test_its_own_pages_are_no_strangers(office, ana):
    stream = office(only_redis()).stream(ana, origin="http://testserver", **{"sec-fetch-site": "same-origin"})
    assert stream.status == 200


def test_when_the_database_is_away_it_says_so(office, ana, monkeypatch):
    from django.db import OperationalError

    def away(_):
        raise OperationalError("the server is away")

    monkeypatch.setattr(reading, "user_of", away)
    assert office(only_redis()).stream(ana).status == 503


def test_many_streams_hold_one_connection_between_them(office, ana):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (begun,) = cursor.fetchone()
    here = office(only_redis())
    streams = [here.stream(ana) for _ in range(40)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_start > %s",
            [begun],
        )
        assert cursor.fetchone() == (1,)
    streams[0].is_closed_by_person()
    here.loop.run(here.application._switchboard.poll())
    assert LiveProcess.objects.get().streams == 39


def test_closing_ends_the_streams_and_signs_off(office, ana):
    here = office(only_poll())
    stream = here.stream(ana)
    here.loop.run(here.application._switchboard.poll())
    here.loop.run(here.application.close())
    assert stream.next() is None
    assert not LiveProcess.objects.exists()


def test_a_process_that_vanished_is_forgotten():
    LiveProcess.objects.create(streams=3, seen_at=timezone.now() - timedelta(minutes=2))
    kept = LiveProcess.objects.create(streams=4)
    assert rounds.forget_processes() == 1
    assert LiveProcess.objects.get() == kept
