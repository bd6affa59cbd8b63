"""Mail that comes to the office is kept, and read by somebody."""

from email.message import EmailMessage

import pytest
from django.test import Client as Http
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress, WorkItem
from messages_app.models import InboundMail
from secretariat.local.outside import letters
from secretariat.media import storing
from secretariat.media.models import MediaFile


@pytest.fixture
def arrives(office, settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}

    def arriving(letter: EmailMessage):
        answer = Http().post(
            "/anymail/postmark/inbound/",
            letters.as_postmark_says(letter),
            content_type="application/json",
            headers={"Authorization": "Basic b3V0c2lkZTpzZWNyZXQ="},
        )
        assert answer.status_code == 200
        office.settle()

    return arriving


def letter(text="When do you open on Monday?", **facts):
    return letters.written("dana@harlow.example", "office@secretariat.example", "Opening hours", text)


def test_a_mail_from_somebody_known_is_read_at_the_desk_and_dealt_with(office, okafor, desk, priya, arrives):
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=dana, kind="email", value="dana@harlow.example"
    )
    arrives(letter())
    mail = InboundMail.objects.get()
    assert (mail.client, mail.correspondent, mail.subject) == (okafor.row, dana, "Opening hours")
    item = WorkItem.objects.open().get()
    assert (item.kind, item.client) == ("messages.unread_mail", okafor.row)
    page = desk.get(reverse("messages-mail", args=[mail.pk])).content.decode()
    assert "When do you open on Monday?" in page
    assert "Dana Reyes" in page
    desk.post(reverse("messages-mail-done", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.read_by == priya.user
    assert not WorkItem.objects.open().exists()


def test_a_mail_from_nobody_known_is_the_firms_to_read(office, okafor, desk, arrives):
    arrives(letter())
    mail = InboundMail.objects.get()
    assert mail.client is None
    assert WorkItem.objects.open().get().client is None
    assert desk.get(reverse("messages-mail", args=[mail.pk])).status_code == 404
    helen = office.browser(office.supervisor())
    assert helen.get(reverse("messages-mail", args=[mail.pk])).status_code == 200


def test_the_mail_itself_is_kept_sealed(office, okafor, arrives):
    one = letter()
    one.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="lease.pdf")
    arrives(one)
    mail = InboundMail.objects.get()
    assert mail.attachments == 1
    file = MediaFile.objects.get(pk=mail.media_id)
    raw = b"".join(storing.read(file))
    assert b"lease.pdf" in raw
    assert b"lease.pdf" not in storing.path_of(file.pk).read_bytes()


def test_the_same_mail_twice_is_one(office, okafor, arrives):
    one = letter()
    arrives(one)
    arrives(one)
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize("text", ["<p>Hello<script>alert(1)</script></p>", "<style>p{}</style>Hello"])
def test_of_html_its_words_are_shown_alone(office, okafor, arrives, text):
    one = EmailMessage()
    one["From"], one["To"], one["Subject"] = "d@harlow.example", "office@secretariat.example", "Hello"
    one["Message-ID"], one["Date"] = "<1@harlow.example>", "Tue, 24 Nov 2026 10:30:00 +0000"
    one.set_content(text, subtype="html")
    arrives(one)
    assert InboundMail.objects.get().words == "Hello"
