"""What the books send: to clients word of their bills, to secretaries word of their pay."""

from django.utils.translation import gettext as _

from clients.models import ServiceSuspension, Suppression
from clients.suppressing import normal
from secretariat import clock
from secretariat.channels import email
from secretariat.office.models import Firm
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect
from secretariat.outbox.models import Effect

from . import owing, paper, pay_details, suspending, suspending_words, telling
from . import part_effects as _part_effects  # noqa: F401 - its kinds register themselves
from .agreements import word as agreement_word
from .models import BankDetails, Bill, Told
from .supervision import telling as of_supervision

PAID = "paid meanwhile"


@effect("books.mail")
class Word:
    """A mail to somebody who speaks for the client. Its words were frozen when it was written."""

    channel = email.CHANNEL
    settles_at = (Effect.State.CANCELLED,)

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
        return PAID if paid else None

    def send(self, effect):
        mail = effect.payload
        told = Told.objects.select_related("bill__client", "bill__credits").get(pk=mail["told"])
        papers = [_on_paper(told.bill)] if told.bill else []
        return email.send(
            to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key, attachments=papers
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word about bills")

    def settled(self, effect):
        """The bill is in the portal whatever becomes of the mail; a reminder that was not sent is none."""
        if effect.reason == PAID:
            telling.forget_reminder(effect.payload["told"])


def _on_paper(bill: Bill) -> tuple[str, bytes, str]:
    return f"{bill.number}.pdf", paper.pdf(bill, None, firm=Firm.current()), "application/pdf"


@effect(agreement_word.MAIL)
class OfAgreement:
    """A mail to those who speak for a client about her agreement: answered, ended, about to end."""

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

    def describe(self, effect):
        return _("Word to a client about her agreement")

    def settled(self, effect):
        """The agreement is in the portal whatever becomes of the mail."""


@effect(telling.ANSWER)
class OfAnswer(OfAgreement):
    """A mail to those who speak for a client: the answer to what she asked about a line of a bill."""

    def describe(self, effect):
        return _("Answer to a client about a bill")


@effect(suspending_words.KIND)
class OfSuspension:
    """The notice that a client's calls will not be answered, that they are not, or that they are again."""

    channel = email.CHANNEL
    settles_at = (Effect.State.DONE,)

    def may_send(self, effect):
        found = ServiceSuspension.objects.filter(pk=effect.subject_id).first()
        ended = found is None or bool(found.ended)
        if ended and effect.payload["what"] != suspending_words.ENDED:
            return "no longer true"
        standing = Suppression.objects.standing().filter(
            channel="email", address=normal(effect.payload["to"])
        )
        return "stopped" if standing.exists() else None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to a client about the suspension of her service")

    def settled(self, effect):
        """Only who was told is suspended."""
        if effect.payload.get("what") == suspending_words.NOTICE:
            suspending.notified(effect.subject_id, at=clock.now())


@effect(pay_details.KIND)
class PayMail:
    """A mail to a secretary or to somebody of a company about pay. A code is put into its words only now."""

    channel = email.CHANNEL

    def may_send(self, effect):
        row = self._details(effect)
        return "no longer wanted" if row and (row.confirmed_at or row.replaced_at) else None

    def send(self, effect):
        mail, row = effect.payload, self._details(effect)
        body = mail["text"].replace(pay_details.CODE, pay_details.code_of(row)) if row else mail["text"]
        return email.send(to=mail["to"], subject=mail["subject"], body=body, key=effect.key)

    def _details(self, effect) -> BankDetails | None:
        if effect.subject_kind != "books.bankdetails":
            return None
        return BankDetails.objects.filter(pk=effect.subject_id).first()

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to a secretary, or a company, about pay")

    def settled(self, effect):
        """The statement stands on its page, and a code can be asked for again."""


@effect(of_supervision.KIND)
class SupervisionWord:
    """A mail to a secretary that something was asked, said or decided of her work. It holds no word of it."""

    channel = email.CHANNEL

    def may_send(self, effect):
        return None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to a secretary about her hours and her work")

    def settled(self, effect):
        """It stands at her desk whatever becomes of the mail."""
