"""On which pages of the firm a step of leaving is done, or is seen to be."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.books.models import LeavingStep

Kind = LeavingStep.Kind


@dataclass(frozen=True)
class Place:
    words: str
    address: str


def of(step: LeavingStep) -> list[Place]:
    """None for what is done on the list itself, or is done already."""
    if step.done_at:
        return []
    match step.kind:
        case Kind.FORWARDING:
            return [Place(_("What the client dials, on the line’s page"), _line(step))]
        case Kind.NUMBER:
            numbers = Place(_("Our numbers at the carrier"), reverse("telephony"))
            return [numbers, Place(_("The line, to take it out of use"), _line(step))]
        case Kind.MESSAGES:
            client = urlencode({"client": step.client_id})
            messages = Place(_("Messages, the newest first"), f"{reverse('messages')}?{client}")
            return [messages, Place(_("Mail that waits"), f"{reverse('inbox')}?{client}")]
        case Kind.BILL:
            last = step.agreement.until_on
            month = f"?month={last:%Y-%m}" if last else ""
            return [Place(_("The bills of that month"), reverse("books-bills") + month)]
        case Kind.RETURN:
            return [Place(_("Make the copy, and fetch it"), reverse("data-copy", args=[step.client_id]))]
        case Kind.ACCESS:
            return [_sign_in(step)]
    return []


def _line(step: LeavingStep) -> str:
    """Of a list from before it was written down which line it is, all of the client's."""
    if step.about_id:
        return reverse("admin:clients_line_change", args=[step.about_id])
    return f"{reverse('admin:clients_line_changelist')}?{urlencode({'q': step.client.name})}"


def _sign_in(step: LeavingStep) -> Place:
    pages = {
        "messages_app.mailbox": "messages_app_mailbox",
        "calendar_app.connection": "calendar_app_connection",
    }
    if step.about_id and (page := pages.get(step.about)):
        return Place(
            _("Whether it still is connected"), reverse(f"admin:{page}_change", args=[step.about_id])
        )
    people = f"{reverse('admin:clients_contact_changelist')}?{urlencode({'q': step.client.name})}"
    return Place(_("The client’s people"), people)
