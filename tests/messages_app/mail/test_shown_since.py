"""From an old page nothing is ended or sorted that its reader was not shown."""

import html
import re

import pytest
from django.urls import reverse

from clients.models import WorkItem
from messages_app.answering import claiming
from messages_app.mail import filing
from messages_app.models import Mail, MailThread
from secretariat import clock
from secretariat.local.outside import letters


def open_work():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def hidden(page: str, action: str, name: str) -> str:
    """What the form of the page with this action holds under this name."""
    return page.partition(f'action="{action}"')[2].partition(f'name="{name}" value="')[2].partition('"')[0]


NEWER = "Nothing was changed: a newer mail has come in this conversation."


@pytest.mark.parametrize(
    ("verb", "said"),
    [("inbox-done", {}), ("inbox-verdict", {"verdict": "junk"}), ("inbox-verdict", {"verdict": "later"})],
)
def test_a_mail_that_nobody_was_shown_is_not_ended_with_the_one_she_read(
    office, mailbox, desk, writes, verb, said
):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    page, address = reverse("inbox-thread", args=[thread.pk]), reverse(verb, args=[thread.pk])
    seen = hidden(desk.get(page).content.decode(), address, "seen")
    writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"])
    again = desk.get(page, {"seen": seen}).content.decode()  # drawn anew, with the mails she read
    assert hidden(again, address, "seen") == seen
    refused = desk.post(address, said | {"seen": seen}, follow=True)
    assert refused.redirect_chain[-1][0] == page
    shown = refused.content.decode()
    assert NEWER in shown
    assert "One more thing." in shown
    thread.refresh_from_db()
    assert (thread.state, thread.verdict, open_work().count()) == ("open", "answer", 1)
    claiming.claim(thread, by=office.secretary("Rui").user, at=clock.now())  # is no mail
    assert (
        NEWER
        not in desk.post(
            address, said | {"seen": hidden(shown, address, "seen")}, follow=True
        ).content.decode()
    )
    thread.refresh_from_db()
    assert (thread.state, thread.verdict) != ("open", "answer")


@pytest.mark.parametrize(("verb", "said"), [("inbox-done", {}), ("inbox-verdict", {"verdict": "junk"})])
def test_nor_is_it_from_an_old_list(office, mailbox, desk, writes, verb, said):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    listed = desk.get(reverse("inbox")).content.decode()
    [address] = re.findall(
        rf'formaction="({reverse(verb, args=[thread.pk])}[^"]+)" [^>]*data-key="[ex]"', listed
    )
    writes("One more thing.", about="Re: Lease", In_Reply_To=first["Message-ID"])
    refused = desk.post(html.unescape(address), said, follow=True)
    assert refused.redirect_chain[-1][0] == reverse("inbox-thread", args=[thread.pk])
    assert NEWER in refused.content.decode()
    thread.refresh_from_db()
    assert (thread.state, thread.verdict) == ("open", "answer")


def test_what_we_sent_since_is_no_newer_mail(office, mailbox, desk, writes):
    first = writes(about="Lease")
    thread = MailThread.objects.get()
    seen = Mail.objects.get().pk
    sent = letters.written(
        "ngozi@okafor.example", "dana@harlow.example", "Re: Lease", "Yes.", first["Message-ID"]
    )
    filing.file(mailbox, sent.as_bytes(), direction="out", at=clock.now())
    desk.post(reverse("inbox-done", args=[thread.pk]), {"seen": seen})
    thread.refresh_from_db()
    assert (thread.state, thread.done_because) == ("done", "Dealt with")


def test_a_page_that_showed_no_mail_ends_none(office, mailbox, desk, writes):
    writes(about="Lease")
    thread = MailThread.objects.get()
    for nothing in ("", "anything"):
        desk.post(reverse("inbox-done", args=[thread.pk]), {"seen": nothing})
        thread.refresh_from_db()
        assert thread.state == "open"
