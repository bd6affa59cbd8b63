"""A brief may ask for a second language, as a translation does."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0041_reminded_to_answer"),
    ]

    operations = [
        migrations.AddField(
            model_name="brief",
            name="also_language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=12,
                verbose_name="second language, as of a translation",
            ),
        ),
        migrations.AddField(
            model_name="brief",
            name="also_level",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "A1"),
                    (2, "A2"),
                    (3, "B1"),
                    (4, "B2"),
                    (5, "C1"),
                    (6, "C2"),
                    (7, "First language"),
                ],
                db_default=4,
                default=4,
                verbose_name="level in the second, at the least",
            ),
        ),
    ]
