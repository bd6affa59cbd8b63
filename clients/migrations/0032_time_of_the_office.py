"""Time read, put in order and looked after at the desk; and time that was worked for no client."""

import django.db.models.deletion
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("clients", "0031_files_of_mail"),
        ("office", "0001_first_release"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workrecord",
            name="client",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work_records",
                to="clients.client",
                verbose_name="client",
            ),
        ),
        migrations.AlterField(
            model_name="workrecord",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ring", "Ringing"),
                    ("talk", "Talking"),
                    ("hold", "On hold"),
                    ("asking", "Asking"),
                    ("put_through", "Put through"),
                    ("wrap_up", "Wrap-up"),
                    ("check_in", "Check-in"),
                    ("other", "Other work"),
                    ("mail", "Writing mail"),
                    ("letter", "Writing letters"),
                    ("dictation", "Typing dictation"),
                    ("post", "Handling post"),
                    ("request", "Answering requests"),
                    ("reading", "Reading and sorting mail"),
                    ("diary", "Work in the diary"),
                    ("desk", "Other work at the desk"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="workrecord",
            index=models.Index(fields=["secretary", "started_at"], name="what_she_did_when"),
        ),
        migrations.AlterField(
            model_name="workrecord",
            name="secretary",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="office.secretary",
            ),
        ),
        migrations.AddConstraint(
            model_name="workrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("client__isnull", False),
                    models.Q(("kind__in", ["other", "desk"]), ("secretary__isnull", False)),
                    _connector="OR",
                ),
                name="time_without_a_client_is_somebodys",
            ),
        ),
    ]
