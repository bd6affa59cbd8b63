"""What the carrier of letters is asked: to take one, to let it be, and to show it as it prints it."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from messages_app.models import Posting
from secretariat.channels import lob
from secretariat.outbox.effects import State, effect

from . import carrier_asking, carrying


class OfPosting:
    """What the kinds below have in common: the posting behind the effect."""

    channel = lob.CHANNEL
    states: Collection[str] = ()
    words = ""

    def posting(self, effect) -> Posting:
        return Posting.objects.select_related("letter__client").get(pk=effect.subject_id)

    def may_send(self, effect):
        return None if self.posting(effect).state in self.states else "no longer wanted"

    def ask(self, effect):
        return None  # under the same key it is the same letter; to cancel or to look twice is no harm

    def describe(self, effect):
        letter = self.posting(effect).letter
        return str(self.words) % {"n": letter.number, "client": letter.client.name}


@effect(carrying.HAND)
class HandOver(OfPosting):
    """Have the carrier print and post a letter, under a key of its own."""

    settles_at: Collection[str] = (State.DONE, State.DEAD, State.UNKNOWN)
    states = (Posting.State.HANDING, Posting.State.UNSURE)
    words = _("Letter %(n)d of %(client)s to the carrier")

    def send(self, effect):
        send_at = datetime.fromisoformat(effect.payload["send_at"])
        return carrying.send(self.posting(effect), send_at=send_at)

    def ask(self, effect):
        return carrying.find(self.posting(effect)) or None

    def settled(self, effect):
        if effect.state == State.DONE:
            carrying.taken(effect.subject_id, effect.receipt)
        elif effect.state == State.UNKNOWN:
            carrying.unsure(effect.subject_id)
        else:
            carrying.not_taken(effect.subject_id, reason=effect.reason)


@effect(carrying.CANCEL)
class Cancel(OfPosting):
    """Ask the carrier not to post it."""

    settles_at: Collection[str] = (State.DONE, State.DEAD, State.UNKNOWN)
    states = (Posting.State.HANDED,)
    words = _("Cancel letter %(n)d of %(client)s at the carrier")

    def send(self, effect):
        row = self.posting(effect)
        lob.cancel(row.carrier_id)
        return row.carrier_id

    def settled(self, effect):
        if effect.state == State.DONE:
            carrying.cancelled(effect.subject_id)
        elif effect.state in (State.DEAD, State.UNKNOWN):
            carrying.not_cancelled(effect.subject_id)


@effect(carrying.ASK)
class Ask(OfPosting):
    """What has become of it, as the carrier shows it."""

    settles_at: Collection[str] = ()
    states = (Posting.State.UNSURE, Posting.State.HANDED, Posting.State.POSTED)
    words = _("What has become of letter %(n)d of %(client)s at the carrier")

    def send(self, effect):
        return carrier_asking.look(self.posting(effect))

    def settled(self, effect):
        """What it says is written down already."""


@effect(carrying.PROOF)
class Proof(OfPosting):
    """Fetch the letter as the carrier prints it."""

    settles_at: Collection[str] = ()
    words = _("Letter %(n)d of %(client)s as the carrier prints it")

    def may_send(self, effect):
        return None if self.posting(effect).proof_id is None else "kept already"

    def send(self, effect):
        return carrying.keep_proof(self.posting(effect))

    def settled(self, effect):
        """Nothing follows from it."""
