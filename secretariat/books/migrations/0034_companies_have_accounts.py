"""An outsourcing company has an account of its own, and what is paid goes into an account of whoever it is for.

Whoever works through a company for some days and directly for others has a statement of each in one run.
"""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from secretariat.in_steps import InSteps

INTO_ITS_OWN = """
CREATE FUNCTION books_paid_into_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.bank_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM books_bankdetails bank JOIN books_paystatement statement ON statement.id = NEW.statement_id
        WHERE bank.id = NEW.bank_id AND CASE
            WHEN statement.partner_id IS NULL THEN bank.secretary_id = statement.secretary_id
            ELSE bank.partner_id = statement.partner_id
        END
    ) THEN
        RAISE EXCEPTION 'what is paid goes into an account of whoever it is for' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'paid_into_its_own', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER paid_into_its_own BEFORE INSERT OR UPDATE OF bank_id, statement_id ON books_payout
    FOR EACH ROW EXECUTE FUNCTION books_paid_into_its_own();
"""
INTO_ANY = """
DROP TRIGGER paid_into_its_own ON books_payout;
DROP FUNCTION books_paid_into_its_own();
"""


class Migration(InSteps):
    dependencies = [
        ("books", "0033_hours_of_cover"),
        ("office", "0026_referees_and_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="paystatement",
            name="a_run_pays_each_once",
        ),
        migrations.RemoveConstraint(
            model_name="paystatement",
            name="a_day_is_paid_once",
        ),
        migrations.AddField(
            model_name="bankdetails",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="bankdetails",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_details",
                to="office.partner",
                verbose_name="outsourcing company",
            ),
        ),
        migrations.AlterField(
            model_name="bankdetails",
            name="secretary",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_details",
                to="office.secretary",
                verbose_name="secretary",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankdetails",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", False), ("replaced_at", None)),
                fields=("partner",),
                name="a_company_is_paid_into_one_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankdetails",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("partner", None), ("secretary__isnull", False)),
                    models.Q(("partner__isnull", False), ("secretary", None)),
                    _connector="OR",
                ),
                name="an_account_is_hers_or_a_companys",
            ),
        ),
        migrations.AddConstraint(
            model_name="paystatement",
            constraint=models.UniqueConstraint(
                fields=("run", "secretary", "partner"),
                name="a_run_pays_each_payee_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="paystatement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("secretary", "="),
                    (
                        django.db.models.functions.comparison.Coalesce(
                            models.F("partner"),
                            models.Value(uuid.UUID("00000000-0000-0000-0000-000000000000")),
                        ),
                        "=",
                    ),
                    (
                        models.Func(
                            models.F("first_on"),
                            models.F("last_on"),
                            models.Value("[]"),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="a_day_is_paid_once_to_each",
            ),
        ),
        migrations.RunSQL(INTO_ITS_OWN, INTO_ANY),
    ]
