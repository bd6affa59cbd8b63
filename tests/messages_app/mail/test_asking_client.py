"""Whoever can be asked can answer, if need be by word of mouth; whoever cannot be told is named at once."""

import re

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients import suppressing
from clients.models import WorkItem
from messages_app.answering import asking_client, drafting
from messages_app.models import ClientQuestion, MailThread
from secretariat import clock
from secretariat.ledger.models import LedgerEntry


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


@pytest.fixture
def notes(desk, draft):
    """Writes down at the desk what she was told; returns the page that follows."""

    def noting(asked, words, *, contact=None, browser=desk):
        told = {"contact": (contact or asked.contact).pk, "words": words}
        address = reverse("outgoing-told", args=[draft.pk, asked.pk])
        return browser.post(address, told, follow=True).content.decode()

    return noting


def waits() -> list[str]:
    """What is still to be done about questions."""
    return [item.kind for item in WorkItem.objects.open() if item.subject_kind == asking_client.SUBJECT]


def test_what_she_says_on_the_telephone_is_her_answer(office, okafor, asks, desk, draft, notes, priya):
    nowhere = office.contact(okafor, "Dele", signs_in=False)
    nowhere.addresses.filter(kind="email").delete()
    asked, page = asks(nowhere)
    assert "note the answer beside the question" in page
    assert "Dele told me" in page
    assert waits() == [asking_client.UNASKED]
    page = notes(asked, "Yes, from ten.")
    assert "Yes, from ten." in page
    assert "By word of mouth" in page
    assert "Dele told me" not in page
    assert waits() == []
    entry = LedgerEntry.objects.get(verb="correspondence.question_answered")
    assert (entry.actor_id, entry.detail) == (priya.user.pk, {"how": "told", "contact": str(nowhere.pk)})
    assert "It was answered before" in notes(asked, "No, not at all.")
    assert again(asked).answer == "Yes, from ten."


def test_nothing_is_no_answer(okafor, asks, notes):
    asked, _page = asks(okafor.owner)
    assert "Write down what you were told." in notes(asked, "  ")
    assert again(asked).answered_at is None


def test_somebody_else_answers_for_her_and_is_named(office, okafor, asks, notes):
    tunde = office.contact(okafor, "Tunde")
    asked, _page = asks(okafor.owner)
    assert "Tunde: Yes, from ten." in notes(asked, "Yes, from ten.", contact=tunde)
    assert LedgerEntry.objects.get(verb="correspondence.question_answered").detail["contact"] == str(tunde.pk)


def test_what_another_writes_down_waits_for_her_who_asked(office, okafor, asks, notes, desk, draft, priya):
    asked, _page = asks(okafor.owner)
    rui = office.browser(office.secretary("Rui", okafor))
    assert "Yes, from ten." in notes(asked, "Yes, from ten.", browser=rui)
    assert waits() == [asking_client.ANSWERED]
    assert WorkItem.objects.get(kind=asking_client.ANSWERED).owner == priya.user
    desk.get(reverse("outgoing", args=[draft.pk]))
    assert waits() == []


def test_an_answer_that_is_still_on_its_way_asks_no_more(okafor, asks, notes, office, draft, priya):
    facts = {"by": priya.user, "at": clock.now()}
    asked = asking_client.ask(draft, okafor.owner, "Are you in on Tuesday?", **facts)
    notes(asked, "Yes.")
    office.settle()
    assert postbox.outbox == []
