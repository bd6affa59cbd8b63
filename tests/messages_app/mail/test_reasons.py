"""What is said to be why a conversation is sorted as it is, is why: to the desk, and to the client."""

import pytest
from django.urls import reverse

from messages_app.mail import choosing, history
from messages_app.models import MailRule, MailThread
from secretariat import clock


@pytest.fixture
def rule(okafor):
    return MailRule.objects.create(client=okafor.row, verdict="urgent", subject="court")


def told(thread):
    return history.told(MailThread.objects.get(pk=thread.pk), at=clock.now()).why


def test_what_stays_urgent_stays_so_by_the_rule_that_made_it_so(rule, mailbox, desk, writes):
    first = writes(about="Court: hearing moved")
    writes("One more thing.", about="Re: Your question", In_Reply_To=first["Message-ID"])
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.rule) == ("urgent", rule)
    assert thread.because == "with “court” in the subject"
    assert told(thread) == "your rule for mail with “court” in the subject"
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "with “court” in the subject" in page
    assert "no rule says otherwise" not in page


@pytest.mark.parametrize("verdict", ["urgent", "answer"])
def test_what_somebody_called_it_stays_hers(mailbox, priya, writes, verdict):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    choosing.call_it(thread, "later", by=priya.user, at=clock.now())
    choosing.call_it(thread, verdict, by=priya.user, at=clock.now())
    writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"])
    again = MailThread.objects.get()
    assert (again.verdict, again.judged_by, again.because) == (verdict, priya.user, thread.because)
    assert "said so" in told(again)


def test_what_becomes_urgent_is_so_by_its_own_rule(rule, mailbox, priya, writes):
    first = writes(about="Lease")
    choosing.call_it(MailThread.objects.get(), "later", by=priya.user, at=clock.now())
    writes("Now it is.", about="Court", In_Reply_To=first["Message-ID"])
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.rule, thread.judged_by) == ("urgent", rule, None)
    assert thread.because == "with “court” in the subject"


def test_what_was_done_is_sorted_anew(rule, mailbox, desk, writes):
    first = writes(about="Court: hearing moved")
    thread = MailThread.objects.get()
    desk.post(reverse("inbox-done", args=[thread.pk]))
    writes("Thank you.", about="Re: Your question", In_Reply_To=first["Message-ID"])
    thread.refresh_from_db()
    assert (thread.verdict, thread.rule, thread.because) == ("answer", None, "no rule says otherwise")
