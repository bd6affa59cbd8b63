"""A client who has left: what was said by way of us is erased, and nobody else's; the law's records stay."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from calls.models import Call
from clients.models import Correspondent, CorrespondentAddress, Instruction
from messages_app.models import Mailbox, Message
from secretariat import clock, ids
from secretariat.books.agreements import agreeing, erasing, leaving, usual_words
from secretariat.books.models import Agreement, LeavingStep
from secretariat.ledger.models import LedgerEntry
from secretariat.outbox.models import Effect

NUMBER = "+447700900123"


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor, office.brill = office.client("Okafor Legal"), office.client("Brill Dental")
    for client, word in ((office.okafor, "canary"), (office.brill, "heron")):
        said(client, word)
    return office


def said(client, word):
    """Somebody rang and left a message; she is a VIP with a note, and an instruction names her."""
    at = clock.now()
    her = Correspondent.objects.create(client=client.row, name=f"Ms {word}", vip=True, note=f"Likes {word}")
    CorrespondentAddress.objects.create(client=client.row, correspondent=her, kind="phone", value=NUMBER)
    call = Call.objects.create(
        client=client.row,
        line=client.line,
        carrier_id=ids.uuid7().hex,
        caller_name=f"Ms {word}",
        caller_number=NUMBER,
        correspondent=her,
        state="closed",
        outcome="message",
        closed_at=at,
    )
    Message.objects.create(
        client=client.row,
        call=call,
        caller_name=f"Ms {word}",
        correspondent=her,
        text=f"The {word} sings",
        state="delivered",
        taken_at=at,
    )
    instruction = Instruction.objects.create(
        client=client.row, action="message", text=f"Ask of the {word}", written_at=at
    )
    instruction.people.add(her)


def left(firm) -> LeavingStep:
    """The agreement has ended, and everything on the list is done but what is to be erased."""
    usual = usual_words.to_begin_with()
    draft = Agreement(client=firm.okafor.row, from_on=date(2026, 9, 1), notice_days=0, **usual)
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    accepts = {"name": "Chidi Okafor", "sha256": offered.sha256, "by": firm.okafor.owner.user}
    agreement = agreeing.accept(offered, at=clock.now(), **accepts)
    ends = {"on": date(2026, 11, 30), "because": "They moved", "by": firm.helen}
    agreeing.end(agreement, at=clock.now(), **ends)
    for each in agreement.steps.exclude(kind="erase"):
        leaving.done(each, note="", by=firm.helen, at=clock.now())
    return agreement.steps.get(kind="erase")


def tables_that_hold(words: str) -> set[str]:
    """But for what leaves us and has its own, short time."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}" t WHERE strpos(t::text, %s) > 0)', [words])
            if cursor.fetchone()[0]:
                found.add(name)
    return found


def erase(firm, step, name="Okafor Legal"):
    address = reverse("agreement-erase", args=[step.pk])
    return firm.browser(firm.helen).post(address, {"name": name}, follow=True).content.decode()


def test_what_a_client_left_is_erased_and_the_client_is_told(firm):
    step = left(firm)
    of_others = tables_that_hold("heron")
    assert "messages_app_message" in tables_that_hold("canary")
    firm.clock_says("2026-12-02 10:30")
    assert (
        "To begin, type “Okafor Legal”"
        in firm.browser(firm.helen).get(reverse("agreement", args=[step.agreement_id])).content.decode()
    )
    assert "being erased" in erase(firm, step, "okafor  legal")
    firm.clock_says("2026-12-02 10:31")
    assert erasing.go_on(at=clock.now()) > 0
    assert tables_that_hold("canary") == set()
    assert tables_that_hold("heron") == of_others
    step.refresh_from_db()
    assert (step.done_by, step.note) == (firm.helen, f"Records emptied or deleted: {step.erased}")
    assert not Correspondent.objects.filter(client=firm.okafor.row).exists()
    kept = Call.objects.get(client=firm.okafor.row)
    assert (kept.outcome, kept.caller_number) == ("message", "")  # that there was a call is on the bill
    [mail] = Effect.objects.filter(kind="books.agreement_word", key__contains=":erased:")
    assert "was erased on 2 December 2026" in mail.payload["text"]
    assert LedgerEntry.objects.filter(verb="books.agreement.erasing", actor_id=firm.helen.pk).exists()
    assert erasing.go_on(at=clock.now()) == 0


def test_it_does_not_begin_before_the_last_day_nor_before_what_stands_above_it_nor_by_a_slip(firm):
    step = left(firm)
    assert "The last day of the agreement is not over." in erase(firm, step)
    firm.clock_says("2026-11-30 23:59")
    assert "The last day of the agreement is not over." in erase(firm, step)
    firm.clock_says("2026-12-01 00:01")
    assert "Nothing was erased. Type the name as it is written here: Okafor Legal" in erase(
        firm, step, "Okafor"
    )
    copied = LeavingStep.objects.filter(agreement=step.agreement, kind="return")
    copied.update(done_at=None, done_by=None)
    assert "What stands above it comes first: Data to return." in erase(firm, step)
    copied.update(done_at=clock.now(), done_by=firm.helen)
    usual = usual_words.to_begin_with()
    again = Agreement(client=firm.okafor.row, from_on=date(2026, 12, 1), **usual)
    offered = agreeing.offer(agreeing.write(again, by=firm.helen), by=firm.helen, at=clock.now())
    Agreement.objects.filter(pk=offered.pk).update(
        state="accepted", accepted_name="Chidi Okafor", accepted_at=clock.now()
    )
    assert "Another version of the agreement holds" in erase(firm, step)
    assert erasing.go_on(at=clock.now()) == 0
    assert "messages_app_message" in tables_that_hold("canary")


def test_what_still_waits_for_somebody_stays(firm):
    step = left(firm)
    Message.objects.filter(client=firm.okafor.row).update(state=Message.State.UNDELIVERED)
    firm.clock_says("2026-12-02 10:30")
    erase(firm, step)
    firm.clock_says("2026-12-02 10:31")
    erasing.go_on(at=clock.now())
    assert Message.objects.get(client=firm.okafor.row).text == "The canary sings"
    assert Call.objects.get(client=firm.okafor.row).caller_number == ""


def test_the_list_names_the_mailboxes_whose_keys_we_hold(firm):
    Mailbox.objects.create(client=firm.okafor.row, address="office@okafor.example", state="connected")
    step = left(firm)
    words = step.agreement.steps.filter(kind="access").values_list("words", flat=True)
    assert any("office@okafor.example" in each for each in words)
