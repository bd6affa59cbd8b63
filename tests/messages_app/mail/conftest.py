"""Mailboxes of clients, and people who write to them, as the provider brings it or as it lies on a server."""

from email.message import EmailMessage

import pytest
from django.test import Client as Http

from messages_app.models import Mailbox
from secretariat.local.outside import letters


@pytest.fixture
def mailbox(okafor):
    """Okafor's address, which our provider takes mail in for."""
    return Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", name="Ngozi Okafor", incoming="ours"
    )


@pytest.fixture
def writes(office, settings):
    """Somebody writes, and her mail comes by the provider's webhook."""
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}

    def writing(text="When do you open?", *, of="Dana Reyes <dana@harlow.example>", about="Hours", **headers):
        to = headers.pop("to", "ngozi@okafor.example")
        letter = text if isinstance(text, EmailMessage) else letters.written(of, to, about, text)
        for name, value in headers.items():
            name = name.replace("_", "-")
            del letter[name]
            letter[name] = value
        answer = Http().post(
            "/anymail/postmark/inbound/",
            letters.as_postmark_says(letter),
            content_type="application/json",
            headers={"Authorization": "Basic b3V0c2lkZTpzZWNyZXQ="},
        )
        assert answer.status_code == 200
        office.settle()
        return letter

    return writing
