"""Of a mail that comes in no card number is kept where it could be searched: its original alone holds it."""

from email.message import EmailMessage

import pytest
from django.apps import apps
from django.urls import reverse

from messages_app.mail import passing_on
from messages_app.models import InboundMail, Mail, MailRule, MailThread, Message, OutgoingMail
from secretariat import clock

CARD = "4111 1111 1111 1111"
SAID = "four one one one, one one one one, one one one one, one one one one"
KEPT = "[card number not kept, ends 1111]"
PDF = b"%PDF-1.7\n1 0 obj\n"


def paid_by_card(to="ngozi@okafor.example") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f'"Dana {CARD}" <dana@harlow.example>', to
    mail["Subject"], mail["Message-ID"] = f"Card {CARD}", "<card@harlow.example>"
    mail.set_content(f"Please charge 4111-1111\u20631111-1111, which is {SAID}. Thank you.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=f"card {CARD}.pdf")
    return mail


def everything_kept() -> list[str]:
    """Every value of every row of the messages, whichever table it stands in."""
    return [
        f"{model.__name__}.{name} {value}"
        for model in apps.get_app_config("messages_app").get_models()
        for row in model.objects.values()
        for name, value in row.items()
    ]


def assert_no_card_is_kept():
    kept = everything_kept()
    assert [each for each in kept if "1111 1111" in each or "1111-1111" in each or "one one" in each] == []
    assert any("ends 1111" in each for each in kept)


def test_a_clients_mail_is_kept_for_the_search_without_it(mailbox, desk, writes):
    writes(paid_by_card())
    mail, thread = Mail.objects.get(), MailThread.objects.get()
    assert (mail.subject, thread.subject) == (f"Card {KEPT}", f"Card {KEPT}")
    assert mail.sender_name == f"Dana {KEPT}"
    assert mail.words.strip() == f"Please charge {KEPT}, which is {KEPT}. Thank you."
    assert [each["name"] for each in mail.attachments] == [f"card {KEPT}.pdf"]
    assert "4111" not in mail.found
    assert_no_card_is_kept()
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert f"card {KEPT}.pdf" in page
    assert CARD not in page


def test_the_message_that_an_urgent_mail_becomes_names_its_files_without_it(okafor, mailbox, desk, writes):
    MailRule.objects.create(client=okafor.row, verdict="urgent", sender="harlow.example", subject="card")
    writes(paid_by_card())
    assert f"With it: card {KEPT}.pdf" in Message.objects.get().text
    assert_no_card_is_kept()


def test_nor_does_a_message_made_of_a_mail_that_was_kept_with_it(mailbox, writes):
    writes("See the file.")
    kept = [{"name": f"{CARD}.pdf", "kind": "application/pdf", "size": 9, "drawn": False}]
    Mail.objects.update(attachments=kept)
    message = passing_on.pass_on(Mail.objects.get(), MailThread.objects.get(), at=clock.now())
    assert message.text.endswith(f"With it: {KEPT}.pdf")


def test_a_file_that_goes_along_with_an_answer_is_named_without_it(mailbox, desk, writes):
    writes(paid_by_card())
    desk.post(reverse("inbox-pass-on", args=[Mail.objects.get().pk]))
    assert [each.name for each in OutgoingMail.objects.get().enclosures.all()] == [f"card {KEPT}.pdf"]
    assert_no_card_is_kept()


@pytest.mark.usefixtures("mailbox")
def test_nor_is_it_kept_of_a_mail_to_the_office(writes):
    writes(paid_by_card(to="office@secretariat.example"))
    mail = InboundMail.objects.get()
    assert mail.subject == f"Card {KEPT}"
    assert mail.words.strip() == f"Please charge {KEPT}, which is {KEPT}. Thank you."
    assert_no_card_is_kept()
