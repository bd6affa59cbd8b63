"""When the client marked a mail as answered, until when an author knew of it, and a rule's own days for later."""

import django.core.validators
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("messages_app", "0021_by_push"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="marked as answered"),
        ),
        migrations.AddField(
            model_name="mailrule",
            name="later_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(366),
                ],
                verbose_name="comes up after days",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="informed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
