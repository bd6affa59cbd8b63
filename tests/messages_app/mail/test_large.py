"""A mail too large to be held in memory: its original is kept whole, and of the rest a person is told."""

import email
import random
import tracemalloc
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.urls import reverse

from clients.models import WorkItem
from messages_app.mail import large, opening, original, reading, syncing
from messages_app.models import Mail, Mailbox, MailFolder
from secretariat import clock, mail_parts, media
from secretariat.channels.mailbox_at import Head, NotTold
from secretariat.local import dovecot
from secretariat.local.outside import letters
from secretariat.media import storing
from secretariat.media.models import MediaFile
from tests.mail_program import MailProgram

from .lies_elsewhere import LiesElsewhere

HERS = "ngozi@okafor.example"
SIZE = 300_000


@pytest.fixture
def small(monkeypatch, settings, tmp_path):
    """What counts as large is little."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(mail_parts, "MOST_BYTES", 100_000)
    for each in (large, original, reading):
        monkeypatch.setattr(each, "BEGINNING", 20_000)


@pytest.fixture
def there(monkeypatch, small):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


@pytest.fixture
def looked(okafor, there):
    """Her mailbox, which was empty when it was connected."""
    mailbox = Mailbox(
        client=okafor.row,
        address=HERS,
        incoming="imap",
        imap_host="mail.okafor.example",
        connected_at=clock.now(),
        due_at=clock.now(),
    )
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())
    return mailbox


@pytest.fixture
def look(looked):
    def looking():
        looked.refresh_from_db()
        found = syncing.look(looked, at=clock.now())
        looked.refresh_from_db()
        return found

    return looking


def film(size=SIZE, *, about="The film", seed=1) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Dana Reyes <dana@harlow.example>", HERS, about
    letter["Message-ID"] = f"<{about.replace(' ', '-')}@harlow.example>"
    letter.set_content("Here is the film of the roof.")
    content = random.Random(seed).randbytes(size)
    letter.add_attachment(content, maintype="video", subtype="mp4", filename="roof.mp4")
    return letter


def as_it_lies(letter: EmailMessage) -> bytes:
    return letter.as_bytes(policy=letter.policy.clone(linesep="\r\n"))


def taken(browser, mail) -> bytes:
    """“The mail as it came”, from the conversation's page."""
    address = f"{media.url(MediaFile.objects.get(pk=mail.media_id))}?download"
    assert address in browser.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    return b"".join(browser.get(address).streaming_content)


def on_disk() -> set[str]:
    return {each.name for each in storing.root().rglob("*") if each.is_file()}


def kept() -> set[str]:
    return {each.hex for each in MediaFile.objects.filter(deleted_at=None).values_list("pk", flat=True)}


def test_the_whole_of_it_is_kept_and_its_beginning_shown(looked, look, there, desk):
    raw = as_it_lies(film())
    there.inbox.add(raw)
    look()
    mail = Mail.objects.get()
    assert (mail.subject, mail.words.strip()) == ("The film", "Here is the film of the roof.")
    assert (mail.trouble, mail.attachments) == ("It is too large to be shown whole.", [])
    assert mail.size == len(raw)
    assert mail.thread.state == "open"
    assert taken(desk, mail) == raw
    assert desk.get(reverse("inbox-part", args=[mail.pk]), {"n": 0}).status_code == 404
    assert desk.get(reverse("inbox-mail", args=[mail.pk])).status_code == 200
    assert MailFolder.objects.get(role="inbox").skipped == []
    assert (looked.state, looked.trouble) == ("connected", "")
    look()
    assert there.fetched == [1]
    assert on_disk() == kept()


def test_one_that_breaks_off_leaves_nothing_and_keeps_nobody_from_the_rest(looked, look, there, desk):
    raw = as_it_lies(film())
    there.inbox.add(raw)
    there.inbox.add(letters.written("d@x.example", HERS, "Small", "Hello").as_bytes())
    there.sent.add(letters.written(HERS, "d@x.example", "Sent", "Hello").as_bytes())
    there.breaks_off_after = 3
    for _again in range(2):
        look()
        assert sorted(Mail.objects.values_list("subject", flat=True)) == ["Sent", "Small"]
        assert looked.state == "troubled"
        assert on_disk() == kept()
    there.breaks_off_after = None
    look()
    assert (looked.state, looked.trouble) == ("connected", "")
    assert taken(desk, Mail.objects.get(subject="The film")) == raw
    assert Mail.objects.count() == 3
    assert on_disk() == kept()


