"""A week may be confirmed in her place by the firm, which says why; another person approves it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0035_a_word_before_paying"),
        ("office", "0026_referees_and_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="week",
            name="confirmed_because",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=240, verbose_name="why in her place"
            ),
        ),
        migrations.AddField(
            model_name="week",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AlterField(
            model_name="week",
            name="state",
            field=models.CharField(
                choices=[("open", "Open"), ("confirmed", "Confirmed"), ("approved", "Approved, and closed")],
                default="open",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="week",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_because", ""), ("confirmed_by", None)),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        models.Q(("confirmed_because", ""), _negated=True),
                        models.Q(("state", "open"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="who_confirms_in_her_place_says_why",
            ),
        ),
    ]
