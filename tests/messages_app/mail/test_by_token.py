"""An answer whose headers say nothing finds its conversation by the address that it was sent to."""

from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail as postbox

from messages_app.answering import drafting, making, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import tokens
from messages_app.models import Mail, Mailbox, MailThread, OutgoingMail
from secretariat import clock


def sent(office, draft, by, to="dana@harlow.example"):
    said = Said(to=[to], cc=[], bcc=[], subject="Hours", words="We open at nine.")
    sending_off.send(draft, said, by=by, at=clock.now())
    office.passes(11)
    return parseaddr(postbox.outbox[-1].message()["Reply-To"].replace("\n", ""))[1]


@pytest.fixture
def answered(office, mailbox, writes, priya):
    """Where answers to Priya's answer go."""
    writes("When do you open?")
    return sent(office, drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now()), priya.user)


def test_it_belongs_where_the_address_says_and_is_ours_no_less(office, answered, writes, priya):
    assert tokens.without(answered) == "ngozi@okafor.example"
    writes("And on Tuesday?", about="Something else", to=answered)
    thread = MailThread.objects.get()
    came = thread.mails.get(subject="Something else")
    assert came.to == [["", "ngozi@okafor.example"]]
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    assert (draft.values["to"], draft.values["cc"]) == ("dana@harlow.example", "")


def test_so_does_an_answer_to_a_mail_that_began_one(office, mailbox, writes, priya):
    begun = drafting.begin(mailbox, by=priya.user, at=clock.now())
    address = sent(office, begun, priya.user, to="sam@harlow.example")
    writes("Gladly.", of="sam@harlow.example", about="Your mail", to=address)
    assert MailThread.objects.count() == 1
    assert Mail.objects.filter(thread=OutgoingMail.objects.get().thread).count() == 2


def test_it_says_nothing_long_after(office, answered, writes):
    MailThread.objects.update(last_at=clock.now() - tokens.GOOD_FOR - timedelta(days=1))
    writes("Me again.", about="Another year", to=answered)
    assert MailThread.objects.count() == 2


def test_nor_in_another_clients_mailbox(office, answered, writes):
    other = Mailbox.objects.create(
        client=office.client("Harlow").row, address="h@harlow.example", incoming="ours"
    )
    writes("Let me in.", about="Strange", to=answered.replace("ngozi+", "h+").replace("okafor", "harlow"))
    assert MailThread.objects.get(mailbox=other).subject == "Strange"


@pytest.mark.parametrize(
    "where",
    [
        {"our_address": "okafor-1@in.firm.example"},  # to which her own server sends it on
        {"incoming": "imap"},
        {"address": f"{'long' * 9}@okafor.example"},
    ],
)
def test_an_address_that_would_not_arrive_stays_as_it_is(mailbox, priya, where):
    for name, value in where.items():
        setattr(mailbox, name, value)
    heading = making.heading_of(mailbox)
    assert heading.by_us
    assert parseaddr(making.reply_to(mailbox, heading, mailbox.pk))[1] == mailbox.address