def test_one_is_taken_in_a_look_that_has_no_more_time(looked, look, there, monkeypatch):
    for about in ("One", "Two", "Three"):
        there.inbox.add(as_it_lies(film(about=about)))
    monkeypatch.setattr(syncing.Found, "is_late", property(lambda found: found.new > 0))
    assert not look().is_over
    assert Mail.objects.count() == 1
    assert (looked.state, looked.trouble) == ("connected", "")  # it is not the server that keeps them back
    assert not look().is_over
    assert look().is_over
    assert sorted(Mail.objects.values_list("subject", flat=True)) == ["One", "Three", "Two"]


def test_of_one_that_is_larger_than_may_be_a_person_is_told(looked, look, there, desk, monkeypatch):
    monkeypatch.setattr(large, "MOST", 2**18)
    raw = as_it_lies(film())
    there.inbox.add(raw)
    look()
    mail = Mail.objects.get()
    assert there.fetched == []
    assert mail.trouble.startswith("It has more than 0 MB and was not fetched whole: it lies in the mailbox")
    assert WorkItem.objects.open().filter(kind="messages.correspondence").exists()
    page = desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    assert "it lies in the mailbox that it came to" in page
    assert "Here is the film of the roof." in page
    assert raw.startswith(taken(desk, mail))
    assert MediaFile.objects.get(pk=mail.media_id).name == "beginning-of-mail.eml"


def test_two_without_an_id_that_differ_late_are_two(looked, look, there):
    for seed in (1, 2):
        letter = film(seed=seed)
        del letter["Message-ID"]
        there.inbox.add(as_it_lies(letter))
    there.sent.add(there.inbox.mails[1].raw)
    look()
    assert Mail.objects.count() == 2
    assert on_disk() == kept()


def test_what_a_provider_brings_is_kept_whole_too(small, mailbox, writes, desk):
    letter = film()
    writes(letter)
    mail = Mail.objects.get()
    assert (mail.trouble, mail.attachments) == ("It is too large to be shown whole.", [])
    [content] = [each.get_content() for each in letter.iter_attachments()]
    whole = original.bytes_of(mail)
    parts = email.message_from_bytes(whole).walk()
    assert content in [each.get_payload(decode=True) for each in parts if not each.is_multipart()]
    assert taken(desk, mail) == whole


class Server:
    """Hands out a mail of `given` bytes in pieces, and said that it has `said`."""

    def __init__(self, given: int, said: int = 200_000):
        self.given, self.head = given, Head(1, frozenset(), said, None, b"")

    def pieces(self, head):
        for begins in range(0, self.given, 10_000):
            yield self.piece(head, begins)
        if not self.given:
            raise NotTold

    def piece(self, head, begins=0):
        return b"x" * min(10_000, self.given - begins)


@pytest.mark.parametrize(
    ("given", "is_had"), [(0, False), (100_000, False), (190_000, True), (210_000, True)]
)
def test_a_size_may_be_a_guess_and_a_half_is_no_original(small, given, is_had):
    server = Server(given)
    found = large.fetched(server, server.head, lambda: True)
    assert (found is not None) == is_had
    assert len(on_disk()) == int(is_had)
    assert not is_had or (found.written.size == given and len(found.raw) == 20_000)


def test_a_server_that_goes_on_and_on_is_stopped(small, monkeypatch):
    monkeypatch.setattr(large, "MOST", 300_000)
    server = Server(10**9)
    found = large.fetched(server, server.head, lambda: True)
    assert found.written is None
    assert "lies in the mailbox" in found.trouble
    assert on_disk() == set()


def test_who_has_lost_her_turn_stops(small, monkeypatch):
    monkeypatch.setattr(large, "HELD_FOR", -1)
    server = Server(200_000)
    with pytest.raises(large.TakenOver):
        large.fetched(server, server.head, lambda: False)
    assert on_disk() == set()
    assert large.fetched(server, server.head, lambda: True).written.size == 200_000


@pytest.mark.slow
def test_sixty_megabytes_at_a_real_server_come_whole_and_are_never_in_memory(office, okafor, desk, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    assert dovecot.program(), "apt-get install dovecot-imapd"
    raw = as_it_lies(film(45_000_000))
    assert len(raw) > 60_000_000
    with dovecot.running() as port:
        hers = MailProgram(port, f"large{uuid4().hex[:12]}")
        hers.receives(raw)
        mailbox = Mailbox(
            client=okafor.row,
            address=HERS,
            incoming="imap",
            imap_host="127.0.0.1",
            imap_port=port,
            imap_security="none",
            username=hers.username,
            connected_at=clock.now(),
            due_at=clock.now(),
        )
        opening.seal(mailbox, {"password": dovecot.PASSWORD})
        mailbox.save()
        tracemalloc.start()
        syncing.look(mailbox, at=clock.now())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        hers.deletes("The film")
        hers.closes()
    mail = Mail.objects.get()
    assert mail.words.strip() == "Here is the film of the roof."
    assert taken(desk, mail) == raw
    assert most < 25_000_000
