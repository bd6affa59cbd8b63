from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar_app", "0011_secret_addresses")]

    operations = [
        migrations.AddField(
            model_name="meetingrequest",
            name="subject_kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="subject_id",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
