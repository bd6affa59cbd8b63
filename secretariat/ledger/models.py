"""Entries, the chain that seals them, and the chain's head.

An entry is written in the transaction of the act it tells of. Transactions do not commit in the order of
their ids, so the chain has a sequence of its own: the order in which the sealer met the entries.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from secretariat import clock


class LedgerEntry(models.Model):
    """Somebody did something. The role the product runs as may insert and read these rows, nothing else."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=64)
    actor_id = models.UUIDField(null=True, help_text="Whoever did it; empty when it was the product itself.")
    client_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    look_window = models.DateTimeField(
        null=True, help_text="Of a look, the start of the ten minutes that it stands for."
    )

    class Meta:
        db_table = "ledger_entry"
        verbose_name = "ledger entry"
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["client_id", "-id"], name="ledger_entry_client"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "-id"], name="ledger_entry_actor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "subject_kind", "subject_id", "look_window"],
                condition=Q(look_window__isnull=False),
                name="ledger_one_look_in_ten_minutes",
            ),
        ]

    def __str__(self):
        return f"{self.id} {self.verb} {self.subject_kind} {self.subject_id}"


class LedgerSeal(models.Model):
    """One link of the chain: sha256 over the link before it and the entry as canonical JSON."""

    sequence = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_seal"

    def __str__(self):
        return f"{self.sequence} {bytes(self.digest).hex()}"


class LedgerHead(models.Model):
    """The one row that says how long the chain is and how it ends: without it a cut tail would not show."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    count = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "ledger_head"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head")]

    def __str__(self):
        return f"{self.count} {bytes(self.digest).hex()}"


class LedgerUnsealed(models.Model):
    """Entries the sealer has not met yet: a trigger on `ledger_entry` fills it, the sealer empties it."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "ledger_unsealed"

    def __str__(self):
        return str(self.entry_id)
