"""The client is told by mail that a letter waits for her word. What it says stands in the portal alone."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients import work
from clients.models import Contact, ContactAddress, WorkItem
from messages_app.models import Letter, SerialLetter
from secretariat import outbox

TELL = "letters.waits"
NOT_TOLD = "letters.not_told"  # the work of whoever tells her otherwise


def tell(letter: Letter) -> None:
    """One mail to each owner, once for each version she is shown. Call it in the transaction that asks."""
    page = reverse("letters-portal-letter", args=[letter.pk])
    _tell(letter.client, ("messages_app.letter", letter.pk), letter.version, page, 1)


def tell_of_many(serial: SerialLetter) -> None:
    page = reverse("letters-portal-serial", args=[serial.pk])
    count = serial.copies.filter(state=Letter.State.DRAFT).count()
    _tell(serial.client, ("messages_app.serialletter", serial.pk), serial.version, page, count)


def still_waits(subject_kind: str, subject_id) -> bool:
    """Whether she has not decided, and it was not taken back, since she was to be told."""
    model = SerialLetter if subject_kind == "messages_app.serialletter" else Letter
    return model.objects.filter(pk=subject_id, state="asked").exists()


def not_told(subject, client_id) -> None:
    """No mail gets to her: somebody must tell her otherwise."""
    work.open_item(
        NOT_TOLD,
        subject=subject,
        client=client_id,
        because=_("The client could not be told that a letter waits for her word."),
        urgency=WorkItem.Urgency.TODAY,
    )


def heard(letter: Letter | SerialLetter, *, by) -> None:
    """She has decided, so she knows."""
    subject, outcome = (letter._meta.label_lower, letter.pk), _("The client has decided.")
    work.finish_all(subject=subject, kind=NOT_TOLD, by=by, outcome=outcome)


def _tell(client, subject, version: int, page: str, count: int) -> None:
    with translation.override(client.language):
        title = _("A letter waits for your word")
        if count > 1:
            title = _("%(n)d letters wait for your word") % {"n": count}
        text = _("Your secretary has written it for %(client)s. It is posted once you agree.")
        text = text % {"client": client.name}
    link = f"{settings.PUBLIC_BASE_URL}{page}?client={client.pk}"
    addresses = owners(client)
    if not addresses:
        not_told(subject, client.pk)
    for address in addresses:
        outbox.post(
            TELL,
            key=f"{TELL}:{subject[1]}:{version}:{address.pk}",
            client_id=client.pk,
            subject=subject,
            payload={"to": address.value, "subject": title, "text": f"{text}\n\n{link}"},
        )


def owners(client) -> list[ContactAddress]:
    """The first mailbox of each owner who may sign in."""
    owners = Contact.objects.filter(client=client, standing=Contact.Standing.OWNER, is_active=True)
    rows = ContactAddress.objects.filter(contact__in=owners, kind=ContactAddress.Kind.EMAIL)
    return list(rows.order_by("contact_id", "rank", "pk").distinct("contact_id"))
