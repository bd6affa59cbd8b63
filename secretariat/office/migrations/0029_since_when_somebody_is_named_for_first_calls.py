"""Since when somebody is named for the first calls of who learns. Of those before it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0028_how_a_contract_ended_before")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="first_calls_with_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
