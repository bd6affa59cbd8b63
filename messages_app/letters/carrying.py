"""Letters that a carrier prints and posts: handed over, cancelled in time, and what it says of their way.

`Lob` stands behind the same `LetterCarrier` as posting by hand; only it answers later. The posting's row is
there from the moment somebody asks for it; what the carrier says moves it on, in any order and repeated.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from messages_app import signals
from messages_app.models import Letter, LetterVersion, Posting
from secretariat import ledger, media, outbox
from secretariat.channels import lob
from secretariat.channels.errors import Silent
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import carrier_limits, lettering, posting, sheets
from .posting import PROOF_KIND

HAND, CANCEL, PROOF = "letters.lob_hand", "letters.lob_cancel", "letters.lob_proof"
ASK = "letters.lob_ask"
UNSURE_ABROAD = "unsure_abroad"  # of an address: why it was not handed over at once
UNSURE = "letters.unsure"  # the work of whoever looks there whether it has a letter
SUBJECT = "messages_app.posting"
WINDOW = timedelta(hours=1)  # in which it can be cancelled
State, Kind = Posting.State, Posting.Kind
SAYS = {  # what Lob's events mean for an envelope
    "letter.mailed": State.POSTED,
    "letter.in_transit": State.POSTED,
    "letter.in_local_area": State.POSTED,
    "letter.processed_for_delivery": State.POSTED,
    "letter.international_exit": State.POSTED,
    "letter.certified.mailed": State.POSTED,
    "letter.certified.in_transit": State.POSTED,
    "letter.certified.in_local_area": State.POSTED,
    "letter.certified.processed_for_delivery": State.POSTED,
    "letter.certified.pickup_available": State.POSTED,
    "letter.delivered": State.ARRIVED,
    "letter.certified.delivered": State.ARRIVED,
}
CAME_BACK = ("letter.returned_to_sender", "letter.certified.returned_to_sender")
RANK = {State.HANDING: 0, State.UNSURE: 0, State.HANDED: 1, State.POSTED: 2, State.ARRIVED: 3}


def is_set_up(client) -> bool:
    """Whether letters of this client can go by the carrier at all."""
    return lob.is_configured() and bool(sheets.head_of(client).sender_at_carrier)


def why_not(letter: Letter, version: LetterVersion) -> str:
    """Why no carrier can take it; nothing: it can be handed over."""
    if not lob.is_configured():
        return _("No carrier is set up.")
    if not sheets.head_of(letter.client).sender_at_carrier:
        return _("The client’s address is not saved at the carrier: see the letterhead.")
    return carrier_limits.why_not(letter, version)


@transaction.atomic
def hand_over(letter: Letter, envelope: posting.Envelope, *, version: int, by, at: datetime) -> Posting:
    """Have the carrier print and post it. Raises posting.NotTaken, lettering.NotAsSeen."""
    if why := why_not(letter, lettering.newest_of(letter)):
        raise posting.NotTaken(why)
    posting.move(letter, posting.POSTABLE, Letter.State.HANDED, version=version)
    row = Posting.objects.create(
        client_id=letter.client_id,
        letter=letter,
        carrier=Posting.Carrier.LOB,
        kind=envelope.kind,
        postage=envelope.postage,
        paper=envelope.paper,
        currency=letter.client.currency,
        posted_at=at,
        posted_by=by,
        state=State.HANDING,
        cancel_until=at + WINDOW,
    )
    outbox.post(
        HAND,
        key=f"{HAND}:{row.pk}",
        client_id=letter.client_id,
        subject=(SUBJECT, row.pk),
        lane=_lane(row),
        payload={"send_at": (at + WINDOW).isoformat()},
    )
    work.finish_all(
        subject=("messages_app.letter", letter.pk), by=by, outcome=_("It was handed to the carrier.")
    )
    posting.finish_serial(letter.serial_id, by=by)
    _changed("letters.handed_over", row, by)
    return row


@transaction.atomic
def cancel(row: Posting, *, by, at: datetime) -> bool:
    """Ask the carrier not to post it. False once that is too late."""
    open_ones = Posting.objects.filter(
        pk=row.pk, state__in=[State.HANDING, State.HANDED], cancel_until__gt=at
    )
    if not open_ones.exists():
        return False
    outbox.post(
        CANCEL, key=f"{CANCEL}:{row.pk}", client_id=row.client_id, subject=(SUBJECT, row.pk), lane=_lane(row)
    )
    _changed("letters.carrier_asked_to_cancel", row, by)
    return True


def send(row: Posting, *, send_at: datetime) -> str:
    """Hand it to the carrier, outside any transaction. Returns its id. Raises Refused, Silent.

    Asked again, under whatever key an attempt goes, it is the same letter there.
    """
    if row.state == State.UNSURE and (known := find(row)):
        return known
    version = lettering.newest_of(row.letter)
    to = carrier_limits.told(version)
    if carrier_limits.why_not(row.letter, version):
        raise lob.Refused("not as it stands", permanent=True)
    _refuse_unknown(row, to, _said_of(to))
    mail_type, extra = _service(row.kind, to.country)
    file = MediaFile.objects.get(pk=row.letter.media_id, deleted_at=None)
    made = lob.create(
        to,
        sender=sheets.head_of(row.letter.client).sender_at_carrier,
        pdf=b"".join(storing.read(file)),
        mail_type=mail_type,
        extra=extra,
        send_at=send_at,
        known_as=str(row.pk),
        key=f"{HAND}:{row.pk}",
    )
    return str(made["id"])


def find(row: Posting) -> str:
    """What the carrier knows it by, if it has it; empty: it shows no such letter. Raises as `send`."""
    found = lob.find(str(row.pk))
    return str(found["id"]) if found else ""


def _said_of(to: lob.To) -> str:
    """What the post says of the address. Nothing abroad, where not every contract with Lob has an answer."""
    try:
        return lob.deliverability(to)
    except Silent as silence:  # it was asked about an address, and told of no letter yet
        raise lob.Refused(silence.code) from silence
    except lob.Refused as refusal:
        if to.country == "US" or refusal.outage:
            raise
        return ""


def _refuse_unknown(row: Posting, to: lob.To, said: str) -> None:
    """An address that the post does not know. Of what may be right as it is she is told once, and decides."""
    earlier = Posting.objects.filter(letter=row.letter_id, carrier=row.carrier, state=State.REFUSED)
    if to.country != "US":
        if said in lob.UNSURE_ABROAD and not earlier.exists():
            raise lob.Refused(UNSURE_ABROAD, permanent=True)
        return
    if said == lob.UNDELIVERABLE:
        raise lob.Refused(said, permanent=True)
    if said in lob.UNIT_AMISS and not earlier.exists():
        raise lob.Refused(said, permanent=True)


def taken(row_id, carrier_id: str) -> None:
    """The carrier has it. In the transaction of the effect."""
    Posting.objects.filter(pk=row_id, carrier_id="").update(carrier_id=carrier_id)
    waiting = Posting.objects.filter(pk=row_id, state__in=[State.HANDING, State.UNSURE])
    if not waiting.update(state=State.HANDED):
        return
    _finish_unsure(row_id, _("The carrier has it."))
    _told(Posting.objects.select_related("letter__client").get(pk=row_id))


def not_taken(row_id, *, reason: str) -> None:
    """The carrier will not have it: it is to be posted otherwise, and somebody sees why."""
    row = Posting.objects.select_related("letter__client").get(pk=row_id)
    if not _ends(row, State.REFUSED):
        return
    because = _("Letter %(n)d was not taken by the carrier.")
    if reason == lob.UNDELIVERABLE:
        because = _("Letter %(n)d: the post does not know this address.")
    elif reason in lob.UNIT_AMISS:
        because = _(
            "Letter %(n)d: the post misses the number of a flat or suite, or does not know this one. "
            "Put it right, or hand it over again as it stands."
        )
    elif reason == UNSURE_ABROAD:
        because = _(
            "Letter %(n)d: the carrier does not find this address abroad, or misses part of it. "
            "Put it right, or hand it over again as it stands."
        )
    _finish_unsure(row_id, _("The carrier does not have it."))
    _to_post_again(row, because % {"n": row.letter.number}, urgency=WorkItem.Urgency.TODAY)


def unsure(row_id) -> None:
    """Nobody heard whether the carrier has it: it is not posted otherwise until somebody knows."""
    row = Posting.objects.select_related("letter__client").get(pk=row_id)
    if not Posting.objects.filter(pk=row_id, state=State.HANDING).update(state=State.UNSURE):
        return
    because = _("Nobody knows whether the carrier has letter %(n)d: look there.")
    work.open_item(
        UNSURE,
        subject=("messages_app.letter", row.letter_id),
        client=row.letter.client,
        because=because % {"n": row.letter.number},
        urgency=WorkItem.Urgency.TODAY,
    )
    _told(row)


@transaction.atomic
def not_there(row: Posting, *, by) -> bool:
    """Somebody has looked at the carrier's, and it has no such letter. False: that is known by now."""
    if not Posting.objects.filter(pk=row.pk, state=State.UNSURE).exists():
        return False
    not_taken(row.pk, reason="not there")
    _changed("letters.not_at_the_carrier", row, by)
    return True


