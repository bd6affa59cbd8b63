"""A worker is killed in the midst of a mailbox: whoever goes on loses nothing, and keeps nothing twice.

A real process, killed by SIGKILL at an exact place, in a mailbox of a real Dovecot. What it leaves behind is
compared with a second client's mailbox of the same mails, at which nobody was killed.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now

from clients.models import WorkItem
from messages_app.mail import opening, original, schedule
from messages_app.models import Mail, Mailbox, MailPlace
from secretariat import clock
from secretariat.local import dovecot
from secretariat.local.outside import letters
from secretariat.outbox.models import Effect
from tests.killing import Place, works_and_is_killed
from tests.mail_program import MailProgram

pytestmark = pytest.mark.slow
THIRD = 3
ABOUTS = ["Lease", "Rent", "Deposit", "Keys", "Boiler"]
BOX, READING = "secretariat.channels.mailbox_at.MailboxAt", "messages_app.mail"
PLACES = {
    "before anything is read": Place(f"{BOX}.heads", 1, "before"),
    "a mail is fetched, and nothing of it kept": Place(f"{BOX}.raw", THIRD, "after"),
    "its original is on the disk, and no row": Place(f"{READING}.original.keep", THIRD, "after"),
    "its row is written, and not its place": Place(f"{READING}.filing.file", THIRD, "after"),
    "its place is written, and not her marks": Place(f"{READING}.herself.marked", THIRD, "before"),
    "all of it, and the folder has not moved on": Place(f"{READING}.syncing._passed", THIRD, "before"),
    "it is kept, and the next one is not": Place(f"{READING}.syncing._take", THIRD, "after"),
    "the inbox is read, and not what became of it": Place(f"{READING}.syncing._follow", 1, "before"),
    "the inbox is done, and her Sent folder is not": Place(f"{BOX}.open", 2, "before"),
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
    works_and_is_killed(PLACES[place], Effect.Queue.URGENT)
    left = Effect.objects.get(kind=schedule.LOOK, subject_id=killed.pk)
    assert left.state == "leased"
    Effect.objects.filter(pk=left.pk).update(leased_until=Now() - timedelta(seconds=1))
    office.settle()
    office.passes(5)
    assert as_it_stands(killed) == expected
    assert MailPlace.objects.filter(folder__mailbox=killed).count() == len(expected)
    killed.refresh_from_db()
    assert killed.state == "connected"
