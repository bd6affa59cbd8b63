"""A client's own mailbox: at a real mail server on this computer, with her own program beside ours."""

from uuid import uuid4

import pytest
from django.test import override_settings

from messages_app.mail import opening
from messages_app.models import Mailbox
from secretariat.local import dovecot
from tests.mail_program import MailProgram
from tests.postmaster import at_the_door

NGOZI = "ngozi@okafor.example"


@pytest.fixture(scope="module")
def imap_port():
    assert dovecot.program(), "apt-get install dovecot-imapd"
    with dovecot.running() as number:
        yield number


@pytest.fixture
def postmaster():
    with at_the_door() as handler:
        yield handler


@pytest.fixture
def hers(imap_port):
    """Her own mail program, at a mailbox of this story's own."""
    program = MailProgram(imap_port, f"ngozi{uuid4().hex[:12]}")
    yield program
    program.closes()


@pytest.fixture
def watched(office, okafor, hers, imap_port, postmaster):
    """Her mailbox elsewhere, connected, and waited at."""
    box = Mailbox(
        client=okafor.row,
        address=NGOZI,
        incoming="imap",
        imap_host="127.0.0.1",
        imap_port=imap_port,
        imap_security="none",
        smtp_host="127.0.0.1",
        smtp_port=postmaster.port,
        smtp_security="none",
        username=hers.username,
        from_mode="own",
    )
    with override_settings(VAULT_KEYS=[f"demo:{office.running.keys.vault_key}"]):
        opening.seal(box, {"password": dovecot.PASSWORD})
        box.save()
    office.eventually(Mailbox.objects.filter(state="connected").exists)
    office.eventually(Mailbox.objects.exclude(watched_until=None).exists)
    return box
