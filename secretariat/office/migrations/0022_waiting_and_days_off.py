"""A contract can pay for waiting on shift, for days away, for shifts at odd hours and for keeping all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0021_open_shifts_noticed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="payterm",
            name="by",
            field=models.CharField(
                choices=[
                    ("hour", "An hour"),
                    ("waiting", "An hour on shift with nothing to do"),
                    ("day_off", "A day of paid holiday or sickness"),
                    ("piece", "A piece"),
                    ("fixed", "A fixed amount"),
                    ("outcome", "Commission: an amount"),
                    ("share", "Commission: percent"),
                    ("kept", "A bonus for keeping every shift"),
                    ("odd", "A shift at odd hours"),
                    ("bonus", "A bonus"),
                    ("least", "The least"),
                    ("less", "Taken off"),
                    ("reduced", "Reduced by percent"),
                ],
                max_length=7,
                verbose_name="for",
            ),
        ),
    ]
