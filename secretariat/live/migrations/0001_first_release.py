"""Everything the models say, as of the first release."""

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

import secretariat.ids


class Migration(migrations.Migration):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("live", "0001_initial"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LiveEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.CharField(max_length=64)),
                ("subject_id", models.CharField(blank=True, max_length=64)),
                ("version", models.BigIntegerField(default=0)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), help_text="Users, named when it happened.", size=None
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True),
                ),
            ],
            options={
                "db_table": "live_event",
            },
        ),
        migrations.CreateModel(
            name="LiveProcess",
            fields=[
                ("id", models.UUIDField(default=secretariat.ids.uuid7, primary_key=True, serialize=False)),
                ("streams", models.PositiveIntegerField()),
                ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "live_process",
            },
        ),
    ]
