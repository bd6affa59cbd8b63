"""When nobody answers: the caller leaves a message, and somebody must finish it."""

from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import WorkItem
from secretariat import ledger, live, media, outbox

from . import guidance, timeline
from .models import Call, Voicemail

MEDIA_KIND = "voicemail"
WORK_KIND = "calls.voicemail"
UNANSWERED_KIND = "calls.unanswered"


def begin(call, *, at) -> Voicemail:
    """The caller hears the client's voicemail from now on. Raises IllegalMove if somebody has her."""
    call.leave_voicemail()
    timeline.note(call, timeline.TO_VOICEMAIL, at=at)
    notice = call.line.recording_notice
    return Voicemail.objects.create(client_id=call.client_id, call=call, notice=notice, created_at=at)


def recorded(call, *, recording_id: str, seconds: int | None, at) -> None:
    """The carrier has a recording for us: fetch it. Told twice, it is fetched once."""
    kept, _created = Voicemail.objects.get_or_create(
        call=call, defaults={"client_id": call.client_id, "created_at": at}
    )
    # Word of it may come after we had given it up: what was said is never lost for that.
    waiting = (Voicemail.State.RECORDING, Voicemail.State.ABSENT)
    fresh = Voicemail.objects.filter(pk=kept.pk, state__in=waiting)
    if not fresh.update(state=Voicemail.State.FETCHING, recording_id=recording_id, seconds=seconds):
        return
    outbox.post(
        "calls.fetch_recording",
        key=f"calls.fetch_recording:{recording_id}",
        queue="urgent",
        client_id=call.client_id,
        subject=("calls.voicemail", kept.pk),
        payload={"recording": recording_id},
    )
    timeline.note(call, timeline.VOICEMAIL_LEFT, at=at, seconds=seconds)
    # The work is there at once; the audio follows.
    _must_be_finished(call)
    if call.state == Call.State.VOICEMAIL:
        _close(call, Call.Outcome.VOICEMAIL, at=at)
    elif call.outcome == Call.Outcome.UNANSWERED:
        call.correct_outcome(Call.Outcome.VOICEMAIL)


def absent(call, *, at) -> None:
    """Nothing was recorded: the caller hung up first, or no notice allows a recording."""
    kept = Voicemail.objects.filter(call=call, state=Voicemail.State.RECORDING)
    kept.update(state=Voicemail.State.ABSENT)
    if call.state != Call.State.VOICEMAIL:
        return
    timeline.note(call, timeline.NOTHING_LEFT, at=at)
    _close(call, Call.Outcome.UNANSWERED, at=at)
    if guidance.announcement_of(call):  # told so, as was announced; the client sees the call among hers
        return
    work.open_item(
        UNANSWERED_KIND,
        subject=("calls.call", call.pk),
        client=call.client_id,
        because=_("Nobody could answer, and nothing was left"),
    )


def store(kept: Voicemail, content: bytes) -> None:
    """Keep the audio sealed, under the client's scope."""
    file = media.store(
        content,
        client_id=kept.client_id,
        kind=MEDIA_KIND,
        name="voicemail.mp3",
        content_type="audio/mpeg",
    )
    kept.media_id, kept.state = file.pk, Voicemail.State.READY
    kept.save(update_fields=["media_id", "state"])
    _tell(kept.call)


def address_of(kept: Voicemail) -> str:
    """Where the audio is heard by those who may; empty while there is none, or no longer."""
    file = media.kept(kept.media_id)
    return media.url(file) if file else ""


def _must_be_finished(call) -> None:
    work.open_item(
        WORK_KIND,
        subject=("calls.call", call.pk),
        client=call.client_id,
        because=_("A voicemail is waiting to be heard"),
        urgency=WorkItem.Urgency.TODAY,
    )


def _close(call, outcome, *, at) -> None:
    call.close(outcome, at=at)
    ledger.record(
        "call.closed",
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        detail={"outcome": outcome.value},
    )
    _tell(call)


def _tell(call) -> None:
    concerned = audience.desk(call.client_id) | audience.portal(call.client_id)
    live.announce("call.ended", call.pk, call.version, concerned)
