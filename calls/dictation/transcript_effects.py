"""What the firm's transcriber is asked: to take a recording, for its words, and to forget it."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy

from calls.models import DictationPart
from secretariat import clock
from secretariat.channels import transcriber
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox.effects import State, effect

from . import dictating, transcribing

ENDS = (State.DONE, State.DEAD, State.UNKNOWN, State.CANCELLED)


class OfARecording:
    channel = transcriber.CHANNEL
    settles_at: Collection[str] = ()
    words = gettext_lazy("What the transcriber makes of dictation %(n)s")

    def may_send(self, effect):
        part = self.part(effect)
        wanted = part and part.media_id and transcribing.is_allowed(part.dictation)
        return None if wanted else "no longer wanted"

    def ask(self, effect):
        return None  # to be asked twice costs a little, and tells nobody anything

    def describe(self, effect):
        part = self.part(effect)
        return self.words % {"n": (part and part.dictation.number) or "–"}

    @staticmethod
    def part(effect) -> DictationPart | None:
        parts = DictationPart.objects.select_related("dictation__client", "dictation__call__line")
        return parts.filter(pk=effect.subject_id).first()


@effect(transcribing.HAND_IN)
class HandIn(OfARecording):
    settles_at: Collection[str] = ENDS
    words = gettext_lazy("Give dictation %(n)s to the transcriber")

    def send(self, effect):
        part = self.part(effect)
        file = MediaFile.objects.get(pk=part.media_id)
        audio = b"".join(storing.read(file))
        return transcriber.chosen().hand_in(
            audio, name=file.name, content_type=file.content_type, language=language_of(part)
        )

    def settled(self, effect):
        if part := self.part(effect):
            if effect.state == State.DONE:
                transcribing.handed_in(part, effect.receipt, at=clock.now())
            else:
                _shown(part)


@effect(transcribing.READ)
class Read(OfARecording):
    settles_at: Collection[str] = ENDS

    def send(self, effect):
        part = self.part(effect)
        words = transcriber.chosen().words(effect.payload["job"])
        with transaction.atomic():
            transcribing.keep(part, words)
        return effect.payload["job"]

    def settled(self, effect):
        if part := self.part(effect):
            _shown(part)
            transcribing.forget(part, effect.payload["job"])


@effect(transcribing.FORGET)
class Forget(OfARecording):
    settles_at: Collection[str] = ()
    words = gettext_lazy("Have the transcriber forget dictation %(n)s")

    def may_send(self, effect):
        return None if transcriber.is_configured() else "there is no transcriber any more"

    def send(self, effect):
        transcriber.chosen().forget(effect.payload["job"])
        return effect.payload["job"]

    def settled(self, effect):
        """Nothing follows from it."""


def language_of(part: DictationPart) -> str:
    """Two letters: of the line she spoke on, or else the client's own."""
    call = part.dictation.call
    spoken = call.line.language if call else part.dictation.client.language
    return spoken.partition("-")[0] or "en"


def _shown(part: DictationPart) -> None:
    """Its words came, or never will: who has the dictation open sees it."""
    transcribing.not_to_be_had(part)
    part.dictation.refresh_from_db()
    dictating.announce(part.dictation)
