"""What the books send: word that a bill is there, that it is overdue, that much of a month is used."""

from django.utils.translation import gettext as _

from clients.models import Suppression
from clients.suppressing import normal
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from . import owing
from .models import Told


@effect("books.mail")
class Word:
    """A mail to somebody who speaks for the client. Its words were frozen when it was written."""

    channel = email.CHANNEL

    def may_send(self, effect):
        standing = Suppression.objects.standing().filter(
            channel="email", address=normal(effect.payload["to"])
        )
        if standing.exists():
            return "stopped"
        told = Told.objects.select_related("bill").filter(pk=effect.payload["told"]).first()
        if told is None:
            return "no longer true"
        paid = told.about == Told.About.REMINDER and not owing.owed(told.bill).due
        return "paid meanwhile" if paid else None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word about bills")

    def settled(self, effect):
        """The bill is in the portal whatever becomes of the mail."""
