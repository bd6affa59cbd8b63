"""What a day shows as left without a result: calls, mails, letters and pieces of work, while it is so."""

import pytest
from django.urls import reverse

from calls import wrap_up
from calls.models import Call
from clients import going_home, work
from clients.models import WorkItem
from messages_app.answering import drafting
from messages_app.answering import hours as of_mail
from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, Mailbox, MailThread, OutgoingMail
from secretariat import clock
from secretariat.books import hours
from secretariat.books.supervision import seeing
from secretariat.ids import uuid7
from secretariat.office.contracts import holding
from secretariat.office.models import Presence

from .conftest import local, worked


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor)
    office.maya = office.secretary("Maya", office.okafor)
    return office


def left(firm, whose=None) -> tuple[str, ...]:
    """What her day of 24 November shows."""
    her, at = whose or firm.priya, clock.now()
    first = local("2026-11-24 12:00").date()
    days = seeing.of([firm.priya, firm.maya], first, holding.today(her, at), at=at)
    return days[her.pk][-1].without_result


@pytest.fixture
def thread(firm):
    mailbox = Mailbox.objects.create(
        client=firm.okafor.row, address="ngozi@okafor.example", name="Ngozi Okafor", incoming="ours"
    )
    return MailThread.objects.create(
        client=firm.okafor.row,
        mailbox=mailbox,
        subject="Hours",
        subject_key="hours",
        address="dana@harlow.example",
    )


def begun(firm, thread) -> OutgoingMail:
    """She answers, and writes for a minute."""
    draft = drafting.answer(thread, by=firm.priya.user, at=clock.now())
    of_mail.opened(draft, by=firm.priya.user, at=clock.now())
    firm.passes(60)
    values = draft.values | {"words": "We open at nine."}
    drafting.save(draft, by=firm.priya.user, at=clock.now(), values=values, revision=0)
    return draft


def test_a_mail_begun_and_not_sent_until_it_is(firm, thread):
    draft = begun(firm, thread)
    assert left(firm) == ()  # she writes it just now
    firm.is_later(3600)
    assert left(firm) == ("1 mail begun and not sent",)
    assert left(firm, firm.maya) == ()
    of_mail.opened(draft, by=firm.priya.user, at=clock.now())  # what was written before is kept by now
    firm.is_later(3600)
    assert left(firm) == ("1 mail begun and not sent",)
    for who, name, args in (
        (firm.helen, "supervision", []),
        (firm.helen, "supervision-of", [firm.priya.pk]),
        (firm.priya, "my-supervision", []),
    ):
        page = firm.browser(who).get(reverse(name, args=args)).content.decode()
        assert "1 mail begun and not sent" in page, name
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    assert left(firm) == ()


def test_an_answer_that_was_thrown_away_until_its_mail_is_seen_to(firm, thread):
    drafting.drop(begun(firm, thread), by=firm.priya.user, at=clock.now())
    assert left(firm) == ("1 mail begun and not sent",)
    MailThread.objects.update(state=MailThread.State.DONE)  # somebody rang him instead
    assert left(firm) == ()


def test_a_letter_until_it_lies_before_the_client(firm):
    Letterhead.objects.create(client=firm.okafor.row, name="Okafor Legal", signer="Ada Okafor")
    lettering.begin(firm.okafor.row, by=firm.priya.user, at=clock.now())
    firm.is_later(3600)
    assert left(firm) == ("1 letter begun and not finished",)
    Letter.objects.update(state=Letter.State.ASKED)
    assert left(firm) == ()


@pytest.fixture
def item(firm) -> WorkItem:
    return work.open_item(
        "calls.unfinished",
        subject=("calls.call", uuid7()),
        client=firm.okafor.row,
        because="A call ended without a message.",
    )


UNDONE = ("1 piece of work taken and left undone",)


def test_work_put_back_until_somebody_takes_it(firm, item):
    assert work.claim(item, by=firm.priya.user, version=0)
    assert left(firm) == ()  # she has it
    assert work.put_back(item, by=firm.priya.user)
    assert left(firm) == UNDONE
    assert work.claim(item, by=firm.maya.user, version=item.version)
    assert left(firm) == ()
    assert left(firm, firm.maya) == ()


def test_work_that_lies_with_her_the_day_after_unless_it_is_promised_for_later(firm, item):
    assert work.claim(item, by=firm.priya.user, version=0)
    firm.clock_says("2026-11-25 09:00")
    assert left(firm) == UNDONE
    work.promise(item, local("2026-11-26 12:00"))
    assert left(firm) == ()
    firm.clock_says("2026-11-26 12:30")
    assert left(firm) == UNDONE
    work.finish(item, by=firm.priya.user, outcome="Rang him")
    assert left(firm) == ()


def test_work_she_gave_on_with_a_note_is_not_left_and_what_went_back_by_itself_is(firm, item):
    assert work.claim(item, by=firm.priya.user, version=0)
    work.hand(item, to=None, by=firm.priya.user, note="He is there from two on")
    assert left(firm) == ()
    again = work.open_item("calls.unfinished", subject=("calls.call", uuid7()), client=firm.okafor.row)
    assert work.claim(again, by=firm.priya.user, version=0)
    Presence.objects.filter(secretary=firm.priya).update(state=Presence.State.OFF, since=clock.now())
    firm.clock_says("2026-11-24 18:30")
    assert going_home.release_what_was_left(at=clock.now()) == 1
    assert left(firm) == UNDONE


def test_a_call_without_a_message(firm):
    leg = firm.rings(firm.okafor)
    firm.answers(firm.priya)
    firm.passes(120)
    firm.hangs_up(leg)
    call = Call.objects.get()
    wrap_up.close_without_message(call, "wrong_number", by=firm.priya.user, at=call.ended_at)
    assert left(firm) == ("1 call without a message",)


def test_the_work_of_a_day_counts_as_it_was_corrected(firm):
    record = worked(firm.okafor, firm.priya, "2026-11-24 08:00", 3600)
    facts = {"because": "The line stayed open", "by": firm.priya.user, "at": clock.now()}
    hours.correct(record, started_at=local("2026-11-24 08:00"), ended_at=local("2026-11-24 08:15"), **facts)
    hours.add(
        firm.priya,
        client=firm.okafor.row,
        started_at=local("2026-11-24 09:00"),
        ended_at=local("2026-11-24 09:30"),
        **facts,
    )
    day = local("2026-11-24 12:00").date()
    [shown] = seeing.of([firm.priya], day, day, at=clock.now())[firm.priya.pk]
    assert shown.worked.total_seconds() == 45 * 60
