"""A worker is killed in the midst of a mailbox: whoever goes on loses nothing, and keeps nothing twice.

A real process, killed by SIGKILL at an exact place, in a mailbox of a real Dovecot. What it leaves behind is
compared with a second client's mailbox of the same mails, at which nobody was killed.
"""

import os
import signal
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.functions import Now

from clients.models import WorkItem
from messages_app.mail import filing, herself, opening, original, schedule, syncing
from messages_app.models import Mail, Mailbox, MailPlace
from secretariat import clock, outbox
from secretariat.channels.mailbox_at import MailboxAt
from secretariat.local import dovecot
from secretariat.local.outside import letters
from secretariat.outbox.models import Effect
from tests.mail_program import MailProgram

pytestmark = pytest.mark.slow
THIRD = 3
ABOUTS = ["Lease", "Rent", "Deposit", "Keys", "Boiler"]
# Where it is killed: whose method, its name, at which call, and whether before or after it is done.
PLACES = {
    "before anything is read": (MailboxAt, "heads", 1, "before"),
    "a mail is fetched, and nothing of it kept": (MailboxAt, "raw", THIRD, "after"),
    "its original is on the disk, and no row": (original, "keep", THIRD, "after"),
    "its row is written, and not its place": (filing, "file", THIRD, "after"),
    "its place is written, and not her marks": (herself, "marked", THIRD, "before"),
    "all of it, and the folder has not moved on": (syncing, "_passed", THIRD, "before"),
    "it is kept, and the next one is not": (syncing, "_take", THIRD, "after"),
    "the inbox is read, and not what became of it": (syncing, "_follow", 1, "before"),
    "the inbox is done, and her Sent folder is not": (MailboxAt, "open", 2, "before"),
}


@pytest.fixture(scope="module")
def port():
    assert dovecot.program(), "apt-get install dovecot-imapd"
    with dovecot.running() as number:
        yield number


@pytest.fixture
def connected(office, port, settings):
    """A client with a mailbox at Dovecot that holds five mails, of which she answered one, and her answer."""
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    programs = []

    def connecting(name):
        hers = MailProgram(port, f"{name.lower()}{uuid4().hex[:12]}")
        programs.append(hers)
        made = [letters.written("Dana <dana@harlow.example>", "her@x.example", each, "?") for each in ABOUTS]
        for each in made:
            hers.receives(each.as_bytes())
        hers.marks("Rent", "\\Seen")
        hers.marks("Keys", "\\Answered")
        answered = made[ABOUTS.index("Keys")]["Message-ID"]
        answer = letters.written("her@x.example", "dana@harlow.example", "Re: Keys", "Yes.", answered)
        hers.files_as_sent(answer.as_bytes())
        box = Mailbox(
            client=office.client(name).row,
            address=f"{name.lower()}@x.example",
            incoming="imap",
            imap_host="127.0.0.1",
            imap_port=port,
            imap_security="none",
            username=hers.username,
            connected_at=clock.now() - timedelta(minutes=5),
            due_at=clock.now(),
        )
        opening.seal(box, {"password": dovecot.PASSWORD})
        box.save()
        return box

    yield connecting
    for each in programs:
        each.closes()


def works_and_is_killed(place) -> None:
    """A worker of its own process takes up what is due, and is killed there."""
    owner, name, at_call, when = place
    if (child := os.fork()) == 0:
        kept = connection.connection  # the parent's: it must not be closed from here
        connection.connection = None
        done, calls = getattr(owner, name), Counter()

        def killing(*args, **facts):
            calls[name] += 1
            if calls[name] == at_call and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = done(*args, **facts)
            if calls[name] == at_call:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        try:
            setattr(owner, name, killing)
            outbox.drain("urgent")
        finally:
            os._exit(0 if kept else 1)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was done before it came to that place"
    assert os.WTERMSIG(status) == signal.SIGKILL


def as_it_stands(mailbox) -> list[tuple]:
    """What is known of it: each mail with its place, her marks, and what is left to do about it."""
    mails = Mail.objects.filter(mailbox=mailbox).select_related("thread").prefetch_related("places__folder")
    return sorted(
        (
            mail.subject,
            mail.direction,
            mail.seen_by_client,
            mail.answered_by_client,
            mail.gone,
            (mail.thread.state, mail.thread.verdict),
            [(place.folder.role, place.uid) for place in mail.places.all()],
            WorkItem.objects.open().filter(subject_id=mail.thread_id).count(),
            original.bytes_of(mail).replace(b"\r\n", b"\n").count(b"\n") > 3,
        )
        for mail in mails
    )


@pytest.mark.parametrize("place", PLACES)
def test_whoever_goes_on_keeps_each_mail_once(office, transactional_db, connected, place):
    peaceful, killed = connected("Peaceful"), connected("Killed")
    Mailbox.objects.filter(pk=killed.pk).update(due_at=clock.now() + timedelta(days=1))
    office.settle()
    expected = as_it_stands(peaceful)
    assert sorted(each[0] for each in expected) == sorted([*ABOUTS, "Re: Keys"])

    assert schedule.now(killed.pk, at=clock.now())
    works_and_is_killed(PLACES[place])
    left = Effect.objects.get(kind=schedule.LOOK, subject_id=killed.pk)
    assert left.state == "leased"
    Effect.objects.filter(pk=left.pk).update(leased_until=Now() - timedelta(seconds=1))
    office.settle()
    office.passes(5)
    assert as_it_stands(killed) == expected
    assert MailPlace.objects.filter(folder__mailbox=killed).count() == len(expected)
    killed.refresh_from_db()
    assert killed.state == "connected"
