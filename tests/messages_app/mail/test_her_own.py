"""What the client writes in her own program, with a copy to herself or to somebody else."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import WorkItem
from messages_app import escalating
from messages_app.answering import checking, drafting, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import opening, syncing
from messages_app.models import Mail, Mailbox, MailRule, MailThread, Message, OutgoingMail
from secretariat import clock
from secretariat.channels import mail_as
from secretariat.channels.errors import Silent
from secretariat.local.outside import letters
from secretariat.outbox import posting

from .lies_elsewhere import LiesElsewhere

HERS, DANA = "ngozi@okafor.example", "Dana Reyes <dana@harlow.example>"


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


@pytest.fixture
def mailbox(okafor, there):
    mailbox = Mailbox(client=okafor.row, address=HERS, incoming="imap")
    mailbox.imap_host, mailbox.connected_at = "imap.okafor.example", clock.now()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())
    return mailbox


@pytest.fixture
def look(office, mailbox):
    def looking():
        office.is_later(60)
        syncing.look(mailbox, at=clock.now())

    return looking


@pytest.fixture
def came(there, look):
    """Dana has written."""
    written = letters.written(DANA, HERS, "Lease", "May I come on Monday?")
    there.inbox.add(written.as_bytes())
    look()
    return written


def by_her(text: str, *, to: str = DANA, about="Re: Lease", answers=None, **headers) -> EmailMessage:
    written = letters.written(HERS, to, about, text, answers["Message-ID"] if answers else "")
    for name, value in headers.items():
        written[name] = value
    return written


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def stands() -> tuple[str, str]:
    return MailThread.objects.values_list("state", "done_because").get()


def test_her_answer_with_a_copy_to_herself_ends_it(office, there, look, came, priya):
    draft = drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())
    answer = by_her("Yes, do.", answers=came, Cc=HERS)
    there.inbox.add(answer.as_bytes())
    there.sent.add(answer.as_bytes(), "\\seen")
    look()
    assert stands() == ("waiting", "The client answered it herself")
    assert not open_work().exists()
    assert [each.direction for each in Mail.objects.order_by("at", "pk")] == ["in", "out"]
    thread = MailThread.objects.get()
    assert (thread.address, thread.waits_since, thread.promised_at) == ("dana@harlow.example", None, None)
    assert checking.meanwhile(draft).how == checking.ANSWERED
    there.inbox.mails.popitem()  # she throws her copy away
    look()
    assert stands()[0] == "waiting"


def test_what_she_begins_with_a_copy_to_herself_waits_for_whom_she_wrote_to(there, look, mailbox):
    begun = by_her("We move in May.", about="The lease", Cc=HERS)
    there.inbox.add(begun.as_bytes())
    look()
    assert open_work().exists()  # who wrote it is not proven yet
    there.sent.add(begun.as_bytes(), "\\seen")
    look()
    thread = MailThread.objects.get()
    assert (thread.state, thread.who, thread.address) == ("waiting", "Dana Reyes", "dana@harlow.example")
    assert thread.promise_was is None  # nobody was promised anything
    assert not open_work().exists()


def test_what_a_form_of_her_web_site_sends_as_her_is_somebodys(there, look, mailbox):
    """It goes out by her own mailbox, so a copy lies in Sent; whoever filled the form in waits."""
    MailRule.objects.create(client=mailbox.client, verdict="urgent", words="burst")
    filled = by_her("A pipe has burst.", to=HERS, about="From your web site", **{"Reply-To": DANA})
    there.inbox.add(filled.as_bytes())
    there.sent.add(filled.as_bytes(), "\\seen")
    look()
    assert [each.direction for each in Mail.objects.all()] == ["in"]
    assert open_work().exists()
    assert Message.objects.get().acknowledged_at is None


def test_what_she_files_among_what_she_sent_and_puts_back_is_on_the_desk_again(there, look, came):
    there.inbox.mails.popitem()
    there.sent.add(came.as_bytes(), "\\seen")
    look()
    there.inbox.add(came.as_bytes())
    look()
    assert stands()[0] == "open"
    assert open_work().exists()


def test_whoever_writes_after_her_waits_still(there, look, came):
    answer = by_her("Yes, do.", answers=came, Cc=HERS)
    there.inbox.add(answer.as_bytes())
    look()
    again = letters.written(DANA, HERS, "Re: Lease", "And on Tuesday?", answer["Message-ID"])
    there.inbox.add(again.as_bytes())
    there.sent.add(answer.as_bytes())
    look()
    assert stands()[0] == "open"
    assert open_work().count() == 1
    assert [each.direction for each in Mail.objects.order_by("at", "pk")] == ["in", "out", "in"]


def test_her_address_alone_proves_nothing(okafor, there, look, came):
    forged = by_her("Pay this today.", answers=came)
    there.inbox.add(forged.as_bytes())
    look()
    assert stands()[0] == "open"
    assert [each.direction for each in Mail.objects.all()] == ["in", "in"]


def test_what_she_wrote_herself_is_not_passed_on_to_her_as_urgent(okafor, mailbox, there, look):
    MailRule.objects.create(client=okafor.row, verdict="urgent", words="hearing")
    own = by_her("The hearing is tomorrow.", about="Court", Cc=HERS)
    there.inbox.add(own.as_bytes())
    look()
    assert open_work().get().urgency == WorkItem.Urgency.URGENT  # somebody here looks at it
    assert not Message.objects.exists()
    there.sent.add(own.as_bytes())
    look()
    assert not open_work().exists()
    there.inbox.add(letters.written(DANA, HERS, "Court", "The hearing is off.").as_bytes())
    look()
    assert Message.objects.count() == 1


def test_what_she_passes_on_answers_nobody(office, there, look, came, priya):
    thread = MailThread.objects.get()
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    promised_at = thread.promised_at
    forwarded = by_her("Can he?", to="kim@okafor.example", about="Fwd: Lease", answers=came)
    there.sent.add(forwarded.as_bytes(), "\\seen")
    look()
    thread.refresh_from_db()
    last = Mail.objects.get(direction="out")
    assert (thread.state, thread.promised_at, thread.last_at) == ("open", promised_at, last.at)
    assert open_work().count() == 1
    assert not Mail.objects.filter(answered_by_client=True).exists()
    assert checking.meanwhile(draft) is None


def test_our_own_word_that_it_came_answers_nobody(office, mailbox, there, look, priya):
    """Her server files among what she sent whatever leaves by it."""
    mailbox.acknowledges = True
    mailbox.save()
    there.inbox.add(letters.written(DANA, HERS, "Lease", "May I come on Monday?").as_bytes())
    look()
    office.settle()
    thread = MailThread.objects.get()
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    promised_at = thread.promised_at
    [told] = postbox.outbox
    there.sent.add(told.message().as_bytes(), "\\seen")
    look()
    assert [each.direction for each in Mail.objects.order_by("at", "pk")] == ["in", "out"]
    thread.refresh_from_db()
    assert (thread.state, thread.promised_at, thread.done_because) == ("open", promised_at, "")
    assert open_work().count() == 1
    assert checking.meanwhile(draft) is None


def test_that_a_machine_of_hers_says_she_is_away_answers_nobody(there, look, came):
    by_a_machine = {"Auto-Submitted": "auto-replied"}
    there.sent.add(by_her("I am away.", answers=came, **by_a_machine).as_bytes(), "\\seen")
    there.sent.add(by_her("I am away.", about="Hours", to="kim@okafor.example", **by_a_machine).as_bytes())
    look()
    assert dict(MailThread.objects.values_list("subject", "state")) == {"Lease": "open", "Hours": "waiting"}
    assert open_work().count() == 1
    assert not Mail.objects.filter(answered_by_client=True).exists()


@pytest.mark.parametrize("named", ["To", "Cc", "Bcc"])
def test_whoever_waits_has_her_answer_wherever_she_is_named(office, there, look, came, priya, named):
    draft = drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())
    elsewhere = {} if named == "To" else {"to": "kim@okafor.example", named: DANA}
    answer = by_her("Yes, do.", answers=came, **elsewhere)
    there.sent.add(answer.as_bytes(), "\\seen")
    look()
    assert stands() == ("waiting", "The client answered it herself")
    assert checking.meanwhile(draft).how == checking.ANSWERED
    assert Mail.objects.get(direction="out").bcc == (
        [["Dana Reyes", "dana@harlow.example"]] if named == "Bcc" else []
    )


def test_where_she_wants_her_answer_counts(there, look):
    written = letters.written(DANA, HERS, "Lease", "May I come on Monday?")
    written["Reply-To"] = "office@harlow.example"
    there.inbox.add(written.as_bytes())
    look()
    there.sent.add(by_her("Yes, do.", to="office@harlow.example", answers=written).as_bytes())
    look()
    assert stands()[0] == "waiting"


def test_an_answer_to_the_list_is_one_where_her_program_says_so(there, look, came):
    answer = by_her("Yes, do.", to="tenants@lists.example", answers=came, Cc=HERS)
    there.inbox.mails[1].flags.add("\\answered")
    there.inbox.add(answer.as_bytes())
    there.sent.add(answer.as_bytes())
    look()
    assert stands() == ("waiting", "The client answered it herself")
    assert not open_work().exists()


def test_an_answer_to_somebody_else_in_it_leaves_who_waits(there, look, came):
    there.sent.add(by_her("Yes, do.", answers=came).as_bytes())
    look()
    kim = letters.written("kim@okafor.example", HERS, "Re: Lease", "I want to come, too.", came["Message-ID"])
    there.inbox.add(kim.as_bytes())
    look()
    assert stands()[0] == "open"
    there.sent.add(by_her("Kim comes, too.", answers=kim).as_bytes())  # to Dana alone
    look()
    assert stands()[0] == "open"
    there.sent.add(by_her("Do.", to="kim@okafor.example", answers=kim).as_bytes())
    look()
    assert stands()[0] == "waiting"


@pytest.fixture
def by_her_server(mailbox, monkeypatch):
    """Mail in her name leaves by her own server, which does as it is told."""
    mailbox.from_mode, mailbox.smtp_host = "own", "smtp.okafor.example"
    mailbox.save()

    def does(what):
        def hand_in(server, raw, *, envelope, recipients, receipt):
            what(raw)
            return mail_as.Sent(receipt)

        monkeypatch.setattr(mail_as, "through_server", hand_in)

    return does


def answered_for_her(office, priya, **whom) -> OutgoingMail:
    said = {"to": ["dana@harlow.example"], "cc": [], "bcc": []} | whom
    draft = drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())
    answer = Said(**said, subject="Re: Lease", words="Yes, do.")
    row = sending_off.send(draft, answer, by=priya.user, at=clock.now())
    office.passes(11)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("cc", [[], [HERS]], ids=["", "with a copy to herself"])
def test_what_left_though_no_answer_came_is_ours_once_it_lies_there(
    okafor, office, there, look, by_her_server, priya, cc
):
    MailRule.objects.create(client=okafor.row, verdict="urgent", words="lease")
    there.inbox.add(letters.written(DANA, HERS, "Lease", "May I come on Monday?").as_bytes())
    look()
    handed_in = []

    def answer_is_lost(raw):
        handed_in.append(raw)
        raise Silent("timeout")

    by_her_server(answer_is_lost)
    row = answered_for_her(office, priya, cc=cc)
    assert row.state == "unknown"
    assert WorkItem.objects.open().filter(kind="outbox.effect").exists()
    if cc:
        there.inbox.add(*handed_in)
    there.sent.add(*handed_in, "\\seen")
    look()
    row.refresh_from_db()
    left = Mail.objects.get(direction="out")
    assert (row.state, row.mail, left.by, left.thread) == ("sent", left, priya.user, row.thread)
    assert stands() == ("waiting", "Answered")
    assert not WorkItem.objects.open().filter(kind="outbox.effect").exists()
    assert escalating.is_climbing(Message.objects.get())  # what is urgent she still has to hear
    assert len(there.sent.mails) == 1


def test_what_is_sent_again_and_comes_to_light_before_does_not_leave_twice(
    office, mailbox, there, came, by_her_server, priya
):
    handed_in = []

    def answer_is_lost(raw):
        handed_in.append(raw)
        raise Silent("timeout")

    by_her_server(answer_is_lost)
    row = answered_for_her(office, priya)
    posting.post_again(row.effect, actor_id=priya.user.pk)
    there.sent.add(*handed_in, "\\seen")
    syncing.look(mailbox, at=clock.now())
    office.settle()
    row.refresh_from_db()
    assert (row.state, row.mail, len(handed_in)) == ("sent", Mail.objects.get(direction="out"), 1)
    assert stands() == ("waiting", "Answered")


def test_what_her_server_files_before_it_has_answered_us_is_ours(
    office, mailbox, there, came, by_her_server, priya
):
    def files_it(raw):
        there.sent.add(raw, "\\seen")
        syncing.look(mailbox, at=clock.now())

    by_her_server(files_it)
    row = answered_for_her(office, priya, bcc=["tunde@okafor.example"])
    left = Mail.objects.get(direction="out")
    assert (row.state, row.mail, left.by) == ("sent", left, priya.user)
    assert left.bcc == [["", "tunde@okafor.example"]]
    assert stands() == ("waiting", "Answered")


def test_a_hidden_copy_is_seen_in_the_conversation_and_in_her_sent_folder_and_by_nobody_else(
    office, okafor, there, look, came, priya, desk
):
    thread = MailThread.objects.get()
    said = {"to": ["dana@harlow.example"], "cc": [], "bcc": ["tunde@okafor.example"]}
    answer = Said(**said, subject="Re: Lease", words="Yes, do.")
    sending_off.send(
        drafting.answer(thread, by=priya.user, at=clock.now()), answer, by=priya.user, at=clock.now()
    )
    office.passes(11)
    [left] = postbox.outbox
    assert left.recipients() == ["dana@harlow.example", "tunde@okafor.example"]
    assert b"tunde" not in left.message().as_bytes()
    [copy] = there.sent.mails.values()
    assert message_from_bytes(copy.raw)["Bcc"] == "tunde@okafor.example"
    look()
    assert Mail.objects.filter(direction="out").count() == 1  # the copy is known for what it is
    for browser, page in ((desk, "inbox-thread"), (office.browser(okafor.owner), "mail-history-thread")):
        shown = browser.get(reverse(page, args=[thread.pk])).content.decode()
        assert "<dt>Hidden copy</dt><dd>tunde@okafor.example</dd>" in shown
