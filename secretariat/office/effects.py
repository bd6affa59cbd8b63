"""What the office sends: invitations, and the code that verifies a home number."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.channels import email, text, twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import home_numbers, inviting
from .models import Application, Firm, Invitation, NumberCheck, Referee
from .vacancies import applying, readdressing, referring

AGAIN = "#rc=3&rp=ct,rt,5xx"  # a notice that meets a restarting server is told again


class Mail:
    """What both mails about an invitation have in common."""

    channel = email.CHANNEL

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def settled(self, effect):
        """Nothing follows from it."""

    def invitation(self, effect) -> Invitation | None:
        return Invitation.objects.filter(pk=effect.subject_id).first()


@effect("office.invitation")
class Invite(Mail):
    """The link. It is put into the frozen words only now, so that no table holds it."""

    def may_send(self, effect):
        invitation = self.invitation(effect)
        return None if invitation and inviting.is_open(invitation) else "no longer open"

    def send(self, effect):
        mail = effect.payload
        link = inviting.address(self.invitation(effect))
        body = mail["text"].replace(inviting.LINK, link)
        return email.send(to=mail["to"], subject=mail["subject"], body=body, key=effect.key)

    def describe(self, effect):
        invitation = self.invitation(effect)
        if invitation is None:
            return _("An invitation that is no more")
        return _("Invitation to %(name)s") % {"name": invitation.name}

    def settled(self, effect):
        failed = effect.state in (effect.State.DEAD, effect.State.UNKNOWN)
        Invitation.objects.filter(pk=effect.subject_id).update(mail_failed=failed)


@effect("office.asked_again")
class AskedAgain(Mail):
    """Word to whoever invited: her link ran out before she used it."""

    def may_send(self, effect):
        return None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def describe(self, effect):
        return _("Word that an invitation has run out")


@effect("office.contract")
class ContractWord(AskedAgain):
    """Word to a secretary, or to her outsourcing company, about her contract: offered, signed, ended."""

    def describe(self, effect):
        return _("Word about a contract")


@effect("office.certificate")
class CertificateExpires(AskedAgain):
    """Word to a secretary that a certificate of hers expires."""

    def describe(self, effect):
        return _("Word that a certificate expires")


@effect("office.claim")
class ClaimTakenBack(AskedAgain):
    """Word to a secretary that a language or a skill of hers counts no longer."""

    def describe(self, effect):
        return _("Word that something she can do counts no longer")


@effect("office.application")
class ApplicationWord(Mail):
    """The link by which somebody goes on applying, and what the firm decides. The link is put in only now."""

    def may_send(self, effect):
        return None if Application.objects.filter(pk=effect.subject_id).exists() else "deleted meanwhile"

    def send(self, effect):
        mail = effect.payload
        link = applying.address(Application.objects.get(pk=effect.subject_id))
        body = mail["text"].replace(applying.LINK, link)
        return email.send(to=mail["to"], subject=mail["subject"], body=body, key=effect.key)

    def describe(self, effect):
        return _("Word to somebody who applies")


@effect("office.reference")
class ReferenceAsked(Mail):
    """The question to somebody who knows an applicant's work, and one reminder. As above with the link."""

    settles_at = (State.DONE, State.DEAD, State.UNKNOWN)
    of_subject = referring.SUBJECT

    def referee(self, effect) -> Referee | None:
        return Referee.objects.select_related("application").filter(pk=effect.subject_id).first()

    def may_send(self, effect):
        referee = self.referee(effect)
        if referee is None or not referring.is_open(referee, at=clock.now()):
            return "no longer asked"
        return None if effect.payload["to"] == referee.email else "asked at another address"

    def send(self, effect):
        mail = effect.payload
        body = mail["text"].replace(referring.LINK, referring.address(self.referee(effect)))
        return email.send(to=mail["to"], subject=mail["subject"], body=body, key=effect.key)

    def describe(self, effect):
        referee = self.referee(effect)
        if referee is None:
            return _("A question about an applicant, to somebody who is asked no more")
        about = {"name": referee.name, "applicant": referee.application.name}
        return _("Question to %(name)s about %(applicant)s") % about

    def settled(self, effect):
        referee = self.referee(effect)
        if referee and referring.is_newest(referee, effect.key):
            referring.mail_ended(referee, failed=effect.state != State.DONE)

    def came_back(self, effect, addresses, at):
        if referee := self.referee(effect):
            readdressing.came_back(referee, key=effect.key, addresses=addresses, at=at)


@effect("office.enquiry")
class EnquiryAnswered(AskedAgain):
    """Word to somebody who looks for a secretary: that her enquiry arrived, and whom the firm suggests."""

    def describe(self, effect):
        return _("Answer to an enquiry")


@effect("office.number_locked")
class NumberLocked(AskedAgain):
    """Word to a secretary, by another way than her telephone, that codes were tried."""

    def describe(self, effect):
        return _("Word that too many wrong codes were typed")


@effect("office.rota_word")
class RotaWord(AskedAgain):
    """Word to a secretary that something about her shifts is new. Of no time and no client."""

    def describe(self, effect):
        return _("Word to a secretary about her shifts")


class TellCode:
    """What telling a code by call and by text have in common. Its words are made when it is told."""

    channel = "twilio"
    settles_at = (State.DEAD, State.UNKNOWN)

    def check(self, effect) -> NumberCheck:
        return NumberCheck.objects.select_related("secretary").get(pk=effect.subject_id)

    def may_send(self, effect):
        check = self.check(effect)
        wanted = home_numbers.waiting(check.secretary, at=clock.now())
        return None if wanted == check else "no longer wanted"

    def status_address(self, effect) -> str:
        return settings.PUBLIC_BASE_URL + reverse("office-code-status", args=[effect.subject_id])

    def settled(self, effect):
        if effect.state in (effect.State.DEAD, effect.State.UNKNOWN):
            NumberCheck.objects.filter(pk=effect.subject_id).update(not_reached=True)


@effect("office.code_call")
class RingWithCode(TellCode):
    def send(self, effect):
        made = twilio.client().calls.create(
            to=effect.payload["to"],
            from_=settings.TWILIO_TEXT_FROM,
            url=settings.PUBLIC_BASE_URL + reverse("office-code", args=[effect.subject_id]),
            timeout=30,
            status_callback=self.status_address(effect) + AGAIN,
            status_callback_event=["completed"],
        )
        return made.sid

    def ask(self, effect):
        # The carrier's clock, not the office's.
        since = timezone.now() - (clock.now() - effect.posted_at)
        made = twilio.client().calls.list(
            to=effect.payload["to"], from_=settings.TWILIO_TEXT_FROM, start_time_after=since, limit=5
        )
        return made[0].sid if made else None

    def describe(self, effect):
        return _("Ring %(name)s at home with a code") % {"name": self.check(effect).secretary.spoken_name}


@effect("office.code_text")
class TextCode(TellCode):
    def body(self, effect) -> str:
        code = home_numbers.code_of(self.check(effect))
        return _("%(code)s is your code for %(firm)s. It is good for ten minutes; tell it to nobody.") % {
            "code": code,
            "firm": Firm.current().name,
        }

    def send(self, effect):
        return text.send(
            to=effect.payload["to"],
            body=self.body(effect),
            key=effect.key,
            status_callback=self.status_address(effect),
        )

    def ask(self, effect):
        return text.find(to=effect.payload["to"], body=self.body(effect), since=effect.posted_at)

    def describe(self, effect):
        return _("Text a code to %(name)s") % {"name": self.check(effect).secretary.spoken_name}
