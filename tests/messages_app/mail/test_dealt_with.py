"""What was passed on rings on until somebody acknowledges, or the mail itself needs nobody any more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.models import Contact, ContactAddress, WorkItem
from messages_app import correcting, escalating
from messages_app.mail import choosing, filing, herself
from messages_app.models import Mail, MailRule, MailThread, Message
from secretariat import clock
from secretariat.local.outside import letters


@pytest.fixture
def mail(mailbox, writes):
    MailRule.objects.create(client=mailbox.client, verdict="urgent", sender="harlow.example")
    writes("The hearing is moved.", about="Court", Message_ID="<court@harlow.example>")
    return Mail.objects.get()


@pytest.fixture
def message(mail):
    message = Message.objects.get()
    assert escalating.is_climbing(message)
    return message


def answers(mail, **headers):
    """The copy of her own answer is found among what she sent."""
    letter = letters.written(
        "ngozi@okafor.example", "dana@harlow.example", "Re: Court", "I come.", "<court@harlow.example>"
    )
    for name, value in headers.items():
        letter[name] = value
    filing.file(mail.mailbox, letter.as_bytes(), direction="out", at=clock.now())


def rings_no_more(office, message):
    tried = message.deliveries.count()
    office.is_later(3600)
    return not escalating.is_climbing(message) and message.deliveries.count() == tried


def read_and_filed(mail):
    herself.marked(mail, frozenset({"\\seen"}), at=clock.now())
    herself.took_away(mail, at=clock.now())


@pytest.mark.parametrize(
    "does",
    [
        answers,
        lambda mail: herself.marked(mail, frozenset({"\\seen", "\\answered"}), at=clock.now()),
        read_and_filed,
    ],
    ids=["answered", "marked as answered", "filed or deleted"],
)
def test_it_ends_when_she_deals_with_the_mail_herself(office, okafor, mail, message, desk, does):
    office.passes(30)
    does(mail)
    message.refresh_from_db()
    assert (message.state, message.acknowledged_how) == ("acknowledged", "mail")
    assert (message.acknowledged_at, message.acknowledged_by) == (clock.now(), None)
    assert rings_no_more(office, message)
    assert not WorkItem.objects.open().filter(kind__startswith="messages.").exists()
    page = desk.get(reverse("messages-message", args=[message.pk])).content.decode()
    assert "by the client herself, in her own mailbox" in page
    assert "dealt with the mail herself" in page
    page = desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    assert "The client dealt with the mail herself at" in page
    portal = office.browser(okafor.owner)
    page = portal.get(reverse("messages-portal-message", args=[message.pk])).content.decode()
    assert "Dealt with in your own mailbox" in page


def test_nobody_has_to_be_told_any_more(mailbox, writes):
    """No way reaches her, so that somebody here was to tell her."""
    ContactAddress.objects.all().delete()
    Contact.objects.update(user=None)
    MailRule.objects.create(client=mailbox.client, verdict="urgent", sender="harlow.example")
    writes("The hearing is moved.")
    assert WorkItem.objects.open().filter(subject_id=Message.objects.get().pk).exists()
    read_and_filed(Mail.objects.get())
    assert not WorkItem.objects.open().filter(subject_id=Message.objects.get().pk).exists()


def test_a_correction_of_it_ends_with_it(office, mail, message, priya):
    newer = correcting.correct(message, by=priya.user, at=clock.now(), note="The day", text="On Friday.")
    answers(mail)
    newer.refresh_from_db()
    assert newer.acknowledged_how == "mail"
    assert rings_no_more(office, newer)


def test_it_goes_on_where_somebody_has_written_since_or_a_machine_answers(office, mail, message, writes):
    answers(mail, **{"Auto-Submitted": "auto-replied"})
    assert escalating.is_climbing(message)
    office.passes(10)
    writes("Are you there?", about="Re: Court", In_Reply_To="<court@harlow.example>")
    herself.marked(mail, frozenset({"\\answered"}), at=clock.now())
    herself.took_away(mail, at=clock.now())
    assert escalating.is_climbing(message)


def test_it_goes_on_where_a_filter_of_hers_moved_what_nobody_has_read(mail, message):
    herself.took_away(mail, at=clock.now())
    assert escalating.is_climbing(message)


def test_what_she_does_with_one_mail_says_nothing_of_another_that_nobody_has_read(mail, message, writes):
    writes("With the file.", about="Re: Court", In_Reply_To="<court@harlow.example>")
    first, second = Message.objects.order_by("pk")
    read_and_filed(Mail.objects.exclude(pk=mail.pk).get())
    second.refresh_from_db()
    assert second.acknowledged_how == "mail"
    assert escalating.is_climbing(first)


def test_what_we_answered_for_her_she_still_has_to_hear(mail, message, priya):
    letter = letters.written("ngozi@okafor.example", "dana@harlow.example", "Re: Court", "She comes.")
    filing.file(
        mail.mailbox, letter.as_bytes(), direction="out", at=clock.now(), thread=mail.thread, by=priya.user
    )
    assert escalating.is_climbing(message)


@pytest.mark.parametrize(
    ("verdict", "words"), [("junk", "the mail is junk."), ("later", "the mail is for later.")]
)
def test_it_ends_when_it_is_sorted_as_nothing_urgent(office, mail, message, desk, priya, verdict, words):
    choosing.call_it(MailThread.objects.get(), verdict, by=priya.user, at=clock.now())
    message.refresh_from_db()
    assert (message.urgency, message.acknowledged_at) == (Message.Urgency.NORMAL, None)
    assert rings_no_more(office, message)
    assert not WorkItem.objects.open().filter(kind=escalating.END_KIND).exists()
    page = desk.get(reverse("messages-message", args=[message.pk])).content.decode()
    assert "<strong>Not urgent any more</strong>, said by Priya" in page
    assert words in page


def test_called_urgent_again_it_is_passed_on_anew(mail, message, priya):
    thread = MailThread.objects.get()
    choosing.call_it(thread, "later", by=priya.user, at=clock.now())
    choosing.call_it(thread, "urgent", by=priya.user, at=clock.now() + timedelta(minutes=1))
    newer = Message.objects.exclude(pk=message.pk).get()
    assert escalating.is_climbing(newer)
    assert not escalating.is_climbing(message)
