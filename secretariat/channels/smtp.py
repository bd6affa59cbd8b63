"""Django's SMTP backend, which also remembers whether the message itself had begun to leave."""

import smtplib
from collections.abc import Mapping

from django.core.mail.backends import smtp


class _Plain(smtplib.SMTP):
    content_begun = False
    refused: Mapping[str, tuple] = {}
    no_way_back = False

    def data(self, msg):
        self.content_begun = True
        return super().data(msg)

    def sendmail(self, from_addr, *args, **kwargs):
        envelope = "" if self.no_way_back else from_addr
        self.refused = super().sendmail(envelope, *args, **kwargs)
        return self.refused


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """`content_begun` is False after a failure that cannot have delivered anything.

    `refused`: of a mail to several, address → (code, reply) of those whom the server did not take. A mail
    with `no_way_back` leaves with an empty envelope sender.
    """

    content_begun = False
    refused: Mapping[str, tuple] = {}

    @property
    def connection_class(self):
        return _Encrypted if self.use_ssl else _Plain

    def _send(self, email_message):
        self.content_begun, self.refused = False, {}
        connection = self.connection
        connection.no_way_back = getattr(email_message, "no_way_back", False)
        try:
            return super()._send(email_message)  # type: ignore[misc]  # unnamed in the stubs
        finally:
            self.content_begun = getattr(connection, "content_begun", True)
            self.refused = getattr(connection, "refused", {})
