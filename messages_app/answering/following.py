"""What became of a mail: it left, perhaps left, came back, or was not wanted. Each is shown."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients import suppressing, work
from clients.models import Channel
from messages_app import bounces, consent
from messages_app.mail import composing, filing
from messages_app.mail.reading import Address
from messages_app.models import Mail, Mailbox, OutgoingMail
from secretariat import ledger, outbox

from . import leaving, making
from .drafting import SUBJECT, announce

CAME_BACK = "messages.mail_came_back"
COPY = "messages.mail_sent_copy"
REFUSED, DELIVERED, BOUNCED, COMPLAINED = "refused", "delivered", "bounced", "complained"
RANK = {"": 0, DELIVERED: 1, REFUSED: 2, BOUNCED: 3, COMPLAINED: 4}
State = OutgoingMail.State
BY_EFFECT = {
    "pending": State.SCHEDULED,
    "leased": State.SENDING,
    "done": State.SENT,
    "unknown": State.UNKNOWN,
    "dead": State.FAILED,
}
ON_THE_WAY = (State.SCHEDULED, State.SENDING)


def follow(effect, *, at: datetime) -> None:
    """Bring the mail in line with its effect, in the transaction of the effect's change."""
    row = OutgoingMail.objects.select_for_update().filter(pk=effect.subject_id, effect=effect.pk).first()
    if row is None:
        return
    if effect.state == "cancelled":
        if row.state in (*ON_THE_WAY, State.UNKNOWN):
            leaving.held_back(row, effect.reason)
        return
    becomes = BY_EFFECT[effect.state]
    if becomes == State.SENT:
        has_left(row, payload=effect.payload, receipt=effect.receipt, at=at)
    elif row.state != State.SENT and row.state != becomes:
        row.state, row.settled_at = becomes, None if becomes in ON_THE_WAY else at
        row.error = effect.reason[:240] if becomes == State.FAILED else ""
        row.version += 1
        row.save()
        announce(row, portal=becomes not in ON_THE_WAY)


def has_left(row: OutgoingMail, *, payload, receipt: str, at: datetime, by=None) -> None:
    """It is known to have left. `row` is locked."""
    if row.state == State.SENT:
        return
    row.state, row.settled_at, row.error = State.SENT, at, ""
    row.receipt = receipt or row.receipt
    row.version += 1
    row.save()
    leaving.let_go_of(row)
    if row.effect_id:
        work.finish_all(subject=("outbox.effect", row.effect_id), by=by, outcome=_("It has left"))
    ledger.record(
        "correspondence.left",
        actor_id=by.pk if by else None,
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
    )
    try:
        with transaction.atomic():  # what the disk does not take is filed by a later round
            file(row, payload, at=at)
    except OSError:
        pass
    announce(row, "mail.answered", portal=True)


def file(row: OutgoingMail, payload, *, at: datetime) -> None:
    """Put it into its conversation, and a copy into the client's Sent folder. Raises OSError."""
    raw = composing.bytes_of(making.letter_of(payload))
    filed = filing.file(row.mailbox, raw, direction=Mail.Direction.OUT, at=at, **filed_as(row))
    row.mail = filed.mail
    row.thread = row.thread or filed.mail.thread
    if row.copy == row.Copy.NONE and row.mailbox.is_read_elsewhere and not filed.mail.places.exists():
        row.copy = row.Copy.WAITING
        outbox.post(
            COPY,
            key=f"mail-copy:{row.pk}",
            queue="bulk",
            client_id=row.client_id,
            subject=(SUBJECT, row.pk),
            payload=payload,
        )
    row.save(update_fields=["mail", "thread", "copy"])


def filed_as(row: OutgoingMail) -> dict:
    """What `filing.file` is told of a mail of ours: its conversation, who had it leave, whom nobody sees."""
    bcc = [Address("", each) for each in row.bcc]
    return {"thread": row.thread, "by": row.confirmed_by or row.author, "bcc": bcc}


