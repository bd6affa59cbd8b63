"""A client for whom nobody speaks in the portal: what it has told the firm, the firm says in its place."""

from django.utils.translation import gettext as _

from clients import people
from clients.models import Client
from secretariat.books.models import Side

from .standing import NotNow


def nobody_speaks(client: Client) -> bool:
    """Nobody there is told by mail of what waits, or nobody who may answer it signs in."""
    return not people.speakers(client) or not people.signs_in_for(client)


def check(client: Client, of: Side) -> None:
    """Raises NotNow where the firm would speak for a client that speaks for itself."""
    if of == Side.FIRM and not nobody_speaks(client):
        raise NotNow(_("%(client)s answers this itself, in the portal.") % {"client": client.name})


def said(words: str, of: Side) -> str:
    """As it stands for both sides to read: whose words these are."""
    if of != Side.FIRM:
        return words
    return _("As the client has told the firm: %(words)s") % {"words": words}
