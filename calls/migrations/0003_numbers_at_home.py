from django.db import migrations
from django.db.models import Q


def take_out(apps, schema_editor):
    """The number at which a secretary is rung stands with her alone, and in no diary of a client."""
    booked = apps.get_model("calls", "BookedDictation").objects.select_related("secretary")
    guests = apps.get_model("calendar_app", "Guest").objects
    for each in booked.iterator():
        hers = Q(number=each.secretary.home_number) | Q(name=each.secretary.spoken_name)
        guests.filter(hers, meeting=each.meeting_id, email="").exclude(number="").update(
            number="", secretary_id=each.secretary_id
        )


class Migration(migrations.Migration):
    dependencies = [
        ("calendar_app", "0002_one_of_ours_comes"),
        ("calls", "0002_rung_in_the_browser"),
        ("office", "0001_first_release"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop, elidable=True)]
