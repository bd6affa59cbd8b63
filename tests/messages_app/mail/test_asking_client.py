"""Whoever can be asked can answer; whoever cannot be told is named where she is chosen."""

import re

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients import suppressing
from messages_app.answering import drafting
from messages_app.models import ClientQuestion, MailThread
from secretariat import clock


@pytest.fixture
def draft(mailbox, priya, writes):
    writes("When may we end it?", about="The end of the lease")
    postbox.outbox.clear()
    return drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())


@pytest.fixture
def asks(office, desk, draft):
    """Asks somebody at the client, at the desk; returns the question and the page that follows."""

    def asking(contact, question="Are you in on Tuesday?"):
        told = {"contact": contact.pk, "question": question}
        page = desk.post(reverse("outgoing-ask", args=[draft.pk]), told, follow=True).content.decode()
        office.settle()
        return ClientQuestion.objects.get(question=question), page

    return asking


def link_in(letter) -> str:
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]


def test_a_member_answers_what_she_herself_was_asked_and_reads_nothing_else(
    office, okafor, asks, desk, draft
):
    tunde = office.contact(okafor, "Tunde")
    other, _page = asks(okafor.owner, "May I end it?")
    asked, _page = asks(tunde)
    portal, letter = office.browser(tunde), postbox.outbox[-1]
    page = portal.get(link_in(letter)).content.decode()
    assert "Are you in on Tuesday?" in page
    assert "lease" not in page + letter.subject + letter.body  # which she is not asked about
    listed = portal.get(reverse("mail-approvals")).content.decode()
    assert reverse("mail-question", args=[asked.pk]) in listed
    assert reverse("mail-question", args=[other.pk]) not in listed
    assert "Written in your name" not in listed
    assert portal.get(reverse("mail-question", args=[other.pk])).status_code == 404
    assert portal.get(reverse("mail-approval", args=[draft.pk])).status_code == 404
    answer = {"answer": "Yes, from ten."}
    portal.post(reverse("mail-question-answer", args=[other.pk]), answer)
    portal.post(reverse("mail-question-answer", args=[asked.pk]), answer)
    assert [each.answer for each in (again(other), again(asked))] == ["", "Yes, from ten."]
    assert "Yes, from ten." in desk.get(reverse("outgoing", args=[draft.pk])).content.decode()


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_member_finds_in_the_menu_what_waits_for_her(office, okafor, asks):
    tunde = office.contact(okafor, "Tunde")
    portal, entry = office.browser(tunde), reverse("mail-approvals")
    assert f'href="{entry}"' not in portal.get(reverse("portal")).content.decode()
    asks(tunde)
    assert f'href="{entry}"' in portal.get(reverse("portal")).content.decode()


def test_the_link_leads_to_the_client_it_is_about(office, okafor, asks):
    tunde, bakery = office.contact(okafor, "Tunde"), office.client("Lopes Bakery")
    there = office.contact(bakery, "Tunde Lopes", standing="owner", signs_in=False)
    there.user = tunde.user
    there.save()
    portal = office.browser(tunde)
    portal.get(reverse("portal"), {"client": bakery.row.pk})
    asks(tunde)
    assert "Are you in on Tuesday?" in portal.get(link_in(postbox.outbox[-1])).content.decode()


def test_who_cannot_be_told_is_named_at_the_form(office, okafor, asks, desk, draft):
    kept, stopped = office.contact(okafor, "Tunde"), office.contact(okafor, "Bola")
    without, nowhere = office.contact(okafor, "Chidi"), office.contact(okafor, "Dele", signs_in=False)
    for each in (without, nowhere):
        each.addresses.filter(kind="email").delete()
    suppressing.suppress("email", "bola@clients.example", "bounced", at=clock.now())
    page = desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    for name in ("Bola", "Chidi"):
        assert f"{name}: in the portal alone, and no mail says so" in page
    assert "Tunde: by mail and in the portal" in page
    assert "Dele: neither by mail nor in the portal" in page
    assert "Tunde is asked" in asks(kept, "One?")[1]
    for contact, question in ((stopped, "Two?"), (without, "Three?")):
        asked, page = asks(contact, question)
        assert f"Nothing tells {contact.name} that a question waits in the portal" in page
        assert asked.not_reached == ""  # it is there
    asked, page = asks(nowhere, "Four?")
    assert "Dele cannot be reached from here" in page
    assert asked.not_reached
    assert len(postbox.outbox) == 1


def test_who_cannot_sign_in_is_sent_no_link(office, okafor, asks):
    asks(office.contact(okafor, "Dele", signs_in=False))
    assert "Answer this mail." in postbox.outbox[-1].body
    assert "://" not in postbox.outbox[-1].body
