"""A person's word that something is not paid yet, where it was approved while there was no account."""

from django.conf import settings
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0034_companies_have_accounts"),
        ("office", "0026_referees_and_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payout",
            name="a_statement_is_paid_once",
        ),
        migrations.AlterField(
            model_name="payout",
            name="state",
            field=models.CharField(
                choices=[
                    ("ordered", "In a file for the bank"),
                    ("paid", "Paid"),
                    ("returned", "Came back"),
                    ("due", "Not paid yet"),
                ],
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["returned", "due"]), _negated=True),
                fields=("statement",),
                name="a_statement_is_paid_once",
            ),
        ),
    ]
