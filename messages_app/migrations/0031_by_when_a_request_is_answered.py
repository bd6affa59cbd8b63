"""What a client asks for in the portal is promised by a time, as dictation is; what was asked before is not."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("messages_app", "0030_who_may_open_her_post"),
    ]

    operations = [
        migrations.AddField(
            model_name="clientrequest",
            name="promised_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="promised by"),
        ),
    ]
