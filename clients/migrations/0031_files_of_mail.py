"""A client may forbid that what is attached to her mail is downloaded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0030_why_a_suspension_ended"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="never_download_attachments",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="secretaries never download what is attached to mail",
            ),
        ),
    ]
