"""What is written down of mail in clients' names, and how long. Read with `personal.py`."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import ClientQuestion, Enclosure, MailTemplate, OutgoingMail, OutgoingVersion, SendingDomain


def _forget(rows) -> None:
    files = Enclosure.objects.filter(outgoing__in=rows).values("media_id")
    for file in MediaFile.objects.filter(pk__in=files, deleted_at=None):
        media.remove(file)
    rows.delete()


WRITTEN = Rule(
    "mail in clients’ names",
    Then.DELETED,
    since=_("it left, or was thrown away; what still waits for somebody stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: OutgoingMail.objects.filter(settled_at__lt=before, state__in=OutgoingMail.OVER),
    doing=_forget,
)
QUESTIONS = Rule(
    "questions to clients",
    Then.DELETED,
    since=_("they were asked; one that waits for its answer stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: ClientQuestion.objects.filter(asked_at__lt=before, answered_at__isnull=False),
)

personal(
    OutgoingMail,
    "values to cc bcc subject words sender message_id fates error",
    what=_("what is written in clients’ names, to whom, and what became of it"),
    whose=Whose.ANYONE,
    rule=WRITTEN,
)
impersonal(OutgoingMail, "receipt", because="the provider’s id")
personal(
    OutgoingVersion,
    "to cc bcc subject words enclosures note",
    what=_("what was put before somebody for approval, and what she said"),
    whose=Whose.ANYONE,
    rule=WRITTEN,
    path="outgoing",
)
personal(
    Enclosure,
    "media_id name",
    what=_("files that go with a mail"),
    whose=Whose.ANYONE,
    rule=WRITTEN,
    path="outgoing",
)
impersonal(Enclosure, "content_type sha256", because="what kind of file it is, and a hash")
personal(
    ClientQuestion,
    "question answer not_reached",
    what=_("what the client was asked, and answered"),
    whose=Whose.CLIENT,
    rule=QUESTIONS,
)
personal(
    MailTemplate,
    "name subject words",
    what=_("what is often written for the client"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
personal(
    SendingDomain,
    "domain",
    what=_("the client’s domain, and what its public records say"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(SendingDomain, "selectors include findings", because="names of public records")
