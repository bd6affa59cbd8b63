"""A print run: letters of one client as one file to print, a list to tick, and one way to the post."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import audience
from clients.models import Client
from messages_app.models import Letter, Posting, PrintRun, PrintRunLetter
from secretariat import ledger, live, media, outbox
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox.models import Effect

from . import joining, posting, sheets
from .run_sheets import Piece, first_pages, in_order, separator

MEDIA_KIND = "letters.run"
SUBJECT = "messages_app.printrun"
MAKE = "letters.run"
MOST = 300
State = PrintRun.State


class NotAsSeen(Exception):
    """Somebody did something with the run, or with a letter in it, since it was shown."""


@dataclass(frozen=True)
class Costs:
    """What the post took for a letter of each class, and what a printed page costs. In her currency."""

    postage: Mapping[str, Decimal]
    a_page: Decimal


def to_choose_from(client: Client):
    """The letters that may go into a new run: to be posted, with their paper, and in no run that is open."""
    taken = PrintRunLetter.objects.filter(run__state__in=PrintRun.OPEN).values("letter")
    ready = Letter.objects.filter(client=client, state__in=posting.POSTABLE, media_id__isnull=False)
    return ready.exclude(pk__in=taken)


def whose_letters_wait(clients):
    """Those of `clients` (a queryset) of whom letters wait for a run, with `waiting`: how many."""
    taken = PrintRunLetter.objects.filter(run__state__in=PrintRun.OPEN, letter=OuterRef("letters"))
    ready = Q(letters__state__in=posting.POSTABLE, letters__media_id__isnull=False) & ~Exists(taken)
    return (
        clients.annotate(waiting=Count("letters", filter=ready)).filter(waiting__gt=0).order_by("name", "pk")
    )


@transaction.atomic
def begin(
    client: Client, chosen: Mapping[UUID, str], *, by, at: datetime, together: UUID | None = None
) -> PrintRun:
    """A run of these letters, each with its class. Raises NotAsSeen where one is no longer to be had.

    `together` is what runs of several clients have in common that are printed as one.
    """
    Client.objects.select_for_update().get(pk=client.pk)  # so that no letter is in two runs
    letters = list(to_choose_from(client).filter(pk__in=chosen).order_by("number")[: MOST + 1])
    if not chosen or len(letters) != len(chosen) or len(letters) > MOST:
        raise NotAsSeen
    last = PrintRun.objects.filter(client=client).aggregate(last=Max("number"))["last"]
    facts = {"number": (last or 0) + 1, "made_by": by, "made_at": at, "together": together}
    run = PrintRun.objects.create(client=client, **facts)
    rows = [
        PrintRunLetter(client=client, run=run, letter=each, kind=chosen[each.pk], place=place)
        for place, each in enumerate(letters, 1)
    ]
    PrintRunLetter.objects.bulk_create(rows)
    outbox.post(
        MAKE, key=f"{MAKE}:{run.pk}", queue=Effect.Queue.CPU, client_id=client.pk, subject=(SUBJECT, run.pk)
    )
    _changed(run, "letters.run_begun", by=by)
    return run


def make(run_id: UUID) -> bool:
    """Put the file together. Whether it was done here; whoever comes second finds it done."""
    run = PrintRun.objects.select_related("client").get(pk=run_id)
    if run.state != State.MAKING:
        return False
    items = {str(each.pk): each for each in run.letters.select_related("letter__client")}
    piles = in_order(_piece(each) for each in items.values())
    parts, before = [], []
    with translation.override(run.client.language):
        for pile in piles:
            parts.append(separator(pile, **_words(run, pile)))
            before.append(joining.count(parts[-1]))
            parts += [_paper(items[piece.key].letter) for piece in pile]
    pages, made = first_pages(piles, before), joining.joined(parts)
    with transaction.atomic():
        kept = media.store(
            made,
            client_id=run.client_id,
            kind=MEDIA_KIND,
            name=f"{run.client.name} {_('print run')} {run.number}.pdf",
            content_type="application/pdf",
        )
        waiting = PrintRun.objects.filter(pk=run.pk, state=State.MAKING)
        facts = {"media_id": kept.pk, "sha256": kept.sha256, "pages": joining.count(made)}
        if not waiting.update(state=State.MADE, version=F("version") + 1, **facts):
            media.remove(kept)
            return False
        place = 0
        for pile in piles:
            for piece in pile:
                place += 1
                PrintRunLetter.objects.filter(pk=piece.key).update(place=place, first_page=pages[piece.key])
        run.refresh_from_db()
        _announce(run)
    return True


@transaction.atomic
def drop(run: PrintRun, *, version: int, by, at: datetime) -> None:
    """Its letters are to be posted as before. Raises NotAsSeen once they are posted."""
    _move(run, PrintRun.OPEN, State.DROPPED, version=version)
    for file in MediaFile.objects.filter(pk=run.media_id, deleted_at=None):
        media.remove(file)
    _changed(run, "letters.run_dropped", by=by)


@transaction.atomic
def post(
    run: PrintRun,
    costs: Costs,
    *,
    left_out: frozenset[UUID] = frozenset(),
    tracking: Mapping[UUID, str] | None = None,
    proof=None,
    version: int,
    by,
    at: datetime,
) -> int:
    """The run is in the post, but for those `left_out` (letters' ids). Returns how many letters that were.

    `tracking` holds numbers by the letters' ids; `proof` is an uploaded photograph of them all. A letter that
    was withdrawn meanwhile is left out. Raises NotAsSeen.
    """
    kept = posting.keep_proof(run.client_id, proof) if proof else None
    facts = {"posted_at": at, "posted_by": by, "proof_id": kept and kept.pk}
    _move(run, (State.MADE,), State.POSTED, version=version, **facts)
    posted: list[Posting] = []
    for item in run.letters.select_related("letter__client").order_by("place"):
        letter = item.letter
        if letter.pk in left_out or letter.state not in posting.POSTABLE:
            continue
        envelope = posting.Envelope(
            item.kind,
            costs.postage.get(item.kind, Decimal(0)),
            paper_for(letter, costs.a_page),
            (tracking or {}).get(letter.pk, ""),
        )
        posted.append(posting.post(letter, envelope, version=letter.version, by=by, at=at, run=run))
    if posted:
        posting.announce(posted, subject=(SUBJECT, run.pk), words=words_of(run), by=by, at=at)
    touched = Letter.objects.filter(runs__run=run, serial__isnull=False)
    for serial_id in touched.values_list("serial", flat=True).distinct():
        posting.finish_serial(serial_id, by=by)
    _changed(run, "letters.run_posted", by=by)
    return len(posted)


def words_of(run: PrintRun) -> str:
    """What was posted, as the expense for it says."""
    return _("Print run %(n)d for %(client)s") % {"n": run.number, "client": run.client.name}


def paper_for(letter: Letter, a_page: Decimal) -> Decimal:
    return (a_page * letter.pages).quantize(Decimal("0.01"))


def _piece(item: PrintRunLetter) -> Piece:
    newest = item.letter.versions.order_by("-number").first()
    apart = [each.strip() for each in newest.enclosures.splitlines() if each.strip()]
    address = sheets.sheet(newest, sheets.head_of(item.letter.client), item.letter.client, 0).address
    return Piece(
        key=str(item.pk),
        number=item.letter.number,
        kind=item.kind,
        layout=newest.layout,
        to=", ".join(address[:2]),
        apart=tuple(apart),
        pages=item.letter.pages,
    )


def _words(run: PrintRun, pile: list[Piece]) -> dict:
    kind = str(Posting.Kind(pile[0].kind).label)
    count = ngettext("%(n)d letter", "%(n)d letters", len(pile)) % {"n": len(pile)}
    into = ", ".join(pile[0].apart)
    about = _("Put in with each: %(what)s") % {"what": into} if into else _("Nothing else goes in.")
    title = f"{run.client.name} · {run.number} · {kind} · {count}"
    return {"title": title, "about": about, "language": run.client.language}


def _paper(letter: Letter) -> bytes:
    return b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id, deleted_at=None)))


def _move(run: PrintRun, came_from, to: str, *, version: int, **facts) -> None:
    rows = PrintRun.objects.filter(pk=run.pk, state__in=came_from, version=version)
    if not rows.update(state=to, version=F("version") + 1, **facts):
        raise NotAsSeen
    run.refresh_from_db()


def _changed(run: PrintRun, verb: str, *, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=run.client_id, subject=(SUBJECT, run.pk))
    _announce(run)


def _announce(run: PrintRun) -> None:
    live.announce("letter.changed", run.pk, run.version, audience.desk(run.client_id))
