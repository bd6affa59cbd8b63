from django.db import migrations


class Migration(migrations.Migration):
    """The table of Django's database cache, which counts sign-in attempts.

    Unlogged: after a crash it is empty, which a cache may be, and until then it costs no log writing.
    """

    dependencies = [("office", "0001_first_release")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX cache_expires ON cache (expires);
            """,
            "DROP TABLE cache",
        ),
    ]
