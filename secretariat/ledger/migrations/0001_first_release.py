"""Everything the models say, as of the first release."""

import django.db.models.functions.datetime
from django.db import migrations, models

import secretariat.clock


class Migration(migrations.Migration):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("ledger", "0001_initial"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LedgerSeal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("digest", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "ledger_seal",
            },
        ),
        migrations.CreateModel(
            name="LedgerUnsealed",
            fields=[
                ("entry_id", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "ledger_unsealed",
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=secretariat.clock.now)),
                ("verb", models.CharField(max_length=64)),
                (
                    "actor_id",
                    models.UUIDField(
                        help_text="Whoever did it; empty when it was the product itself.", null=True
                    ),
                ),
                ("client_id", models.UUIDField(null=True)),
                ("subject_kind", models.CharField(max_length=64)),
                ("subject_id", models.CharField(max_length=64)),
                ("detail", models.JSONField(default=dict)),
                (
                    "look_window",
                    models.DateTimeField(
                        help_text="Of a look, the start of the ten minutes that it stands for.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger entries",
                "db_table": "ledger_entry",
                "indexes": [
                    models.Index(fields=["client_id", "-id"], name="ledger_entry_client"),
                    models.Index(fields=["subject_kind", "subject_id", "-id"], name="ledger_entry_subject"),
                    models.Index(fields=["actor_id", "-id"], name="ledger_entry_actor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("look_window__isnull", False)),
                        fields=("actor_id", "subject_kind", "subject_id", "look_window"),
                        name="ledger_one_look_in_ten_minutes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("count", models.BigIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "ledger_head",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="ledger_has_one_head")
                ],
            },
        ),
    ]
