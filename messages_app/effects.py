"""How a delivery leaves: by e-mail or by text. Whom and why was decided when it was written."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from calls import twiml
from clients import numbers
from clients.models import AddressCheck
from secretariat import clock
from secretariat.channels import email, text, twilio
from secretariat.office.models import Firm
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import (
    delivering,
    inbox_effects,  # noqa: F401  its kinds are found through here
    mail_effects,  # noqa: F401  likewise
    own_addresses,
    push_effects,  # noqa: F401  likewise
    receipts,
    texting,
)
from .asked_for import effects as of_requests  # noqa: F401  likewise
from .dictated import effects as of_dictation  # noqa: F401  likewise
from .incoming_post import effects as of_post  # noqa: F401  likewise
from .letters import carrier_effects as of_carriers  # noqa: F401  likewise
from .letters import effects as of_letters  # noqa: F401  likewise
from .models import Delivery, TextAnswer
from .sending import Sending, ToHerself

RING_SECONDS = 40  # a voicemail that picks up learns nothing, so there is no need to be quicker than it


@effect("messages.email")
class ByEmail(Sending):
    channel = email.CHANNEL
    words = _("E-mail to %(name)s at %(time)s")

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"], subject=mail["subject"], body=mail["text"], html=mail["html"], key=effect.key
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took


@effect("messages.text")
class ByText(Sending):
    channel = "twilio"
    words = _("Text to %(name)s at %(time)s")

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("messages-text-status") + "#rc=3&rp=ct,rt,5xx"
        return text.send(
            to=effect.payload["to"], body=effect.payload["body"], key=effect.key, status_callback=callback
        )

    def ask(self, effect):
        known = frozenset(
            Delivery.objects.filter(address=effect.payload["to"])
            .exclude(receipt="")
            .values_list("receipt", flat=True)
        )
        return text.find(
            to=effect.payload["to"], body=effect.payload["body"], since=effect.posted_at, taken=known
        )


@effect("messages.call")
class ByCall(Sending):
    """Rings somebody; what is said is asked of us when she picks up."""

    channel = "twilio"
    words = _("Call to %(name)s at %(time)s")

    def send(self, effect):
        told = effect.payload
        return (
            twilio.client()
            .calls.create(
                to=told["to"],
                from_=told["from"],
                url=twiml.address("messages-call", effect.subject_id),
                timeout=RING_SECONDS,
                status_callback=twiml.address("messages-call-status", effect.subject_id, again=True),
                status_callback_event=["completed"],
            )
            .sid
        )

    def ask(self, effect):
        told = effect.payload
        # The carrier's clock, not the office's.
        since = timezone.now() - (clock.now() - effect.posted_at)
        found = twilio.client().calls.list(
            to=told["to"], from_=told["from"], start_time_after=since, limit=20
        )
        known = set(
            Delivery.objects.filter(receipt__in=[c.sid for c in found]).values_list("receipt", flat=True)
        )
        strange = [each.sid for each in found if each.sid not in known]
        return strange[0] if strange else None  # rung once too often is no harm, not at all is


@effect("messages.text_back")
class TextBack:
    """What somebody at the desk texts back, and the question which message an OK was for."""

    channel = "twilio"
    settles_at = (State.DONE, State.DEAD, State.CANCELLED, State.UNKNOWN)

    def may_send(self, effect):
        refused = delivering.objection("text", effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("messages-text-status") + "#rc=3&rp=ct,rt,5xx"
        told = effect.payload
        return text.send(to=told["to"], body=told["body"], key=effect.key, status_callback=callback)

    def ask(self, effect):
        told = effect.payload
        known = frozenset(TextAnswer.objects.exclude(receipt="").values_list("receipt", flat=True)[:500])
        return text.find(to=told["to"], body=told["body"], since=effect.posted_at, taken=known)

    def describe(self, effect):
        return _("Text back to %(number)s") % {"number": numbers.spaced(effect.payload["to"])}

    def settled(self, effect):
        row = TextAnswer.objects.filter(pk=effect.subject_id).first()
        becomes = {
            "done": TextAnswer.State.SENT,
            "dead": TextAnswer.State.FAILED,
            "cancelled": TextAnswer.State.FAILED,
            "unknown": TextAnswer.State.UNKNOWN,
        }.get(effect.state)
        if row and becomes:
            texting.settle(row, becomes, receipt=effect.receipt)


class OfWithdrawal:
    """The plain note that a message was not for them."""

    settles_at: Collection[str] = ()

    def may_send(self, effect):
        return None

    def describe(self, effect):
        return _("The note that a message was withdrawn")

    def settled(self, effect):
        """Nothing follows: the message itself is withdrawn already."""


@effect("messages.withdrawn_email")
class WithdrawnByEmail(OfWithdrawal):
    channel = email.CHANNEL
    send = ByEmail.send
    ask = ByEmail.ask


@effect("messages.withdrawn_text")
class WithdrawnByText(OfWithdrawal):
    channel = "twilio"
    send = ByText.send
    ask = ByText.ask


class OfCode(ToHerself):
    """A code that confirms an address. Its words are made only now, so that no table holds them."""

    settles_at = (State.DEAD, State.UNKNOWN)

    def check(self, effect) -> AddressCheck | None:
        found = AddressCheck.objects.filter(pk=effect.subject_id, ended_at=None, expires_at__gt=clock.now())
        return found.select_related("contact__client").first()

    def may_send(self, effect):
        return None if self.check(effect) else "no longer wanted"

    def words(self, effect) -> str:
        check = AddressCheck.objects.select_related("contact__client").get(pk=effect.subject_id)
        client = check.contact.client
        with translation.override(client.language.split("-")[0]):
            told = _("%(code)s confirms this address for messages for %(client)s, from %(firm)s.")
            good = _("It is good for ten minutes; tell it to nobody.")
            facts = {
                "code": own_addresses.code_of(check),
                "client": client.name,
                "firm": Firm.current().name,
            }
            return f"{told % facts} {good}"

    def describe(self, effect):
        return _("A code that confirms an address")

    def settled(self, effect):
        if effect.state in (effect.State.DEAD, effect.State.UNKNOWN):
            own_addresses.not_reached(str(effect.subject_id))


class OneText(ToHerself):
    channel, way = "twilio", "text"

    def words(self, effect) -> str:
        return effect.payload["text"]

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("messages-text-status") + "#rc=3&rp=ct,rt,5xx"
        return text.send(
            to=effect.payload["to"], body=self.words(effect), key=effect.key, status_callback=callback
        )

    def ask(self, effect):
        return text.find(to=effect.payload["to"], body=self.words(effect), since=effect.posted_at)

    def describe(self, effect):
        return _("Test text to %(number)s") % {"number": numbers.spaced(effect.payload["to"])}


class OneMail(ToHerself):
    channel, way = email.CHANNEL, "email"

    def words(self, effect) -> str:
        return effect.payload["text"]

    def send(self, effect):
        subject = effect.payload.get("subject") or _("A code from %(firm)s") % {"firm": Firm.current().name}
        return email.send(
            to=effect.payload["to"], subject=subject, body=self.words(effect) + "\n", key=effect.key
        )

    def ask(self, effect):
        return CannotAsk

    def describe(self, effect):
        return _("Test mail to %(address)s") % {"address": effect.payload["to"]}


@effect("messages.test_text")
class TestText(OneText):
    """To see that texts arrive."""


@effect("messages.test_email")
class TestMail(OneMail):
    """To see that mail arrives."""


@effect("messages.code_text")
class CodeByText(OfCode, OneText):
    """To a mobile that she says is hers."""

    def may_send(self, effect):
        return OfCode.may_send(self, effect) or ToHerself.may_send(self, effect)


@effect("messages.code_email")
class CodeByMail(OfCode, OneMail):
    """To a mailbox that she says is hers."""
