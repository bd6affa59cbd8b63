from functools import cached_property

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from secretariat import sealing
from secretariat.ids import uuid7


class InboundEvent(models.Model):
    """What somebody outside told us, as it came: stored before it was acknowledged.

    The bytes are sealed, and emptied a day after the event's end; their hash, the key and the times stay.
    """

    class State(models.TextChoices):
        KEPT = "kept", _("Stored, not yet worked")
        WORKED = "worked", _("Worked")
        FAILED = "failed", _("Could not be worked")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.CharField(max_length=30)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    token = models.CharField(max_length=120, blank=True, default="")
    sealed_body = models.BinaryField(blank=True, default=b"")
    body_hash = models.CharField(max_length=64)
    headers = models.JSONField(default=dict, blank=True)
    answer = models.TextField(blank=True, default="")
    client_id = models.UUIDField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.KEPT)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=255, blank=True, default="")
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("incoming notice")
        verbose_name_plural = _("incoming notices")
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "kind", "key"], name="event_once"),
            models.CheckConstraint(
                name="event_state_is_known", condition=Q(state__in=["kept", "worked", "failed"])
            ),
            models.CheckConstraint(
                name="event_ended_when_over",
                condition=Q(state="kept", ended_at__isnull=True)
                | (~Q(state="kept") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("due_at", "id", name="event_kept", condition=Q(state="kept")),
            models.Index("ended_at", name="event_not_emptied", condition=Q(emptied_at__isnull=True)),
            models.Index(
                "ended_at", name="event_not_shown", condition=Q(state="failed", shown_at__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.key}"

    @property
    def name(self) -> str:
        """What `@works` calls it: provider and kind, such as `twilio.call-status`."""
        return f"{self.provider}.{self.kind}"

    @cached_property
    def body(self) -> bytes:
        """The bytes as they came. Empty once they have been removed."""
        if not self.sealed_body:
            return b""
        return sealing.unseal(bytes(self.sealed_body), table="inbound_event", row=self.pk, field="body")

    @cached_property
    def fields(self) -> QueryDict:
        """The form that was posted. Repeated fields are all there."""
        return QueryDict(self.body)

    @cached_property
    def query(self) -> QueryDict:
        """What we ourselves had put into the address that was called."""
        return QueryDict(self.headers.get("Query-String", ""))
