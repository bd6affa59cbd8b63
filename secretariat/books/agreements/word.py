"""Who hears of what happens to an agreement: whoever speaks for the client by mail, the firm by its work."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import work
from clients.local_time import first_moment
from clients.models import WorkItem
from secretariat import outbox
from secretariat.books import telling
from secretariat.books.models import Agreement

KIND, MAIL = "books.agreement", "books.agreement_word"
ANSWERED_BY_CLIENT, LEAVING = "books.agreement_answered", "books.agreement_leaving"
ACCEPTED = gettext_lazy("%(name)s has accepted the agreement")
DECLINED = gettext_lazy("%(name)s does not want the agreement as it is")
CALLED_OFF = gettext_lazy("%(name)s calls off the agreement before it has begun")
DAY = "j F Y"


def to_firm(agreement: Agreement, words, *, at: datetime) -> None:
    """The client has answered an offer: somebody of the firm takes note, or writes the next version."""
    work.finish_all(
        subject=(KIND, agreement.pk), by=None, outcome=_("Something newer has come"), kind=ANSWERED_BY_CLIENT
    )
    work.open_item(
        ANSWERED_BY_CLIENT,
        subject=(KIND, agreement.pk),
        because=str(words) % {"name": agreement.client.name},
        urgency=WorkItem.Urgency.TODAY,
    )


def leaving(agreement: Agreement) -> None:
    """What is left to do is somebody's, until the end of its last day."""
    until = first_moment(agreement.until_on + timedelta(days=1), time.min, agreement.client.tz)
    words = {"name": agreement.client.name, "day": date_words(agreement.until_on, DAY)}
    item = work.open_item(
        LEAVING,
        subject=(KIND, agreement.pk),
        because=_("%(name)s leaves on %(day)s: what is left to do is listed") % words,
        urgency=WorkItem.Urgency.TODAY,
        promised_at=until,
    )
    work.promise(item, until)


def answered(agreement: Agreement, said_id) -> None:
    words = _("Your question about the agreement is answered, on its page.")
    _client(agreement, f"said:{said_id}", _("About your agreement"), words)


def to_client_of_the_end(agreement: Agreement) -> None:
    facts = {"day": date_words(agreement.until_on, DAY), "why": agreement.ended_because}
    words = _(
        "The last day of your agreement is %(day)s. %(why)s. What we do because it ends is listed there."
    )
    subject = _("Your agreement ends on %(day)s")
    _client(agreement, f"ended:{agreement.until_on:%Y%m%d}", subject % facts, words % facts)


def to_client_called_off(agreement: Agreement, before: str) -> None:
    """It never begins; and in the words of `before` how what held before ends."""
    facts = {"day": date_words(agreement.from_on, DAY), "why": agreement.ended_because}
    words = _("The agreement that was to hold from %(day)s is called off before it began: %(why)s") % facts
    if before:
        words += f"\n\n{before}"
    _client(agreement, "called_off", _("An agreement is called off"), words)


def erased(agreement: Agreement, *, at: datetime) -> None:
    facts = {"day": date_words(at.astimezone(agreement.client.tz), DAY)}
    words = _(
        "What callers and you have said, written and sent by way of us was erased on %(day)s: calls, "
        "recordings, messages, mail, letters, meetings and your address book. What the law asks us to keep "
        "stays: bills and payments, the agreement, and which notice went to which address."
    )
    _client(agreement, "erased", _("Your data is erased"), words % facts)


def runs_out(agreement: Agreement) -> None:
    facts = {"day": date_words(agreement.until_on, DAY)}
    words = _(
        "Your agreement ends on %(day)s, as it says, and none follows it yet. If it is to go on, ask us "
        "there for the next one. What is done because it ends stands there as well."
    )
    subject = _("Your agreement ends on %(day)s")
    _client(agreement, f"ends:{agreement.until_on:%Y%m%d}", subject % facts, words % facts)


def _client(agreement: Agreement, what: str, subject: str, words: str) -> None:
    page = reverse("portal-agreement-one", args=[agreement.pk])
    link = f"{settings.PUBLIC_BASE_URL}{page}?client={agreement.client_id}"
    for address in telling.speakers(agreement.client):
        outbox.post(
            MAIL,
            key=f"{MAIL}:{agreement.pk}:{what}:{address.pk}",
            client_id=agreement.client_id,
            subject=(KIND, agreement.pk),
            payload={"to": address.value, "subject": subject, "text": f"{words}\n\n{link}"},
        )
