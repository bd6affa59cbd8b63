"""What a model cannot say: an approved pay run stays as it is, with its statements, their lines and parts."""

from django.db import migrations

APPROVED = """
CREATE FUNCTION books_approved_pay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    approved boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN changed := NEW; ELSE changed := OLD; END IF;
    IF TG_TABLE_NAME = 'books_payrun' THEN
        approved := OLD.state = 'approved';
    ELSIF TG_TABLE_NAME = 'books_paystatement' THEN
        SELECT EXISTS (SELECT FROM books_payrun WHERE id = changed.run_id AND state = 'approved')
            INTO approved;
    ELSE
        SELECT EXISTS (
            SELECT FROM books_paystatement JOIN books_payrun ON books_payrun.id = books_paystatement.run_id
            WHERE books_paystatement.id = changed.statement_id AND books_payrun.state = 'approved'
        ) INTO approved;
    END IF;
    IF approved THEN
        RAISE EXCEPTION 'approved pay stays as it is' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'approved_pay_stays', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER approved_pay_stays BEFORE UPDATE OR DELETE ON books_payrun
    FOR EACH ROW EXECUTE FUNCTION books_approved_pay();
CREATE TRIGGER approved_pay_stays BEFORE INSERT OR UPDATE OR DELETE ON books_paystatement
    FOR EACH ROW EXECUTE FUNCTION books_approved_pay();
CREATE TRIGGER approved_pay_stays BEFORE INSERT OR UPDATE OR DELETE ON books_payline
    FOR EACH ROW EXECUTE FUNCTION books_approved_pay();
CREATE TRIGGER approved_pay_stays BEFORE UPDATE OR DELETE ON books_paypart
    FOR EACH ROW EXECUTE FUNCTION books_approved_pay();
"""
NOT_APPROVED = """
DROP TRIGGER approved_pay_stays ON books_payrun;
DROP TRIGGER approved_pay_stays ON books_paystatement;
DROP TRIGGER approved_pay_stays ON books_payline;
DROP TRIGGER approved_pay_stays ON books_paypart;
DROP FUNCTION books_approved_pay();
"""


class Migration(migrations.Migration):
    dependencies = [("books", "0005_issued_bills")]

    operations = [migrations.RunSQL(APPROVED, NOT_APPROVED)]
