"""Templates of letters: the firm's to write, and the desk's of a client where the firm lets it."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from messages_app.models import LetterTemplate
from secretariat import ledger

SUBJECT = "messages_app.lettertemplate"
WORDS = ("name", "subject", "salutation", "body", "closing", "enclosures")


def tokens() -> dict[str, str]:
    """Every token, and what it stands for in words."""
    return {
        "salutation": _("how whoever it goes to is addressed, by the title in her name"),
        "closing": _("how a letter ends in the client’s language"),
        "name": _("whoever it goes to"),
        "first_name": _("her first name"),
        "firm": _("her firm"),
        "client": _("the client’s name"),
        "signer": _("whose name stands below the signature"),
        "secretary": _("your name"),
        "date": _("the date of the letter"),
    }


def clients_of(user):
    """Whose templates she may write."""
    clients = Client.objects.visible_to(user).filter(is_active=True)
    return clients if user.roles.firm_wide else clients.filter(letterhead__desk_writes_templates=True)


def may_write(user, template: LetterTemplate) -> bool:
    return clients_of(user).filter(pk=template.client_id).exists()


@transaction.atomic
def write(client: Client, words: dict, *, by, template: LetterTemplate | None = None) -> LetterTemplate:
    """Keep a new one, or this one with these words; letters that were begun with it stay as they are."""
    row = template or LetterTemplate(client=client)
    for name in WORDS:
        setattr(row, name, words[name])
    row.save()
    _record("letters.template_written", row, by)
    return row


@transaction.atomic
def end(template: LetterTemplate, *, by) -> bool:
    """Offer it no more. False if it was offered no more."""
    if not LetterTemplate.objects.filter(pk=template.pk, is_active=True).update(is_active=False):
        return False
    _record("letters.template_ended", template, by)
    return True


def _record(verb: str, template: LetterTemplate, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=template.client_id, subject=(SUBJECT, template.pk))
