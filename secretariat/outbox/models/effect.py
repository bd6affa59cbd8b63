from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7


class NextPlace(Func):
    """The next place in the order of posting, drawn from a sequence of the database."""

    function = "nextval"
    output_field = models.BigIntegerField()

    def __init__(self, *expressions):
        super().__init__(*(expressions or [Value("outbox_effect_place")]))


class Effect(models.Model):
    """One thing that leaves the building: one recipient, one channel.

    Written in the transaction of its cause. Whoever leases it counts the attempt first, so that a row
    that kills its worker ends too. Every later change asks whether the lease is still the worker's own.
    Some time after its end what was sent is emptied; its hash, the key and the times stay.
    """

    class Queue(models.TextChoices):
        """Kept apart, so that a ringing call never waits behind a newsletter."""

        CALLS = "calls", _("Calls")
        URGENT = "urgent", _("Urgent")
        BULK = "bulk", _("Bulk")
        CPU = "cpu", _("Computing")

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be sent")
        LEASED = "leased", _("Being sent")
        DONE = "done", _("Sent")
        UNKNOWN = "unknown", _("We do not know whether it was sent")
        DEAD = "dead", _("Could not be sent")
        CANCELLED = "cancelled", _("No longer wanted")

    UNFINISHED = (State.PENDING, State.LEASED)
    NEEDS_PERSON = (State.UNKNOWN, State.DEAD)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.BigIntegerField(db_default=NextPlace(), editable=False)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=255, unique=True)
    lane = models.CharField(max_length=120, blank=True, default="")
    queue = models.CharField(max_length=10, choices=Queue)
    client_id = models.UUIDField(null=True, blank=True)
    subject_kind = models.CharField(max_length=80, blank=True, default="")
    subject_id = models.UUIDField(null=True, blank=True)
    payload = models.JSONField(default=dict)
    payload_hash = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_owner = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    perhaps_sent = models.BooleanField(default=False)
    receipt = models.CharField(max_length=255, blank=True, default="")
    reason = models.CharField(max_length=255, blank=True, default="")
    posted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    is_settled = models.BooleanField(default=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing item")
        verbose_name_plural = _("outgoing items")
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                name="effect_leased_has_owner",
                condition=Q(state="leased", lease_owner__isnull=False, leased_until__isnull=False)
                | (~Q(state="leased") & Q(lease_owner__isnull=True, leased_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="effect_state_is_known",
                condition=Q(state__in=["pending", "leased", "done", "unknown", "dead", "cancelled"]),
            ),
            models.CheckConstraint(
                name="effect_queue_is_known", condition=Q(queue__in=["calls", "urgent", "bulk", "cpu"])
            ),
            models.CheckConstraint(
                name="effect_sent_was_tried", condition=~Q(state="done") | Q(attempts__gte=1)
            ),
            models.CheckConstraint(
                name="effect_subject_is_whole",
                condition=Q(subject_kind="", subject_id__isnull=True)
                | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("queue", "due_at", "place", name="effect_pending", condition=Q(state="pending")),
            models.Index("leased_until", name="effect_leased", condition=Q(state="leased")),
            models.Index(
                "lane",
                "place",
                name="effect_lane",
                condition=Q(state__in=["pending", "leased"]) & ~Q(lane=""),
            ),
            models.Index("subject_kind", "subject_id", name="effect_subject"),
            models.Index(
                "changed_at",
                name="effect_not_shown",
                condition=Q(state__in=["unknown", "dead"], shown_at__isnull=True),
            ),
            models.Index("changed_at", name="effect_not_settled", condition=Q(is_settled=False)),
            models.Index(
                "changed_at",
                name="effect_not_emptied",
                condition=Q(state__in=["done", "unknown", "dead", "cancelled"], emptied_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_finished(self) -> bool:
        return self.state not in self.UNFINISHED

    @property
    def needs_person(self) -> bool:
        return self.state in self.NEEDS_PERSON
