"""How an agreement was to end before the next version was accepted. Of those that are followed already by one
that may still be called off, only as they end by now is known."""

from django.db import migrations, models

from secretariat.in_steps import InSteps

FOLLOWED = """
UPDATE books_agreement
SET followed_by = substring(ended_because FROM '[0-9]+')::smallint, until_before = until_on
WHERE state = 'accepted' AND until_on >= CURRENT_DATE - 1
    AND ended_because ~ '^Followed by version [0-9]{1,4}$';
"""


class Migration(InSteps):
    dependencies = [("books", "0039_who_offered_an_agreement")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="followed_by",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="until_before",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="because_before",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=240),
        ),
        migrations.RunSQL(FOLLOWED, migrations.RunSQL.noop),
    ]
