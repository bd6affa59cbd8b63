"""Looking at copies of a serial letter and setting them, some at a time, each once.

Whoever does it may be killed at any moment: a copy goes in one step from *being set* to *to be posted*, with
its file and its hash, and whoever comes second finds nothing to do.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from messages_app.models import Letter, LetterVersion, SerialLetter
from secretariat import clock, media
from secretariat.media import storing

from . import files_of, serials, sheets, typesetting
from .lettering import MEDIA_KIND
from .typesetting import CannotBeSet


class _MadeMeanwhile(Exception):
    pass


def look(keys: list[UUID]) -> int:
    """Write down what is missing in each of these copies. Returns how many were looked at."""
    press, seen = typesetting.Press(), 0
    for newest, head in _drafts(keys, Letter.State.DRAFT):
        letter = newest.letter
        sheet = sheets.sheet(newest, head, letter.client, letter.number)
        found = sheets.gaps(newest, sheet, press=press)
        # Only while it still says what was looked at.
        unchanged = LetterVersion.objects.filter(pk=newest.pk, saved_at=newest.saved_at)
        seen += Letter.objects.filter(pk=letter.pk, pk__in=unchanged.values("letter")).update(gaps=found)
    return seen


@transaction.atomic
def tell_when_all_are_seen(serial_id: UUID) -> None:
    """Whoever has the serial letter open learns that every copy was looked at."""
    serial = SerialLetter.objects.select_related("client").get(pk=serial_id)
    if not serials.counted(serial)["unseen"]:
        serials.announce(serial)


def make(keys: list[UUID]) -> int:
    """Set these copies and keep each with its hash. Returns how many were set here."""
    press, made, read = typesetting.Press(), 0, {}
    for newest, head in _drafts(keys, Letter.State.MAKING):
        try:
            with transaction.atomic():
                _set(newest, head, press, read)
        except _MadeMeanwhile:
            continue
        except CannotBeSet as wrong:
            _give_back(newest.letter, sheets.why_not(wrong))
        else:
            made += 1
    return made


@transaction.atomic
def finish(serial_id: UUID) -> bool:
    """Once no copy is being set any more, all are to be posted. Whether that is so."""
    serial = SerialLetter.objects.select_for_update(of=("self",)).select_related("client").get(pk=serial_id)
    if serial.state != serials.State.MAKING or serial.copies.filter(state=Letter.State.MAKING).exists():
        return False
    SerialLetter.objects.filter(pk=serial.pk).update(
        state=serials.State.READY, made_at=clock.Now(), version=F("version") + 1
    )
    serial.refresh_from_db()
    work.open_item(
        "letters.serial_to_post",
        subject=("messages_app.serialletter", serial.pk),
        client=serial.client,
        because=_("%(n)d letters are to be printed and posted.") % {"n": serials.counted(serial)["ready"]},
    )
    serials.announce(serial)
    return True


def _drafts(keys: list[UUID], state: str):
    """The newest version of each of these letters that is still in this state, and the letterhead."""
    versions = LetterVersion.objects.filter(letter__in=keys, letter__state=state)
    newest = versions.order_by("letter_id", "-number").distinct("letter_id")
    heads: dict = {}
    for version in newest.select_related("letter__client", "written_by__secretary").prefetch_related(
        "letter__files"
    ):
        client = version.letter.client
        if client.pk not in heads:
            heads[client.pk] = sheets.head_of(client)
        yield version, heads[client.pk]


def _set(newest: LetterVersion, head, press: typesetting.Press, read: dict[UUID, bytes]) -> None:
    letter = newest.letter
    sheet = sheets.sheet(newest, head, letter.client, letter.number)
    paper = press.pdf(sheet, at=sheets.moment_of(newest))
    whole, more = files_of.with_files(letter, paper, read=read)
    kept = media.store(
        whole,
        client_id=letter.client_id,
        kind=MEDIA_KIND,
        name=sheets.file_name(newest, letter.client, letter.number),
        content_type="application/pdf",
    )
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.MAKING)
    facts = {"media_id": kept.pk, "sha256": kept.sha256, "pages": more + typesetting.pages_of(paper)}
    if not waiting.update(state=Letter.State.READY, version=F("version") + 1, **facts):
        storing.path_of(kept.pk).unlink(missing_ok=True)  # its row goes with the transaction
        raise _MadeMeanwhile


@transaction.atomic
def _give_back(letter: Letter, why: str) -> None:
    """It cannot be set, as when the letterhead has changed since: it is written alone, and goes alone."""
    waiting = Letter.objects.filter(pk=letter.pk, state=Letter.State.MAKING)
    if waiting.update(state=Letter.State.DRAFT, gaps=[why], version=F("version") + 1):
        work.open_item(
            "letters.change",
            subject=("messages_app.letter", letter.pk),
            client=letter.client,
            because=_("Letter %(n)d could not be set.") % {"n": letter.number},
        )
