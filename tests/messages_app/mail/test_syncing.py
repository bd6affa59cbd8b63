"""A client's mailbox elsewhere: what comes there comes here once, and what she does there counts here."""

import threading
from datetime import timedelta

import pytest
from django.urls import reverse

from clients.models import WorkItem
from messages_app.mail import opening, schedule, syncing, waiting
from messages_app.models import Mail, Mailbox, MailFolder, MailPlace, MailThread
from secretariat import clock
from secretariat.local.outside import letters
from secretariat.media import storing

from .lies_elsewhere import LiesElsewhere


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", lambda server: there.opened(server))
    return there


@pytest.fixture
def mailbox(okafor):
    mailbox = Mailbox(
        client=okafor.row,
        address="ngozi@okafor.example",
        incoming="imap",
        imap_host="mail.okafor.example",
        connected_at=clock.now(),
        due_at=clock.now(),
    )
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    return mailbox


def letter(about="Hours", text="When do you open?", of="Dana Reyes <dana@harlow.example>", reply_to=""):
    return letters.written(of, "ngozi@okafor.example", about, text, reply_to)


def raw(*args, **facts) -> bytes:
    return letter(*args, **facts).as_bytes()


@pytest.fixture
def looked(office, mailbox, there):
    """The mailbox was empty when it was connected, and has been looked into once."""
    office.settle()
    mailbox.refresh_from_db()
    assert mailbox.state == "connected"
    return mailbox


@pytest.fixture
def look(looked):
    """Look once more, as the next turn does."""

    def looking():
        looked.refresh_from_db()
        syncing.look(looked, at=clock.now())

    return looking


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def test_what_comes_there_is_on_the_desk_within_a_minute(office, looked, there, desk):
    there.inbox.add(raw("Monday"))
    office.passes(60)
    thread = MailThread.objects.get()
    assert (thread.state, thread.verdict) == ("open", "answer")
    assert open_work().count() == 1
    assert "Monday" in desk.get(reverse("inbox")).content.decode()
    assert there.inbox.mails[1].flags == set()


def test_what_was_there_before_asks_nobody_but_what_is_fresh_and_unread(office, mailbox, there):
    long_ago, today = clock.now() - timedelta(days=9), clock.now() - timedelta(hours=3)
    there.inbox.add(raw("Old"), at=long_ago)
    there.inbox.add(raw("Read"), "\\seen", at=today)
    there.inbox.add(raw("Fresh"), at=today)
    there.sent.add(raw("Sent", of="ngozi@okafor.example"), at=long_ago)
    office.settle()
    states = dict(MailThread.objects.values_list("subject", "state"))
    assert states == {"Old": "done", "Read": "done", "Fresh": "open", "Sent": "waiting"}
    assert open_work().count() == 1


def test_what_she_answers_in_her_own_program_leaves_the_desk(office, looked, look, there):
    mail = letter("Lease")
    there.inbox.add(mail.as_bytes())
    look()
    assert open_work().count() == 1
    version = MailThread.objects.get().version
    answer = letters.written(
        "ngozi@okafor.example", "dana@harlow.example", "Re: Lease", "Yes.", mail["Message-ID"]
    )
    there.sent.add(answer.as_bytes(), "\\seen")
    look()
    thread = MailThread.objects.get()
    assert (thread.state, thread.done_because) == ("waiting", "The client answered it herself")
    assert thread.version > version
    assert not open_work().exists()
    assert [each.direction for each in thread.mails.all()] == ["in", "out"]


@pytest.mark.parametrize(
    ("how", "state", "words"),
    [
        ("marks", "waiting", "The client answered it herself"),
        ("deletes", "done", "The client filed or deleted it herself"),
        ("files", "done", "The client filed or deleted it herself"),
        ("flags", "done", "The client filed or deleted it herself"),
        ("reads", "open", ""),
    ],
)
def test_what_she_does_with_it_there_counts_here(office, looked, look, there, how, state, words):
    uid = there.inbox.add(raw())
    look()
    if how in ("marks", "flags", "reads"):
        mark = {"marks": "\\answered", "flags": "\\deleted", "reads": "\\seen"}[how]
        there.inbox.mails[uid].flags.add(mark)
    else:
        gone = there.inbox.mails.pop(uid)
        if how == "files":
            there.folders["Filed"].add(gone.raw)
    look()
    thread = MailThread.objects.get()
    assert (thread.state, thread.done_because) == (state, words)
    assert open_work().exists() == (state == "open")
    assert Mail.objects.get().seen_by_client == (how == "reads")


