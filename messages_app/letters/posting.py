"""A letter's way through the post: what was paid for it, the proof, and what came back.

Whoever carries letters stands behind `LetterCarrier`. By hand, the secretary prints, stamps and posts them,
and says afterwards what it cost.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from messages_app import signals
from messages_app.models import Letter, Posting, ReceivedPost
from secretariat import ledger, media
from secretariat.media.models import MediaFile

from . import lettering

PROOF_KIND = "letters.proof"
SUBJECT = "messages_app.posting"
LARGEST = 10_000_000  # bytes of a photograph
State = Letter.State
POSTABLE = (State.READY, State.RETURNED)


class NotTaken(Exception):
    """No carrier can take it. The message says why."""


@dataclass(frozen=True)
class Envelope:
    """What is asked of a carrier, and what is known of the cost. Money in the client's currency."""

    kind: str
    postage: Decimal
    paper: Decimal
    tracking: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the carrier says when it has taken the letter."""

    carrier_id: str
    postage: Decimal
    paper: Decimal
    tracking: str = ""


def paper_of(letter: Letter) -> MediaFile | None:
    """The exact paper that was agreed; None before, and once it is kept no longer."""
    return media.kept(letter.media_id)


class LetterCarrier(Protocol):
    """Takes the paper of one letter. The same letter handed over again is the same envelope."""

    code: str

    def hand_over(self, letter: Letter, envelope: Envelope) -> Receipt: ...


class ByHand:
    """The secretary has been to the post; what she says is the receipt."""

    code = Posting.Carrier.BY_HAND

    def hand_over(self, letter: Letter, envelope: Envelope) -> Receipt:
        return Receipt("", envelope.postage, envelope.paper, envelope.tracking)


CARRIERS: dict[str, LetterCarrier] = {each.code: each for each in (ByHand(),)}


@transaction.atomic
def post(
    letter: Letter, envelope: Envelope, *, version: int, by, at: datetime, proof=None, run=None
) -> Posting:
    """The letter is in the post. `proof` is an uploaded photograph or receipt; a `run` has one for all, and
    announces what was paid for all of it.

    Raises lettering.NotAsSeen.
    """
    carrier = CARRIERS[Posting.Carrier.BY_HAND]
    move(letter, POSTABLE, State.POSTED, version=version)
    receipt = carrier.hand_over(letter, envelope)
    kept = keep_proof(letter.client_id, proof) if proof else None
    posting = Posting.objects.create(
        client_id=letter.client_id,
        letter=letter,
        carrier=carrier.code,
        carrier_id=receipt.carrier_id,
        kind=envelope.kind,
        postage=receipt.postage,
        paper=receipt.paper,
        currency=letter.client.currency,
        tracking=receipt.tracking,
        posted_at=at,
        posted_by=by,
        proof_id=kept and kept.pk,
        run=run,
    )
    work.finish_all(subject=("messages_app.letter", letter.pk), by=by, outcome=_("The letter was posted."))
    if run is None:
        finish_serial(letter.serial_id, by=by)
        announce([posting], subject=(SUBJECT, posting.pk), words=words_of(posting), by=by, at=at)
    _record("letters.posted", letter, by, posting=str(posting.pk))
    lettering.announce(letter)
    return posting


def announce(postings: list[Posting], *, subject: tuple, words: str, by, at: datetime) -> None:
    """Tell the floors above what somebody has paid for at the post."""
    facts = {"postings": postings, "subject": subject, "words": words, "by": by, "at": at}
    signals.posted_by_hand.send(sender=Posting, **facts)


@transaction.atomic
def post_received(received: ReceivedPost, envelope: Envelope, *, by, at: datetime, proof=None) -> Posting:
    """Paper that came for a client is in the post again: to her, or back to its sender.

    Its number in the post is kept with the paper itself.
    """
    client = received.client
    kept = keep_proof(client.pk, proof) if proof else None
    posting = Posting.objects.create(
        client=client,
        received=received,
        kind=envelope.kind,
        postage=envelope.postage,
        paper=envelope.paper,
        currency=client.currency,
        posted_at=at,
        posted_by=by,
        proof_id=kept and kept.pk,
    )
    announce([posting], subject=(SUBJECT, posting.pk), words=words_of(posting), by=by, at=at)
    return posting


def words_of(posting: Posting) -> str:
    """What was posted, as the expense for it says."""
    words = _("Letter %(n)d for %(client)s")
    if posting.received:
        words = _("Post %(n)d for %(client)s, sent on")
        if posting.received.paper == ReceivedPost.Paper.RETURNED:
            words = _("Post %(n)d for %(client)s, returned to its sender")
    return words % {"n": posting.contents.number, "client": posting.client.name}


@transaction.atomic
def came_back(letter: Letter, *, because: str, version: int, by, at: datetime) -> None:
    """The newest envelope was returned; somebody finds the right address. Raises lettering.NotAsSeen."""
    move(letter, (State.POSTED,), State.RETURNED, version=version)
    newest = letter.postings.first()
    Posting.objects.filter(pk=newest.pk).update(returned_at=at, returned_because=because[:240])
    work.open_item(
        "letters.returned",
        subject=("messages_app.letter", letter.pk),
        client=letter.client,
        because=_("Letter %(n)d came back.") % {"n": letter.number},
    )
    _record("letters.came_back", letter, by, posting=str(newest.pk))
    lettering.announce(letter)


def finish_serial(serial_id, *, by) -> None:
    """The work of a serial letter is done with the last of its copies, whichever way that went."""
    if serial_id and not Letter.objects.filter(serial=serial_id, state=State.READY).exists():
        subject = ("messages_app.serialletter", serial_id)
        work.finish_all(subject=subject, by=by, outcome=_("All copies were posted."))


def keep_proof(client_id, proof) -> MediaFile:
    """Keep an uploaded photograph or receipt."""
    return media.store(
        proof,
        client_id=client_id,
        kind=PROOF_KIND,
        name=proof.name,
        content_type=proof.content_type or "application/octet-stream",
    )


def move(letter: Letter, came_from, to: str, *, version: int) -> None:
    rows = Letter.objects.filter(pk=letter.pk, state__in=came_from, version=version)
    if not rows.update(state=to, version=F("version") + 1):
        raise lettering.NotAsSeen
    letter.refresh_from_db()


def _record(verb: str, letter: Letter, by, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=letter.client_id,
        subject=("messages_app.letter", letter.pk),
        detail=detail,
    )
