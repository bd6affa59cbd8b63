"""What the dictation line asks of the carrier, and what it tells those who dictate."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import BookedDictation, Dictation, DictationPart
from secretariat import clock
from secretariat.channels import Refused, email, recordings, twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import booked_mail, dictating, on_a_call


@effect(dictating.FETCH)
class FetchDictation:
    """Fetch one recording from the carrier and keep it sealed."""

    channel = "twilio"
    settles_at = (State.DONE, State.DEAD, State.UNKNOWN)

    def may_send(self, effect):
        part = self._part(effect)
        gone = part is None or part.dictation.state == part.dictation.State.DELETED
        return "no longer wanted" if gone else None

    def send(self, effect):
        part = self._part(effect)
        if part.media_id is None:
            content = recordings.download(effect.payload["recording"])
            with transaction.atomic():
                dictating.store(part, content)
        return str(part.media_id)

    def ask(self, effect):
        part = self._part(effect)
        return str(part.media_id) if part and part.media_id else None

    def describe(self, effect):
        part = self._part(effect)
        return _("Fetch what %(name)s dictated") % {"name": part.dictation.contact.name if part else ""}

    def settled(self, effect):
        if effect.state == State.DONE:
            if part := self._part(effect):
                due_at = clock.now() + dictating.KEPT_AT_CARRIER
                dictating.forget_at_carrier(part.dictation, part.recording_id, due_at=due_at)
            return
        fetching = DictationPart.objects.filter(pk=effect.subject_id, state=DictationPart.State.FETCHING)
        fetching.update(state=DictationPart.State.FAILED)

    @staticmethod
    def _part(effect) -> DictationPart | None:
        parts = DictationPart.objects.select_related("dictation__contact")
        return parts.filter(pk=effect.subject_id).first()


@effect(dictating.FORGET)
class ForgetAtCarrier:
    """The carrier deletes its copy of what is kept here, or was taken back by whoever said it."""

    channel = "twilio"
    settles_at = ()

    def may_send(self, effect):
        """Never the only copy: one that could not be fetched stays there until somebody has seen to it."""
        part = DictationPart.objects.filter(recording_id=effect.payload["recording"]).first()
        gone = part is None or part.dictation.state == Dictation.State.DELETED or part.sha256
        return None if gone else "it is not kept here yet"

    def send(self, effect):
        recordings.remove(effect.payload["recording"])
        return effect.payload["recording"]

    def ask(self, effect):
        return None  # to delete it twice is no harm

    def describe(self, effect):
        return _("Delete a fetched dictation at the carrier")

    def settled(self, effect):
        """Nothing follows from it."""


class OnALine:
    """What is asked about the recording of one line, by the carrier's name for it."""

    channel = "twilio"
    settles_at = ()
    words = ""

    def may_send(self, effect):
        return None

    def ask(self, effect):
        return None  # to begin it twice records it twice, which a person hears; to stop it twice is no harm

    def describe(self, effect):
        return str(self.words)

    def settled(self, effect):
        """What is recorded the carrier tells by itself."""


@effect(on_a_call.RECORD)
class RecordOnACall(OnALine):
    """Record what is dictated to the secretary, until it is stopped or the line ends."""

    words = gettext_lazy("Record what is dictated on a call")

    def may_send(self, effect):
        item = Dictation.objects.get(pk=effect.subject_id)
        return "it is over" if item.stopped_at else None

    def send(self, effect):
        item = Dictation.objects.get(pk=effect.subject_id)
        made = (
            twilio.client()
            .calls(effect.payload["leg"])
            .recordings.create(
                recording_status_callback=on_a_call.told_at(item),
                recording_status_callback_event=["completed", "absent"],
            )
        )
        return made.sid


@effect(on_a_call.STOP)
class StopOnACall(OnALine):
    """Record no more of it. Where nothing is being recorded, that is no failure."""

    words = gettext_lazy("Stop recording what is dictated on a call")

    def send(self, effect):
        recordings_of = twilio.client().calls(effect.payload["leg"]).recordings
        try:
            return recordings_of("Twilio.CURRENT").update(status="stopped").sid
        except Refused as refusal:
            if refusal.code in ("404", "20404", "21220"):
                return "over"
            raise


@effect("calls.dictation_locked")
class PinLocked:
    """Word to somebody whose PIN was tried too often."""

    channel = email.CHANNEL
    settles_at = ()

    def may_send(self, effect):
        return None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word that a dictation PIN is locked")

    def settled(self, effect):
        """Nothing follows from it."""


@effect(booked_mail.TELL)
class BookedByTelephone:
    """Word to somebody who is on the line of a booked dictation."""

    channel = email.CHANNEL
    settles_at = ()

    def may_send(self, effect):
        booked = self._booked(effect)
        return booked_mail.why_not(booked, effect.payload, now=clock.now()) or None

    def send(self, effect):
        mail = effect.payload
        return email.send(to=mail["to"], subject=mail["subject"], body=mail["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        booked = self._booked(effect)
        return _("Word of a booked dictation of %(name)s") % {"name": booked.client.name if booked else ""}

    def settled(self, effect):
        """Nothing follows from it: all are rung in any case."""

    @staticmethod
    def _booked(effect) -> BookedDictation | None:
        rows = BookedDictation.objects.select_related("meeting", "client")
        return rows.filter(pk=effect.subject_id).first()
