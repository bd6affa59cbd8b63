"""What each provider posts is let in and filed, however large; what nobody can read is kept."""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest
from django.test import Client as Http

from messages_app.models import InboundMail, Mail
from secretariat.local.outside import letters

SHOWN = {"Authorization": "Basic " + base64.b64encode(b"outside:secret").decode()}
LARGE = 3 * 2**20  # more than a form that a person fills in may be
KEY = "mailgun-signs-with-this"


@pytest.fixture(autouse=True)
def provider(settings, mailbox):
    settings.ANYMAIL = {
        **settings.ANYMAIL,
        "WEBHOOK_SECRET": ["outside:secret"],
        "MAILGUN_WEBHOOK_SIGNING_KEY": KEY,
        "MANDRILL_WEBHOOK_KEY": "mandrill",
        "MANDRILL_WEBHOOK_URL": "https://desk.example/anymail/mandrill/",
    }


def letter(about="Plans", *, attached=LARGE):
    made = letters.written("Dana <dana@harlow.example>", "ngozi@okafor.example", about, "When?")
    made.add_attachment(
        b"%PDF-1.7" + b"x" * attached, maintype="application", subtype="pdf", filename="p.pdf"
    )
    return made


def signed(**fields):
    stamp, token = "1795600000", "t" * 50
    made = hmac.new(KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": stamp, "token": token, "signature": made} | fields


def in_parts(fields, files=()):
    body = b""
    for name, value in fields.items():
        body += f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, called, kind, content in files:
        head = f'--cut\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
        body += head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
    return body + b"--cut--\r\n"


def posted(esp, body, kind, way="/inbound", **headers):
    return Http().generic("POST", f"/anymail/{esp}{way}/", body, content_type=kind, headers=SHOWN | headers)


def to(**rest):
    return {"sender": "dana@harlow.example", "recipient": "ngozi@okafor.example"} | rest


def kept():
    mail = Mail.objects.get()
    assert mail.sender == "dana@harlow.example"
    return mail


def test_mailgun_with_the_mail_as_one_field(office):
    raw = letter().as_bytes().decode()
    form = in_parts(signed(**to(**{"body-mime": raw})))
    assert posted("mailgun", form, "multipart/form-data; boundary=cut").status_code == 200
    office.settle()
    assert kept().attachments[0]["size"] == LARGE + 8


def test_mailgun_with_the_mail_as_one_field_of_a_plain_form(office):
    raw = letter().as_bytes().decode()
    form = urlencode(signed(**to(**{"body-mime": raw})))
    assert posted("mailgun", form, "application/x-www-form-urlencoded").status_code == 200
    office.settle()
    assert kept().attachments[0]["name"] == "p.pdf"


def test_mailgun_with_files_even_without_a_name(office):
    said = [["From", "dana@harlow.example"], ["To", "ngozi@okafor.example"], ["Subject", "Plans"]]
    fields = signed(**to(**{"message-headers": json.dumps(said), "body-plain": "w" * LARGE}))
    fields |= {"attachment-count": "2"}
    files = [("attachment-1", "", "text/plain", b"no name"), ("attachment-2", "a.txt", "text/plain", b"a")]
    form = in_parts(fields, files)
    assert posted("mailgun", form, "multipart/form-data; boundary=cut").status_code == 200
    office.settle()
    assert sorted(each["name"] for each in kept().attachments) == ["a.txt", "attachment"]


def as_sparkpost_says(raw):
    content = {"email_rfc822": base64.b64encode(raw).decode(), "email_rfc822_is_base64": True}
    told = {"protocol": "smtp", "msg_from": "dana@harlow.example", "rcpt_to": "ngozi@okafor.example"}
    return json.dumps([{"msys": {"relay_message": told | {"content": content}}}]).encode()


@pytest.mark.parametrize("letters_of", ["utf-8", "latin-1", "koi8-r"])
def test_sparkpost_in_whatever_letters(office, letters_of):
    words = {"latin-1": "Grüße", "koi8-r": "Привет"}.get(letters_of, "Grüße, Привет")
    raw = (
        f"From: dana@harlow.example\r\nTo: ngozi@okafor.example\r\nSubject: Plans\r\n"
        f"Content-Type: text/plain; charset={letters_of}\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n"
    ).encode(letters_of)
    for _ in range(2):
        assert posted("sparkpost", as_sparkpost_says(raw), "application/json").status_code == 200
        office.settle()
    assert kept().words.strip() == words
    assert not InboundMail.objects.exists()


def test_sendgrid_with_the_mail_as_one_field(office):
    envelope = json.dumps({"to": ["ngozi@okafor.example"], "from": "dana@harlow.example"})
    form = in_parts({"email": letter().as_bytes().decode(), "envelope": envelope, "spam_score": "0.1"})
    assert posted("sendgrid", form, "multipart/form-data; boundary=cut").status_code == 200
    office.settle()
    assert kept().attachments[0]["size"] == LARGE + 8


def test_mandrill_in_one_field_of_json(office):
    told = {"event": "inbound", "ts": 1795600000, "msg": {"raw_msg": letter().as_bytes().decode()}}
    told["msg"] |= {"email": "ngozi@okafor.example", "sender": "dana@harlow.example"}
    fields = {"mandrill_events": json.dumps([told])}
    over = "https://desk.example/anymail/mandrill/" + "".join(k + v for k, v in sorted(fields.items()))
    made = base64.b64encode(hmac.new(b"mandrill", over.encode(), hashlib.sha1).digest()).decode()
    headers = {"X-Mandrill-Signature": made}
    answer = posted("mandrill", urlencode(fields), "application/x-www-form-urlencoded", way="", **headers)
    assert answer.status_code == 200
    office.settle()
    assert kept().attachments[0]["size"] == LARGE + 8


def test_a_form_that_nobody_can_read_is_kept_whole_for_a_person(office):
    form = in_parts(
        signed(**to(**{"message-headers": "no JSON"})), [("attachment-1", "a", "text/plain", b"file")]
    )
    assert posted("mailgun", form, "multipart/form-data; boundary=cut").status_code == 200
    office.settle()
    assert "could not be read" in InboundMail.objects.get().trouble


def test_whoever_has_no_secret_is_not_listened_to_for_long():
    form = in_parts(signed(**to(**{"body-mime": "x" * LARGE})))
    answer = Http().generic(
        "POST", "/anymail/mailgun/inbound/", form, content_type="multipart/form-data; boundary=cut"
    )
    assert answer.status_code == 400
    assert not Mail.objects.exists()
