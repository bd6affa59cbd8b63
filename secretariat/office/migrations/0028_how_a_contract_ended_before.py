"""How a contract was to end before the next version was signed. Of those that are followed already by one that
may still be called off, only as they end by now is known."""

from django.db import migrations, models

from secretariat.in_steps import InSteps

MAY_CHANGE = "ARRAY['state', 'until_on', 'ended_because', 'closed_at', 'handed_over'{also}]"
OFFERED = """
CREATE OR REPLACE FUNCTION office_offered_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := {may_change};
    held text;
BEGIN
    IF TG_TABLE_NAME = 'office_contract' THEN
        IF OLD.state <> 'draft' AND (
            TG_OP = 'DELETE' OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change
        ) THEN
            held := OLD.state;
        END IF;
    ELSE
        SELECT state INTO held FROM office_contract WHERE state <> 'draft' AND id =
            CASE WHEN TG_OP = 'INSERT' THEN NEW.contract_id ELSE OLD.contract_id END;
    END IF;
    IF held IS NOT NULL THEN
        RAISE EXCEPTION 'an offered contract stays as it is' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'an_offered_contract_stays', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
"""
WITH_BEFORE = OFFERED.format(
    may_change=MAY_CHANGE.format(also=", 'followed_by', 'until_before', 'because_before'")
)
WITHOUT = OFFERED.format(may_change=MAY_CHANGE.format(also=""))
FOLLOWED = """
UPDATE office_contract
SET followed_by = substring(ended_because FROM '[0-9]+')::smallint, until_before = until_on
WHERE state = 'signed' AND closed_at IS NULL AND ended_because ~ '^Followed by version [0-9]{1,4}$';
"""


class Migration(InSteps):
    dependencies = [("office", "0027_stated_not_checked")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="followed_by",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="until_before",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contract",
            name="because_before",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=240),
        ),
        migrations.RunSQL(WITH_BEFORE, WITHOUT),
        migrations.RunSQL(FOLLOWED, migrations.RunSQL.noop),
    ]
