"""A mailbox at a real Dovecot: its line is cut anywhere, its folders are numbered anew, our disk is full.

Whatever happens, each mail is kept once in the end, and its original as it lies there.
"""

import resource
import socket
import threading
from contextlib import closing, contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from messages_app.mail import opening, original, syncing
from messages_app.models import Mail, Mailbox, MailFolder, MailPlace
from secretariat import clock
from secretariat.local import dovecot
from secretariat.local.outside import letters
from tests.mail_program import MailProgram

pytestmark = pytest.mark.slow
ABOUTS = ["Lease", "Rent", "Deposit", "Keys", "Boiler"]


@pytest.fixture(scope="module")
def port():
    assert dovecot.program(), "apt-get install dovecot-imapd"
    with dovecot.running() as number:
        yield number


@pytest.fixture
def hers(port):
    """Her mail program: five mails have come, and one answer was sent."""
    program = MailProgram(port, f"her{uuid4().hex[:12]}")
    for each in ABOUTS:
        program.receives(written(each))
    program.files_as_sent(written("Re: Keys"))
    yield program
    program.closes()


@pytest.fixture
def box(okafor, port, hers, settings) -> Mailbox:
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    facts = {"address": "her@x.example", "incoming": "imap", "imap_host": "127.0.0.1", "imap_port": port}
    box = Mailbox(client=okafor.row, imap_security="none", username=hers.username, **facts)
    opening.seal(box, {"password": dovecot.PASSWORD})
    box.save()
    return box


def written(about: str) -> bytes:
    return letters.written("Dana <dana@harlow.example>", "her@x.example", about, "Words.\n" * 200).as_bytes()


def looks(box: Mailbox) -> syncing.Found:
    return syncing.look(Mailbox.objects.get(pk=box.pk), at=clock.now())


def each_is_kept_once(box: Mailbox) -> bool:
    mails = list(Mail.objects.filter(mailbox=box))
    for mail in mails:
        assert original.bytes_of(mail).replace(b"\r\n", b"\n").count(b"Words.\n") == 200
    return sorted(each.subject for each in mails) == sorted([*ABOUTS, "Re: Keys"])


@contextmanager
def cut_after(port: int, most: int):
    """A line to the server that breaks off once it has told so many bytes. Gives its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:

        def carry(source, to, left):
            with closing(source), closing(to):
                while left > 0 and (told := source.recv(min(left, 4096))):
                    to.sendall(told)
                    left -= len(told)
                for each in (source, to):
                    each.shutdown(socket.SHUT_RDWR)

        def carry_on(*what):
            try:
                carry(*what)
            except OSError:  # the other half has hung up
                return

        def let_in():
            with closing(door):
                while True:
                    try:
                        caller, _address = door.accept()
                    except OSError:  # nobody calls any more
                        return
                    server = socket.create_connection(("127.0.0.1", port))
                    threading.Thread(target=carry_on, args=(caller, server, 2**30), daemon=True).start()
                    threading.Thread(target=carry_on, args=(server, caller, most), daemon=True).start()

        threading.Thread(target=let_in, daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def test_a_line_that_is_cut_anywhere_loses_nothing_and_keeps_nothing_twice(office, box, port):
    """At first after a few words, and each time a little later, until all of it has come."""
    troubled, most = 0, 50
    while most < 40_000:
        with cut_after(port, most) as number:
            Mailbox.objects.filter(pk=box.pk).update(imap_port=number)
            troubled += looks(box).trouble != ""
        assert Mail.objects.filter(mailbox=box).count() <= len(ABOUTS) + 1
        if each_is_kept_once(box):
            break
        most += 700
    assert troubled > 5
    assert each_is_kept_once(box)
    Mailbox.objects.filter(pk=box.pk).update(imap_port=port)
    assert looks(box).new == 0
    assert MailPlace.objects.filter(folder__mailbox=box).count() == len(ABOUTS) + 1


def test_a_folder_that_is_numbered_anew_brings_nothing_twice(office, box, hers):
    looks(box)
    assert each_is_kept_once(box)
    sent = MailFolder.objects.get(mailbox=box, role=MailFolder.Role.SENT)
    lay_there = hers.sent()
    hers.there.delete(hers.SENT)
    hers.there.create(hers.SENT)
    for raw in [written("Sent before"), *lay_there]:
        hers.files_as_sent(raw)
    found = looks(box)
    anew = MailFolder.objects.get(pk=sent.pk)
    assert anew.uidvalidity != sent.uidvalidity
    assert found.new == 1
    names = Mail.objects.filter(mailbox=box).values_list("subject", flat=True)
    assert sorted(names) == sorted([*ABOUTS, "Re: Keys", "Sent before"])
    places = MailPlace.objects.filter(folder=anew).values_list("mail__subject", flat=True)
    assert sorted(places) == ["Re: Keys", "Sent before"]
    assert not Mail.objects.filter(mailbox=box, gone=True).exists()


def test_an_inbox_that_is_numbered_anew_is_followed_as_far_back_as_something_waits(office, box, hers):
    looks(box)
    inbox = MailFolder.objects.get(mailbox=box, role=MailFolder.Role.INBOX)
    office.clock_says(f"{clock.now() + timedelta(days=100):%Y-%m-%d %H:%M}")
    # As if they had had other numbers there until now: Dovecot numbers no inbox anew when asked to.
    MailFolder.objects.filter(pk=inbox.pk).update(uidvalidity=1, last_uid=700)
    MailPlace.objects.filter(folder=inbox).update(uid=F("uid") + 600)
    assert looks(box).new == 0
    places = MailPlace.objects.filter(folder=inbox).values_list("uid", "mail__subject")
    assert sorted(places) == list(enumerate(ABOUTS, start=1))
    hers.deletes("Rent")
    looks(box)
    assert Mail.objects.get(mailbox=box, gone=True).subject == "Rent"


def test_a_disk_that_is_full_is_said_and_everything_comes_once_there_is_room(office, box):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))  # as if no file had room for more
    try:
        found = looks(box)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert found.trouble == "disk"
    assert not Mail.objects.filter(mailbox=box).exists()
    assert looks(box).trouble == ""
    assert each_is_kept_once(box)
