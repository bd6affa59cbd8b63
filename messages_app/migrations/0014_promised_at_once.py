from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages_app", "0013_mailboxes_by_consent")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="acknowledges",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="who writes is told at once by when she is answered",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="marked_read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="marked as read"),
        ),
        migrations.AddField(
            model_name="mail",
            name="acknowledged_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told when it is answered"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("acknowledged_at__isnull", False)),
                fields=["mailbox", "sender", "-acknowledged_at"],
                name="mails_acknowledged",
            ),
        ),
    ]
