"""A mail as each provider posts it, by its documents: filed with its file, for everybody it came to."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dkim
import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.test import Client as Http

from messages_app.mail import original
from messages_app.models import InboundMail, Mail, Mailbox
from secretariat.local.outside import letters
from secretariat.settings.mail import WEBHOOK_KEYS

DANA, NGOZI, RIVAL = "dana@harlow.example", "ngozi@okafor.example", "post@rival.example"
SHOWN = {"Authorization": "Basic " + base64.b64encode(b"outside:secret").decode()}
FILE = b"%PDF-1.7 the plan"
SIGNED_WITH = "a-secret-of-the-webhook"
CONFIRMED = (
    b"<ConfirmSubscriptionResponse><ConfirmSubscriptionResult><SubscriptionArn>arn:aws:sns:1</SubscriptionArn>"
    b"</ConfirmSubscriptionResult></ConfirmSubscriptionResponse>"
)
TOPIC = "arn:aws:sns:us-east-1:111111111111:mail"


class Elsewhere:
    """A provider's own service, of which the rest of a mail is asked: what lies at which path."""

    def __init__(self):
        self.lies, self.asked = {}, []
        there = self

        class Service(BaseHTTPRequestHandler):
            def do_GET(self):
                there.asked.append((self.path, self.headers.get("Authorization")))
                content = there.lies.get(self.path.partition("?")[0])
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Type", "application/pdf")
                self.end_headers()
                self.wfile.write(content or b"")

            def do_POST(self):
                told = self.rfile.read(int(self.headers["Content-Length"])).decode()
                there.asked.append((told, self.headers.get("Authorization")))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(CONFIRMED)

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def postal_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def elsewhere():
    made = Elsewhere()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture(autouse=True)
def keys(settings, mailbox, elsewhere, postal_key, monkeypatch):
    public = postal_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    given = {
        "BREVO_API_KEY": "brevo-key",
        "MAILERSEND_INBOUND_SECRET": SIGNED_WITH,
        "MAILTRAP_API_TOKEN": "mailtrap-key",
        "MAILTRAP_INBOUND_SECRET": SIGNED_WITH,
        "POSTAL_WEBHOOK_KEY": "".join(public.decode().splitlines()[1:-1]),
        "RESEND_API_KEY": "resend-key",
    }
    assert set(given) <= WEBHOOK_KEYS  # all of them can be set
    at = {f"{esp}_API_URL": elsewhere.url for esp in ("BREVO", "MAILTRAP", "RESEND")}
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ["outside:secret"], **given, **at}
    # As Amazon's own library reads them; where it is spoken to lies beside us.
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIA",
        "AWS_SECRET_ACCESS_KEY": "amazon-key",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": elsewhere.url,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def rival(office):
    """A second client whose mail comes by the same provider."""
    client = office.client("Rival & Co")
    return Mailbox.objects.create(client=client.row, address=RIVAL, name="Rival", incoming="ours")


class Bytes(bytes):
    """A mail that is nothing but its bytes."""

    def as_bytes(self):
        return bytes(self)

    def as_string(self):
        return self.decode()


def letter(to=NGOZI, file=FILE):
    made = letters.written(f"Dana Reyes <{DANA}>", to, "Plans", "When do you open?")
    made.add_attachment(file, maintype="application", subtype="pdf", filename="plan.pdf")
    return made


def signed(body):
    return hmac.new(SIGNED_WITH.encode(), body, hashlib.sha256).hexdigest()


def posts(esp, told, **headers):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    where = f"/anymail/{esp}/inbound/"
    return Http().generic("POST", where, body, content_type="application/json", headers=SHOWN | headers)


# --- As each documents it -----------------------------------------------------------------------------------


def by_amazon_ses(made, to, **_):
    """https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html"""
    action = {"type": "SNS", "topicArn": TOPIC, "encoding": "BASE64"}
    return _from_amazon(to, action, content=base64.b64encode(made.as_bytes()).decode())


def by_amazon_s3(made, to, elsewhere, **_):
    """As Amazon does it with what is larger than 150 kB: the mail lies in a bucket, and where is told."""
    elsewhere.lies["/mail-bucket/inbound/o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1"] = made.as_bytes()
    place = {"bucketName": "mail-bucket", "objectKey": "inbound/o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1"}
    return _from_amazon(to, {"type": "S3", "topicArn": TOPIC, "objectKeyPrefix": "inbound", **place})


def _from_amazon(to, action, **more):
    told = {
        "notificationType": "Received",
        "mail": {"source": DANA, "messageId": "jili9m351il3gkburn7o2f0u6788stij94c8ld01", "destination": to},
        "receipt": {"recipients": to, "action": action, "spamVerdict": {"status": "PASS"}},
    }
    return _by_notification("Notification", Message=json.dumps(told | more))


def _by_notification(kind, **told):
    about = {"X-Amz-Sns-Message-Type": kind, "X-Amz-Sns-Message-Id": "8f6dee70"}
    return posts("amazon_ses", {"Type": kind, "MessageId": "8f6dee70", "TopicArn": TOPIC, **told}, **about)


