"""What work led to is reported by whoever did it, and counts once the firm has said so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0026_time_of_the_office"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="outcome",
            name="state",
            field=models.CharField(
                choices=[
                    ("reported", "Waits for the firm"),
                    ("counts", "Counts"),
                    ("refused", "Does not count"),
                    ("taken_back", "Taken back"),
                ],
                db_default="counts",
                default="counts",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="subject_kind",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        migrations.AddField(
            model_name="outcome",
            name="subject_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="outcome",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="outcome",
            name="answer",
            field=models.CharField(
                blank=True, db_default="", max_length=240, verbose_name="why it does not count"
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["reported", "counts"]), ("subject_id__isnull", False)),
                fields=("subject_id", "kind"),
                name="an_outcome_is_reported_once",
            ),
        ),
    ]
