"""A shift that is still open shortly before it begins is noticed once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0020_files_of_mail")]

    operations = [
        migrations.AddField(
            "plannedshift",
            "open_noticed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="found open shortly before"),
        ),
    ]