def by_brevo(made, to, elsewhere, **_):
    """https://developers.brevo.com/docs/inbound-parse-webhooks"""
    elsewhere.lies["/inbound/attachments/token-of-the-file"] = FILE
    item = {
        "Uuid": ["8d79f2f1-20ae-4939-beef-000000000000"],
        "Recipients": to,
        "Headers": {**{name: str(value) for name, value in made.items()}, "Delivered-To": to[0]},
        "RawTextBody": "When do you open?",
        "Attachments": [
            {"Name": "plan.pdf", "ContentType": "application/pdf", "DownloadToken": "token-of-the-file"}
        ],
        "SpamScore": 2.8,
    }
    del item["Headers"]["Content-Type"]
    return posts("brevo", {"items": [item]})


def by_mailersend(made, to, **_):
    """https://developers.mailersend.com/api/v1/inbound.html"""
    about = {"id": "649e83a0", "sender": {"email": DANA}, "raw": made.as_string()}
    about["recipients"] = {"rcptTo": [{"email": each} for each in to]}
    body = json.dumps({"type": "inbound.message", "data": about}).encode()
    return posts("mailersend", body, Signature=signed(body))


def by_mailjet(made, to, **_):
    """https://dev.mailjet.com/email/guides/parse-api/"""
    head = {"Content-Type": 'application/pdf; name="plan.pdf"', "Content-Transfer-Encoding": "base64"}
    head["Content-Disposition"] = 'attachment; filename="plan.pdf"'
    told = {
        "Sender": DANA,
        "Recipient": to[0],
        "Headers": {name: str(value) for name, value in made.items() if not name.startswith("Content-")},
        "Parts": [
            {"Headers": {"Content-Type": "text/plain"}, "ContentRef": "Text-part"},
            {"Headers": head, "ContentRef": "Attachment1"},
        ],
        "Text-part": "When do you open?",
        "Attachment1": base64.b64encode(FILE).decode(),
        "SpamAssassinScore": "0.1",
    }
    return posts("mailjet", told)


def by_mailtrap(made, to, elsewhere, **_):
    """https://docs.mailtrap.io/email-api-smtp/advanced/webhooks, …/developers/inbound/messages"""
    lies = {"id": "m1", "raw_message_url": f"{elsewhere.url}/raw/m1"}
    elsewhere.lies["/inbound/inboxes/7/messages/m1"] = json.dumps(lies).encode()
    elsewhere.lies["/raw/m1"] = made.as_bytes()
    event = {"event": "inbound.message_received", "event_id": "e1", "inbox_id": 7, "message_id": "m1"}
    body = json.dumps({"events": [event | {"timestamp": 1795600000000}]}).encode()
    return posts("mailtrap", body, **{"Mailtrap-Signature": signed(body)})


def by_postal(made, to, postal_key, **_):
    """https://docs.postalserver.io/developer/http-payloads"""
    told = {"id": 12345, "rcpt_to": to[0], "mail_from": DANA, "base64": True}
    body = json.dumps(told | {"message": base64.b64encode(made.as_bytes()).decode()}).encode()
    signature = postal_key.sign(body, padding.PKCS1v15(), hashes.SHA1())
    return posts("postal", body, **{"X-Postal-Signature": base64.b64encode(signature).decode()})


def by_postmark(made, to, **_):
    """https://postmarkapp.com/developer/webhooks/inbound-webhook, without the raw mail"""
    told = letters.as_postmark_says(made) | {"OriginalRecipient": to[0]}
    del told["RawEmail"]
    apart = ("Content-", "MIME-", "From", "To", "Subject", "Date")
    told["Headers"] = [each for each in told["Headers"] if not each["Name"].startswith(apart)]
    told["FromFull"]["Name"] = "Dana Reyes"
    told["ToFull"] = [{"Email": to[0], "Name": ""}]
    file = {"Name": "plan.pdf", "ContentType": "application/pdf", "Content": base64.b64encode(FILE).decode()}
    return posts("postmark", told | {"Attachments": [file]})


def by_resend(made, to, elsewhere, **_):
    """https://resend.com/docs/dashboard/receiving/introduction"""
    lies = {"object": "email", "id": "56761188", "raw": {"download_url": f"{elsewhere.url}/raw/56761188"}}
    elsewhere.lies["/emails/receiving/56761188"] = json.dumps(lies).encode()
    elsewhere.lies["/raw/56761188"] = made.as_bytes()
    about = {"email_id": "56761188", "from": DANA, "to": to, "subject": "Plans"}
    told = {"type": "email.received", "created_at": "2026-11-24T10:30:00.000Z", "data": about}
    return posts("resend", told, **{"svix-id": "msg_1"})


WAYS = {
    each.__name__.removeprefix("by_"): each
    for each in (
        *(
            by_amazon_ses,
            by_amazon_s3,
            by_brevo,
            by_mailersend,
            by_mailjet,
            by_mailtrap,
            by_postal,
            by_postmark,
            by_resend,
        ),
    )
}


