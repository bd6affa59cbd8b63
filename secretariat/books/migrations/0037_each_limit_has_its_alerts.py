"""What is included and the client's own limit have alerts of their own, each once a month."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0036_confirmed_in_her_place"),
        ("clients", "0036_practice_as_it_is_played"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="told",
            name="an_alert_is_given_once",
        ),
        migrations.RemoveConstraint(
            model_name="told",
            name="a_reminder_is_given_once",
        ),
        migrations.AlterField(
            model_name="told",
            name="about",
            field=models.CharField(
                choices=[
                    ("usage", "Usage of what is included"),
                    ("limit", "Usage up to the limit"),
                    ("issued", "Bill issued"),
                    ("reminder", "Reminder"),
                    ("terms", "Agreement offered"),
                ],
                max_length=8,
                verbose_name="about",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__in", ["usage", "limit"])),
                fields=("client", "about", "month", "degree"),
                name="an_alert_is_given_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__in", ["usage", "limit"]), _negated=True),
                fields=("bill", "about", "degree"),
                name="a_reminder_is_given_once",
            ),
        ),
    ]
