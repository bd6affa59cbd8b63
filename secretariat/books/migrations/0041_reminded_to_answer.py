"""Of which day the client was reminded before a milestone that is handed in counts as accepted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("books", "0040_how_an_agreement_ended_before")]

    operations = [
        migrations.AddField(
            model_name="milestone",
            name="reminded_to_answer",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="client reminded that it counts from"
            ),
        ),
    ]
