"""What is kept of letters, and how long."""

from functools import partial

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from messages_app.letters import enclosing
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Letter,
    LetterFile,
    Letterhead,
    LetterTemplate,
    LetterVersion,
    Posting,
    PrintRun,
    PrintRunLetter,
    SerialLetter,
)


def _delete_letters(rows) -> None:
    """Their words, paper and proofs; that there was a letter, and what it cost, stays for the bill."""
    chosen = list(rows.values_list("pk", flat=True))
    letters, postings = Letter.objects.filter(pk__in=chosen), Posting.objects.filter(letter__in=chosen)
    files = LetterFile.objects.filter(letter__in=chosen)
    held = [*letters.values_list("media_id", flat=True), *postings.values_list("proof_id", flat=True)]
    put_in = list(files.values_list("media_id", flat=True))
    for file in MediaFile.objects.filter(pk__in=[each for each in held if each], deleted_at=None):
        media.remove(file)
    postings.update(tracking="", returned_because="", proof_id=None)
    letters.update(media_id=None, correspondent=None, gaps=None, typed=None)
    LetterVersion.objects.filter(letter__in=chosen).delete()
    files.delete()
    enclosing.remove_unused(put_in)  # other copies of the same letter may still have them


LETTERS = Rule(
    "letters",
    Then.DELETED,
    since=_("it was begun, once it is posted or withdrawn; its number, and what it cost, stay"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: Letter.objects.filter(
        Exists(LetterVersion.objects.filter(letter=OuterRef("pk"))),
        state__in=[Letter.State.POSTED, Letter.State.WITHDRAWN],
        created_at__lt=before,
    ),
    doing=_delete_letters,
)

SERIALS = Rule(
    "serial letters",
    Then.DELETED,
    since=_("it was begun, once no copy waits to be posted"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: SerialLetter.objects.filter(
        ~Exists(
            Letter.objects.filter(serial=OuterRef("pk")).exclude(
                state__in=[Letter.State.POSTED, Letter.State.WITHDRAWN]
            )
        ),
        created_at__lt=before,
    ),
)


def _forget_runs(rows) -> None:
    """The file and the proof of all; which letters there were stays."""
    held = rows.values_list("media_id", "proof_id")
    for file in MediaFile.objects.filter(pk__in=[pk for pair in held for pk in pair if pk], deleted_at=None):
        media.remove(file)
    rows.update(media_id=None, proof_id=None)


RUNS = Rule(
    "print runs",
    Then.DELETED,
    since=_("it was begun; the file and the proof go, and which letters it had stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: PrintRun.objects.filter(
        made_at__lt=before, state__in=[PrintRun.State.POSTED, PrintRun.State.DROPPED]
    ).exclude(media_id=None, proof_id=None),
    doing=_forget_runs,
)

personal(
    Letterhead,
    "name lines return_line foot signer job sender_at_carrier logo_id",
    what=_("what stands on the client’s letters"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(Letterhead, "layout signs", because="words of ours")
personal(
    LetterTemplate,
    "name subject salutation body closing enclosures",
    what=_("what the client’s letters begin with"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
personal(
    Letter,
    "media_id correspondent gaps typed",
    what=_("a letter as it was posted"),
    whose=Whose.ANYONE,
    rule=LETTERS,
)
impersonal(Letter, "sha256", because="a hash")
personal(
    LetterVersion,
    "name firm street city postcode region subject salutation body closing enclosures files_shown wish",
    what=_("what was written to whom, and what was to be changed"),
    whose=Whose.ANYONE,
    rule=LETTERS,
    path="letter",
)
impersonal(LetterVersion, "layout country", because="an envelope and a country")
personal(
    Posting,
    "tracking returned_because proof_id",
    what=_("the proof that a letter was posted, and why it came back"),
    whose=Whose.ANYONE,
    rule=LETTERS,
    path="letter",
)
impersonal(
    Posting,
    "carrier carrier_id kind state postage paper currency",
    because="what was paid for",
)
personal(
    SerialLetter,
    "subject salutation body closing enclosures files_shown wish typed",
    what=_("what was written to many, and what was to be changed"),
    whose=Whose.CLIENT,
    rule=SERIALS,
)
impersonal(SerialLetter, "layout", because="an envelope")
personal(
    LetterFile,
    "name media_id",
    what=_("what goes with a letter"),
    whose=Whose.ANYONE,
    rule=LETTERS,
    path="letter",
)
impersonal(LetterFile, "sha256", because="a hash")
personal(
    PrintRun,
    "media_id proof_id",
    what=_("letters printed together, and the proof that they were posted"),
    whose=Whose.ANYONE,
    rule=RUNS,
)
impersonal(PrintRun, "state sha256", because="a word of ours and a hash")
impersonal(PrintRunLetter, "kind", because="a word of ours")