def sent_as(mailbox: Mailbox, message_id: str) -> OutgoingMail | None:
    """The mail of ours that bears this id, locked in the caller's transaction. None of what we did not write.

    A copy that lies in the client's own Sent folder may be found before the answer to whoever hands it in,
    or where none ever comes.
    """
    if not message_id:
        return None
    ours = OutgoingMail.objects.filter(mailbox=mailbox, message_id=message_id)
    rows = ours.select_related("thread", "confirmed_by", "author").select_for_update(of=("self",))
    return rows.order_by("-began_at").first()


def lies_there(row: OutgoingMail) -> bool:
    """Whether the client's own Sent folder has shown it."""
    out = Mail.objects.filter(direction=Mail.Direction.OUT).exclude(message_id="")
    return out.filter(mailbox=row.mailbox_id, message_id=row.message_id).exists()


@transaction.atomic
def had_left(outgoing: OutgoingMail, payload, *, at: datetime) -> bool:
    """Sent again because nobody could tell, it has come to light meanwhile: then it does not leave twice."""
    if not lies_there(outgoing):
        return False
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    has_left(row, payload=payload, receipt="", at=at)
    return True


def file_what_left(*, at: datetime) -> int:
    """What left while the disk was full comes into its conversation later."""
    done = 0
    left = OutgoingMail.objects.filter(state=State.SENT, mail=None, effect__emptied_at=None)
    for row in left.exclude(effect=None).select_related("effect", "mailbox")[:20]:
        with transaction.atomic():
            locked = OutgoingMail.objects.select_for_update().get(pk=row.pk)
            if locked.mail_id is None:
                file(locked, row.effect.payload, at=locked.settled_at or at)
                done += 1
    return done


@transaction.atomic
def arrived_after_all(outgoing: OutgoingMail, *, by, at: datetime) -> bool:
    """A person has seen that it left, where no machine could tell. False if that is known by now.

    Without `by` it is the client's own Sent folder that shows it.
    """
    row = OutgoingMail.objects.select_for_update(of=("self",)).select_related("effect").get(pk=outgoing.pk)
    if row.state != State.UNKNOWN:
        return False
    if row.effect is None or row.effect.emptied_at:  # its words stand in the mail still
        payload = making.payload_of(row, making.heading_of(row.mailbox), at=row.leaves_at or at)
    else:
        payload = row.effect.payload
    has_left(row, payload=payload, receipt="", at=at, by=by)
    return True


@transaction.atomic
def back_to_its_author(outgoing: OutgoingMail, *, by) -> bool:
    """What was to be sent is kept no longer: it can only be sent anew. False if it is known by now."""
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    if row.state != State.UNKNOWN:
        return False
    row.state, row.settled_at = State.FAILED, None
    row.error = _("It was too long ago to be sent again by itself. Look through it, and send it anew.")
    row.version += 1
    row.save()
    if row.effect_id:
        outcome = _("Written anew")
        work.finish_all(subject=("outbox.effect", row.effect_id), by=by, outcome=outcome)
    announce(row, portal=True)
    return True


@transaction.atomic
def goes_again(row: OutgoingMail, effect, *, by) -> None:
    """`effect` carries it out from now on: a person decided it, and knows that it may arrive twice."""
    locked = OutgoingMail.objects.select_for_update().get(pk=row.pk)
    locked.effect, locked.state, locked.error, locked.settled_at = effect, State.SCHEDULED, "", None
    locked.turn += 1
    locked.version += 1
    locked.save()
    ledger.record(
        "correspondence.sent_again",
        actor_id=by.pk if by else None,
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
    )
    announce(locked, portal=True)


def troubles_in_words(row: OutgoingMail) -> list[str]:
    """Whom it did not reach, or who did not want it, each as a sentence."""
    words = {
        REFUSED: _("%(address)s did not get it: the mail server refused it. %(why)s"),
        BOUNCED: _("%(address)s did not get it: it came back. %(why)s"),
        COMPLAINED: _("%(address)s marked it as unwanted. Nothing more is sent there."),
    }
    return [
        (
            words[fate["state"]]
            % {"address": address or _("Somebody of those it went to"), "why": fate["why"]}
        ).strip()
        for address, fate in row.troubles.items()
    ]


