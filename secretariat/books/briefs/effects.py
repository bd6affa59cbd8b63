"""What leaves about work by proposal: mails to those who speak for the client, and to secretaries."""

from django.utils.translation import gettext as _

from clients.models import Suppression
from clients.suppressing import normal
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from .telling import TO_CLIENT, TO_HER


class Word:
    """A mail whose words were frozen when it was written. What it tells stands on a page as well."""

    channel = email.CHANNEL

    def may_send(self, effect):
        standing = Suppression.objects.standing().filter(
            channel="email", address=normal(effect.payload["to"])
        )
        return "stopped" if standing.exists() else None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def settled(self, effect):
        """The page is there whatever becomes of the mail."""


@effect(TO_CLIENT)
class WordToClient(Word):
    def describe(self, effect):
        return _("Word to a client about work by proposal")


@effect(TO_HER)
class WordToHer(Word):
    def describe(self, effect):
        return _("Word to a secretary about work by proposal")
