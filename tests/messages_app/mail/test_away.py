"""A mail server that is away is asked again soon, for what came may be urgent; and by few of us at once."""

from datetime import timedelta

import pytest

from messages_app.mail import opening, schedule, syncing
from messages_app.models import Mailbox, MailThread
from secretariat import clock
from secretariat.local.outside import letters

from .lies_elsewhere import LiesElsewhere

MINUTE = timedelta(minutes=1)


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


def a_mailbox(client, name="ngozi", **facts):
    facts = {"incoming": "imap", "imap_host": "mail.okafor.example", "due_at": clock.now()} | facts
    mailbox = Mailbox(client=client, address=f"{name}@okafor.example", connected_at=clock.now(), **facts)
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    return mailbox


@pytest.mark.parametrize(
    ("silence", "longest"),
    [
        (timedelta(0), MINUTE),
        (timedelta(minutes=20), MINUTE),
        (timedelta(hours=23), MINUTE),
        (timedelta(hours=25), 10 * MINUTE),
        (timedelta(days=9), 10 * MINUTE),
    ],
)
def test_for_a_day_it_is_asked_again_within_the_minute(office, okafor, there, silence, longest):
    mailbox = a_mailbox(okafor.row, troubled_since=clock.now() - silence, state="troubled")
    there.is_away = True
    syncing.look(mailbox, at=clock.now())
    mailbox.refresh_from_db()
    assert longest / 2 < mailbox.due_at - clock.now() <= longest


def test_after_an_outage_what_came_is_found_within_the_minute(office, okafor, there):
    mailbox = a_mailbox(okafor.row)
    office.settle()
    there.is_away = True
    office.passes(60)
    office.is_later(3 * 3600)
    mail = letters.written("dana@harlow.example", "ngozi@okafor.example", "Court", "It is moved.")
    there.inbox.add(mail.as_bytes())
    there.is_away = False
    office.passes(50)
    assert MailThread.objects.get().subject == "Court"
    mailbox.refresh_from_db()
    assert mailbox.state == "connected"


def test_those_that_are_away_do_not_keep_all_of_us_waiting(okafor):
    for number in range(5):
        a_mailbox(okafor.row, f"away{number}", state="troubled", due_at=clock.now() - MINUTE)
    well = a_mailbox(okafor.row, "well", state="connected")
    at = clock.now()
    assert schedule.ask_for_due(at=at) == 1 + schedule.AWAY_AT_MOST
    assert not schedule.elsewhere().filter(pk=well.pk, due_at__lte=at).exists()
    assert [schedule.ask_for_due(at=at) for _turn in range(3)] == [2, 1, 0]
