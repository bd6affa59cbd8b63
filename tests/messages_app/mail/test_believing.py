"""An answer by mail counts only with the question's token and from a domain that stands for its author."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail as postbox

from clients.models import WorkItem
from messages_app import mail_in
from messages_app.answering import asking_client, drafting
from messages_app.mail.believing import is_aligned, new_words
from messages_app.models import ClientQuestion, InboundMail
from secretariat import clock
from secretariat.channels import domain_records
from secretariat.ids import uuid7

KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
).decode()
RECORDS = {"s1._domainkey.clients.example": f"v=DKIM1; k=rsa; p={PUBLIC}"}
RECORDS["s1._domainkey.evil.example"] = RECORDS["s1._domainkey.clients.example"]


WORDS = "Yes, at ten.\n\nOn 2 March Priya wrote:\n> Shall I?"


def mail_of(author, to, text=WORDS, signed_by="clients.example"):
    head = f"From: {author}\r\nTo: {to}\r\nSubject: Re: A question\r\nMessage-ID: <1@x>\r\n\r\n"
    raw = f"{head}{text}\r\n".encode()
    return dkim.sign(raw, b"s1", signed_by.encode(), PRIVATE) + raw if signed_by else raw


@pytest.mark.parametrize(
    ("author", "signed_by", "believed"),
    [
        ("ngozi@clients.example", "clients.example", True),
        ("ngozi@mail.clients.example", "clients.example", True),
        ("ngozi@clients.example", "evil.example", False),
        ("ngozi@clients.example", "", False),
    ],
)
def test_a_signature_counts_for_its_own_domain(author, signed_by, believed):
    raw = mail_of(author, "x@y.example", signed_by=signed_by)
    assert is_aligned(raw, author, txt=RECORDS.get) is believed
    assert not is_aligned(raw.replace(b"ten", b"two"), author, txt=RECORDS.get)
    assert not is_aligned(raw, author, txt=lambda name: None)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("Yes.\n\nOn 2 March 2026 Priya wrote:\n> Shall I?", "Yes."),
        ("Ja.\n\nAm 02.03.2026 um 10:05 schrieb Priya:\n> Soll ich?", "Ja."),
        ("Yes.\n-----Original Message-----\nFrom: x", "Yes."),
        ("> Shall I?\nYes.", "> Shall I?\nYes."),
        ("On Monday we wrote to him.", "On Monday we wrote to him."),
    ],
)
def test_what_she_wrote_stands_above_what_she_answers(words, new):
    assert new_words(words) == new


@pytest.fixture
def asked(office, mailbox, okafor, priya):
    draft = drafting.begin(mailbox, by=priya.user, at=clock.now(), to="dana@harlow.example")
    question = asking_client.ask(draft, okafor.owner, "Shall I?", by=priya.user, at=clock.now())
    office.settle()
    return question


@pytest.fixture
def arrives(office, monkeypatch):
    monkeypatch.setattr(domain_records, "texts", lambda name: [RECORDS[name]] if name in RECORDS else [])

    def arriving(raw, to):
        mail_in.came(raw, sender="ngozi@clients.example", recipient=to, event_id=uuid7(), at=clock.now())
        office.settle()
        return ClientQuestion.objects.get()

    return arriving


def hers(asked):
    return asked.contact.addresses.get(kind="email").value


def test_her_own_mail_answers_the_question(asked, arrives):
    to = asking_client.reply_address(asked)
    assert postbox.outbox[0].reply_to[0].endswith(f"<{to}>")
    kept = arrives(mail_of(hers(asked), to), to)
    assert (kept.answer, kept.answered_how) == ("Yes, at ten.", "mail")
    assert [item.kind for item in WorkItem.objects.open()] == [asking_client.ANSWERED]
    assert InboundMail.objects.get().client == asked.client


@pytest.mark.parametrize(
    "how", ["unsigned", "another's domain", "another address", "no token", "forged token"]
)
def test_nobody_else_s_does_and_somebody_reads_it(asked, arrives, how):
    to = asking_client.reply_address(asked)
    author, signed_by = hers(asked), "clients.example"
    if how == "unsigned":
        signed_by = ""
    elif how == "another's domain":
        signed_by = "evil.example"
    elif how == "another address":
        author = "tunde@clients.example"
    elif how == "no token":
        to = "office@secretariat.example"
    else:
        name, _dash, end = to.rpartition("-")
        to = f"{name}-{'a' * 16}@{end.partition('@')[2]}"
    assert arrives(mail_of(author, to, signed_by=signed_by), to).answered_at is None
    assert [item.kind for item in WorkItem.objects.open()] == ["messages.unread_mail"]
