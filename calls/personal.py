"""What a call leaves behind of whoever rang, and how long."""

from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from calendar_app.personal import MEETINGS
from clients.models import WorkItem
from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.office.personal import conversations
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from . import personal_dictation  # noqa: F401  kept beside
from .models import Call, CallEvent, DiaryLeg, Leg, MeetingCall, Offer, PutThrough, Voicemail


def _dealt_with(before) -> QuerySet[Voicemail]:
    """Voicemails left before then that nobody is still to hear."""
    waits = WorkItem.objects.open().filter(subject_kind="calls.call", subject_id=OuterRef("call"))
    left = Voicemail.objects.filter(created_at__lt=before, media_id__isnull=False)
    return left.filter(~Exists(waits), call__state=Call.State.CLOSED)


def _delete_audio(rows: QuerySet[Voicemail]) -> None:
    files = MediaFile.objects.filter(pk__in=rows.values("media_id"), deleted_at=None)
    for file in files:
        media.remove(file)
    rows.update(media_id=None)


CALLS = conversations(
    "calls",
    since=_("the call was closed"),
    over=lambda before: Call.objects.filter(closed_at__lt=before),
    mark="emptied_at",
)
RECORDINGS = Rule(
    "recordings",
    Then.DELETED,
    since=_("it was left, once nobody is still to hear it"),
    days=Firm._meta.get_field("recordings_kept_days").get_default(),
    set_by=partial(Firm.figure, "recordings_kept_days"),
    over=_dealt_with,
    doing=_delete_audio,
)

personal(
    Call,
    "caller_number caller_as_sent caller_name caller_firm caller_say correspondent forwarded_from call_token",
    what=_("who rang, and from where"),
    whose=Whose.CALLER,
    rule=CALLS,
)
personal(
    Call,
    "reasons passed_over guidance",
    what=_("why it went where it went, and what the client had told us"),
    whose=Whose.ANYONE,
    rule=CALLS,
)
impersonal(
    Call, "carrier carrier_id conference_id route ended_by", because="the carrier’s ids, codes of ours"
)
personal(Leg, "to", what=_("the numbers that were rung"), whose=Whose.ANYONE, rule=CALLS, path="call")
impersonal(Leg, "carrier carrier_id room moving_to", because="the carrier’s ids and ours")
personal(Offer, "because", what=_("why she was asked"), whose=Whose.SECRETARY, rule=CALLS, path="call")
impersonal(Offer, "line", because="a code of ours")
personal(
    PutThrough,
    "numbers tried who why",
    what=_("whom the caller was put through to, and what was said of her"),
    whose=Whose.ANYONE,
    rule=CALLS,
    path="call",
)
personal(
    PutThrough,
    "name",
    what=_("who somebody not entered was, whom the caller was put through to"),
    whose=Whose.ANYONE,
    rule=CALLS,
    path="call",
    becomes="—",  # such a row must name somebody
)
impersonal(CallEvent, "verb detail", because="codes, ids and seconds")
personal(Voicemail, "media_id", what=_("what the caller left, as audio"), whose=Whose.CALLER, rule=RECORDINGS)
impersonal(Voicemail, "recording_id notice", because="the carrier’s id, and the client’s standing words")
personal(
    MeetingCall,
    "line numbers",
    what=_("at which numbers the client was rung for a meeting"),
    whose=Whose.CLIENT,
    rule=MEETINGS,
    path="meeting",
)
personal(
    DiaryLeg,
    "to",
    what=_("the numbers that were rung for a meeting"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
    path="meeting",
)
impersonal(DiaryLeg, "carrier_id", because="the carrier’s ids")
