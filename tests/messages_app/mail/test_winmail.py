"""What Outlook packs into winmail.dat is offered as the files that it is, and what is left out is named."""

from email.message import EmailMessage

import pytest
from django.urls import reverse

from messages_app.mail import attached, winmail
from messages_app.mail.reading import Attachment, Read
from messages_app.models import Mail

from .winmail_packs import pack

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" * 9


def packed(content: bytes) -> Attachment:
    return Attachment("winmail.dat", "application/ms-tnef", content)


@pytest.fixture
def comes(writes):
    """A mail with a winmail.dat in it."""

    def coming(content):
        letter = EmailMessage()
        letter["From"], letter["To"] = "d@harlow.example", "ngozi@okafor.example"
        letter["Subject"], letter["Message-ID"] = "Plans", "<packed@harlow.example>"
        letter.set_content("Here they are")
        letter.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
        writes(letter)
        return Mail.objects.get()

    return coming


def test_a_file_in_it_is_offered_under_its_name(mailbox, comes, desk):
    mail = comes(pack(("Bill of Nöel for November.pdf", PDF), ("note.txt", b"Hello")))
    listed = [(each["name"], each["kind"], each["size"]) for each in mail.attachments]
    assert listed == [
        ("Bill of Nöel for November.pdf", "application/pdf", len(PDF)),
        ("note.txt", "text/plain", 5),
    ]
    assert not mail.trouble
    page = desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    assert "Bill of Nöel for November.pdf" in page
    assert "winmail.dat" not in page
    assert desk.get(reverse("inbox-part", args=[mail.pk]), {"n": 0}).content == PDF


def test_a_name_of_eight_letters_and_three_will_do():
    found = winmail.unpacked(packed(pack(("BILL.PDF", PDF), long_names=False)))
    assert [(each.name, each.content) for each in found.files] == [("BILL.PDF", PDF)]


def test_what_is_told_of_and_is_not_there_is_named_beside_the_mail(mailbox, comes, desk):
    mail = comes(pack(("bill.pdf", PDF), ("drawing of the roof.dwg", None), ("empty.txt", b"")))
    assert [each["name"] for each in mail.attachments] == ["bill.pdf"]
    assert mail.trouble == "Not to be had but in the original: drawing of the roof.dwg, empty.txt."
    page = desk.get(reverse("inbox-thread", args=[mail.thread_id])).content.decode()
    assert "drawing of the roof.dwg, empty.txt" in page
    assert "The mail as it came" in page


def test_what_comes_after_the_most_is_named_as_far_as_there_is_room():
    files = [(f"page {number:03} {'x' * 60}.txt", b"Hello") for number in range(winmail.MOST_FILES + 5)]
    opened = attached.opened(Read(attachments=[packed(pack(*files))]))
    assert len(opened.files) == winmail.MOST_FILES
    [said] = opened.trouble
    assert "page 100" in said
    assert said.endswith(" and 2 more.")
    assert len(said) < 240


def test_files_past_the_most_of_one_mail_are_named():
    files = [Attachment(f"{number}.txt", "text/plain", b"Hello") for number in range(attached.MOST + 1)]
    opened = attached.opened(Read(attachments=files))
    assert len(opened.files) == attached.MOST
    assert opened.trouble == [f"Not to be had but in the original: {attached.MOST}.txt."]


def test_of_a_pack_without_any_file_in_it_the_pack_itself_is_offered():
    assert winmail.unpacked(packed(pack())).files == [packed(pack())]
    lost = packed(pack(("gone.pdf", None)))
    assert winmail.unpacked(lost) == winmail.Unpacked([lost], ["gone.pdf"])
