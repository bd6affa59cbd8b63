"""Who can be tried on the demo's first page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from clients.models import Contact, Line
from secretariat.office.models import Firm, Post, Secretary

from . import entering


@dataclass(frozen=True)
class Card:
    """One person to walk in as. `window` is the browser window that is hers."""

    name: str
    about: str
    icon: str
    opens: str
    url: str
    window: str


def demo() -> dict | None:
    """What the first page shows of a running demo; None for an empty one, which has nobody to try."""
    line = Line.objects.select_related("client").order_by("pk").first()
    secretary = Secretary.objects.select_related("user").order_by("pk").first()
    if line is None or secretary is None:
        return None
    ring = urlencode({"ring": line.number})
    return {
        "office": Firm.current().name,
        "outside_url": settings.OUTSIDE_URL,
        "client": line.client.name,
        "secretary": secretary.spoken_name,
        "ring_url": f"{entering.link_for(secretary.user.email)}?{urlencode({'next': f'/desk/?{ring}'})}",
        "telephone_url": f"{settings.OUTSIDE_URL}/?{ring}",
        "people": list(_cards(line, secretary)),
    }


def _cards(line: Line, secretary: Secretary):
    email = secretary.user.email
    yield Card(secretary.user.name, _("Secretary"), "headset", _("Desk"), entering.link_for(email), "desk")
    contact = Contact.objects.filter(client=line.client, user__isnull=False).select_related("user").first()
    if contact and contact.user:
        email = contact.user.email
        yield Card(contact.name, _("Client"), "smartphone", _("Portal"), entering.link_for(email), "portal")
    post = Post.objects.current().filter(post=Post.Kind.SUPERVISOR).select_related("user").first()
    if post:
        email = post.user.email
        yield Card(
            post.user.name, _("Runs the firm"), "building", _("Firm"), entering.link_for(email), "firm"
        )
    about = _("Callers, correspondents, mailboxes")
    yield Card(_("Everybody else"), about, "globe", _("Outside world"), settings.OUTSIDE_URL, "outside")
