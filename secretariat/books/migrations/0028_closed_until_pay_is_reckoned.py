"""An approval can be taken back until pay is reckoned from the week; from then on it stays closed for good."""

from django.db import migrations

CLOSED = """
CREATE OR REPLACE FUNCTION books_closed_week() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed boolean;
BEGIN
    IF TG_TABLE_NAME = 'books_week' THEN
        closed := OLD.state = 'approved';%s
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
"""
TAKEN_BACK = """
        IF closed AND TG_OP = 'UPDATE' THEN
            IF NEW.state = 'confirmed' AND NEW.id = OLD.id AND NEW.secretary_id = OLD.secretary_id
                AND NEW.starts_on = OLD.starts_on AND NEW.confirmed_at = OLD.confirmed_at
            THEN
                SELECT EXISTS (
                    SELECT FROM books_paypart p
                    JOIN books_confirmedtime t ON t.record_id = p.record_id WHERE t.week_id = OLD.id
                ) OR EXISTS (
                    SELECT FROM books_paystatement s JOIN books_payrun r ON r.id = s.run_id
                    WHERE s.secretary_id = OLD.secretary_id AND r.last_on >= OLD.starts_on
                    AND (r.state <> 'approved' OR r.approved_at >= OLD.approved_at)
                ) INTO closed;
            END IF;
        END IF;"""


class Migration(migrations.Migration):
    dependencies = [("books", "0027_what_work_led_to")]

    operations = [migrations.RunSQL(CLOSED.replace("%s", TAKEN_BACK), CLOSED.replace("%s", ""))]