def troubles_of(mails: Iterable[Mail]) -> dict:
    """Of mails as they stand in a conversation, by id: whom they did not reach. One query, or none."""
    ours = [mail.pk for mail in mails if mail.direction == Mail.Direction.OUT]
    rows = OutgoingMail.objects.filter(mail__in=ours).exclude(fates={}) if ours else ()
    return {row.mail_id: troubles_in_words(row) for row in rows}


# --- What others say of it ---------------------------------------------------------------------------------


def found(*, receipt: str = "", message_id: str = "", key: str = "", client_id=None) -> OutgoingMail | None:
    """The mail that a provider or a mail server speaks of. `key`: of the effect that sent it."""
    said = Q(pk__in=[])
    if receipt:
        said |= Q(receipt=receipt) | Q(message_id=receipt.strip("<>"))
    if message_id:
        said |= Q(message_id=message_id.strip("<> "))
    if key:  # some providers give each address an id of its own, of which the first is our receipt
        said |= Q(effect__key=key)
    rows = OutgoingMail.objects.filter(said)
    return (rows.filter(client=client_id) if client_id else rows).first()


def told(receipt: str, event_type: str, recipient: str, why: str, *, key: str = "", at: datetime) -> bool:
    """An event of the firm's provider. False if it is about no mail of this sort.

    Without a recipient it is about one of several, and nobody can tell which: a person is shown as much.
    """
    row = found(receipt=receipt, key=key)
    if row is None:
        return False
    fate = {
        "delivered": DELIVERED,
        "opened": DELIVERED,
        "bounced": BOUNCED,
        "rejected": REFUSED,
        "failed": REFUSED,
        "complained": COMPLAINED,
    }.get(event_type)
    address = recipient.strip().lower() or (row.everybody[0] if len(row.everybody) == 1 else "")
    if fate and (address or fate != DELIVERED):
        became(row, address, fate, why=why, at=at)
    return True


def reported(raw: bytes, *, at: datetime, client_id=None) -> bool:
    """A mail server's report (RFC 3464), by whichever mailbox it came. False if it is about none of ours.

    Anybody can write one: it counts for those to whom that mail was written, and for nobody else.
    """
    any_ours = False
    for report in bounces.reports(raw):
        row = found(message_id=report.message_id, client_id=client_id) if report.message_id else None
        if row is None:
            continue
        address = report.of({each.lower() for each in row.everybody})
        if not address:
            continue
        any_ours = True
        because = consent.of_report(report.action, report.status)
        if because:
            suppressing.suppress(Channel.EMAIL, address, because, at=at)
        if report.action == "failed":
            became(row, address, BOUNCED, why=report.says, at=at)
        elif report.action == "delivered":
            became(row, address, DELIVERED, at=at)
    return any_ours


def refused(row: OutgoingMail, addresses: dict[str, str], *, at: datetime) -> None:
    """A server took the mail for some and not for these."""
    for address, why in addresses.items():
        became(row, address.lower(), REFUSED, why=why, at=at)


@transaction.atomic
def became(outgoing: OutgoingMail, address: str, fate: str, *, why: str = "", at: datetime) -> bool:
    """Keep what became of it at one address. What is less final never takes the place of what is more so."""
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    known = row.fates.get(address, {}).get("state", "")
    if RANK[fate] <= RANK[known]:
        return False
    row.fates = row.fates | {address: {"state": fate, "why": bounces.words_of(why), "at": at.isoformat()}}
    row.version += 1
    row.save(update_fields=["fates", "version"])
    if fate != DELIVERED:
        work.open_item(
            CAME_BACK,
            client=row.client_id,
            subject=(SUBJECT, row.pk),
            because=_("A mail in the client’s name did not reach everybody.")
            if fate != COMPLAINED
            else _("Somebody marked a mail in the client’s name as unwanted."),
            urgency=2,
        )
    announce(row, portal=True)
    return True
