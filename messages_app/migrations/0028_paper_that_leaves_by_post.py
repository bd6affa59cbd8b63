"""What is paid to send incoming paper on, or to return it, is kept as it is for a letter."""

import django.db.models.deletion
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [("messages_app", "0027_let_go_and_in_her_name")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="received",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posting",
                to="messages_app.receivedpost",
                verbose_name="received post",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postings",
                to="messages_app.letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter__isnull", False), ("received", None)),
                    models.Q(("letter", None), ("received__isnull", False)),
                    _connector="OR",
                ),
                name="one_thing_is_posted",
            ),
        ),
    ]
