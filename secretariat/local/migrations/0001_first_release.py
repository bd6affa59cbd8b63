"""Everything the models say, as of the first release."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("local", "0001_initial"),
        ("local", "0003_a_clock_may_stand"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shift", models.DurationField(default=datetime.timedelta)),
                ("stands_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "local_clock",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="local_clock_has_one_row")
                ],
            },
        ),
    ]
