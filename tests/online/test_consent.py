"""A client lets us into her calendar, and takes it back: the way there, the way home, and what stays here."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from calendar_app import giving_back, tokens
from calendar_app import online as services
from calendar_app.elsewhere import Refused, Throttled, Unreachable, web
from calendar_app.models import Calendar, Connection, Diary
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.local.online.in_process import Online
from secretariat.local.online.wire import Reply
from secretariat.outbox.models import Effect

KINDS = ("google", "microsoft")


@pytest.fixture
def there(office):
    made = Online(clock.now)
    with web.transported_by(made):
        yield made


@pytest.fixture
def harlow(office):
    client = office.client("Harlow & Sons")
    Diary.objects.create(client=client.row)
    return client


class Person:
    """Somebody at her browser, who may be asked by the service."""

    def __init__(self, office, there, client, contact=None):
        self.diary = Diary.objects.get(client=client.row)
        self.browser = office.browser(contact or client.owner)
        self.there = there

    def service(self, kind):
        return getattr(self.there, kind)

    def sets_out(self, kind, **asked):
        """Follow the link; where she ends up, and what she is asked there."""
        answer = self.browser.get(reverse(f"calendars-{kind}", args=[self.diary.pk]), asked)
        if answer.status_code != 302:
            return answer, {}
        parts = urlsplit(answer["Location"])
        return answer, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def comes_back(self, address):
        parts = urlsplit(address)
        return self.browser.get(f"{parts.path}?{parts.query}", headers={"host": parts.netloc})

    def connects(self, kind, account="anna@harlow.example", **asked):
        _answer, query = self.sets_out(kind, **asked)
        return self.comes_back(self.service(kind).consent.agree(query, account))


@pytest.fixture
def anna(office, there, harlow):
    return Person(office, there, harlow)


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_connects_her_calendar(anna, there, harlow, kind):
    answer = anna.connects(kind)
    connection = Connection.objects.get(client=harlow.row)
    choose = reverse("calendars-choose", args=[connection.pk])
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (303, choose)
    assert (connection.kind, connection.state) == (kind, "new")
    assert connection.username == "anna@harlow.example"
    [calendar] = Calendar.objects.filter(connection=connection)
    assert calendar.counts_as_busy
    assert not calendar.is_written_to
    assert calendar.name.encode() in anna.browser.get(answer["Location"]).content
    entry = LedgerEntry.objects.get(verb="calendar.connected")
    assert entry.client_id == harlow.row.pk
    assert tokens.adapter(connection).calendars()[0].remote_id == calendar.remote_id


@pytest.mark.parametrize("kind", KINDS)
def test_the_service_is_asked_for_no_more_than_is_needed(anna, kind):
    answer, query = anna.sets_out(kind)
    assert urlsplit(answer["Location"]).hostname in ("accounts.google.com", "login.microsoftonline.com")
    assert query["code_challenge_method"] == "S256"
    assert query["redirect_uri"].endswith("/portal/calendars/online/back/")
    if kind == "google":
        assert set(query["scope"].split()) == {
            "https://www.googleapis.com/auth/calendar.events",
            "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
        }
        assert (query["access_type"], query["prompt"]) == ("offline", "consent")
    else:
        assert set(query["scope"].split()) == {
            "offline_access",
            "https://graph.microsoft.com/Calendars.ReadWrite",
        }


def test_nothing_that_opens_a_calendar_lies_open(anna, there):
    anna.connects("google")
    connection = Connection.objects.get()
    secret = tokens.secret_of(connection)
    sealed = bytes(connection.sealed_secret)
    assert secret["refresh_token"]
    assert secret["refresh_token"].encode() not in sealed
    assert secret["access_token"].encode() not in sealed


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_does_not_agree_changes_nothing(anna, there, kind):
    _answer, query = anna.sets_out(kind)
    answer = anna.comes_back(there.google.consent.refuse(query | {"client_id": "client-id"}))
    assert answer.status_code == 200
    assert b"Nothing has changed" in answer.content
    assert not Connection.objects.exists()


def test_a_box_left_unticked_is_said_in_words(anna, there):
    _answer, query = anna.sets_out("google")
    only = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
    answer = anna.comes_back(there.google.consent.agree(query, "anna@harlow.example", scope=only))
    assert b"Tick both there" in answer.content
    assert not Connection.objects.exists()


def test_a_return_works_once_and_only_for_whoever_set_out(office, anna, there, harlow):
    _answer, query = anna.sets_out("google")
    home = there.google.consent.agree(query, "anna@harlow.example")
    rival = office.client("Rival")
    Diary.objects.create(client=rival.row)
    assert Person(office, there, rival).comes_back(home).status_code == 400
    assert anna.comes_back(home).status_code == 303
    assert anna.comes_back(home).status_code == 400
    assert Connection.objects.count() == 1


def test_a_return_that_is_made_up_or_late_is_none(office, anna, there):
    back = reverse("calendars-online-back")
    assert anna.browser.get(back, {"code": "x", "state": "made up"}).status_code == 400
    assert anna.browser.get(back).status_code == 400
    _answer, query = anna.sets_out("google")
    home = there.google.consent.agree(query, "anna@harlow.example")
    state = parse_qs(urlsplit(home).query)["state"][0]
    assert anna.browser.get(back, {"code": "of another", "state": state}).status_code == 200
    assert not Connection.objects.exists()


def test_she_goes_on_where_she_is_signed_in_and_nowhere_else(anna, there):
    """The registered address may be another of our names than hers."""
    answer = anna.browser.get(
        reverse("calendars-google", args=[anna.diary.pk]), headers={"host": "client.localhost:8000"}
    )
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    home = there.google.consent.agree(query, "anna@harlow.example")
    sent_on = anna.comes_back(home)
    assert sent_on.status_code == 302
    assert sent_on["Location"].startswith("http://client.localhost:8000/portal/calendars/online/back/?")
    assert anna.comes_back(sent_on["Location"]).status_code == 303


def test_a_service_the_office_has_not_set_up_is_said_so(anna, settings):
    settings.GOOGLE_CLIENT_ID = ""
    answer, _query = anna.sets_out("google")
    assert answer.status_code == 200
    assert b"the office has not set it up" in answer.content


def test_a_service_that_does_not_answer_leaves_nothing_half(anna, there):
    _answer, query = anna.sets_out("microsoft")
    home = there.microsoft.consent.agree(query, "anna@harlow.example")
    there.microsoft.faults.coming = [Reply(500)]
    answer = anna.comes_back(home)
    assert b"did not answer" in answer.content
    assert not Connection.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_broke_is_connected_again_and_stays_the_same(anna, there, harlow, kind):
    anna.connects(kind)
    connection = Connection.objects.get()
    Connection.objects.update(state="refused", trouble="Google no longer lets us in.")
    Calendar.objects.update(is_written_to=True)
    anna.connects(kind, again=connection.pk)
    connection.refresh_from_db()
    assert (connection.state, connection.trouble) == ("new", "")
    assert Calendar.objects.get().is_written_to


def test_another_account_does_not_take_its_place(anna, there):
    anna.connects("google")
    connection = Connection.objects.get()
    answer = anna.connects("google", "somebody@else.example", again=connection.pk)
    assert "this calendar is of anna@harlow.example" in answer.content.decode()
    assert Calendar.objects.count() == Connection.objects.count() == 1


def test_the_page_says_what_is_set_up_and_what_can_be_connected_again(anna, settings):
    anna.connects("google")
    connection = Connection.objects.get()
    page = anna.browser.get(reverse("calendars")).content.decode()
    assert f"?again={connection.pk}" in page
    assert "It is being read for the first time." in page
    settings.MICROSOFT_CLIENT_ID = ""
    assert "Not set up by the office yet." in anna.browser.get(reverse("calendars")).content.decode()


# --- Tokens ------------------------------------------------------------------------------------------------


@pytest.fixture(params=KINDS)
def opened(request, anna, there, harlow):
    anna.connects(request.param)
    connection = Connection.objects.get()
    return Opened(connection, getattr(there, request.param))


class Opened:
    def __init__(self, connection, service):
        self.connection, self.service = connection, service
        self.token = tokens.OfConnection(connection.pk, services.of(connection.kind))

    def ends_in(self, seconds):
        self.connection.refresh_from_db()
        secret = tokens.secret_of(self.connection)
        secret["expires_at"] = (clock.now() + timedelta(seconds=seconds)).isoformat()
        tokens.seal(self.connection, secret)
        self.connection.save()

    @property
    def refreshes(self):
        asked = [each.form for each in self.service.faults.asked if each.path.endswith("/token")]
        return [each for each in asked if each.get("grant_type") == "refresh_token"]

    @property
    def secret(self):
        return tokens.secret_of(Connection.objects.get())


def test_a_token_is_used_until_shortly_before_it_ends(opened):
    first = opened.token("")
    assert opened.token("") == first
    assert not opened.refreshes
    opened.ends_in(240)
    second = opened.token("")
    assert second != first
    assert opened.service.consent.account_of(second) == "anna@harlow.example"
    assert opened.token("") == second
    assert len(opened.refreshes) == 1


def test_a_new_refresh_token_takes_the_old_ones_place(opened):
    before = opened.secret["refresh_token"]
    opened.ends_in(0)
    opened.token("")
    after = opened.secret["refresh_token"]
    assert after in opened.service.consent.grants
    assert (after == before) is (opened.connection.kind == "google")  # Google keeps the one there is
    opened.ends_in(0)
    opened.token("")
    assert opened.refreshes[-1]["refresh_token"] == after


def test_a_token_that_was_refused_is_renewed_though_it_looks_good(opened):
    first = opened.token("")
    assert opened.token(first) != first


def test_one_renews_and_the_others_go_on_or_come_back(opened):
    first = opened.token("")
    opened.ends_in(60)
    Connection.objects.update(renewing_until=clock.now() + timedelta(days=1000))
    assert opened.token("") == first  # good for a minute yet
    opened.ends_in(-1)
    Connection.objects.update(renewing_until=clock.now() + timedelta(days=1000))
    with pytest.raises(Throttled):
        opened.token("")
    assert not opened.refreshes
    Connection.objects.update(renewing_until=clock.now() - timedelta(days=1000))  # whoever had it died
    assert opened.token("") != first


def test_consent_taken_back_is_a_refusal(opened):
    opened.service.consent.take_back("anna@harlow.example")
    opened.ends_in(0)
    with pytest.raises(Refused):
        opened.token("")
    assert Connection.objects.get().renewing_until is None


def test_a_service_that_is_away_lets_the_token_be_used_to_its_end(opened):
    first = opened.token("")
    opened.ends_in(60)
    opened.service.faults.coming = ["away"]
    assert opened.token("") == first
    opened.ends_in(-1)
    opened.service.faults.coming = ["away"]
    with pytest.raises(Unreachable):
        opened.token("")
    assert opened.token("")


def test_a_disconnected_calendar_is_not_opened(opened):
    Connection.objects.update(ended_at=clock.now())
    with pytest.raises(Refused):
        opened.token("")


def test_what_we_give_back_opens_nothing_any_more(opened):
    secret = opened.secret
    tokens.revoke(services.of(opened.connection.kind), secret)
    known = opened.service.consent.account_of(secret["access_token"])
    # Microsoft has no such address: she ends it in her own account.
    assert known is None if opened.connection.kind == "google" else known


def test_disconnected_we_give_back_what_opened_it(office, opened):
    secret = opened.secret
    with transaction.atomic():
        gave = giving_back.give_back(Connection.objects.get())
        Connection.objects.update(ended_at=clock.now(), sealed_secret=b"", state="ended")
    opened.service.faults.coming = ["away"] if gave else []
    effects = Effect.objects.filter(kind=giving_back.REVOKE)
    assert gave is effects.exists() is (opened.connection.kind == "google")
    assert not any(secret["refresh_token"] in str(each.payload) for each in effects)
    for _ in range(3):  # nobody is there at first
        office.settle()
        Effect.objects.filter(state="pending").update(due_at=clock.now())
    known = opened.service.consent.account_of(secret["access_token"])
    assert (known is None) is gave
    assert list(effects.values_list("state", flat=True)) == ["done"] * gave
