"""What is sent when something confidential went wrong: to the client, and to her whom it concerns."""

from django.utils.translation import gettext as _

from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from .confidentiality import telling
from .models import Suppression
from .suppressing import normal


class Mail:
    """Its words were frozen when it was written."""

    channel = email.CHANNEL

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took


@effect(telling.TO_CLIENT)
class ToClient(Mail):
    """Word to the owners of a client of a lapse that concerns it."""

    def may_send(self, effect):
        standing = Suppression.objects.standing().filter(
            channel="email", address=normal(effect.payload["to"])
        )
        return "stopped" if standing.exists() else None

    def describe(self, effect):
        return _("Word to a client about a lapse of confidentiality")

    def settled(self, effect):
        """What she was told stands in the portal whatever becomes of the mail."""


@effect(telling.TO_HER)
class ToHer(Mail):
    """Word to a secretary that something followed for her."""

    def may_send(self, effect):
        return None

    def describe(self, effect):
        return _("Word to a secretary about a lapse of confidentiality")

    def settled(self, effect):
        """It stands at her desk whatever becomes of the mail."""