def test_what_she_puts_back_is_on_the_desk_again(office, looked, look, there):
    uid = there.inbox.add(raw())
    look()
    mail = there.inbox.mails.pop(uid)
    look()
    assert MailThread.objects.get().state == "done"
    there.inbox.add(mail.raw)
    look()
    assert MailThread.objects.get().state == "open"
    assert Mail.objects.count() == 1


def test_a_cut_connection_loses_nothing_and_keeps_nothing_twice(office, looked, look, there):
    for number in range(5):
        there.inbox.add(raw(f"Number {number}"))
    there.cut_after = 2
    look()
    assert Mail.objects.count() == 2
    looked.refresh_from_db()
    assert (looked.state, looked.trouble) == (
        "troubled",
        "The mail server does not answer just now. We try again.",
    )
    there.cut_after = None
    office.passes(90)
    assert sorted(Mail.objects.values_list("subject", flat=True)) == [f"Number {each}" for each in range(5)]
    looked.refresh_from_db()
    assert (looked.state, looked.trouble) == ("connected", "")


def test_a_server_that_says_no_loses_nothing_and_empties_no_desk(office, looked, look, there):
    there.inbox.add(raw("Before"))
    look()
    there.inbox.add(raw("After"))
    there.says_no = True
    look()
    looked.refresh_from_db()
    assert (looked.state, open_work().count()) == ("troubled", 1)
    assert "will not hand out" in looked.trouble
    there.says_no = False
    look()
    assert sorted(Mail.objects.values_list("subject", flat=True)) == ["After", "Before"]
    assert open_work().count() == 2


def test_a_mail_that_its_server_keeps_back_keeps_nobody_from_the_others(office, looked, look, there):
    broken = there.inbox.add(raw("Broken"))
    there.withheld = {broken}
    look()  # it may be the server, or the mail
    assert MailFolder.objects.get(role="inbox").last_uid < broken
    there.inbox.add(raw("Whole"))
    look()
    look()
    looked.refresh_from_db()
    assert looked.state == "connected"
    assert looked.trouble.startswith("One mail lies there")
    assert [each.subject for each in Mail.objects.all()] == ["Whole"]
    there.withheld = set()
    look()
    looked.refresh_from_db()
    assert not looked.trouble
    assert Mail.objects.filter(subject="Broken").exists()
    assert MailFolder.objects.get(role="inbox").skipped == []


def test_who_is_killed_after_keeping_a_mail_goes_on_behind_it(office, looked, look, there):
    there.inbox.add(raw("One"))
    there.inbox.add(raw("Two"))
    look()
    MailFolder.objects.filter(role="inbox").update(last_uid=0)  # as if nothing had been noted
    look()
    assert Mail.objects.count() == 2
    assert MailPlace.objects.count() == 2
    assert there.fetched == [1, 2]


def test_other_numbers_are_the_same_mails(office, looked, look, there):
    first = there.inbox.add(raw("One"))
    there.inbox.add(raw("Two"))
    look()
    there.inbox.mails.pop(first)
    there.inbox.renumber()
    there.inbox.add(raw("Three"))
    look()
    assert Mail.objects.count() == 3
    assert open_work().count() == 3
    assert sorted(MailPlace.objects.values_list("uid", flat=True)) == [1, 2]
    there.inbox.mails.clear()
    look()
    assert open_work().count() == 1  # “One”: whether she deleted it nobody saw


