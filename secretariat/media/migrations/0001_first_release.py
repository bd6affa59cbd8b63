"""Everything the models say, as of the first release."""

from django.db import migrations, models

import secretariat.clock
import secretariat.ids


class Migration(migrations.Migration):
    initial = True

    # What an office that ran before has been through.
    replaces = [
        ("media", "0001_initial"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="MediaFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=secretariat.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("client_id", models.UUIDField(db_index=True, null=True)),
                ("kind", models.CharField(help_text="Which guard decides who may see it.", max_length=64)),
                (
                    "name",
                    models.CharField(help_text="As it is offered for saving; never a path.", max_length=255),
                ),
                ("content_type", models.CharField(max_length=127)),
                ("size", models.BigIntegerField(help_text="Bytes of the content, not of the sealed file.")),
                ("sha256", models.CharField(help_text="Of the content, in hexadecimal.", max_length=64)),
                ("sealed_key", models.BinaryField(help_text="The file's own key, sealed with the firm's.")),
                ("created_at", models.DateTimeField(default=secretariat.clock.now)),
                ("delete_after", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "file",
                "db_table": "media_file",
                "indexes": [
                    models.Index(
                        condition=models.Q(("delete_after__isnull", False), ("deleted_at__isnull", True)),
                        fields=["delete_after"],
                        name="media_file_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_at__isnull", True), ("sealed_key", b""), _connector="OR"
                        ),
                        name="media_deleted_file_has_no_key",
                    )
                ],
            },
        ),
    ]
