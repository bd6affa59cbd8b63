"""What has been kept long enough goes, and nothing else does."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from calls.models import Call, PutThrough, Voicemail
from clients.models import Correspondent, WorkItem
from messages_app import drafts, taking
from messages_app.models import InboundText, Message
from secretariat import clock, outbox
from secretariat.ledger.models import LedgerEntry
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm, Invitation
from secretariat.outbox import posting, working
from secretariat.outbox.models import Effect
from secretariat.retention import ending, registry
from secretariat.retention.rounds import end_what_is_over

pytestmark = pytest.mark.django_db
CALLER = "+447700900123"
TWO_YEARS_ON = "2028-12-01 10:30"


def sweep():
    while end_what_is_over() + working.empty_old_bodies():
        pass


def tables_that_hold(words: str) -> list[str]:
    """Every table of the database in which these words stand somewhere."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}" t WHERE strpos(t::text, %s) > 0)', [words])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def message(office, okafor, priya):
    """Somebody rang, and what she said has reached the client."""
    leg = office.rings(okafor, caller=CALLER)
    office.answers(priya)
    office.passes(20)
    call = Call.objects.get()
    drafts.save(call=call, by=priya.user, values={"text": "The canary sings"}, revision=0)
    office.hangs_up(leg)
    taken = taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="Canaria Finch",
        caller_firm="",
        call_back_on=CALLER,
        text="The canary sings",
    )
    office.settle()
    taken.refresh_from_db()
    assert taken.state == Message.State.DELIVERED
    return taken


def test_after_its_time_nothing_of_a_conversation_is_left_but_that_there_was_one(
    office, message, priya, okafor
):
    assert "messages_app_message" in tables_that_hold("Canaria Finch")
    assert "calls_call" in tables_that_hold(CALLER)
    before = Call.objects.get()
    office.clock_says(TWO_YEARS_ON)
    sweep()
    left = {words: tables_that_hold(words) for words in ("Canaria", "canary sings", CALLER, CALLER[1:])}
    assert {words for words, tables in left.items() if tables} == set(), left

    emptied, call = Message.objects.get(), Call.objects.get()
    facts = ("taken_at", "state", "version")
    assert [getattr(emptied, name) for name in facts] == [getattr(message, name) for name in facts]
    facts = ("rang_at", "closed_at", "outcome")
    assert [getattr(call, name) for name in facts] == [getattr(before, name) for name in facts]
    assert Correspondent.objects.count() == 0

    told = LedgerEntry.objects.filter(verb="retention.ended").values_list("subject_id", "detail")
    assert dict(told) == {"calls": {"rows": 1}, "messages": {"rows": 1}, "address book": {"rows": 1}}

    desk, portal = office.browser(priya), office.browser(okafor.owner)
    for browser, page in ((desk, "messages-message"), (portal, "messages-portal-message")):
        shown = browser.get(reverse(page, args=[message.pk])).content.decode()
        assert "The words of this message are no longer kept." in shown
    for browser, page in ((desk, "calls-record"), (portal, "portal-call")):
        shown = browser.get(reverse(page, args=[call.pk])).content.decode()
        assert "A caller of long ago" in shown


@pytest.fixture
def said(okafor):
    """The rows of a call and its message, as they are two years before."""
    at = clock.now()
    call = Call.objects.create(
        client=okafor.row,
        line=okafor.row.lines.get(),
        carrier_id="CA1",
        caller_number=CALLER,
        state="closed",
        outcome="message",
        closed_at=at,
    )
    return Message.objects.create(
        client=okafor.row, call=call, text="The canary sings", state="delivered", taken_at=at
    )


def is_left() -> bool:
    """Whether both still say what was said; never only one of them."""
    words, number = Message.objects.get().text, Call.objects.get().caller_number
    assert bool(words) == bool(number)
    return bool(words)


def test_before_its_time_every_word_is_there(office, said):
    office.clock_says("2028-11-20 10:30")
    sweep()
    assert is_left()
    office.clock_says("2028-11-25 10:30")
    sweep()
    assert not is_left()


def test_a_firm_that_sets_no_figure_keeps_everything(office, said):
    Firm.current()
    Firm.objects.update(conversations_kept_days=None)
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert is_left()
    Firm.objects.update(conversations_kept_days=800)
    sweep()
    assert is_left()
    Firm.objects.update(conversations_kept_days=30)
    sweep()
    assert not is_left()


def test_of_a_stranger_she_was_put_through_to_the_name_and_number_go_too(office, said):
    PutThrough.objects.create(
        client=said.client,
        call=said.call,
        name="Canaria Finch",
        way="ask",
        state="done",
        numbers=[{"number": CALLER}],
        ended_at=clock.now(),
    )
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert not is_left()
    put = PutThrough.objects.get()
    assert (put.to_name, put.numbers) == ("—", [])


def test_a_message_that_reached_nobody_stays_however_old(office, said):
    Message.objects.update(state=Message.State.UNDELIVERED)
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert Message.objects.get().text == "The canary sings"


@pytest.mark.parametrize("kept", [{"vip": True}, {"blocked": True}, {"note": "Speaks slowly"}])
def test_whom_the_client_marked_stays_in_the_address_book(office, okafor, kept):
    Correspondent.objects.create(client=okafor.row, name="Finch", **kept)
    Correspondent.objects.create(client=okafor.row, name="Wren", created_at=clock.now())
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert [person.name for person in Correspondent.objects.all()] == ["Finch"]


