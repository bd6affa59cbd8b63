"""A version of a letter, and a letter to many, keep which files went with it when the client was shown it."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("messages_app", "0028_paper_that_leaves_by_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="letterversion",
            name="files_shown",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="serialletter",
            name="files_shown",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
    ]
