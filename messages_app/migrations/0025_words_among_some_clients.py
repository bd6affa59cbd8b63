from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [("messages_app", "0024_lists_of_few_mails")]

    operations = [
        BtreeGinExtension(),
        migrations.AddIndex(
            model_name="message",
            index=GinIndex(fields=["client", "words"], name="messages_by_words"),
        ),
        migrations.RemoveIndex(model_name="message", name="messages_ap_words_c656b3_gin"),
    ]