@pytest.mark.parametrize("esp", WAYS)
def test_a_mail_is_filed_once_with_its_words_and_its_file(office, elsewhere, postal_key, esp):
    made = letter()
    for _ in range(2):  # what was not thanked for in time is posted again
        answer = WAYS[esp](made, [NGOZI], elsewhere=elsewhere, postal_key=postal_key)
        assert answer.status_code == 200
    office.settle()
    mail = Mail.objects.get()
    assert (mail.sender, mail.sender_name, mail.subject) == (DANA, "Dana Reyes", "Plans")
    assert mail.message_id == made["Message-ID"].strip("<>")
    assert mail.words.strip() == "When do you open?"
    [file] = mail.attachments
    assert (file["name"], file["kind"], file["size"]) == ("plan.pdf", "application/pdf", len(FILE))
    assert mail.trouble == ""
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("esp", ["amazon_ses", "amazon_s3", "brevo", "mailersend", "mailtrap", "resend"])
def test_one_mail_to_two_clients_comes_to_both(office, rival, elsewhere, postal_key, esp):
    made = letter(to=f"{NGOZI}, somebody@harlow.example, {RIVAL}")
    answer = WAYS[esp](made, [NGOZI, RIVAL], elsewhere=elsewhere, postal_key=postal_key)
    assert answer.status_code == 200
    office.settle()
    assert sorted(Mail.objects.values_list("mailbox__address", flat=True)) == [NGOZI, RIVAL]
    assert not InboundMail.objects.exists()


@pytest.mark.parametrize("esp", ["amazon_ses", "amazon_s3", "mailersend", "mailtrap", "postal", "resend"])
def test_what_its_author_s_server_signed_is_kept_to_the_letter(office, elsewhere, postal_key, esp):
    """The bytes as they came: a client's answer by mail is believed by her domain's signature alone."""
    made = letter()
    made["References"] = " ".join(f"<{number}-of-a-long-conversation@harlow.example>" for number in range(5))
    pem = postal_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    raw = made.as_bytes(policy=made.policy.clone(linesep="\r\n"))
    signed_by_hers = dkim.sign(raw, b"desk", b"harlow.example", pem) + raw
    answer = WAYS[esp](Bytes(signed_by_hers), [NGOZI], elsewhere=elsewhere, postal_key=postal_key)
    assert answer.status_code == 200
    office.settle()
    kept = original.bytes_of(Mail.objects.get())
    public = postal_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    assert dkim.verify(kept, dnsfunc=lambda *_asked, **_more: record)


def test_a_mail_in_other_letters_is_read_in_them(office, elsewhere, postal_key):
    head = f"From: {DANA}\r\nTo: {NGOZI}\r\nSubject: Plans\r\nContent-Type: text/plain; charset=koi8-r\r\n"
    raw = f"{head}Content-Transfer-Encoding: 8bit\r\n\r\nПривет\r\n".encode("koi8-r")
    assert by_postal(Bytes(raw), [NGOZI], postal_key=postal_key).status_code == 200
    office.settle()
    assert Mail.objects.get().words.strip() == "Привет"


def test_what_the_provider_cannot_hand_over_just_now_is_posted_again(office, elsewhere):
    made = letter()
    elsewhere.lies.clear()
    told = {"type": "email.received", "data": {"email_id": "56761188", "to": [NGOZI]}}
    with pytest.raises(OSError, match="404"):  # answered as an error: what is not thanked for comes again
        posts("resend", told)
    assert by_resend(made, [NGOZI], elsewhere=elsewhere).status_code == 200
    office.settle()
    assert Mail.objects.count() == 1
    assert ("/emails/receiving/56761188", "Bearer resend-key") in elsewhere.asked


@pytest.mark.parametrize("esp", ["mailersend", "mailtrap", "postal"])
def test_what_is_not_signed_is_not_listened_to(office, esp):
    assert posts(esp, {"type": "inbound.message", "message": "", "events": []}).status_code == 400
    assert not Mail.objects.exists()


def test_amazon_is_asked_for_the_secret_before_it_shows_it():
    answer = Http().post("/anymail/amazon_ses/inbound/", "{}", content_type="application/json")
    assert (answer.status_code, answer["WWW-Authenticate"][:5]) == (401, "Basic")


def test_amazon_s_topic_is_confirmed_where_it_shows_the_secret(elsewhere):
    assert _by_notification("SubscriptionConfirmation", Token="2336412f37").status_code == 200
    [(said, signed)] = elsewhere.asked
    assert {"Action=ConfirmSubscription", "Token=2336412f37"} < set(said.split("&"))
    assert "Credential=AKIA/" in signed


def test_what_lies_in_a_bucket_that_cannot_be_read_just_now_is_posted_again(office, elsewhere):
    place = {"bucketName": "mail-bucket", "objectKey": "inbound/gone"}
    with pytest.raises(ClientError, match="couldn't download"):
        _from_amazon([NGOZI], {"type": "S3", "topicArn": TOPIC, **place})
    assert not InboundMail.objects.exists()