def cancelled(row_id) -> None:
    row = Posting.objects.select_related("letter__client").get(pk=row_id)
    if _ends(row, State.CANCELLED):
        _to_post_again(row, _("Letter %(n)d was cancelled in time.") % {"n": row.letter.number})


def not_cancelled(row_id) -> None:
    """It was too late, or nobody knows: a person looks."""
    row = Posting.objects.select_related("letter__client").get(pk=row_id)
    work.open_item(
        "letters.not_cancelled",
        subject=("messages_app.letter", row.letter_id),
        client=row.letter.client,
        because=_("Letter %(n)d could not be cancelled: it is being posted.") % {"n": row.letter.number},
        urgency=WorkItem.Urgency.TODAY,
    )


@transaction.atomic
def heard(event: dict, *, at: datetime) -> None:
    """What the carrier says of a letter. What is not ours, or says nothing new, changes nothing."""
    kind = (event.get("event_type") or {}).get("id", "")
    told = event.get("body") or {}
    rows = Posting.objects.select_for_update(of=["self"]).select_related("letter__client")
    rows = rows.filter(carrier=Posting.Carrier.LOB)
    row = rows.filter(carrier_id=str(told.get("id") or "-")).first() or _before_its_answer(rows, told)
    if row is None:
        return
    if tracking := str(told.get("tracking_number") or "")[:60]:
        Posting.objects.filter(pk=row.pk).update(tracking=tracking)
    if kind == "letter.rendered_pdf" and row.proof_id is None:
        fetch_proof(row)
    elif kind == "letter.failed":
        not_taken(row.pk, reason="failed")
    elif kind == "letter.deleted":
        cancelled(row.pk)
    elif kind in CAME_BACK:
        came_back(row, at=at)
    elif kind in SAYS:
        moved(row, SAYS[kind], at=at)


