"""Waiting at clients' mailboxes to be told at once that something came (IDLE, RFC 2177).

Being told only hastens the look that is due within the minute anyway. One of several sweeps waits at a
mailbox: whoever holds the lease on its row. No connection to the database is kept while waiting.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from messages_app.models import Mailbox, MailFolder
from secretariat import clock
from secretariat.channels.mailbox_at import Opened, Refused, Unreachable
from secretariat.outbox.naming import fault_name

from . import opening, schedule

logger = logging.getLogger(__name__)
MOST = 200  # mailboxes at which one sweep waits; the others are looked into in turn
LOOK_EVERY = 5.0  # seconds between looks for mailboxes at which nobody waits
SLICE = 2.0  # seconds of one wait, so that a sweep that is told to stop does
LEASE = timedelta(seconds=60)
RENEW_AFTER = 20.0
LONGEST = 24 * 60.0  # seconds of one IDLE; servers end it after half an hour
FOLDER = "INBOX"
RESTING = 60.0  # seconds until a mailbox that could not be waited at is tried again


def keep_waiting(stopping: threading.Event) -> None:
    """Have a thread at each mailbox until told to stop, and then wait for them to end."""
    threads: dict = {}
    rest_until: dict = {}
    while not stopping.is_set():
        threads = {pk: each for pk, each in threads.items() if each.is_alive()}
        for mailbox in _free(exclude=threads)[: MOST - len(threads)]:
            if time.monotonic() < rest_until.get(mailbox.pk, 0) or not _lease(mailbox.pk):
                continue
            rest_until[mailbox.pk] = time.monotonic() + RESTING
            threads[mailbox.pk] = threading.Thread(
                target=_wait_at, args=(mailbox, stopping), name=f"wait-{mailbox.pk}", daemon=True
            )
            threads[mailbox.pk].start()
        _let_go()
        stopping.wait(LOOK_EVERY)
    for each in threads.values():
        each.join(SLICE * 3)


def _free(exclude) -> list[Mailbox]:
    """Mailboxes that work, and at which nobody waits."""
    nobody = Q(watched_until=None) | Q(watched_until__lt=Now())
    working = schedule.elsewhere().filter(nobody, state=Mailbox.State.CONNECTED)
    return list(working.exclude(pk__in=list(exclude)).order_by("connected_at")[:MOST])


def _lease(mailbox_id) -> bool:
    nobody = Q(watched_until=None) | Q(watched_until__lt=Now())
    return bool(schedule.elsewhere().filter(nobody, pk=mailbox_id).update(watched_until=Now() + LEASE))


def _renew(mailbox_id) -> bool:
    """Whether somebody is still to wait there."""
    try:
        held = schedule.elsewhere().filter(pk=mailbox_id, state=Mailbox.State.CONNECTED)
        return bool(held.update(watched_until=Now() + LEASE))
    finally:
        _let_go()


def _let_go() -> None:
    """Many wait, and each for long: none keeps a connection meanwhile."""
    if not connection.in_atomic_block:
        connection.close()


def _wait_at(mailbox: Mailbox, stopping: threading.Event) -> None:
    try:
        with opening.opened(mailbox) as there:
            if there.can_wait:
                wait(mailbox.pk, there, stopping)
    except (Refused, Unreachable) as trouble:  # the look that is due will say so where it is seen
        logger.info("nobody waits at a mailbox", extra={"mailbox": str(mailbox.pk), "why": trouble.code})
    except Exception as fault:
        logger.error("waiting fell", extra={"mailbox": str(mailbox.pk), "fault": fault_name(fault)})
    finally:
        try:
            Mailbox.objects.filter(pk=mailbox.pk).update(watched_until=None)
        finally:
            _let_go()


def _is_read(mailbox_id, opened: Opened) -> bool:
    """Whether everything that lies there has been read."""
    inbox = MailFolder.objects.filter(mailbox=mailbox_id, role=MailFolder.Role.INBOX)
    return inbox.filter(uidvalidity=opened.uidvalidity, last_uid__gte=opened.uidnext - 1).exists()


def wait(mailbox_id, there, stopping: threading.Event) -> None:
    """Wait with this sign-in, and have the mailbox looked into whenever its server tells of something."""
    opened = there.open(FOLDER)
    began = renewed = time.monotonic()
    there.begin_waiting()
    try:
        if not _is_read(mailbox_id, opened):  # it came after the last look, and before anybody waited
            schedule.now(mailbox_id, at=clock.now())
        _let_go()
        while not stopping.is_set() and time.monotonic() - began < LONGEST:
            if there.waited(SLICE):
                schedule.now(mailbox_id, at=clock.now())
                _let_go()
            if time.monotonic() - renewed > RENEW_AFTER:
                renewed = time.monotonic()
                if not _renew(mailbox_id):
                    break
    finally:
        there.end_waiting()
