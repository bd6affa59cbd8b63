"""Files that somebody put in or took out since a page was made: nothing leaves with files unseen."""

import re

import pytest
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from messages_app.models import Enclosure, MailThread, OutgoingMail

State = OutgoingMail.State
SAID = {"to": "dana@harlow.example", "subject": "Re: Hours", "words": "We open at nine.", "revision": "0"}


@pytest.fixture
def begun(mailbox, writes, desk):
    writes("When do you open on Monday?")
    desk.post(reverse("inbox-answer", args=[MailThread.objects.get().pk]))
    return OutgoingMail.objects.get()


@pytest.fixture
def rui(office, okafor):
    return office.browser(office.secretary("Rui", okafor))


def puts_in(browser, mail, name, content=b"With us at nine."):
    file = SimpleUploadedFile(name, content)
    assert browser.post(reverse("outgoing-enclose", args=[mail.pk]), {"file": file}).status_code == 303


def takes_out(browser, mail, name):
    file = Enclosure.objects.get(outgoing=mail, name=name)
    return browser.post(reverse("outgoing-take-out", args=[mail.pk, file.pk]))


def told_in(page: str) -> list[str]:
    """What a page says of the files that stand on it."""
    form = re.search(r'<form[^>]* id="outgoing-form".*?</form>', page, re.DOTALL)[0]
    return re.findall(r'name="enclosed" value="([^"]*)"', form)


def seen(browser, mail) -> list[str]:
    return told_in(browser.get(reverse("outgoing", args=[mail.pk])).content.decode())


def sends(browser, mail, enclosed, **facts):
    return browser.post(reverse("outgoing-send", args=[mail.pk]), SAID | {"enclosed": enclosed} | facts)


def test_a_file_that_another_put_in_does_not_leave_unseen(office, desk, begun, rui):
    puts_in(desk, begun, "prices.txt")
    before = seen(desk, begun)
    puts_in(rui, begun, "lease.txt", b"The other side's.")
    refused = sends(desk, begun, before)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "It was not sent: its files have been changed since. Goes with it now: lease.txt." in page
    assert "We open at nine." in page
    begun.refresh_from_db()
    assert begun.state == State.DRAFTING
    now_seen = told_in(page)
    assert sends(desk, begun, now_seen, revision=begun.revision).status_code == 303
    office.passes(11)
    assert [name for name, *_ in postbox.outbox[0].attachments] == ["prices.txt", "lease.txt"]


def test_nor_is_one_missed_that_another_took_out(desk, begun, rui):
    for name in ("prices.txt", "lease.txt"):
        puts_in(desk, begun, name, name.encode())
    before, lease = seen(desk, begun), Enclosure.objects.get(name="lease.txt")
    takes_out(rui, begun, "lease.txt")
    page = sends(desk, begun, before).content.decode()
    assert "Goes with it no more: lease.txt." in page
    again = desk.post(reverse("outgoing-take-out", args=[begun.pk, lease.pk]), follow=True)
    assert "That file goes with it no more." in again.content.decode()


def test_a_file_of_the_same_name_is_another(desk, begun, rui):
    puts_in(desk, begun, "prices.txt", b"Old.")
    before = seen(desk, begun)
    takes_out(rui, begun, "prices.txt")
    puts_in(rui, begun, "prices.txt", b"New.")
    page = sends(desk, begun, before).content.decode()
    assert "Goes with it now: prices.txt. Goes with it no more: prices.txt." in page


def test_nor_from_another_window_of_her_own(desk, begun):
    before = seen(desk, begun)
    puts_in(desk, begun, "lease.txt")
    assert "Goes with it now: lease.txt." in sends(desk, begun, before).content.decode()


def test_the_client_is_not_asked_about_files_that_nobody_has_looked_at(desk, begun, rui, mailbox):
    mailbox.needs_approval = True
    mailbox.save()
    before = seen(desk, begun)
    puts_in(rui, begun, "lease.txt")
    assert sends(desk, begun, before).status_code == 422
    assert not begun.versions.exists()
    assert sends(desk, begun, seen(desk, begun)).status_code == 303
    assert [name for name, _digest in begun.versions.get().enclosures] == ["lease.txt"]


def test_what_else_is_wrong_does_not_make_her_page_know_of_them(desk, begun, rui):
    before = seen(desk, begun)
    puts_in(rui, begun, "lease.txt")
    wrong = sends(desk, begun, before, to="dana").content.decode()
    assert "no address that can be written to" in wrong
    refused = sends(desk, begun, told_in(wrong), revision=1)
    assert "Goes with it now: lease.txt." in refused.content.decode()


def test_both_are_said_where_the_words_were_changed_too(desk, begun, rui):
    before = seen(desk, begun)
    rui.post(reverse("inbox-answer", args=[begun.thread_id]), {"over": "1"})
    rui.post(reverse("outgoing-draft", args=[begun.pk]), SAID | {"words": "We open at ten."})
    puts_in(rui, begun, "lease.txt")
    page = sends(desk, begun, before).content.decode()
    assert "It was not sent: Rui has changed this mail since." in page
    assert "Goes with it now: lease.txt." in page
