from django.db import migrations


class Migration(migrations.Migration):
    """The clock's one row: right, until a demo or a test shifts it."""

    dependencies = [("local", "0001_first_release")]

    operations = [
        migrations.RunSQL("INSERT INTO local_clock (id, shift) VALUES (1, '0')", "DELETE FROM local_clock"),
    ]