def test_what_has_waited_for_long_is_followed_under_its_other_number(office, looked, look, there):
    """For it nothing is read that lay there long before she let us in."""
    long_before = looked.connected_at - timedelta(days=90)
    there.inbox.add(raw("Not ours"), at=long_before)
    there.inbox.renumber()
    look()
    there.inbox.add(raw("Moved in"), at=long_before)
    there.inbox.add(raw("Waits"))
    look()
    MailThread.objects.filter(subject="Moved in").update(state="open")
    office.clock_says(f"{clock.now() + timedelta(days=100):%Y-%m-%d %H:%M}")
    there.inbox.renumber()
    look()
    assert set(Mail.objects.values_list("subject", flat=True)) == {"Moved in", "Waits"}
    place = MailPlace.objects.get(mail__subject="Waits")
    del there.inbox.mails[place.uid]
    look()
    assert MailThread.objects.get(subject="Waits").state == "done"
    assert not open_work().exists()


def test_a_disk_that_takes_nothing_leaves_it_there(office, looked, look, there, monkeypatch):
    there.inbox.add(raw())

    def full(*_args, **_facts):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(storing.boxes, "fill", full)
        look()
    assert not Mail.objects.exists()
    looked.refresh_from_db()
    assert "cannot be kept here" in looked.trouble
    look()
    assert Mail.objects.count() == 1


def test_a_password_that_is_no_longer_right_is_a_persons_business(office, looked, look, there):
    there.password = "changed"
    look()
    looked.refresh_from_db()
    assert looked.state == "refused"
    assert WorkItem.objects.open().filter(kind="messages.mailbox").count() == 1
    there.password = "right"
    schedule.now(looked.pk, at=clock.now())
    office.settle()
    assert not WorkItem.objects.open().filter(kind="messages.mailbox").exists()


def test_by_webhook_and_by_imap_it_is_one(office, looked, look, there, writes):
    Mailbox.objects.update(incoming="both")
    mail = letter("Twice")
    writes(mail)
    there.inbox.add(b"Received: by somebody\n" + mail.as_bytes())
    look()
    assert Mail.objects.count() == 1
    assert MailPlace.objects.count() == 1


@pytest.mark.parametrize("wrong", [b"", b"\0\0\xff\xfe", b"Subject: \xff\0\n\n\0x", b"\n" * 9])
def test_whatever_lies_there_is_kept(office, looked, look, there, wrong):
    there.inbox.add(wrong)
    there.inbox.add(raw("Next"))
    look()
    assert Mail.objects.filter(subject="Next").exists()
    assert Mail.objects.count() == 2


def test_a_mail_that_breaks_our_reading_is_kept_with_its_original(office, looked, look, there, monkeypatch):
    def falls(_raw):
        raise AttributeError("nobody thought of this")

    there.inbox.add(raw("Breaks"))
    with monkeypatch.context() as patched:
        patched.setattr("messages_app.mail.filing.read", falls)
        look()
    mail = Mail.objects.get()
    assert mail.trouble == "It could not be read."
    assert mail.media_id
    assert open_work().count() == 1


def test_what_comes_while_somebody_waits_is_looked_for_at_once(office, looked, there):
    stopping = threading.Event()

    def comes():
        there.inbox.add(raw("Now"))
        return True

    def ends():
        stopping.set()
        return False

    there.tells = [lambda: False, comes, ends]
    with opening.opened(looked) as signed_in:
        waiting.wait(looked.pk, signed_in, stopping)
    assert not there.waiting
    office.settle()  # no time has passed
    assert Mail.objects.get().subject == "Now"


def test_what_came_between_the_last_look_and_the_waiting_is_looked_for_at_once(office, looked, there):
    there.inbox.add(raw("Between"))
    stopping = threading.Event()
    there.tells = [lambda: bool(stopping.set())]
    with opening.opened(looked) as signed_in:
        waiting.wait(looked.pk, signed_in, stopping)
    office.settle()  # no time has passed
    assert Mail.objects.get().subject == "Between"


def test_one_of_several_waits_at_a_mailbox(office, looked):
    assert waiting._lease(looked.pk)
    assert not waiting._lease(looked.pk)
    assert not waiting._free(exclude=[])
