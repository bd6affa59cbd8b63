"""What a machine makes of a dictation: asked for where the client allows it, and never more than a draft.

A recording goes to the firm's transcriber once it is in the queue. Its words come to stand beside the audio,
for whoever types; what cannot be had is said there, and typed by ear as everything was before.
"""

from datetime import datetime, timedelta

from django.db.models import F

from calls.models import Dictation, DictationPart
from secretariat import outbox
from secretariat.card_numbers import redact
from secretariat.channels import transcriber

SUBJECT = "calls.dictationpart"
HAND_IN = "calls.transcribe_dictation"
READ = "calls.read_transcript"
FORGET = "calls.forget_transcript"
FIRST_LOOK = timedelta(seconds=20)
IN_THE_QUEUE = (Dictation.State.WAITING, Dictation.State.DONE)
Transcript = DictationPart.Transcript


def is_allowed(dictation: Dictation) -> bool:
    """Whether the firm has a transcriber and this client lets it hear what is dictated for her."""
    return transcriber.is_configured() and dictation.client.dictation_transcribed


def ask(dictation: Dictation) -> int:
    """Have its recordings written down that were not yet. In the caller's transaction. How many that are."""
    if dictation.state not in IN_THE_QUEUE or not is_allowed(dictation):
        return 0
    asked = 0
    for part in dictation.parts.filter(media_id__isnull=False, transcript_state=Transcript.NONE):
        asked += _move(part.pk, Transcript.NONE, Transcript.ASKED)
        _post(HAND_IN, part, key=str(part.pk))
    return asked


def handed_in(part: DictationPart, job: str, *, at: datetime) -> None:
    """The transcriber has it, under this id."""
    _post(READ, part, key=job, payload={"job": job}, due_at=at + FIRST_LOOK)


def keep(part: DictationPart, words: str) -> None:
    """These are its words, without any card number."""
    said, _found = redact(words)
    waiting = DictationPart.objects.filter(pk=part.pk, transcript_state=Transcript.ASKED)
    # The audio may have been deleted meanwhile, and with it goes what was said.
    waiting.filter(media_id__isnull=False).update(transcript=said, transcript_state=Transcript.READY)
    _raise_version(part)


def not_to_be_had(part: DictationPart) -> None:
    """It is typed by ear."""
    if _move(part.pk, Transcript.ASKED, Transcript.FAILED):
        _raise_version(part)


def forget(part: DictationPart, job: str) -> None:
    """Have the transcriber delete what it has of it."""
    _post(FORGET, part, key=job, payload={"job": job})


def words_of(dictation: Dictation) -> str:
    """What the machine has made of all its recordings, one after the other; empty while there is nothing."""
    parts = dictation.parts.filter(transcript_state=Transcript.READY).order_by("rank", "pk")
    return "\n\n".join(part.transcript for part in parts if part.transcript)


def _move(part_id, came_from: str, to: str) -> int:
    rows = DictationPart.objects.filter(pk=part_id, transcript_state=came_from)
    return rows.update(transcript_state=to)


def _raise_version(part: DictationPart) -> None:
    Dictation.objects.filter(pk=part.dictation_id).update(version=F("version") + 1)


def _post(kind: str, part: DictationPart, *, key: str, payload=None, due_at=None) -> None:
    outbox.post(
        kind,
        key=f"{kind}:{key}",
        queue="bulk",
        client_id=part.client_id,
        subject=(SUBJECT, part.pk),
        payload=payload,
        due_at=due_at,
    )
