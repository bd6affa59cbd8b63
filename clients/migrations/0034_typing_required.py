"""A client can require a speed at the keyboard."""

import django.core.validators
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("clients", "0033_lapses_on_record"),
        ("office", "0024_skills_with_evidence_and_incentives"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clientrequirement",
            name="clientrequirement_asks_for_one_thing",
        ),
        migrations.AddField(
            model_name="clientrequirement",
            name="words_a_minute",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(220),
                ],
                verbose_name="or typing: correct words a minute, at least",
            ),
        ),
        migrations.AddConstraint(
            model_name="clientrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("language", ""),
                        ("level", None),
                        ("training__isnull", False),
                        ("words_a_minute", None),
                    ),
                    models.Q(
                        models.Q(("language", ""), _negated=True),
                        ("level__isnull", False),
                        ("training", None),
                        ("words_a_minute", None),
                    ),
                    models.Q(
                        ("language", ""),
                        ("level", None),
                        ("training", None),
                        ("words_a_minute__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="clientrequirement_asks_for_one_thing",
                violation_error_message="One at a time: a training, a language, or a speed of typing.",
            ),
        ),
    ]
