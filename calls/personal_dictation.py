"""What is kept of what somebody dictated, and how long."""

from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from clients.models import WorkItem
from clients.personal import CLIENTS
from secretariat.office.models import Firm
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .dictation import dictating
from .models import Dictation, DictationCall, DictationKey, DictationLine, DictationPart


def _typed(before) -> QuerySet[DictationPart]:
    """Recordings from before then that nobody is still to type."""
    waits = WorkItem.objects.open().filter(kind=dictating.WORK_KIND, subject_id=OuterRef("dictation"))
    return DictationPart.objects.filter(
        ~Exists(waits),
        media_id__isnull=False,
        created_at__lt=before,
        dictation__state__in=[Dictation.State.DONE, Dictation.State.DELETED],
    )


DICTATED = Rule(
    "dictation",
    Then.DELETED,
    since=_("it was dictated, once it is typed; its number, length and hash stay"),
    days=Firm._meta.get_field("recordings_kept_days").get_default(),
    set_by=partial(Firm.figure, "recordings_kept_days"),
    over=_typed,
    doing=dictating.remove_audio,
)
DICTATION_CALLS = Rule(
    "calls to the dictation line",
    Then.DELETED,
    since=_("it began; the numbers go, and the row stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: DictationCall.objects.filter(began_at__lt=before).exclude(
        caller_number="", asked_number=""
    ),
    doing=lambda rows: rows.update(caller_number="", asked_number=""),
)
NOTES = Rule(
    "notes on dictation",
    Then.DELETED,
    since=_("it was dictated; the note goes, and the row stays"),
    days=Firm._meta.get_field("conversations_kept_days").get_default(),
    set_by=partial(Firm.figure, "conversations_kept_days"),
    over=lambda before: Dictation.objects.filter(began_at__lt=before).exclude(note=""),
    doing=lambda rows: rows.update(note=""),
)

impersonal(
    DictationLine,
    "number label language recording_notice",
    because="the firm’s own number, and what is said there",
)
personal(
    DictationKey,
    "number pin_hash",
    what=_("by what somebody is known at the dictation line; the PIN as a hash alone"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
impersonal(DictationKey, "failed", because="moments of wrong tries, of the last hour")
personal(
    DictationCall,
    "caller_number asked_number",
    what=_("the number somebody rang the dictation line from, and the one she keyed in"),
    whose=Whose.CLIENT,
    rule=DICTATION_CALLS,
)
impersonal(DictationCall, "carrier_id", because="the carrier’s id")
personal(Dictation, "note", what=_("what was noted on a dictation"), whose=Whose.CLIENT, rule=NOTES)
impersonal(Dictation, "source", because="a word of ours")
personal(DictationPart, "media_id", what=_("what was dictated, as audio"), whose=Whose.ANYONE, rule=DICTATED)
personal(
    DictationPart,
    "transcript",
    what=_("what the firm’s transcriber made of it"),
    whose=Whose.ANYONE,
    rule=DICTATED,
)
impersonal(
    DictationPart,
    "recording_id sha256 transcript_state",
    because="the carrier’s id, a hash, and a word of ours",
)
