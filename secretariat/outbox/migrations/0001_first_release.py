"""Everything the models say, as of the first release."""

from django.db import migrations, models

import secretariat.ids
import secretariat.outbox.models.effect


class Migration(migrations.Migration):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("outbox", "0001_initial"),
        ("outbox", "0002_retention"),
        ("outbox", "0003_further_attempts"),
    ]

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE outbox_effect_place", "DROP SEQUENCE outbox_effect_place"),
        migrations.CreateModel(
            name="Breaker",
            fields=[
                ("channel", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("counted_from", models.DateTimeField(blank=True, null=True)),
                ("open_until", models.DateTimeField(blank=True, null=True)),
                ("window_from", models.DateTimeField(blank=True, null=True)),
                ("firsts", models.PositiveIntegerField(db_default=0, default=0)),
                ("retries", models.PositiveIntegerField(db_default=0, default=0)),
                ("firsts_before", models.PositiveIntegerField(db_default=0, default=0)),
                ("retries_before", models.PositiveIntegerField(db_default=0, default=0)),
                ("successes", models.PositiveIntegerField(db_default=0, default=0)),
            ],
            options={
                "verbose_name": "channel state",
                "verbose_name_plural": "channel states",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("ran_at", models.DateTimeField()),
                ("fault", models.CharField(blank=True, default="", max_length=255)),
            ],
            options={
                "verbose_name": "sweep round",
                "verbose_name_plural": "sweep rounds",
            },
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "place",
                    models.BigIntegerField(
                        db_default=secretariat.outbox.models.effect.NextPlace(), editable=False
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=255, unique=True)),
                ("lane", models.CharField(blank=True, default="", max_length=120)),
                (
                    "queue",
                    models.CharField(
                        choices=[
                            ("calls", "Calls"),
                            ("urgent", "Urgent"),
                            ("bulk", "Bulk"),
                            ("cpu", "Computing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("client_id", models.UUIDField(blank=True, null=True)),
                ("subject_kind", models.CharField(blank=True, default="", max_length=80)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("payload", models.JSONField(default=dict)),
                (
                    "payload_hash",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
                ),
                ("emptied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting to be sent"),
                            ("leased", "Being sent"),
                            ("done", "Sent"),
                            ("unknown", "We do not know whether it was sent"),
                            ("dead", "Could not be sent"),
                            ("cancelled", "No longer wanted"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_owner", models.UUIDField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("perhaps_sent", models.BooleanField(default=False)),
                ("receipt", models.CharField(blank=True, default="", max_length=255)),
                ("reason", models.CharField(blank=True, default="", max_length=255)),
                ("posted_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("is_settled", models.BooleanField(default=True)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "outgoing item",
                "verbose_name_plural": "outgoing items",
                "ordering": ["place"],
                "indexes": [
                    models.Index(
                        models.F("queue"),
                        models.F("due_at"),
                        models.F("place"),
                        condition=models.Q(("state", "pending")),
                        name="effect_pending",
                    ),
                    models.Index(
                        models.F("leased_until"),
                        condition=models.Q(("state", "leased")),
                        name="effect_leased",
                    ),
                    models.Index(
                        models.F("lane"),
                        models.F("place"),
                        condition=models.Q(
                            ("state__in", ["pending", "leased"]), models.Q(("lane", ""), _negated=True)
                        ),
                        name="effect_lane",
                    ),
                    models.Index(models.F("subject_kind"), models.F("subject_id"), name="effect_subject"),
                    models.Index(
                        models.F("changed_at"),
                        condition=models.Q(("shown_at__isnull", True), ("state__in", ["unknown", "dead"])),
                        name="effect_not_shown",
                    ),
                    models.Index(
                        models.F("changed_at"),
                        condition=models.Q(("is_settled", False)),
                        name="effect_not_settled",
                    ),
                    models.Index(
                        models.F("changed_at"),
                        condition=models.Q(
                            ("emptied_at__isnull", True),
                            ("state__in", ["done", "unknown", "dead", "cancelled"]),
                        ),
                        name="effect_not_emptied",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_owner__isnull", False),
                                ("leased_until__isnull", False),
                                ("state", "leased"),
                            ),
                            models.Q(
                                models.Q(("state", "leased"), _negated=True),
                                ("lease_owner__isnull", True),
                                ("leased_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="effect_leased_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "leased", "done", "unknown", "dead", "cancelled"])
                        ),
                        name="effect_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("queue__in", ["calls", "urgent", "bulk", "cpu"])),
                        name="effect_queue_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("attempts__gte", 1), _connector="OR"
                        ),
                        name="effect_sent_was_tried",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id__isnull", True), ("subject_kind", "")),
                            models.Q(
                                models.Q(("subject_kind", ""), _negated=True), ("subject_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="effect_subject_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=255)),
                ("token", models.CharField(blank=True, default="", max_length=120)),
                ("sealed_body", models.BinaryField(blank=True, default=b"")),
                ("body_hash", models.CharField(max_length=64)),
                ("headers", models.JSONField(blank=True, default=dict)),
                ("answer", models.TextField(blank=True, default="")),
                ("client_id", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "Stored, not yet worked"),
                            ("worked", "Worked"),
                            ("failed", "Could not be worked"),
                        ],
                        default="kept",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, default="", max_length=255)),
                ("received_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("emptied_at", models.DateTimeField(blank=True, null=True)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "incoming notice",
                "verbose_name_plural": "incoming notices",
                "ordering": ["received_at", "id"],
                "indexes": [
                    models.Index(
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("state", "kept")),
                        name="event_kept",
                    ),
                    models.Index(
                        models.F("ended_at"),
                        condition=models.Q(("emptied_at__isnull", True)),
                        name="event_not_emptied",
                    ),
                    models.Index(
                        models.F("ended_at"),
                        condition=models.Q(("shown_at__isnull", True), ("state", "failed")),
                        name="event_not_shown",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "kind", "key"), name="event_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["kept", "worked", "failed"])),
                        name="event_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "kept")),
                            models.Q(models.Q(("state", "kept"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_ended_when_over",
                    ),
                ],
            },
        ),
    ]
