"""What becomes of a statement once it is approved: told to the bank, paid, come back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import secretariat.clock
import secretariat.ids


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0024_given_back_and_once"),
        ("office", "0019_what_is_taken_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Payout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "file",
                    models.UUIDField(blank=True, null=True, verbose_name="file for the bank"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ordered", "In a file for the bank"),
                            ("paid", "Paid"),
                            ("returned", "Came back"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "because",
                    models.CharField(blank=True, max_length=240, verbose_name="why it came back"),
                ),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
                ("marked_at", models.DateTimeField(blank=True, null=True, verbose_name="marked")),
                (
                    "bank",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.bankdetails",
                        verbose_name="bank details",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked by",
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
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="books.paystatement",
                        verbose_name="pay statement",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment of a statement",
                "verbose_name_plural": "payments of statements",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "returned"), _negated=True),
                        fields=("statement",),
                        name="a_statement_is_paid_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ordered"), _negated=True),
                            models.Q(("bank__isnull", False), ("file__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_the_bank_is_told_is_in_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), models.Q(("because", ""), _negated=True)),
                            models.Q(models.Q(("state", "returned"), _negated=True), ("because", "")),
                            _connector="OR",
                        ),
                        name="what_came_back_says_why",
                    ),
                ],
            },
        ),
    ]
