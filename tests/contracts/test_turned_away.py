"""A mail server that is busy has not said that a password is wrong: by codes (RFC 5530) or in words."""

import pytest

from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import MailboxAt, Refused, Unreachable

from .speaking import speaks


@pytest.fixture(autouse=True)
def beside_us(settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]


def sign_in(*, greeting="* OK Dovecot ready.", answer="", token=""):
    """Come to a server that greets like this, and answers like this whoever wants to be let in."""

    def conversation(hear, say):
        say(greeting)
        while words := hear().split():
            tag, verb = words[0], words[1].upper()
            if verb == "CAPABILITY":
                say("* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2")
                say(f"{tag} OK Done.")
            elif verb == "AUTHENTICATE":
                say("+ ")
                hear()
                say(answer.format(tag=tag))
                if "BYE" in answer:
                    return
            else:
                say("* BYE Logging out")
                say(f"{tag} OK Done.")

    with speaks(conversation) as (port, _heard):
        server = Server("127.0.0.1", port, "none", username="ngozi", password="right", token=token)
        with MailboxAt(server, patience=5):
            pass


@pytest.mark.parametrize("token", ["", "ya29"], ids=["by a password", "by a token"])
@pytest.mark.parametrize(
    "answer",
    [
        "{tag} NO [UNAVAILABLE] Temporary authentication failure.",
        "{tag} NO [UNAVAILABLE] Internal error.",
        "{tag} NO [INUSE] Mailbox in use",
        "{tag} NO [LIMIT] Rate limit hit.",
        "{tag} NO [SERVERBUG] Oops",
        "{tag} NO [ALERT] Too many simultaneous connections. (Failure)",
        "{tag} NO Server Unavailable. 15",
        "{tag} NO Temporarily locked for maintenance",
        "{tag} NO AUTHENTICATE Server error, please try again later",
        "{tag} BAD User is authenticated but not connected.",
        "* BYE Too many connections",
    ],
)
def test_a_server_that_is_busy_is_asked_again(answer, token):
    with pytest.raises(Unreachable):
        sign_in(answer=answer, token=token)


@pytest.mark.parametrize("token", ["", "ya29"], ids=["by a password", "by a token"])
@pytest.mark.parametrize(
    "answer",
    [
        "{tag} NO [AUTHENTICATIONFAILED] Authentication failed.",
        "{tag} NO [AUTHENTICATIONFAILED] Invalid credentials, or temporarily locked",
        "{tag} NO [EXPIRED] That password is over; try again later with a new one",
        "{tag} NO LOGIN failed.",
        "{tag} NO Invalid password, please try again",
    ],
)
def test_a_password_that_is_refused_is_hers_to_see_to(answer, token):
    with pytest.raises(Refused, match="sign_in"):
        sign_in(answer=answer, token=token)


@pytest.mark.parametrize(
    "greeting", ["* BYE Too many connections", "* BYE [UNAVAILABLE] Restarting", "220 mail ready"]
)
def test_a_server_that_does_not_begin_has_refused_nobody(greeting):
    with pytest.raises(Unreachable):
        sign_in(greeting=greeting)
