"""How a complaint stands and what she says to it, days gone through, and what was reminded of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import secretariat.clock
from secretariat.in_steps import InSteps


def moment(words):
    return models.DateTimeField(blank=True, null=True, verbose_name=words)


class Migration(InSteps):
    dependencies = [
        ("books", "0022_what_a_question_ended"),
        ("calls", "0001_first_release"),
        ("clients", "0001_first_release"),
        ("office", "0012_offered_contracts"),
    ]

    operations = [
        migrations.AddField("week", "confirming_asked_at", moment("reminded to confirm")),
        migrations.AddField("week", "approving_asked_at", moment("reminded to approve")),
        migrations.AddField(
            "remark",
            "client",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.client",
                verbose_name="client",
            ),
        ),
        migrations.AddField(
            "remark",
            "call",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="calls.call",
                verbose_name="call",
            ),
        ),
        migrations.AddField(
            "remark",
            "state",
            models.CharField(
                blank=True,
                choices=[
                    ("open", "Open"),
                    ("pending", "Being looked into"),
                    ("resolved", "Resolved"),
                    ("unfounded", "Unfounded"),
                ],
                db_default="",
                default="",
                max_length=9,
                verbose_name="of a complaint: how it stands",
            ),
        ),
        migrations.AddField(
            "remark",
            "outcome",
            models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="what came of it"
            ),
        ),
        migrations.AddField(
            "remark",
            "answer",
            models.CharField(
                blank=True, db_default="", default="", max_length=1000, verbose_name="how she sees it"
            ),
        ),
        migrations.AddField("remark", "answered_at", moment("answered")),
        migrations.AddField("remark", "warned_at", moment("of training: warned")),
        migrations.AddField("remark", "overdue_at", moment("of training: found overdue")),
        migrations.CreateModel(
            name="DaySeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField(default=secretariat.clock.now, verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.secretary",
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "day gone through",
                "verbose_name_plural": "days gone through",
                "ordering": ["-on", "secretary"],
                "constraints": [
                    models.UniqueConstraint(fields=["secretary", "on"], name="a_day_is_seen_once")
                ],
            },
        ),
    ]
