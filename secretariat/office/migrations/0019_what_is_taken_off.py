"""What a contract takes off: for what, how much, until when or for how many hours."""

from decimal import Decimal

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("office", "0012_offered_contracts"),
    ]

    operations = [
        migrations.AddField(
            model_name="payterm",
            name="until_on",
            field=models.DateField(blank=True, null=True, verbose_name="until and with"),
        ),
        migrations.AlterField(
            model_name="payterm",
            name="by",
            field=models.CharField(
                choices=[
                    ("hour", "An hour"),
                    ("piece", "A piece"),
                    ("fixed", "A fixed amount"),
                    ("outcome", "Commission: an amount"),
                    ("share", "Commission: percent"),
                    ("bonus", "A bonus"),
                    ("least", "The least"),
                    ("less", "Taken off"),
                    ("reduced", "Reduced by percent"),
                ],
                max_length=7,
                verbose_name="for",
            ),
        ),
        migrations.AlterField(
            model_name="payterm",
            name="condition",
            field=models.CharField(blank=True, max_length=240, verbose_name="on condition that, or for what"),
        ),
        migrations.AlterField(
            model_name="payterm",
            name="hours",
            field=models.DecimalField(
                decimal_places=2, default=Decimal("0"), max_digits=6, verbose_name="hours"
            ),
        ),
        migrations.AddConstraint(
            model_name="payterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", "reduced"), _negated=True), ("amount__lt", 100), _connector="OR"
                ),
                name="a_reduction_leaves_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="payterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__in", ["less", "reduced"]), _negated=True),
                    models.Q(("condition", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_is_taken_off_says_for_what",
            ),
        ),
    ]
