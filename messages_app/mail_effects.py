"""What of clients' mail leaves the building: mails, their copies, questions to the client."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.channels import domain_records, email, mail_as
from secretariat.channels.errors import Refused, Silent
from secretariat.media import storing
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import delivering, mail_in, receipts, telling_client
from .answering import asking_client, domains, following, handing_in, leaving, making
from .mail import believing, composing, promising
from .mail.domain_check import Records
from .mail.reading import read
from .models import ClientQuestion, InboundMail, Mail, Mailbox, OutgoingMail, SendingDomain

PERHAPS = "perhaps"  # the receipt of what nobody can ask about, and need not


def _mail_of(effect) -> OutgoingMail | None:
    rows = OutgoingMail.objects.select_related("mailbox__client", "thread", "client")
    return rows.filter(pk=effect.subject_id).first()


def _hand_in(mailbox: Mailbox, effect) -> mail_as.Sent:
    """Send the mail of a frozen payload, by her own server or by the firm's way. Raises Refused or Silent."""
    told = effect.payload
    try:
        letter = making.letter_of(told)
    except FileNotFoundError as gone:
        raise Refused("an enclosure is gone", permanent=True) from gone
    if not told["by_us"]:
        return handing_in.hand_in(
            mailbox,
            composing.bytes_of(letter),
            envelope=told["envelope"],
            recipients=composing.recipients(letter),
            message_id=letter.message_id,
        )
    return mail_as.through_us(
        sender=letter.sender,
        to=letter.to,
        cc=letter.cc,
        bcc=letter.bcc,
        reply_to=letter.reply_to,
        subject=letter.subject,
        body=letter.words,
        headers=composing.headers_of(letter),
        attachments=[(each.name, each.content, each.content_type) for each in letter.enclosures],
        key=effect.key,
        no_way_back=not told["envelope"],
    )


@effect(leaving.SEND)
class InHerName:
    """A mail in a client's name, by her own server or by the firm's way."""

    channel = ""  # each client's own server: one that is down must not stop the others

    def may_send(self, effect):
        outgoing = _mail_of(effect)
        if outgoing is None or outgoing.effect_id != effect.pk:
            return "no longer wanted"
        if following.had_left(outgoing, effect.payload, at=clock.now()):
            return "it had left already"
        return leaving.why_not(outgoing)

    def send(self, effect):
        outgoing = _mail_of(effect)
        sent = _hand_in(outgoing.mailbox, effect)
        if sent.refused:
            following.refused(outgoing, dict(sent.refused), at=clock.now())
        return sent.receipt

    def ask(self, effect):
        """Where it lies in the client's own Sent folder it has left; nothing else tells."""
        outgoing = _mail_of(effect)
        return f"<{outgoing.message_id}>" if following.lies_there(outgoing) else CannotAsk

    def describe(self, effect):
        outgoing = _mail_of(effect)
        if outgoing is None:
            return _("A mail that is gone")
        at = effect.posted_at.astimezone(ZoneInfo(outgoing.client.zone))
        return _("Mail for %(client)s to %(address)s, confirmed at %(time)s") % {
            "client": outgoing.client.name,
            "address": ", ".join(effect.payload["to"][:2]),
            "time": f"{at:%H:%M}",
        }

    def settled(self, effect):
        following.follow(effect, at=clock.now())


@effect(promising.PROMISE)
class ToldAtOnce:
    """By when a mail is answered, told to whoever wrote it. If it did not arrive, nobody need act."""

    channel = ""
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        mail = self._of(effect)
        if mail is None or mail.mailbox.ended_at:
            return "disconnected"
        if mail.thread.state != mail.thread.State.OPEN:
            return "answered"
        refused = delivering.objection(email.CHANNEL, effect.payload["to"][0])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        try:
            return _hand_in(self._of(effect).mailbox, effect).receipt
        except Silent:
            return PERHAPS  # twice would be worse than not at all

    def ask(self, effect):
        return PERHAPS

    def describe(self, effect):
        return _("Word to who wrote of when she is answered")

    def settled(self, effect):
        pass

    def _of(self, effect) -> Mail | None:
        rows = Mail.objects.select_related("mailbox__client", "thread")
        return rows.filter(pk=effect.subject_id).first()


