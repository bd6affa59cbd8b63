"""What is said of a suspension: to callers, and to the client in mails that are frozen when written."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients.models import ContactAddress, Line, ServiceSuspension
from secretariat import outbox

from . import rules
from .models import Issuer, digits_of

if TYPE_CHECKING:
    from .suspending import Unpaid

KIND = "books.suspension"
NOTICE, BEGUN, ENDED = "notice", "begun", "ended"
DAY = "j F Y"


def to_callers(name: str, *, records: bool) -> dict[str, str]:
    """Nothing of bills: callers have no part in them. `records`: all her lines take messages after a tone."""
    hear = _("You have reached %(name)s. We cannot connect you at the moment.") % {"name": name}
    if records:
        urgent = _("If it is urgent, say so in a message with your name and number: it is passed on today.")
    else:
        urgent = _("If it is urgent, write to %(name)s. Your call is noted, and they can see that you rang.")
    return {"callers_hear": hear, "urgent_callers": urgent % {"name": name}}


def post_notice(suspension: ServiceSuspension, about: "Unpaid", to: Iterable[ContactAddress]) -> None:
    """Date, amount, how to prevent it, and what callers will hear."""
    with translation.override(suspension.client.language):
        words = _words(suspension)
        bills = [
            _("%(number)s, due on %(day)s: %(sum)s")
            % {
                "number": each.bill.number,
                "day": date_words(each.due_on, DAY),
                "sum": rules.money(each.due, about.currency, digits_of(about.currency)),
            }
            for each in about.bills
        ]
        pay_to = Issuer.objects.values_list("pay_to", flat=True).first() or ""
        text = [
            _("We have reminded you three times, and %(sum)s has not come:") % words,
            "\n".join(bills),
            _("Unless it is paid, we stop answering calls for %(name)s on %(day)s.") % words,
            _("To prevent it, pay %(sum)s before %(day)s.") % words + (f"\n{pay_to}" if pay_to else ""),
            _("If a line is not right, question it in your portal: it is then not due. Or answer this mail."),
            heard(suspension),
            _("Everything that reached us stays. Your portal stays open, with your bills and all your data."),
            _("Once it is paid we answer again at once."),
        ]
        subject = _("%(name)s: from %(day)s on we do not answer your calls, unless a bill is paid") % words
        _post(suspension, NOTICE, subject, text, to)


def post_begun(suspension: ServiceSuspension, to: Iterable[ContactAddress]) -> None:
    with translation.override(suspension.client.language):
        words = _words(suspension)
        text = [
            _("As we wrote, from today we do not answer calls for %(name)s: %(sum)s has not come.") % words,
            heard(suspension),
            _("Your portal stays open, with your bills and all your data. Once it is paid we answer again."),
        ]
        _post(suspension, BEGUN, _("%(name)s: your calls are not answered from today") % words, text, to)


def post_ended(suspension: ServiceSuspension, to: Iterable[ContactAddress]) -> None:
    with translation.override(suspension.client.language):
        words = _words(suspension)
        if suspension.begun_at:
            subject = _("%(name)s: your calls are answered again") % words
            text = _("From now on a secretary answers for %(name)s again. Thank you.") % words
        else:
            subject = _("%(name)s: your calls go on being answered") % words
            text = _("What we announced for %(day)s does not happen. Thank you.") % words
        said = [text]
        if suspension.ended == suspension.Ended.ASKED:
            said.append(
                _(
                    "What is left of it is questioned, and not due until we have answered. If it stands, we "
                    "write again before anything else happens."
                )
            )
        _post(suspension, ENDED, subject, said, to)


def heard(suspension: ServiceSuspension) -> str:
    """What callers hear on each of her lines, to the word but for the line's own recording notice."""
    said = _("Callers then hear: “%(words)s”") % {"words": suspension.spoken}
    lines = Line.objects.filter(client=suspension.client_id, is_active=True)
    if lines.exclude(recording_notice="").exists():
        said += " " + _("Then they can leave a message after the tone. It is kept and passed on to you.")
    return said


def _words(suspension: ServiceSuspension) -> dict[str, str]:
    client, currency = suspension.client, suspension.currency
    return {
        "name": client.name,
        "day": date_words(suspension.from_at.astimezone(client.tz), DAY),
        "sum": rules.money(suspension.amount, currency, digits_of(currency)),
    }


def _post(suspension, what: str, subject: str, text: list[str], to: Iterable[ContactAddress]) -> None:
    client_id = suspension.client_id
    link = f"{settings.PUBLIC_BASE_URL}{reverse('portal-bills')}?client={client_id}"
    for address in to:
        outbox.post(
            KIND,
            key=f"{KIND}:{suspension.pk}:{what}:{address.pk}",
            client_id=client_id,
            subject=("clients.servicesuspension", suspension.pk),
            payload={
                "to": address.value,
                "subject": subject,
                "text": "\n\n".join([*text, link]),
                "what": what,
            },
        )
