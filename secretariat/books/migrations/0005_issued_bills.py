"""What a model cannot say: an issued bill stays as it is, with its lines, its items and their intervals."""

from django.db import migrations

ISSUED = """
CREATE FUNCTION books_issued_bill() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    issued boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN changed := NEW; ELSE changed := OLD; END IF;
    IF TG_TABLE_NAME = 'books_bill' THEN
        issued := OLD.state = 'issued';
    ELSIF TG_TABLE_NAME = 'books_billline' THEN
        SELECT EXISTS (SELECT FROM books_bill WHERE id = changed.bill_id AND state = 'issued') INTO issued;
    ELSIF TG_TABLE_NAME = 'books_billitem' THEN
        SELECT EXISTS (
            SELECT FROM books_billline JOIN books_bill ON books_bill.id = books_billline.bill_id
            WHERE books_billline.id = changed.line_id AND books_bill.state = 'issued'
        ) INTO issued;
    ELSE
        SELECT EXISTS (
            SELECT FROM books_billitem
            JOIN books_billline ON books_billline.id = books_billitem.line_id
            JOIN books_bill ON books_bill.id = books_billline.bill_id
            WHERE books_billitem.id = changed.item_id AND books_bill.state = 'issued'
        ) INTO issued;
    END IF;
    IF issued THEN
        RAISE EXCEPTION 'an issued bill stays as it is' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'an_issued_bill_stays', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER an_issued_bill_stays BEFORE UPDATE OR DELETE ON books_bill
    FOR EACH ROW EXECUTE FUNCTION books_issued_bill();
CREATE TRIGGER an_issued_bill_stays BEFORE UPDATE OR DELETE ON books_billline
    FOR EACH ROW EXECUTE FUNCTION books_issued_bill();
CREATE TRIGGER an_issued_bill_stays BEFORE UPDATE OR DELETE ON books_billitem
    FOR EACH ROW EXECUTE FUNCTION books_issued_bill();
CREATE TRIGGER an_issued_bill_stays BEFORE UPDATE OR DELETE ON books_billedrecord
    FOR EACH ROW EXECUTE FUNCTION books_issued_bill();
"""
NOT_ISSUED = """
DROP TRIGGER an_issued_bill_stays ON books_bill;
DROP TRIGGER an_issued_bill_stays ON books_billline;
DROP TRIGGER an_issued_bill_stays ON books_billitem;
DROP TRIGGER an_issued_bill_stays ON books_billedrecord;
DROP FUNCTION books_issued_bill();
"""


class Migration(migrations.Migration):
    dependencies = [("books", "0002_closed_weeks")]

    operations = [migrations.RunSQL(ISSUED, NOT_ISSUED)]
