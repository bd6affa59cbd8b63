import re
import socketserver
import threading
from email.utils import formataddr

import pytest
import requests
from anymail import exceptions as anymail
from django.core import mail

from secretariat.channels import Refused, Silent, email
from tests.patience import PATIENCE

KEY = "delivery:7"
SMTP = "secretariat.channels.smtp.EmailBackend"


def send(**facts):
    facts = {"to": "ngozi@example.com", "subject": "Mr Harlow rang", "body": "At 10:02.", "key": KEY} | facts
    return email.send(**facts)


class Postmaster(socketserver.StreamRequestHandler):
    """Speaks SMTP, and answers each command as the server was told: a reply, or "cut" to hang up."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline().strip():
            command = line.split(b":")[0].split()[0].upper().decode()
            reply = self.server.replies.get(command, "250 OK")
            if reply == "cut":
                return
            self.say("354 go on" if command == "DATA" and reply == "250 OK" else reply)
            if command == "DATA" and reply == "250 OK":
                while (content := self.rfile.readline()) not in (b".\r\n", b""):
                    self.server.received.append(content)
                ending = self.server.replies.get("CONTENT", "250 OK")
                if ending == "cut":
                    return
                self.say(ending)

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")


@pytest.fixture
def postmaster(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postmaster)
    server.replies, server.received = {}, []
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, 5
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.PUBLIC_BASE_URL = "https://desk.example.com"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(PATIENCE)


def test_a_mail_leaves_with_our_own_message_id(postmaster):
    receipt = send(html="<p>At 10:02.</p>", reply_to=["reply+x@example.com"], in_reply_to="<a@b>")
    sent = b"".join(postmaster.received).decode()
    assert f"Message-ID: {receipt}" in sent
    assert receipt.endswith("@desk.example.com>")
    assert "Reply-To: reply+x@example.com" in sent
    assert "In-Reply-To: <a@b>" in sent
    assert "<p>At 10:02.</p>" in sent


def test_a_second_attempt_carries_the_same_message_id():
    assert email.message_id(KEY) == email.message_id(KEY) != email.message_id("delivery:8")
    assert KEY not in email.message_id(KEY)


def test_a_line_break_in_a_subject_begins_no_header(postmaster):
    send(subject="Mr Harlow\r\nBcc: everyone@example.com")
    assert b"Subject: Mr Harlow Bcc: everyone@example.com\r\n" in postmaster.received


@pytest.mark.parametrize("a_break", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x85", "\x1b"])
def test_nor_does_one_in_what_somebody_is_called(postmaster, a_break):
    named = formataddr((f"Okafor{a_break}Bcc: everyone@example.com", "office@firm.example"))
    send(sender=named, reply_to=[named], subject=f"Lease{a_break}Bcc: everyone@example.com")
    head = b"".join(postmaster.received).partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.replace(b"\r\n ", b"").split(b"\r\n")]
    assert {b"From", b"Reply-To", b"Subject"} <= set(names)
    assert b"Bcc" not in names
    assert not re.search(rb"[^\r]\n|\r[^\n]|[\x00-\x08\x0b\x0c\x0e-\x1f]", head)


@pytest.mark.parametrize(
    ("replies", "code", "permanent"),
    [
        ({"RCPT": "550 no such mailbox"}, "550", True),
        ({"RCPT": "450 try later"}, "450", False),
        ({"MAIL": "451 try later"}, "451", False),
        ({"MAIL": "553 not from you"}, "553", True),
        ({"DATA": "554 no"}, "554", True),
        ({"CONTENT": "452 no room"}, "452", False),
        ({"CONTENT": "552 too large"}, "552", True),
    ],
)
def test_an_answer_that_is_no_is_a_refusal(postmaster, replies, code, permanent):
    postmaster.replies = replies
    with pytest.raises(Refused) as refusal:
        send()
    assert (refusal.value.code, refusal.value.permanent) == (code, permanent)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_a_connection_cut_before_the_content_is_a_refusal(postmaster, command):
    postmaster.replies = {command: "cut"}
    with pytest.raises(Refused) as refusal:
        send()
    assert refusal.value.outage


def test_a_connection_cut_after_the_content_is_a_silence(postmaster):
    postmaster.replies = {"CONTENT": "cut"}
    with pytest.raises(Silent):
        send()
    assert postmaster.received, "it may well have arrived"


def test_a_server_that_is_not_there_is_an_outage(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
    with pytest.raises(Refused) as refusal:
        send()
    assert refusal.value.outage
    assert not refusal.value.permanent


class TestProviders:
    """A provider's API, through anymail."""

    @pytest.fixture(autouse=True)
    def postmark(self, settings):
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token"}

    @pytest.fixture
    def provider(self, monkeypatch):
        provider = {}

        def request(session, **asked):
            provider["asked"] = asked
            if isinstance(provider["answer"], Exception):
                raise provider["answer"]
            return provider["answer"]

        monkeypatch.setattr(requests.Session, "request", request)
        return provider

    def answer(self, status, body=b"{}", **headers):
        response = requests.Response()
        response.status_code, response._content, response.reason = status, body, ""
        response.headers.update(headers)
        return response

    def test_the_provider_s_id_is_the_receipt_and_the_key_goes_along(self, provider):
        provider["answer"] = self.answer(
            200, b'{"MessageID": "pm-1", "ErrorCode": 0, "Message": "OK", "To": "ngozi@example.com"}'
        )
        assert send() == "pm-1"
        assert b'"delivery:7"' in provider["asked"]["data"].encode()

    @pytest.mark.parametrize(("status", "permanent"), [(400, True), (404, True), (401, False), (429, False)])
    def test_a_client_error_is_a_refusal(self, provider, status, permanent):
        provider["answer"] = self.answer(status, **{"Retry-After": "9"})
        with pytest.raises(Refused) as refusal:
            send()
        assert (refusal.value.code, refusal.value.permanent) == (str(status), permanent)
        assert refusal.value.retry_after == 9

    @pytest.mark.parametrize(
        "answer", [500, 503, requests.ReadTimeout(), requests.exceptions.ChunkedEncodingError()]
    )
    def test_a_server_error_or_none_at_all_is_a_silence(self, provider, answer):
        provider["answer"] = self.answer(answer) if isinstance(answer, int) else answer
        with pytest.raises(Silent):
            send()

    def test_an_acceptance_we_cannot_read_is_a_silence(self, provider):
        provider["answer"] = self.answer(200, b"<html>")
        with pytest.raises(Silent):
            send()

    def test_no_connection_is_an_outage(self, provider):
        provider["answer"] = requests.ConnectTimeout()
        with pytest.raises(Refused) as refusal:
            send()
        assert refusal.value.outage

    def test_what_never_left_is_a_refusal(self, monkeypatch):
        def refuses(message, *_, **__):
            raise anymail.AnymailRecipientsRefused

        monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuses)
        with pytest.raises(Refused) as refusal:
            send()
        assert refusal.value.permanent


def test_with_any_other_backend_the_message_id_is_the_receipt():
    assert send() == mail.outbox[0].extra_headers["Message-ID"]
