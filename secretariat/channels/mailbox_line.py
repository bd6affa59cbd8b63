"""The line to a mailbox at somebody else's server: to an address that was checked, and never in the clear."""

import imaplib
import socket
import ssl

from django.conf import settings
from imap_tools.mailbox import BaseMailBox

from . import fetching
from .mail_as import CLEAR, STARTTLS, TLS, Server


class Box(BaseMailBox):
    """imap-tools over a connection to the address that was checked."""

    def __init__(self, server: Server, patience: float):
        self._server, self._patience = server, patience
        super().__init__()

    def let_in(self, username: str, token: str) -> None:
        """By a token. A refusal is told as a challenge, which is answered with nothing, and then refused."""
        said = f"user={username}\x01auth=Bearer {token}\x01\x01".encode()
        self.client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else said)

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        server = self._server
        if server.security == CLEAR and server.host not in settings.FETCH_PRIVATE_HOSTS:
            raise fetching.NotFetched("not_secure")
        client = Line(server, self._patience)
        if server.security == STARTTLS:
            client.starttls(ssl.create_default_context())
        return client


class Line(imaplib.IMAP4):
    def __init__(self, server: Server, patience: float):
        self._server = server
        super().__init__(server.host, server.port, timeout=patience)

    def _create_socket(self, timeout):
        fault: OSError | None = None
        for address in fetching.reachable(self._server.host, self._server.port):
            try:
                line = socket.create_connection((address, self._server.port), timeout)
                if self._server.security == TLS:
                    line = ssl.create_default_context().wrap_socket(line, server_hostname=self._server.host)
            except OSError as error:
                fault = error
            else:
                return line
        is_wrong = isinstance(fault, ssl.SSLCertVerificationError)
        raise fetching.NotFetched("certificate" if is_wrong else "no_connection") from fault
