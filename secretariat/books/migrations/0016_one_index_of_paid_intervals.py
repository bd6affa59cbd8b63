"""Of two indexes of paid intervals keep the one that makes sure that each is paid once.

In SQL: altering the field would drop every index of that column, that one among them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0015_commission_of_clients"),
        ("clients", "0025_practice"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="paypart",
                    name="record",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid",
                        to="clients.workrecord",
                    ),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX books_paypart_record_id_389e566b",
                    "CREATE INDEX books_paypart_record_id_389e566b ON books_paypart (record_id)",
                )
            ],
        )
    ]
