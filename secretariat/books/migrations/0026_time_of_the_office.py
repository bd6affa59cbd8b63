"""A week holds time that was worked for no client, and a plan says whether time at the desk counts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0025_payouts"),
        ("clients", "0032_time_of_the_office"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clientplan",
            name="counts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("ring", "Ringing"),
                        ("hold", "On hold"),
                        ("wrap_up", "Wrap-up"),
                        ("put_through", "Put through"),
                        ("reading", "Reading and sorting mail"),
                        ("diary", "Work in the diary, without a call"),
                        ("desk", "Other work at the desk: passing on by hand, work done"),
                    ],
                    max_length=12,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="counts as time",
            ),
        ),
        migrations.AlterField(
            model_name="confirmedtime",
            name="client",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.client",
            ),
        ),
        migrations.AlterField(
            model_name="confirmedtime",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ring", "Ringing"),
                    ("talk", "Talking"),
                    ("hold", "On hold"),
                    ("asking", "Asking"),
                    ("put_through", "Put through"),
                    ("wrap_up", "Wrap-up"),
                    ("check_in", "Check-in"),
                    ("other", "Other work"),
                    ("mail", "Writing mail"),
                    ("letter", "Writing letters"),
                    ("dictation", "Typing dictation"),
                    ("post", "Handling post"),
                    ("request", "Answering requests"),
                    ("reading", "Reading and sorting mail"),
                    ("diary", "Work in the diary"),
                    ("desk", "Other work at the desk"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="client",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.client",
            ),
        ),
    ]
