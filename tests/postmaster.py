"""A mail server at which mail is handed in, on this computer: what it took, and what it says no to."""

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Postmaster:
    """Takes whatever it is told to; keeps what it took."""

    def __init__(self):
        self.taken, self.says = [], {}
        self.account_of = lambda token: None  # whom a token of OAuth speaks for

    async def auth_XOAUTH2(self, server, args):
        """As Gmail and Exchange do it: user and token at once, or nobody is let in."""
        said = base64.b64decode(args[1]).decode()
        user, _, token = said.removesuffix("\x01\x01").removeprefix("user=").partition("\x01auth=Bearer ")
        account = await asyncio.to_thread(self.account_of, token)
        return AuthResult(success=account == user, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        said = self.says.get("data", "250 OK")
        if said == "cut":
            server.transport.abort()
            await asyncio.sleep(0)
            return "451"
        if said.startswith("2"):
            self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return said


class Hall(Controller):
    """At port 0, on whatever is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def authenticator(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b"right", handled=False)


@contextmanager
def at_the_door(port: int = 0) -> Iterator[Postmaster]:
    """The postmaster, at `port`, while the server runs."""
    handler = Postmaster()
    hall = Hall(
        handler,
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticator,
        auth_require_tls=False,
        auth_exclude_mechanism=["CRAM-MD5", "LOGIN"],
    )
    hall.start()
    handler.port = hall.port
    try:
        yield handler
    finally:
        hall.stop()
