"""How the agenda of an evening leaves: by mail."""

from django.utils.translation import gettext as _

from clients.models import Suppression
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from . import agendas


@effect(agendas.AGENDA)
class Agenda:
    """What stands in a diary on the days to come, to whose diary it is."""

    channel = email.CHANNEL
    settles_at = ()

    def may_send(self, effect):
        refused = Suppression.objects.standing().filter(channel="email", address=effect.payload["to"]).first()
        return f"suppressed {refused.because}" if refused else None

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"],
            subject=mail["subject"],
            body=mail["text"],
            html=mail["html"],
            key=effect.key,
            sender=mail["from"],
            reply_to=[mail["reply_to"]],
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Agenda to %(name)s") % {"name": effect.payload["name"]}

    def settled(self, effect):
        pass
