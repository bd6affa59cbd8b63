"""What was written down of something in the post, put right afterwards.

The photograph and the number may come at any time. What was paid changes while nobody has reckoned with it:
whether somebody has, the floors above say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import audience
from messages_app import signals
from messages_app.models import Letter, Posting, PrintRun, ReceivedPost
from secretariat import ledger, live, media
from secretariat.media.models import MediaFile

from . import printing
from .lettering import NotAsSeen
from .posting import SUBJECT, Envelope, keep_proof, words_of

BY_HAND, State = Posting.Carrier.BY_HAND, Posting.State
NOT_POSTED = (State.CANCELLED, State.REFUSED)


class Stands(Exception):
    """What was paid is not changed any more. `because` says why, in sentences."""

    def __init__(self, because: list[str]):
        super().__init__(" ".join(because))
        self.because = because


def why_it_stands(posting: Posting, *, by, lock: bool = False) -> list[str]:
    """Why what was paid for it is not put right by this person; nothing: it may be."""
    if posting.state in NOT_POSTED:
        return [_("The carrier did not post it: nothing was paid.")]
    return _why([posting], _subject(posting), by=by, lock=lock)


def why_the_run_stands(run: PrintRun, *, by, lock: bool = False) -> list[str]:
    return _why(list(run.postings.all()), (printing.SUBJECT, run.pk), by=by, lock=lock)


def is_the_same(posting: Posting, envelope: Envelope) -> bool:
    """Whether nothing else was paid than is written down."""
    known = (posting.kind, posting.postage, posting.paper)
    return known == (envelope.kind, envelope.postage, envelope.paper)


@transaction.atomic
def put_right(posting: Posting, envelope: Envelope | None, *, tracking: str, proof, version: int, by) -> None:
    """`version`: that of the letter, or of the paper that came. Without an `envelope` what was paid stays;
    without a `proof`, an uploaded photograph, the one that is there.

    Raises NotAsSeen, Stands.
    """
    contents = posting.contents
    run = PrintRun.objects.select_for_update().filter(pk=posting.run_id).first()
    _as_seen(contents, version)
    facts: dict = {}
    if posting.carrier == BY_HAND:
        if posting.received:
            ReceivedPost.objects.filter(pk=contents.pk).update(gone_tracking=tracking)
        else:
            facts["tracking"] = tracking
    detail = {"posting": str(posting.pk)}
    paid = envelope if envelope and not is_the_same(posting, envelope) else None
    if paid:
        _refuse(why_it_stands(posting, by=by, lock=True))
        facts |= {"kind": paid.kind, "postage": paid.postage, "paper": paid.paper}
        detail |= {"was": str(posting.cost), "now": str(paid.postage + paid.paper)}
    if proof:
        facts["proof_id"] = _kept_instead(posting.proof_id, posting.client_id, proof)
    Posting.objects.filter(pk=posting.pk).update(**facts)
    posting.refresh_from_db()
    if paid and posting.carrier == BY_HAND:
        if run:
            _tell_of_run(run)
        else:
            _tell([posting], _subject(posting), words_of(posting))
    _record(contents, by=by, detail=detail)


@transaction.atomic
def put_run_right(
    run: PrintRun, postage: Mapping[str, Decimal], a_page: Decimal | None, *, proof, version: int, by
) -> None:
    """What one letter of a class, and a page, cost after all; of a class that is not named it stays.

    Raises NotAsSeen, Stands.
    """
    _as_seen(run, version)
    detail: dict = {}
    changed = []
    for each in run.postings.select_related("letter"):
        paid = Envelope(each.kind, postage.get(each.kind, each.postage), each.paper)
        if a_page is not None:
            paid = replace(paid, paper=printing.paper_for(each.letter, a_page))
        if not is_the_same(each, paid):
            each.postage, each.paper = paid.postage, paid.paper
            changed.append(each)
    if changed:
        _refuse(why_the_run_stands(run, by=by, lock=True))
        detail["was"] = str(_cost(run.postings.all()))
        Posting.objects.bulk_update(changed, ["postage", "paper"])
        detail["now"] = str(_cost(run.postings.all()))
        _tell_of_run(run)
    if proof:
        kept = _kept_instead(run.proof_id, run.client_id, proof)
        PrintRun.objects.filter(pk=run.pk).update(proof_id=kept)
    _record(run, by=by, detail=detail)


def _why(postings: list[Posting], subject: tuple, *, by, lock: bool) -> list[str]:
    others = {each.posted_by for each in postings if each.posted_by_id != by.pk}
    because = []
    if others and not by.roles.firm_wide:
        who = ", ".join(sorted(each.name for each in others))
        said = _("Only %(name)s, who posted it, and the firm put right what was paid.")
        because.append(said % {"name": who})
    facts = {"postings": postings, "subject": subject, "because": because, "lock": lock}
    signals.cost_asked.send(sender=Posting, **facts)
    return because


def _refuse(because: list[str]) -> None:
    if because:
        raise Stands(because)


def _subject(posting: Posting) -> tuple:
    return (printing.SUBJECT, posting.run_id) if posting.run_id else (SUBJECT, posting.pk)


def _as_seen(thing, version: int) -> None:
    """The letter, the paper that came or the run is as its page showed it, and nobody else changes it now."""
    rows = type(thing).objects.filter(pk=thing.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise NotAsSeen
    thing.refresh_from_db()


def _kept_instead(before, client_id, proof):
    for old in MediaFile.objects.filter(pk=before, deleted_at=None):
        media.remove(old)
    return keep_proof(client_id, proof).pk


def _cost(postings: Iterable[Posting]) -> Decimal:
    return sum((each.cost for each in postings), Decimal(0))


def _tell_of_run(run: PrintRun) -> None:
    _tell(list(run.postings.all()), (printing.SUBJECT, run.pk), printing.words_of(run))


def _tell(postings: list[Posting], subject: tuple, words: str) -> None:
    first = postings[0]
    facts = {"postings": postings, "subject": subject, "words": words}
    signals.cost_put_right.send(sender=Posting, by=first.posted_by, at=first.posted_at, **facts)


def _record(thing: Letter | ReceivedPost | PrintRun, *, by, detail: dict) -> None:
    subject = (thing._meta.label_lower, thing.pk)
    ledger.record(
        "letters.posting_put_right",
        actor_id=by.pk,
        client_id=thing.client_id,
        subject=subject,
        detail=detail,
    )
    told = audience.desk(thing.client_id)
    if isinstance(thing, ReceivedPost) or getattr(thing, "shown_at", None):
        told |= audience.portal(thing.client_id)
    live.announce("letter.changed", thing.pk, thing.version, told)
