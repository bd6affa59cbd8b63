from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages_app", "0012_dictated")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="service",
            field=models.CharField(
                blank=True,
                choices=[("google", "Google"), ("microsoft", "Microsoft")],
                db_default="",
                default="",
                max_length=9,
                verbose_name="let in by",
            ),
        ),
        migrations.AddField(
            model_name="mailbox",
            name="renewing_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