def test_a_caller_who_rang_again_stays_in_the_address_book(office, okafor, said):
    her = Correspondent.objects.create(client=okafor.row, name="Finch")
    office.clock_says("2028-11-01 10:30")
    Call.objects.create(client=okafor.row, line=okafor.row.lines.get(), carrier_id="CA2", correspondent=her)
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert Correspondent.objects.count() == 1


def test_a_rule_that_fails_keeps_no_other_waiting(office, said, monkeypatch):
    def fails(rule, *, at):
        if rule.name == "calls":
            raise RuntimeError
        return end(rule, at=at)

    end = ending.end
    monkeypatch.setattr(ending, "end", fails)
    office.clock_says(TWO_YEARS_ON)
    assert end_what_is_over() > 0
    assert Message.objects.get().text == ""
    with pytest.raises(RuntimeError):
        sweep()


def test_a_round_takes_so_many_and_the_next_goes_on(office, okafor):
    for number in range(3):
        InboundText.objects.create(
            number=CALLER, to_number="+44", words="hello", carrier_id=f"{number}", read_at=clock.now()
        )
    rule = next(rule for rule in registry.rules() if rule.name == "texts")
    office.clock_says(TWO_YEARS_ON)
    at = clock.now()
    assert [ending.end(rule, at=at, at_most=2) for _ in range(3)] == [2, 1, 0]


# What leaves and what comes in


def test_a_day_after_it_was_sent_the_words_are_gone_and_their_hash_stays(office):
    office.clock_says("2026-11-24 10:30")
    sent = outbox.post("office.code", key="sent", payload={"to": CALLER, "words": "naïve"})
    Effect.objects.update(state="done", attempts=1, receipt="SM1")
    office.clock_says("2026-11-25 10:00")
    sweep()
    sent.refresh_from_db()
    assert sent.payload["to"] == CALLER
    office.clock_says("2026-11-25 11:00")
    sweep()
    sent.refresh_from_db()
    assert (sent.payload, sent.state, sent.receipt) == ({}, "done", "SM1")
    assert sent.payload_hash == sha256('{"to": "+447700900123", "words": "naïve"}'.encode()).hexdigest()
    assert sent.emptied_at
    assert outbox.describe(sent)


def test_what_waits_or_could_not_be_sent_keeps_its_words(office):
    office.clock_says("2026-11-24 10:30")
    waits, dead = (outbox.post("office.code", key=key, payload={"to": CALLER}) for key in ("waits", "dead"))
    Effect.objects.filter(pk=dead.pk).update(state="dead", changed_at=clock.Now())
    office.clock_says("2027-02-20 10:30")
    sweep()
    for effect in (waits, dead):
        effect.refresh_from_db()
        assert effect.payload == {"to": CALLER}
    assert outbox.post_again(dead).payload == {"to": CALLER}
    office.clock_says("2027-02-23 10:30")
    sweep()
    dead.refresh_from_db()
    assert dead.payload == {}
    with pytest.raises(posting.NoLongerKept):
        outbox.post_again(dead)


def test_what_its_kind_has_not_written_down_yet_keeps_its_words(office):
    office.clock_says("2026-11-24 10:30")
    sent = outbox.post("office.code", key="sent", payload={"to": CALLER})
    Effect.objects.update(state="done", attempts=1, is_settled=False)
    office.clock_says("2026-11-29 10:30")
    sweep()
    sent.refresh_from_db()
    assert sent.payload == {"to": CALLER}


# Recordings


@pytest.fixture
def recording(office, okafor):
    """A caller left a voicemail, and somebody is to hear it."""
    leg = office.rings(okafor, caller=CALLER)
    office.passes(30)
    office.carrier.control.say(leg, "The lease has come back.")
    office.passes(10)
    office.carrier.control.press(leg, "#")
    office.passes(5)
    office.hangs_up(leg)
    assert WorkItem.objects.open().filter(kind="calls.voicemail").exists()
    return MediaFile.objects.get()


def test_a_voicemail_goes_when_its_time_is_over_and_somebody_has_heard_it(office, priya, recording):
    office.clock_says("2027-04-01 10:30")
    sweep()
    recording.refresh_from_db()
    assert recording.deleted_at is None, "somebody is still to hear it"
    WorkItem.objects.update(done_at=clock.now())
    sweep()
    recording.refresh_from_db()
    assert recording.deleted_at
    page = office.browser(priya).get(reverse("calls-record", args=[Call.objects.get().pk]))
    assert "The recording is no longer kept." in page.content.decode()
    assert (bytes(recording.sealed_key), recording.name) == (b"", "")
    assert Voicemail.objects.get().seconds


# Sign-ins


def test_sign_ins_that_ran_out_are_deleted_and_open_ones_stay(office, okafor, priya):
    browser = office.browser(priya)
    open_one = browser.session.session_key
    Session.objects.create(
        session_key="old", session_data="x", expire_date=timezone.now() - timedelta(seconds=1)
    )
    office.clock_says(TWO_YEARS_ON)  # the office's clock is not the sign-ins'
    sweep()
    assert list(Session.objects.values_list("session_key", flat=True)) == [open_one]


def test_old_invitations_and_old_lines_of_the_admin_are_deleted(office, okafor, priya):
    at = clock.now()
    Invitation.objects.create(
        email="new@example.com", name="New", gives="sign_in", invited_at=at, expires_at=at + timedelta(days=3)
    )
    LogEntry.objects.create(
        user=priya.user, action_flag=2, object_repr="Dana", action_time=at, change_message="[]"
    )
    office.clock_says("2027-02-01 10:30")
    sweep()
    assert (Invitation.objects.count(), LogEntry.objects.count()) == (1, 1)
    office.clock_says(TWO_YEARS_ON)
    sweep()
    assert (Invitation.objects.count(), LogEntry.objects.count()) == (0, 0)
