from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from secretariat.ids import uuid7


class LiveEvent(models.Model):
    """Something changed, and who should look again. Kept ten minutes, so that a broken stream can catch up.

    The times here are the computer's, not the office's: they measure connections, not work.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField(default=0)
    audience = ArrayField(models.UUIDField(), help_text="Users, named when it happened.")
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        db_table = "live_event"

    def __str__(self):
        return f"{self.id} {self.event} {self.subject_id}"


class LiveProcess(models.Model):
    """A process that holds streams open, and how many: what /metrics can say without asking it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    streams = models.PositiveIntegerField()
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "live_process"

    def __str__(self):
        return f"{self.id}: {self.streams}"
