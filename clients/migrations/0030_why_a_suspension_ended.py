"""A suspension that a question ended was not paid, and says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0029_browsers_told"),
    ]

    operations = [
        migrations.AlterField(
            model_name="servicesuspension",
            name="ended",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Announced or in force"),
                    ("paid", "Paid"),
                    ("asked", "What is left of it is questioned"),
                    ("withdrawn", "Taken back"),
                    ("untold", "The client could not be told in time"),
                ],
                default="",
                max_length=9,
                verbose_name="ended",
            ),
        ),
    ]
