"""Ask of each paid interval only what nothing else holds: keys to its line, and that none is paid twice."""

import django.db.models.deletion
from django.db import migrations, models

from secretariat.in_steps import InSteps


class Migration(InSteps):
    dependencies = [
        ("books", "0007_approved_pay"),
        ("clients", "0001_first_release"),
        ("office", "0012_offered_contracts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paypart",
            name="record",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paid",
                to="clients.workrecord",
            ),
        ),
        migrations.AlterField(
            model_name="paypart",
            name="secretary",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="office.secretary",
            ),
        ),
        migrations.AlterField(
            model_name="paypart",
            name="statement",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="books.paystatement",
            ),
        ),
    ]
