"""A brief can wish for a speed at the keyboard."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0028_closed_until_pay_is_reckoned"),
    ]

    operations = [
        migrations.AddField(
            model_name="brief",
            name="words_a_minute",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(220),
                ],
                verbose_name="typing, correct words a minute; who types as fast comes first",
            ),
        ),
    ]
