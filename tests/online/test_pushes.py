"""Being told of changes: asked for, proved, kept, and asked for again before it ends."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse

from calendar_app import consenting, looking, pushes, tokens
from calendar_app.elsewhere import Found, web
from calendar_app.models import Calendar, Connection, Diary, PushChannel
from secretariat import clock
from secretariat.local.online.consent import Grant
from secretariat.local.online.in_process import Online
from secretariat.outbox.models import Effect, InboundEvent

ACCOUNT = "anna@harlow.example"
KINDS = ("google", "microsoft")
GOOGLE, MICROSOFT = "/calendar/push/google/", "/calendar/push/microsoft/"


class World:
    """An office that can be reached, a client with one calendar, and its service."""

    def __init__(self, office, online, kind):
        self.office, self.kind, self.looks = office, kind, 0
        self.service = getattr(online, kind)
        self.browser = Browser()
        online.microsoft.reached = self.reached
        client = office.client("Harlow & Sons")
        diary = Diary.objects.create(client=client.row)
        self.kept = self.service.account(ACCOUNT)
        far = clock.now() + timedelta(days=900)
        self.service.consent.grants["r"] = Grant(ACCOUNT, "all", "r", {"a": far})
        begun = consenting.Begun(kind, diary.pk, "")
        given = tokens.Tokens("a", "r", far)
        found = [Found(self.kept.calendar_id, "Hers")]
        self.connection = consenting.connect(begun, given, found, diary=diary, by=client.owner.user)
        Connection.objects.update(state="working", due_at=clock.now() + timedelta(hours=1))
        self.calendar = Calendar.objects.get()

    def a_minute_goes_by(self):
        """Long enough for a look at the channels."""
        self.office.clock_says(f"{clock.now() + timedelta(seconds=61):%F %T}", zone="UTC")
        pushes.arrange(at=clock.now())
        self.office.settle()

    def reached(self, address):
        answer = self.browser.post(address.partition("testserver")[2], content_type="text/plain")
        assert answer["Content-Type"].startswith("text/plain")
        return answer.content.decode() if answer.status_code == 200 else None

    def changes(self):
        """Something changes there, and whatever they tell us of it arrives."""
        event = {
            "id": f"e{uuid4().hex}"[:30].replace("w", "v"),
            "status": "confirmed",
            "type": "singleInstance",
        }
        moment = {"dateTime": "2027-03-10T10:00:00", "timeZone": "UTC"}
        self.service.put(self.kept, event | {"start": moment, "end": moment})
        return self.arrives()

    def arrives(self):
        notices, self.service.notices = self.service.notices, []
        return [
            self.browser.post(
                each.address.partition("testserver")[2],
                each.content,
                content_type="application/json",
                headers=dict(each.headers),
            ).status_code
            for each in notices
        ]

    def due(self):
        """Whether it is to be looked at now, or was asked to be since this was asked last."""
        before, self.looks = self.looks, Effect.objects.filter(kind=looking.LOOK).count()
        return self.looks > before or Connection.objects.get().due_at <= clock.now()

    @property
    def channel(self):
        return PushChannel.objects.get(ended_at=None)

    def known(self):
        return self.service.channels if self.kind == "google" else self.service.subscriptions


@pytest.fixture
def online(office, settings):
    settings.PUBLIC_BASE_URL = "https://testserver"
    made = Online(clock.now)
    with web.transported_by(made):
        yield made


@pytest.fixture(params=KINDS)
def world(request, office, online):
    return World(office, online, request.param)


@pytest.fixture
def google(office, online):
    return World(office, online, "google")


@pytest.fixture
def microsoft(office, online):
    return World(office, online, "microsoft")


def test_a_change_there_has_the_calendar_looked_at_at_once(world):
    world.a_minute_goes_by()
    assert world.channel.ends_at > clock.now() + timedelta(days=5)
    world.arrives()  # what opens a channel says nothing
    assert not world.due()
    assert set(world.changes()) <= {202, 204}
    world.office.settle()
    assert world.due()
    assert world.channel.heard_at == clock.now()


def test_one_channel_for_each_calendar_however_often_one_looks(world):
    for _ in range(4):
        world.a_minute_goes_by()
    assert len(world.known()) == 1
    assert PushChannel.objects.count() == 1


def test_a_channel_is_asked_for_again_before_it_ends(world):
    world.a_minute_goes_by()
    first = world.channel
    clock_at = clock.now()
    pushes.arrange(at=clock_at + timedelta(days=4))
    assert world.channel == first
    world.office.clock_says("2035-01-01 09:00")
    Calendar.objects.update(synced_at=None)
    PushChannel.objects.update(renew_at=clock.now(), ends_at=clock.now() + timedelta(hours=20))
    for each in world.known().values():
        each["until"] = clock.now() + timedelta(hours=20)
    for grant in world.service.consent.grants.values():
        grant.access = {"a": clock.now() + timedelta(days=900)}
    connection = Connection.objects.get()
    tokens.keep(connection, tokens.Tokens("a", "r", clock.now() + timedelta(days=900)))
    connection.save()
    world.a_minute_goes_by()
    assert world.channel.ends_at > clock.now() + timedelta(days=5)
    # Google's cannot be renewed: there is another. Microsoft's stays.
    assert (world.channel == first) is (world.kind == "microsoft")
    assert world.changes()
    world.office.settle()
    assert world.due()


def test_what_nobody_of_ours_asked_for_is_not_heard(world):
    world.a_minute_goes_by()
    word = pushes.word_of(world.channel.pk)
    channel_id = str(world.channel.pk)
    before = InboundEvent.objects.count()
    for made_up in (
        "",
        "x",
        word[:-1] + ("0" if word[-1] != "0" else "1"),
        f"{uuid4()}:{word.partition(':')[2]}",
    ):
        headers = {
            "X-Goog-Channel-Id": channel_id,
            "X-Goog-Channel-Token": made_up,
            "X-Goog-Resource-State": "exists",
        }
        assert world.browser.post(GOOGLE, headers=headers).status_code == 403
        body = json.dumps({"value": [{"clientState": made_up}]})
        assert world.browser.post(MICROSOFT, body, content_type="application/json").status_code == 403
    mixed = json.dumps({"value": [{"clientState": word}, {"clientState": "x"}]})
    assert world.browser.post(MICROSOFT, mixed, content_type="application/json").status_code == 403
    headers = {
        "X-Goog-Channel-Id": str(uuid4()),
        "X-Goog-Channel-Token": word,
        "X-Goog-Resource-State": "exists",
    }
    assert world.browser.post(GOOGLE, headers=headers).status_code == 403
    assert InboundEvent.objects.count() == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"value": 7}', b'{"value": [7]}', b"\xff"])
def test_a_notice_that_is_none_is_a_400(microsoft, body):
    assert microsoft.browser.post(MICROSOFT, body, content_type="application/json").status_code == 400


def test_the_question_whether_the_address_is_ours_is_answered_as_plain_text(microsoft):
    answer = microsoft.browser.post(MICROSOFT + "?validationToken=%3Cscript%3E+a%26b")
    assert (answer.status_code, answer.content) == (200, b"<script> a&b")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_notice_twice_is_one(google):
    google.a_minute_goes_by()
    google.arrives()
    headers = {
        "X-Goog-Channel-Id": str(google.channel.pk),
        "X-Goog-Channel-Token": pushes.word_of(google.channel.pk),
        "X-Goog-Resource-State": "exists",
        "X-Goog-Message-Number": "10",
    }
    for _ in range(2):
        assert google.browser.post(GOOGLE, headers=headers).status_code == 204
    assert InboundEvent.objects.filter(provider="google").count() == 1


def test_what_was_missed_is_read_and_what_ended_is_asked_for_again(microsoft):
    microsoft.a_minute_goes_by()
    first = microsoft.channel
    microsoft.service.notify(first.remote_id, {"lifecycleEvent": "missed"})
    assert microsoft.arrives() == [202]
    microsoft.office.settle()
    assert microsoft.due()
    microsoft.service.notify(first.remote_id, {"lifecycleEvent": "subscriptionRemoved"})
    del microsoft.service.subscriptions[first.remote_id]
    microsoft.arrives()
    microsoft.a_minute_goes_by()
    assert microsoft.channel != first
    assert microsoft.channel.remote_id in microsoft.service.subscriptions


def test_asked_to_authorise_again_we_renew(microsoft):
    microsoft.a_minute_goes_by()
    first = microsoft.channel
    microsoft.service.notify(first.remote_id, {"lifecycleEvent": "reauthorizationRequired"})
    microsoft.arrives()
    microsoft.a_minute_goes_by()
    assert microsoft.channel == first
    renewed = [each for each in microsoft.service.faults.asked if each.method == "PATCH"]
    assert len(renewed) == 1


def test_what_is_disconnected_is_listened_to_no_more(world):
    world.a_minute_goes_by()
    world.arrives()
    pushes.stop(world.connection, at=clock.now())
    Connection.objects.update(ended_at=clock.now(), due_at=clock.now() + timedelta(hours=1))
    world.changes()
    world.office.settle()
    assert not world.due()
    for _ in range(4):
        world.a_minute_goes_by()
    assert not PushChannel.objects.filter(ended_at=None)


def test_where_nobody_can_reach_us_nothing_is_asked_for(world, settings):
    settings.PUBLIC_BASE_URL = "http://testserver"
    world.a_minute_goes_by()
    assert not PushChannel.objects.exists()


def test_a_channel_that_is_refused_leaves_the_calendar_to_its_turn(microsoft):
    microsoft.service.reached = lambda address: None
    for _ in range(4):
        microsoft.a_minute_goes_by()
    assert microsoft.channel.remote_id == ""
    assert Connection.objects.get().state == "working"


def test_both_addresses_are_where_they_are_promised():
    assert reverse("calendar-push-google") == GOOGLE
    assert reverse("calendar-push-microsoft") == MICROSOFT
