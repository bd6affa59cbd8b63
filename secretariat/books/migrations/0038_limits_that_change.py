"""A limit that was raised or lowered has alerts of its own."""

import django.core.validators
from django.db import migrations, models

from secretariat.in_steps import InSteps

# What was told this month was told of the limit that stands.
OF_THIS_LIMIT = """
    UPDATE books_told SET cap = books_billingaccount.spend_cap FROM books_billingaccount
    WHERE books_told.about = 'limit' AND books_told.client_id = books_billingaccount.client_id
        AND books_billingaccount.spend_cap IS NOT NULL
"""


class Migration(InSteps):
    dependencies = [
        ("books", "0037_each_limit_has_its_alerts"),
        ("clients", "0036_practice_as_it_is_played"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="told",
            name="an_alert_is_given_once",
        ),
        migrations.AddField(
            model_name="told",
            name="cap",
            field=models.DecimalField(
                db_default=0, decimal_places=2, default=0, max_digits=12, verbose_name="limit it was said of"
            ),
        ),
        migrations.AlterField(
            model_name="billingaccount",
            name="spend_cap",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Empty: no limit. Nothing beyond it is billed; the firm is told before. A new one holds for the whole month, also for what was used before.",
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="most a month for usage and costs passed on",
            ),
        ),
        migrations.RunSQL(OF_THIS_LIMIT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__in", ["usage", "limit"])),
                fields=("client", "about", "month", "degree", "cap"),
                name="an_alert_is_given_once",
            ),
        ),
    ]
