"""The client says who may open her post: until then everybody who answers for her, as before."""

from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("messages_app", "0029_files_as_the_client_was_shown_them"),
        ("office", "0029_since_when_somebody_is_named_for_first_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="postrules",
            name="opened_by",
            field=models.CharField(
                choices=[
                    ("everybody", "Everybody who answers for the client"),
                    ("team", "The client’s own secretaries and their stand-ins"),
                    ("named", "Those named below alone"),
                ],
                db_default="everybody",
                default="everybody",
                max_length=9,
                verbose_name="who may open it",
            ),
        ),
        migrations.AddField(
            model_name="postrules",
            name="openers",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="office.secretary", verbose_name="named are"
            ),
        ),
    ]
