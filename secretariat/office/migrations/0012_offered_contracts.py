"""What a model cannot say: what was offered stays as it was, whoever tries, with its terms of pay."""

from django.db import migrations

OFFERED = """
CREATE FUNCTION office_offered_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['state', 'until_on', 'ended_because', 'closed_at', 'handed_over'];
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
CREATE TRIGGER an_offered_contract_stays BEFORE UPDATE OR DELETE ON office_contract
    FOR EACH ROW EXECUTE FUNCTION office_offered_contract();
CREATE TRIGGER an_offered_contract_stays BEFORE INSERT OR UPDATE OR DELETE ON office_payterm
    FOR EACH ROW EXECUTE FUNCTION office_offered_contract();
"""
NOT_OFFERED = """
DROP TRIGGER an_offered_contract_stays ON office_contract;
DROP TRIGGER an_offered_contract_stays ON office_payterm;
DROP FUNCTION office_offered_contract();
"""


class Migration(migrations.Migration):
    dependencies = [("office", "0002_cache_table")]

    operations = [migrations.RunSQL(OFFERED, NOT_OFFERED)]
