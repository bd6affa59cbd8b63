from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .call import Call, CallQuerySet


class LegQuerySet(CallQuerySet):
    def live(self):
        """Legs the carrier has not told us the end of."""
        return self.filter(ended_at=None)


class Leg(models.Model):
    """One line of a call: the caller's, the secretary's, a contact's. `status` is the carrier's last word.

    Notices come late, twice and in the wrong order. A status never gives way to one of a lower rank,
    an end is never taken back, and of the room's events the latest of them counts.
    """

    class Party(models.TextChoices):
        CALLER = "caller", _("Caller")
        SECRETARY = "secretary", _("Secretary")
        CONTACT = "contact", _("Person at the client")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        QUEUED = "queued", _("Queued")
        INITIATED = "initiated", _("Initiated")
        RINGING = "ringing", _("Ringing")
        IN_PROGRESS = "in-progress", _("Connected")
        COMPLETED = "completed", _("Ended")
        BUSY = "busy", _("Busy")
        NO_ANSWER = "no-answer", _("No answer")
        FAILED = "failed", _("Failed")
        CANCELED = "canceled", _("Withdrawn")

    ENDED = 9
    RANK = {
        Status.ASKED: 0,
        Status.QUEUED: 1,
        Status.INITIATED: 2,
        Status.RINGING: 3,
        Status.IN_PROGRESS: 4,
        Status.COMPLETED: ENDED,
        Status.BUSY: ENDED,
        Status.NO_ANSWER: ENDED,
        Status.FAILED: ENDED,
        Status.CANCELED: ENDED,
    }

    rank_before = 0  # of the status before this one, on the copy that heard the change

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="legs")
    party = models.CharField(_("party"), max_length=9, choices=Party)
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=130, blank=True)  # E.164 or client:sec_…
    carrier = models.CharField(max_length=12, default="twilio")
    carrier_id = models.CharField(max_length=64, blank=True)
    status = models.CharField(_("carrier's last word"), max_length=11, choices=Status, default=Status.ASKED)
    rank = models.PositiveSmallIntegerField(default=0)
    in_room = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    room = models.CharField(max_length=64, blank=True, default="", db_default="")  # where she is or was last
    room_at = models.DateTimeField(null=True, blank=True)  # of the room's last event about this leg
    room_sequence = models.IntegerField(default=-1)
    moving_to = models.CharField(max_length=64, blank=True)  # a room it was sent to and has not joined yet
    created_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now)  # when the carrier last spoke of it
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LegQuerySet.as_manager()

    class Meta:
        verbose_name = _("leg")
        verbose_name_plural = _("legs")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "carrier_id"], condition=~Q(carrier_id=""), name="a_leg_is_kept_once"
            )
        ]
        indexes = [models.Index(fields=["heard_at"], condition=Q(ended_at=None), name="live_legs")]

    def __str__(self):
        return f"{self.get_party_display()}: {self.get_status_display()}"

    @property
    def lane(self) -> str:
        """What is done to one leg is done in order."""
        return f"leg:{self.pk}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    def hear_status(self, status: str, *, at: datetime) -> bool:
        """Take the carrier's word for it. Returns whether this was news. An unknown status is no news."""
        self.heard_at = at
        rank = self.RANK.get(status, -1)
        if rank <= self.rank:
            self.save(update_fields=["heard_at"])
            return False
        self.rank_before = self.rank
        self.status, self.rank = status, rank
        if status == self.Status.IN_PROGRESS:
            self.answered_at = at
        if rank == self.ENDED:
            self.ended_at, self.in_room, self.held, self.moving_to = at, False, False, ""
        self.save()
        return True

    def hear_room(self, *, in_room: bool, held: bool, at: datetime, sequence: int, room: str = "") -> bool:
        """What a room's event says of this leg. `at` and `sequence` are the event's own."""
        if not self._is_news(in_room, at, sequence, room):
            return False
        self.room, self.room_at, self.room_sequence = room, at, sequence
        if self.is_live:
            self.in_room, self.held = in_room, in_room and held
            self.moving_to = "" if in_room and room in ("", self.moving_to) else self.moving_to
        self.save()
        return self.is_live

    def _is_news(self, in_room, at, sequence, room) -> bool:
        """Each room counts its own events, to the second: of two rooms the one entered last counts."""
        if self.room_at is None:
            return True
        if room == self.room:
            return (at, sequence) > (self.room_at, self.room_sequence)
        return in_room and (at > self.room_at or (at == self.room_at and room == self.moving_to))
