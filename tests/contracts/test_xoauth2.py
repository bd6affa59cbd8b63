"""How Google and Microsoft let a token in at IMAP and SMTP, line by line as they document it.

https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import base64
import json

import pytest

from secretariat.channels import mail_as
from secretariat.channels.errors import Refused as NotTaken
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import MailboxAt, Refused

from .speaking import speaks

HERS, TOKEN = "ngozi@okafor.example", "ya29.a0AfB_token"
SAID = base64.b64encode(f"user={HERS}\x01auth=Bearer {TOKEN}\x01\x01".encode()).decode()
WHY_NOT = {"status": "400", "schemes": "Bearer", "scope": "https://mail.google.com/"}
CHALLENGE = base64.b64encode(json.dumps(WHY_NOT).encode()).decode()
RAW = b"From: ngozi@okafor.example\r\nTo: dana@harlow.example\r\n\r\nNine.\r\n"


@pytest.fixture(autouse=True)
def beside_us(settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]


def at_imap(*, refusal):
    """Gmail and Exchange take the token on a line of its own, once they have said "+"."""

    def conversation(hear, say):
        say("* OK Gimap ready for requests from 127.0.0.1")
        while words := hear().split():
            tag, verb = words[0], words[1].upper()
            if verb == "CAPABILITY":
                say("* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE SASL-IR AUTH=XOAUTH2 AUTH=PLAIN")
                say(f"{tag} OK Thats all she wrote!")
            elif verb == "AUTHENTICATE" and not refusal:
                say("+ ")
                hear()
                say(f"{tag} OK {HERS} authenticated (Success)")
            elif verb == "AUTHENTICATE":
                say("+ ")
                hear()
                say(f"+ {CHALLENGE}")
                hear()
                say(f"{tag} {refusal}")
            elif verb == "LOGOUT":
                say("* BYE LOGOUT Requested")
                say(f"{tag} OK 73 good day (Success)")
                return

    return conversation


def at_smtp(*, refusal):
    def conversation(hear, say):
        say("220 smtp.gmail.com ESMTP ready")
        while line := hear():
            verb = line.split()[0].upper()
            if verb == "EHLO":
                say("250-smtp.gmail.com at your service")
                say("250-8BITMIME")
                say("250 AUTH LOGIN PLAIN XOAUTH2")
            elif verb == "AUTH" and not refusal:
                say("235 2.7.0 Accepted")
            elif verb == "AUTH":
                say(f"334 {CHALLENGE}")
                hear()
                say(refusal)
            elif verb == "DATA":
                say("354 Go ahead")
                while hear() != ".":
                    pass
                say("250 2.0.0 OK 1795602600 - gsmtp")
            elif verb == "QUIT":
                say("221 2.0.0 closing connection")
                return
            else:
                say("250 2.1.0 OK")

    return conversation


def test_a_token_opens_the_mailbox():
    with speaks(at_imap(refusal="")) as (port, heard):
        server = Server("127.0.0.1", port, "none", username=HERS, token=TOKEN)
        with MailboxAt(server) as there:
            assert there.can_wait
    assert SAID in heard
    [asked] = [each for each in heard if "AUTHENTICATE" in each]
    assert asked.endswith("AUTHENTICATE XOAUTH2")


@pytest.mark.parametrize(
    "refusal", ["NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", "NO AUTHENTICATE failed."]
)
def test_a_token_that_ended_is_a_sign_in_refused_and_is_said_once(refusal):
    with speaks(at_imap(refusal=refusal)) as (port, heard):
        server = Server("127.0.0.1", port, "none", username=HERS, token=TOKEN)
        with pytest.raises(Refused, match="sign_in"), MailboxAt(server):
            pass
    assert heard.count(SAID) == 1
    assert heard[heard.index(SAID) + 1] == ""  # what went wrong is answered with an empty line


def handed_in(port):
    return mail_as.through_server(
        Server("127.0.0.1", port, "none", username=HERS, token=TOKEN),
        RAW,
        envelope=HERS,
        recipients=["dana@harlow.example"],
        receipt="<1@okafor.example>",
    )


def test_a_token_hands_mail_in():
    with speaks(at_smtp(refusal="")) as (port, heard):
        assert handed_in(port).refused == {}
    assert f"AUTH XOAUTH2 {SAID}" in heard
    assert "Nine." in heard


@pytest.mark.parametrize(
    "refusal",
    [
        "535-5.7.8 Username and Password not accepted.\r\n535 5.7.8  https://support.google.com/mail - gsmtp",
        "535 5.7.3 Authentication unsuccessful",
    ],
)
def test_where_the_token_is_refused_nothing_is_handed_in(refusal):
    with speaks(at_smtp(refusal=refusal)) as (port, heard), pytest.raises(NotTaken, match="535"):
        handed_in(port)
    assert heard[heard.index(f"AUTH XOAUTH2 {SAID}") + 1] == ""
    assert "DATA" not in [each.upper() for each in heard]
