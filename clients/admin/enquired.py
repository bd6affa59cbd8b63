"""A client that is made of an enquiry: what they said is filled in, and the enquiry knows of it."""

from uuid import UUID

from django.contrib import messages
from django.utils.translation import gettext as _

from clients import people
from clients.models import Client, Contact, ContactAddress
from secretariat import clock
from secretariat.office.directory import enquiring
from secretariat.office.models import Enquiry


def of(request) -> Enquiry | None:
    """The enquiry that the address names, to whoever may read it, while it is not over."""
    found = _named(request)
    return found if found and found.state in enquiring.WAITING else None


def _named(request) -> Enquiry | None:
    try:
        pk = UUID(request.GET.get("enquiry", ""))
    except ValueError:
        return None
    return Enquiry.objects.visible_to(request.user).filter(pk=pk).first()


def said_by(enquiry: Enquiry) -> dict[str, str]:
    """What they said of themselves, as the form has it."""
    said = {"name": enquiry.firm or enquiry.name, "language": enquiry.language}
    return {name: value for name, value in said.items() if value}


def made(request, client: Client) -> None:
    """Whoever asked is the first of the client's people, as its owner, with number and mailbox.

    Where somebody was quicker the client stands all the same, and that is said.
    """
    enquiry, at = _named(request), clock.now()
    if enquiry is None:
        return
    try:
        enquiring.became(enquiry, client.pk, by=request.user, at=at)
    except enquiring.NotNow as words:
        said = _("%(words)s This client has nobody yet: look whether it is there twice.")
        messages.warning(request, said % {"words": words})
        return
    ways = ((ContactAddress.Kind.EMAIL, enquiry.email), (ContactAddress.Kind.PHONE, enquiry.number))
    owner = people.add(
        client,
        by=request.user,
        at=at,
        addresses=[(kind, value) for kind, value in ways if value],
        name=enquiry.name,
        standing=Contact.Standing.OWNER,
    )
    words = _("%(name)s, who asked, stands among the people at the client now. Invite them to the portal.")
    messages.info(request, words % {"name": owner.name})
