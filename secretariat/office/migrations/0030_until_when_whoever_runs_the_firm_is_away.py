"""Until when somebody who runs the firm is away, and her stand-ins act. Nobody is until it is said."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [("office", "0029_since_when_somebody_is_named_for_first_calls")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="away_until_on",
            field=models.DateField(blank=True, null=True, verbose_name="away until"),
        ),
    ]
