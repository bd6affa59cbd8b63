"""Who answers a client's mail may download what is attached to it, unless the firm says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0019_what_is_taken_off"),
    ]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="may_download_attachments",
            field=models.BooleanField(
                db_default=True,
                default=True,
                verbose_name="secretaries may download what is attached to mail",
            ),
        ),
    ]
