"""What a model cannot say: entries wait for the sealer by themselves, and the product cannot alter them."""

from django.db import migrations

WAIT = """
CREATE FUNCTION ledger_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unsealed (entry_id) VALUES (NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_wait_for_seal AFTER INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_wait_for_seal();
"""
DO_NOT_WAIT = """
DROP TRIGGER ledger_wait_for_seal ON ledger_entry;
DROP FUNCTION ledger_wait_for_seal();
"""

# The role is there wherever the product runs as one that does not own its tables; a developer's own may not have it.
APPEND_ONLY = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry, ledger_seal FROM app;
        REVOKE DELETE, TRUNCATE ON ledger_head FROM app;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first_release")]

    operations = [
        migrations.RunSQL(WAIT, DO_NOT_WAIT),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
    ]
