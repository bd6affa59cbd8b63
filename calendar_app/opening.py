"""How the calendars of a connection are reached: its protocol, and what opens it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from . import icalendar, tokens
from .elsewhere import Elsewhere
from .elsewhere.caldav import CalDav
from .elsewhere.feed import Feed
from .models import Connection

Kind = Connection.Kind


@contextmanager
def reached(
    connection: Connection, known: Mapping[str, Mapping[str, str]] | None = None
) -> Iterator[Elsewhere]:
    """Its adapter, until the errand is over. Open no transaction around it.

    `known`: by calendar, the etags of what we have, which need not be fetched again. Raises Trouble.
    """
    if connection.kind == Kind.CALDAV:
        password = tokens.secret_of(connection).get("password", "")
        with CalDav(connection.url, connection.username, password, known=known) as there:
            yield there
    elif connection.kind == Kind.FEED:
        # The address is what opens it, so it lies with the secrets.
        yield Feed(tokens.secret_of(connection).get("url", connection.url), known=known)
    else:
        yield tokens.adapter(connection)


class _Text:
    """Reads iCalendar that was kept; reaches nobody."""

    def read(self, raw, *, zone, told):
        return icalendar.read(raw, zone=zone, told=told)


def reader(connection: Connection):
    """What reads the entries of this connection as they were kept, and asks nobody. Raises Refused."""
    return _Text() if connection.kind in (Kind.CALDAV, Kind.FEED) else tokens.adapter(connection)
