"""Letters that a carrier prints and posts: handed over, cancelled in time, and what it says of their way.

`Lob` stands behind the same `LetterCarrier` as posting by hand; only it answers later. The posting's row is
there from the moment somebody asks for it; what the carrier says moves it on, in any order and repeated.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from messages_app.models import Letter, LetterVersion, Posting
from secretariat import ledger, media, outbox
from secretariat.channels import lob
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import lettering, posting, sheets
from .posting import PROOF_KIND

HAND, CANCEL, PROOF = "letters.lob_hand", "letters.lob_cancel", "letters.lob_proof"
SUBJECT = "messages_app.posting"
WINDOW = timedelta(hours=1)  # in which it can be cancelled
PAPER = "us-10"  # the only paper Lob prints
State, Kind = Posting.State, Posting.Kind
SAYS = {  # what Lob's events mean for an envelope
    "letter.mailed": State.POSTED,
    "letter.in_transit": State.POSTED,
    "letter.in_local_area": State.POSTED,
    "letter.processed_for_delivery": State.POSTED,
    "letter.certified.mailed": State.POSTED,
    "letter.certified.in_transit": State.POSTED,
    "letter.delivered": State.ARRIVED,
    "letter.certified.delivered": State.ARRIVED,
}
CAME_BACK = ("letter.returned_to_sender", "letter.certified.returned_to_sender")
RANK = {State.HANDING: 0, State.HANDED: 1, State.POSTED: 2, State.ARRIVED: 3}


def why_not(letter: Letter, version: LetterVersion) -> str:
    """Why no carrier can take it; nothing: it can be handed over."""
    if not lob.is_configured():
        return _("No carrier is set up.")
    if not sheets.head_of(letter.client).sender_at_carrier:
        return _("The client’s address is not saved at the carrier: see the letterhead.")
    if version.layout != PAPER:
        return _("The carrier prints American paper alone.")
    if letter.pages > 60:
        return _("The carrier takes no more than 60 pages.")
    return ""


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


def send(row: Posting, *, send_at: datetime, key: str) -> str:
    """Hand it to the carrier, outside any transaction. Returns its id. Raises Refused, Silent."""
    version = lettering.newest_of(row.letter)
    to = _to(version)
    if to.country == "US" and lob.deliverability(to) == lob.UNDELIVERABLE:
        raise lob.Refused("undeliverable", permanent=True)
    mail_type, extra = _service(row.kind, to.country)
    file = MediaFile.objects.get(pk=row.letter.media_id, deleted_at=None)
    made = lob.create(
        to,
        sender=sheets.head_of(row.letter.client).sender_at_carrier,
        pdf=b"".join(storing.read(file)),
        mail_type=mail_type,
        extra=extra,
        send_at=send_at,
        key=key,
    )
    return str(made["id"])


def taken(row_id, carrier_id: str) -> None:
    """The carrier has it. In the transaction of the effect."""
    Posting.objects.filter(pk=row_id, carrier_id="").update(carrier_id=carrier_id)
    Posting.objects.filter(pk=row_id, state=State.HANDING).update(state=State.HANDED)
    _told(Posting.objects.select_related("letter__client").get(pk=row_id))


def not_taken(row_id, *, reason: str) -> None:
    """The carrier will not have it: it is to be posted otherwise, and somebody sees why."""
    row = Posting.objects.select_related("letter__client").get(pk=row_id)
    if not _ends(row, State.REFUSED):
        return
    because = _("Letter %(n)d was not taken by the carrier.")
    if reason == "undeliverable":
        because = _("Letter %(n)d: the post does not know this address.")
    _to_post_again(row, because % {"n": row.letter.number}, urgency=WorkItem.Urgency.TODAY)


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
    row = rows.filter(carrier=Posting.Carrier.LOB, carrier_id=str(told.get("id") or "-")).first()
    if row is None:
        return
    if tracking := str(told.get("tracking_number") or "")[:60]:
        Posting.objects.filter(pk=row.pk).update(tracking=tracking)
    if kind == "letter.rendered_pdf" and row.proof_id is None:
        outbox.post(PROOF, key=f"{PROOF}:{row.pk}", client_id=row.client_id, subject=(SUBJECT, row.pk))
    elif kind == "letter.failed":
        not_taken(row.pk, reason="failed")
    elif kind in CAME_BACK:
        _moved(row, State.POSTED, at=at)
        row.letter.refresh_from_db()
        if row.letter.state == Letter.State.POSTED:
            facts = {"version": row.letter.version, "by": row.posted_by, "at": at}
            posting.came_back(row.letter, because=_("The post returned it to the sender."), **facts)
    elif kind in SAYS:
        _moved(row, SAYS[kind], at=at)


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


def _moved(row: Posting, to: str, *, at: datetime) -> None:
    """On to this state, and never back: the carrier's words come in any order."""
    earlier = [state for state, rank in RANK.items() if rank < RANK[to]]
    facts = {"state": to} | ({"arrived_at": at} if to == State.ARRIVED else {})
    if Posting.objects.filter(pk=row.pk, state__in=earlier).update(**facts):
        held = Letter.objects.filter(pk=row.letter_id, state=Letter.State.HANDED)
        held.update(state=Letter.State.POSTED, version=F("version") + 1)
        _told(row)


def _ends(row: Posting, state: str) -> bool:
    """It did not go this way, and costs nothing."""
    live = Posting.objects.filter(pk=row.pk, state__in=[State.HANDING, State.HANDED])
    return bool(live.update(state=state, postage=0, paper=0))


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


def _to(version: LetterVersion) -> lob.To:
    lines = [each.strip() for each in version.street.splitlines() if each.strip()]
    return lob.To(
        name=version.name,
        company=version.firm,
        line1=(lines or [""])[0][:64],
        line2=", ".join(lines[1:])[:64],
        city=version.city,
        state=version.region,
        postcode=version.postcode,
        country=version.country,
    )
