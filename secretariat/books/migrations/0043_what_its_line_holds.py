"""Of each paid and billed interval is not asked once more whether its line, written just before, is there."""

import django.db.models.deletion
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0042_a_second_language"),
        ("clients", "0001_first_release"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paypart",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="books.payline",
            ),
        ),
        migrations.AlterField(
            model_name="billedrecord",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="records",
                to="books.billitem",
            ),
        ),
        migrations.AlterField(
            model_name="billedrecord",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clients.client",
            ),
        ),
    ]
