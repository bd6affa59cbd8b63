"""What of a bill is given back, lines of the firm's own on the next one, and a mailbox for bills."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import secretariat.clock
import secretariat.ids
from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0023_complaints_and_reminders"),
        ("clients", "0030_why_a_suspension_ended"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OneOff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "words",
                    models.CharField(max_length=200, verbose_name="what for, as it stands on the bill"),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("made_at", models.DateTimeField(default=secretariat.clock.now, verbose_name="made")),
            ],
            options={
                "verbose_name": "line of our own",
                "verbose_name_plural": "lines of our own",
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="billingaccount",
            name="mailbox",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="Gets each bill as a PDF, beside the owners’ own mailboxes. Nobody signs in with it.",
                max_length=254,
                verbose_name="mailbox for bills",
            ),
        ),
        migrations.AddField(
            model_name="billitem",
            name="credits",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credited_by",
                to="books.billitem",
            ),
        ),
        migrations.AddField(
            model_name="billline",
            name="credits",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credited_by",
                to="books.billline",
            ),
        ),
        migrations.AddField(
            model_name="billline",
            name="stretch",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="billitem",
            index=models.Index(
                condition=models.Q(("credits__isnull", False)), fields=["credits"], name="items_given_back"
            ),
        ),
        migrations.AddField(
            model_name="oneoff",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.client",
                verbose_name="client",
            ),
        ),
        migrations.AddField(
            model_name="oneoff",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddConstraint(
            model_name="oneoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="a_line_of_our_own_is_something"
            ),
        ),
    ]
