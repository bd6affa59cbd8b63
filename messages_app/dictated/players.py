"""What a page shows of a dictation: its recordings, what was typed of it, and where that has gone."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from calls.dictation import on_a_call
from calls.models import BookedDictation, Dictation, DictationPart
from clients.differences import Piece, of_parts
from clients.models import Contact
from messages_app.forms.dictated import OF_KIND, DictatedForm
from messages_app.models import DictatedDraft, DictatedVersion, Mailbox, Message
from secretariat import media
from secretariat.media.models import MediaFile


@dataclass(frozen=True)
class Part:
    """One recording: its address (empty while there is none, or no longer), and its seconds, if known."""

    number: int
    url: str
    seconds: int | None
    state: str
    transcript: str
    transcript_state: str
    comes: bool  # it is on its way here


def player(dictation: Dictation) -> list[Part]:
    """Its recordings in their order."""
    parts = list(dictation.parts.order_by("rank", "pk"))
    files = MediaFile.objects.in_bulk([part.media_id for part in parts if part.media_id])
    return [
        Part(
            number,
            _address(files.get(part.media_id)),
            part.seconds,
            _state(part),
            part.transcript,
            part.transcript_state,
            part.state == DictationPart.State.FETCHING,
        )
        for number, part in enumerate(parts, start=1)
    ]


def is_awaited(parts: list[Part]) -> bool:
    """Whether a recording may still come. What is whole is not drawn anew while somebody listens to it."""
    return not parts or any(part.comes for part in parts)


def is_transcribed(parts: list[Part]) -> bool:
    """Whether a machine has made something of it, or was asked to."""
    return any(part.transcript_state and part.url for part in parts)


def _address(file: MediaFile | None) -> str:
    return media.url(file) if file and not file.deleted_at else ""


def _state(part: DictationPart) -> str:
    if part.state == DictationPart.State.READY and part.media_id is None:
        return _("The recording is no longer kept")
    return part.get_state_display()


def shown(version: DictatedVersion) -> list[tuple[str, str]]:
    """What stands above the words: captions and what was said there, in the order of its kind."""
    found = []
    for name in OF_KIND[DictatedDraft.Kind(version.kind)]:
        value = version.values.get(name, "")
        if value and name not in ("salutation", "closing"):
            found.append((str(DictatedForm.base_fields[name].label), _in_words(version, name, value)))
    return found


def changes(before: DictatedVersion, version: DictatedVersion) -> list[tuple[str, list[Piece]]]:
    """What is not as the client saw it before, the kind and the words among it: captions and pieces."""
    return of_parts(_parts(before), _parts(version))


def _parts(version: DictatedVersion) -> list[tuple[str, str]]:
    values = version.values
    parts = [(_("What it is"), version.get_kind_display()), *shown(version)]
    if version.kind == DictatedDraft.Kind.LETTER:
        parts += [
            (_("Salutation"), values.get("salutation", "")),
            (_("Closing"), values.get("closing", "")),
        ]
    return [*parts, (_("Words"), values.get("words", ""))]


def _in_words(version: DictatedVersion, name: str, value: str) -> str:
    if name == "mailbox":
        return Mailbox.objects.filter(pk=value).values_list("address", flat=True).first() or ""
    if name == "contact":
        return Contact.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    if name == "urgency":
        return str(dict(Message.Urgency.choices).get(int(value), "")) if value.isdigit() else ""
    return value


def call_of(dictation: Dictation) -> str:
    """Where the next item is begun, while the call on which this one was dictated goes on; else empty."""
    call = dictation.during or dictation.meeting_call
    if call is None or not on_a_call.is_going_on(call):
        return ""
    if dictation.during:
        return reverse("calls-dictate", args=[call.pk])
    booked = BookedDictation.objects.filter(meeting=call.meeting_id).values_list("pk", flat=True).first()
    return reverse("dictation-booked", args=[booked]) if booked else ""


PLACES = {
    "messages_app.outgoingmail": "outgoing",
    "messages_app.letter": "letters-letter",
    "messages_app.message": "messages-message",
    "clients.workitem": "work-item",
    "calendar_app.meeting": "diary-meeting",
}


def place_of(draft: DictatedDraft) -> str:
    """The page of the desk on which what it became stands; empty while it became nothing."""
    name = PLACES.get(draft.made_kind)
    return reverse(name, args=[draft.made_id]) if name and draft.made_id else ""