def _before_its_answer(rows, told: dict) -> Posting | None:
    """The posting whose letter it is, of which we have not heard yet that the carrier took it."""
    known_as = str((told.get("metadata") or {}).get(lob.KNOWN_AS) or "")
    try:
        row = rows.filter(pk=UUID(known_as), carrier_id="").first()
    except ValueError:
        return None
    if row is not None and told.get("id"):
        taken(row.pk, str(told["id"]))
        row.refresh_from_db()
    return row


def fetch_proof(row: Posting) -> None:
    outbox.post(PROOF, key=f"{PROOF}:{row.pk}", client_id=row.client_id, subject=(SUBJECT, row.pk))


def came_back(row: Posting, *, at: datetime) -> None:
    """The post returned it to the sender. Told twice, it came back once."""
    moved(row, State.POSTED, at=at)
    row.letter.refresh_from_db()
    newest = row.letter.postings.first()
    if row.letter.state == Letter.State.POSTED and newest == row:
        facts = {"version": row.letter.version, "by": row.posted_by, "at": at}
        posting.came_back(row.letter, because=_("The post returned it to the sender."), **facts)


def keep_proof(row: Posting) -> str:
    """The letter as the carrier prints it, kept as the posting's proof. Outside any transaction."""
    content = lob.rendered(str(lob.letter(row.carrier_id)["url"]))
    with transaction.atomic():
        kept = media.store(
            content,
            client_id=row.client_id,
            kind=PROOF_KIND,
            name=f"{row.carrier_id}.pdf",
            content_type="application/pdf",
        )
        if not Posting.objects.filter(pk=row.pk, proof_id=None).update(proof_id=kept.pk):
            media.remove(kept)
    return str(kept.pk)


def moved(row: Posting, to: str, *, at: datetime) -> None:
    """On to this state, and never back: the carrier's words come in any order."""
    earlier = [state for state, rank in RANK.items() if rank < RANK[to]]
    facts = {"state": to} | ({"arrived_at": at} if to == State.ARRIVED else {})
    if Posting.objects.filter(pk=row.pk, state__in=earlier).update(**facts):
        held = Letter.objects.filter(pk=row.letter_id, state=Letter.State.HANDED)
        held.update(state=Letter.State.POSTED, version=F("version") + 1)
        _told(row)


def _ends(row: Posting, state: str) -> bool:
    """It did not go this way, and costs nothing."""
    live = Posting.objects.filter(pk=row.pk, state__in=[State.HANDING, State.UNSURE, State.HANDED])
    if not live.update(state=state, postage=0, paper=0):
        return False
    signals.not_posted.send(sender=Posting, posting=row)
    return True


def _to_post_again(row: Posting, because: str, *, urgency=WorkItem.Urgency.NORMAL) -> None:
    letter = Letter.objects.filter(pk=row.letter_id, state=Letter.State.HANDED)
    letter.update(state=Letter.State.READY, version=F("version") + 1)
    work.open_item(
        "letters.to_post",
        subject=("messages_app.letter", row.letter_id),
        client=row.letter.client,
        because=because,
        urgency=urgency,
    )
    _told(row)


def _finish_unsure(row_id, outcome: str) -> None:
    letter_id = Posting.objects.values_list("letter_id", flat=True).get(pk=row_id)
    work.finish_all(subject=("messages_app.letter", letter_id), kind=UNSURE, by=None, outcome=outcome)


def _told(row: Posting) -> None:
    row.letter.refresh_from_db()
    lettering.announce(row.letter)


def _changed(verb: str, row: Posting, by) -> None:
    ledger.record(
        verb, actor_id=by.pk, client_id=row.client_id, subject=("messages_app.letter", row.letter_id)
    )
    _told(row)


def _lane(row: Posting) -> str:
    return f"posting:{row.pk}"


def _service(kind: str, country: str) -> tuple[str, str]:
    """Lob's words for a class: (mail_type, extra_service)."""
    extra = {Kind.SIGNED: lob.CERTIFIED, Kind.REGISTERED: "certified_return_receipt"}.get(Kind(kind), "")
    if extra and country != "US":
        extra = "registered"
    return ("usps_standard" if kind == Kind.STANDARD and country == "US" else "usps_first_class"), extra
