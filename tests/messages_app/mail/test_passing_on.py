"""A mail goes to somebody of the client's address book; and one that came is passed on with its files."""

from email.message import EmailMessage

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress
from messages_app.answering import drafting
from messages_app.models import Mail, MailThread, OutgoingMail
from secretariat import clock

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def sam(okafor):
    sam = Correspondent.objects.create(client=okafor.row, name="Sam Lee")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=sam, kind="email", value="sam@lee.example"
    )
    return sam


@pytest.fixture
def draft(mailbox, writes, priya):
    writes("When do you open?")
    return drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())


def values(draft):
    draft.refresh_from_db()
    return draft.values


def adds(desk, draft, person, into="cc"):
    answer = desk.post(
        reverse("outgoing-add", args=[draft.pk]), {"person": person, "into": into}, follow=True
    )
    return answer.content.decode()


def test_whom_the_client_knows_is_offered_and_added_once(desk, draft, sam):
    assert "sam@lee.example" in desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    adds(desk, draft, "Sam@Lee.example")
    assert values(draft)["cc"] == "sam@lee.example"
    adds(desk, draft, "sam lee", into="to")
    assert (values(draft)["to"], values(draft)["cc"]) == ("dana@harlow.example", "sam@lee.example")


def test_the_fields_themselves_suggest_them(desk, draft, sam):
    page = desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    assert page.count('list="address-book" data-several') == 3
    assert page.count('<datalist id="address-book">') == 1


def test_by_name_beside_those_who_are_there(desk, draft, sam):
    adds(desk, draft, "Sam Lee", into="to")
    assert values(draft)["to"] == "dana@harlow.example, sam@lee.example"


@pytest.mark.parametrize("person", ["", "nobody@lee.example", "x" * 5000])
def test_who_is_not_in_the_book_is_said_and_changes_nothing(desk, draft, sam, person):
    before = values(draft)
    assert "address book is" in adds(desk, draft, person)
    assert values(draft) == before


def test_nobody_of_another_clients_book(office, desk, draft):
    harlow = office.client("Harlow")
    other = Correspondent.objects.create(client=harlow.row, name="Sam Lee")
    facts = {"client": harlow.row, "correspondent": other, "kind": "email", "value": "sam@lee.example"}
    CorrespondentAddress.objects.create(**facts)
    assert "sam@lee.example" not in desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    adds(desk, draft, "sam@lee.example")
    assert values(draft)["cc"] == ""


def test_a_mail_is_passed_on_with_what_came_with_it(office, mailbox, desk, writes):
    letter = EmailMessage()
    letter["From"], letter["To"] = "Dana Reyes <dana@harlow.example>", "ngozi@okafor.example"
    letter["Subject"], letter["Message-ID"] = "Invoice", "<invoice@harlow.example>"
    letter.set_content("Please pay by Monday.")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="invoice.pdf")
    letter.add_attachment(b"MZ\x90\x00", maintype="application", subtype="pdf", filename="run.pdf")
    writes(letter)
    mail = Mail.objects.get()
    address = reverse("inbox-pass-on", args=[mail.pk])
    assert address in desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    page = desk.post(address, follow=True).content.decode()
    begun = OutgoingMail.objects.get()
    assert "run.pdf does not go along. That file is a program." in page
    assert (begun.values["subject"], begun.thread, begun.values.get("to", "")) == ("Fwd: Invoice", None, "")
    for words in ("From: Dana Reyes dana@harlow.example", "Subject: Invoice", "Please pay by Monday."):
        assert words in begun.values["words"]
    assert [each.name for each in begun.enclosures.all()] == ["invoice.pdf"]
    typed = begun.values | {"to": "books@okafor.example", "revision": str(begun.revision)}
    assert desk.post(reverse("outgoing-send", args=[begun.pk]), typed).status_code == 303
    office.passes(11)
    [sent] = postbox.outbox
    assert (sent.to, [each[0] for each in sent.attachments]) == (["books@okafor.example"], ["invoice.pdf"])
    assert MailThread.objects.count() == 2


def test_what_is_kept_no_longer_is_said(mailbox, desk, writes):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "d@harlow.example", "ngozi@okafor.example", "Plan"
    letter["Message-ID"] = "<plan@harlow.example>"
    letter.set_content("See the plan.")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    writes(letter)
    Mail.objects.update(media_id=None)
    page = desk.post(reverse("inbox-pass-on", args=[Mail.objects.get().pk]), follow=True).content.decode()
    assert "plan.pdf does not go along: it is kept no longer." in page
    assert "See the plan." in OutgoingMail.objects.get().values["words"]


def test_a_file_of_the_mail_that_is_answered_goes_along(mailbox, desk, writes, priya):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "d@harlow.example", "ngozi@okafor.example", "Plan"
    letter["Message-ID"] = "<plan@harlow.example>"
    letter.set_content("Please sign.")
    letter.add_attachment(PDF, maintype="application", subtype="pdf", filename="plan.pdf")
    writes(letter)
    draft = drafting.answer(MailThread.objects.get(), by=priya.user, at=clock.now())
    address = reverse("outgoing-along", args=[draft.pk])
    assert "Let plan.pdf go along" in desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    assert desk.post(address, {"n": "0"}).status_code == 303
    assert [each.name for each in draft.enclosures.all()] == ["plan.pdf"]
    for wrong in ("1", "x", "", "99999"):
        page = desk.post(address, {"n": wrong}, follow=True).content.decode()
        assert "That file is kept no longer." in page
    assert draft.enclosures.count() == 1