@effect(following.COPY)
class CopyInSent:
    """What was sent, in the Sent folder of the client's own mailbox. Nothing depends on it."""

    channel = ""
    settles_at: Collection[str] = (State.DONE, State.DEAD, State.UNKNOWN, State.CANCELLED)

    def may_send(self, effect):
        outgoing = _mail_of(effect)
        if outgoing is None or not outgoing.mailbox.is_read_elsewhere:
            return "disconnected"
        if outgoing.mail and outgoing.mail.places.exists():
            return "it lies there"  # her own server had filed it
        return None

    def send(self, effect):
        raw = composing.bytes_of_copy(making.letter_of(effect.payload))
        return handing_in.put_into_sent(_mail_of(effect).mailbox, raw, effect.payload["message_id"])

    def ask(self, effect):
        outgoing = _mail_of(effect)
        there = handing_in.is_in_sent(outgoing.mailbox, effect.payload["message_id"])
        return f"<{effect.payload['message_id']}>" if there else None

    def describe(self, effect):
        return _("A copy for the client’s Sent folder")

    def settled(self, effect):
        there = effect.state == State.DONE or effect.reason == "it lies there"
        becomes = OutgoingMail.Copy.KEPT if there else OutgoingMail.Copy.FAILED
        OutgoingMail.objects.filter(pk=effect.subject_id).update(copy=becomes)


@effect(asking_client.ASK)
class Question:
    """What the secretary asks the client before she goes on."""

    channel = email.CHANNEL
    settles_at: Collection[str] = (State.DEAD, State.UNKNOWN, State.CANCELLED)

    def may_send(self, effect):
        if not ClientQuestion.objects.filter(pk=effect.subject_id, answered_at=None).exists():
            return "answered"
        refused = delivering.objection(email.CHANNEL, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        told = effect.payload
        return email.send(
            to=told["to"],
            subject=told["subject"],
            body=told["text"],
            reply_to=[told["reply_to"]],
            headers=told["headers"],
            key=effect.key,
        )

    def ask(self, effect):
        return CannotAsk

    def describe(self, effect):
        return _("A question to the client about a mail")

    def settled(self, effect):
        if effect.state == State.CANCELLED and effect.reason == "answered":
            return
        asked = ClientQuestion.objects.select_related("contact", "asked_by").filter(pk=effect.subject_id)
        for question in asked:
            asking_client.not_reached(question, effect.reason or _("nobody can tell whether it arrived"))


@effect(telling_client.TELL)
class SomethingWaitsForHer:
    """A mail to somebody who speaks for the client. It waits in the portal whatever becomes of this."""

    channel = email.CHANNEL
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        if not telling_client.still_so(effect.subject_kind, effect.subject_id):
            return "decided"
        refused = delivering.objection(email.CHANNEL, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        told = effect.payload
        return email.send(
            to=told["to"],
            subject=told["subject"],
            body=told["text"],
            headers=told["headers"],
            key=effect.key,
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to the client that something of her mail waits for her")

    def settled(self, effect):
        """It waits in the portal all the same."""


@effect(asking_client.BELIEVE)
class Believing:
    """Looks into whether the client really wrote what answers a question. If not, it is read as any mail."""

    channel = ""
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        return None if self._asked(effect) else "answered"

    def _asked(self, effect) -> ClientQuestion | None:
        waiting = ClientQuestion.objects.filter(pk=effect.payload["question"], answered_at=None)
        return waiting.select_related("contact", "client", "asked_by").first()

    def send(self, effect):
        came = InboundMail.objects.get(pk=effect.subject_id)
        file = mail_in.original_of(came)
        raw = b"".join(storing.read(file)) if file else b""
        mail, silent = read(raw), []

        def txt(name):
            found = domain_records.texts(name)
            if found is None:
                silent.append(name)
            return next(iter(found or []), None)

        if mail.sender and believing.is_aligned(raw, mail.sender.email, txt=txt):
            asking_client.believed(self._asked(effect), came, mail, at=clock.now())
            return "believed"
        if silent:
            raise Refused("no name server answered")
        return "not proven"

    def ask(self, effect):
        return None  # looked into twice is no harm

    def describe(self, effect):
        return _("A look at who wrote an answer to a question")

    def settled(self, effect):
        """What was believed is kept already; else the mail waits for somebody to read it."""


@effect(domains.LOOK)
class LookAtRecords:
    """Asks the name servers for a domain's records."""

    channel = ""
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        return None if SendingDomain.objects.filter(pk=effect.subject_id).exists() else "gone"

    def send(self, effect):
        domain = SendingDomain.objects.get(pk=effect.subject_id)
        records = Records(
            spf=domain_records.texts(domain.domain),
            dkim={
                each: domain_records.texts(f"{each}._domainkey.{domain.domain}") for each in domain.selectors
            },
            dmarc=domain_records.dmarc_of(domain.domain),
        )
        domains.found(domain, records, at=clock.now())
        return "looked"

    def ask(self, effect):
        return None  # looked at twice is no harm

    def describe(self, effect):
        return _("A look at the records of a domain")

    def settled(self, effect):
        """What was found is kept already; what could not be found is asked for again."""
