"""Mail that comes to the office is kept, and read by somebody."""

import json
import re
from email.message import EmailMessage

import pytest
from django.core import mail as django_mail
from django.test import Client as Http
from django.urls import reverse

from calendar_app.asking import ToAsk
from calendar_app.models import MeetingRequest
from calendar_app.planning import Coming
from clients.models import Correspondent, CorrespondentAddress, WorkItem, WorkRecord
from messages_app import mail_in
from messages_app.models import InboundMail
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.local.outside import letters
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from tests.calendar_app import diaries
from tests.calendar_app.test_asking import offer


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


def test_the_seconds_of_reading_it_are_kept_once(office, okafor, desk, priya):
    facts = {"client": okafor.row, "sender": "dana@harlow.example", "subject": "Opening hours"}
    mail = InboundMail.objects.create(came_at=clock.now(), event_id=uuid7(), **facts)
    page = desk.get(reverse("messages-mail", args=[mail.pk]))
    began = page.context["began"]
    assert f'name="began" value="{began}"' in page.content.decode()
    for seconds in (40, 5):  # the second time it is read already
        office.passes(seconds)
        desk.post(reverse("messages-mail-done", args=[mail.pk]), {"began": began})
    record = WorkRecord.objects.get()
    assert (record.kind, record.client, record.secretary) == ("reading", okafor.row, priya)
    assert (record.ended_at - record.started_at).total_seconds() == 40
    assert record.subject_id == mail.pk


def test_whoever_has_no_hours_reads_a_mail_for_no_client(office, okafor, priya, desk):
    helen = office.supervisor()
    facts = {"client": None, "sender": "dana@harlow.example", "subject": "Opening hours"}
    mail = InboundMail.objects.create(came_at=clock.now(), event_id=uuid7(), **facts)
    browser = office.browser(helen)
    began = browser.get(reverse("messages-mail", args=[mail.pk])).context["began"]
    office.passes(40)
    assert browser.post(reverse("messages-mail-done", args=[mail.pk]), {"began": began}).status_code == 303
    assert not WorkRecord.objects.exists()  # a supervisor has no hours to keep


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


def test_what_cannot_be_read_is_said_and_its_original_can_be_had(office, okafor, arrives):
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(900))
    raw = b"From: d@harlow.example\nTo: office@secretariat.example\nSubject: Bomb\n" + parts
    mail = mail_in.came(
        raw, sender="d@harlow.example", recipient="o@s.example", event_id=uuid7(), at=clock.now()
    )
    assert "could not be told apart" in mail.trouble
    helen = office.browser(office.supervisor())
    page = helen.get(reverse("messages-mail", args=[mail.pk])).content.decode()
    assert "could not be told apart" in page
    [address] = re.findall(r'href="(/[^"]+\?download)"', page)
    answer = helen.get(address)
    assert b"".join(answer.streaming_content) == raw
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_secretary_has_the_original_where_firm_and_client_let_her(office, okafor, desk, arrives):
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=dana, kind="email", value="dana@harlow.example"
    )
    arrives(letter())
    page = reverse("messages-mail", args=[InboundMail.objects.get().pk])
    assert "?download" not in desk.get(page).content.decode()
    Firm.objects.update(may_download=True)
    assert "?download" in desk.get(page).content.decode()


class TestAnAnswerToTimesOffered:
    @pytest.fixture
    def asked(self, office, okafor, priya, settings):
        office.clock_says("2026-11-24 10:30")
        made = offer(
            diaries.diary_of(okafor.row), priya.user, ToAsk(Coming("Dana Reyes", "dana@harlow.example"))
        )
        office.settle()
        return made

    def written_back(self, sender="Dana Reyes <dana@harlow.example>", **headers):
        sent = django_mail.outbox[-1].extra_headers["Message-ID"]
        answer = letters.written(
            sender, "office@secretariat.example", "Re: Which time suits you", "Mornings are better.", sent
        )
        for name, value in headers.items():
            answer[name.replace("_", "-")] = value
        return answer

    def test_it_stands_in_the_thread_and_a_person_reads_it(self, office, okafor, desk, asked, arrives):
        arrives(self.written_back())
        page = desk.get(reverse("diary-request", args=[asked.pk])).content.decode()
        assert "Dana Reyes wrote: “Mornings are better.”" in page
        assert InboundMail.objects.get().client == okafor.row
        item = WorkItem.objects.open().get(kind="messages.unread_mail")
        assert item.because == "A mail about the times offered for “The lease” came in."
        asked.refresh_from_db()
        assert asked.state == MeetingRequest.State.OPEN

    @pytest.mark.parametrize(
        ("sender", "headers"),
        [
            ("Somebody <else@harlow.example>", {}),
            ("Dana <dana@harlow.example>", {"Authentication_Results": "mx.example; dmarc=fail"}),
            ("Dana <dana@harlow.example>", {"Received_SPF": "fail (mx.example)"}),
        ],
    )
    def test_nobody_else_speaks_in_it(self, desk, asked, arrives, sender, headers):
        arrives(self.written_back(sender, **headers))
        assert "wrote:" not in desk.get(reverse("diary-request", args=[asked.pk])).content.decode()
        assert WorkItem.objects.open().get().because == "A mail came in that nobody has read yet."


def posted(body: bytes):
    secret = {"Authorization": "Basic b3V0c2lkZTpzZWNyZXQ="}
    address = "/anymail/postmark/inbound/"
    browser = Http(raise_request_exception=False)
    return browser.post(address, body, content_type="application/json", headers=secret).status_code


def test_what_the_provider_s_adapter_cannot_read_is_kept_as_it_came(office, okafor, settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}
    assert posted(b'{"Headers": 7, "it": "says nothing"}') == 200
    assert posted(b'{"Headers": 7, "it": "says nothing"}') == 200
    office.settle()
    mail = InboundMail.objects.get()
    assert mail.trouble == "A mail came in that could not be read."
    assert WorkItem.objects.open().get().client is None
    file = MediaFile.objects.get(pk=mail.media_id)
    assert b"".join(storing.read(file)) == b'{"Headers": 7, "it": "says nothing"}'


def test_a_large_mail_comes_in_and_a_stranger_s_does_not(office, okafor, settings, arrives):
    one = letter()
    one.add_attachment(b"x" * 4_000_000, maintype="application", subtype="pdf", filename="plan.pdf")
    arrives(one)
    assert InboundMail.objects.get().attachments == 1
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "another:secret"}
    assert posted(json.dumps({"RawEmail": "From: eve@x.example"}).encode()) == 400
    assert InboundMail.objects.count() == 1
