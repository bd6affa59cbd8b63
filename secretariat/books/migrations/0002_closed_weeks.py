"""What a model cannot say: an approved week stays as it is, whoever tries, and so do the intervals in it."""

from django.db import migrations

CLOSED = """
CREATE FUNCTION books_closed_week() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed boolean;
BEGIN
    IF TG_TABLE_NAME = 'books_week' THEN
        closed := OLD.state = 'approved';
    ELSIF TG_TABLE_NAME = 'books_confirmedtime' THEN
        SELECT EXISTS (
            SELECT FROM books_week WHERE state = 'approved'
            AND (id = CASE WHEN TG_OP = 'INSERT' THEN NEW.week_id ELSE OLD.week_id END
                 OR (TG_OP = 'UPDATE' AND id = NEW.week_id))
        ) INTO closed;
    ELSE
        SELECT EXISTS (
            SELECT FROM books_confirmedtime JOIN books_week ON books_week.id = books_confirmedtime.week_id
            WHERE books_week.state = 'approved' AND books_confirmedtime.record_id =
                CASE WHEN TG_OP = 'DELETE' THEN OLD.record_id ELSE NEW.record_id END
        ) INTO closed;
    END IF;
    IF closed THEN
        RAISE EXCEPTION 'a closed week stays closed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'a_closed_week_stays_closed', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_closed_week_stays_closed BEFORE UPDATE OR DELETE ON books_week
    FOR EACH ROW EXECUTE FUNCTION books_closed_week();
CREATE TRIGGER a_closed_week_stays_closed BEFORE INSERT OR UPDATE OR DELETE ON books_confirmedtime
    FOR EACH ROW EXECUTE FUNCTION books_closed_week();
CREATE TRIGGER a_closed_week_stays_closed BEFORE INSERT OR UPDATE OR DELETE ON books_correction
    FOR EACH ROW EXECUTE FUNCTION books_closed_week();
"""
OPEN = """
DROP TRIGGER a_closed_week_stays_closed ON books_week;
DROP TRIGGER a_closed_week_stays_closed ON books_confirmedtime;
DROP TRIGGER a_closed_week_stays_closed ON books_correction;
DROP FUNCTION books_closed_week();
"""


class Migration(migrations.Migration):
    dependencies = [("books", "0001_first_release")]

    operations = [migrations.RunSQL(CLOSED, OPEN)]
