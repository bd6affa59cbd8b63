"""Many rows of one table, as quickly as the database can take them: COPY, in the transaction under way."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model
from psycopg import sql


def copy_in(model: type[Model], names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write these rows; each is the values of the fields `names`, in that order.

    A field that is not named is left to the database, and nothing of the rows is read back. Values are those
    of the columns: ids, not rows; JSON as text.
    """
    columns = [model._meta.get_field(name).column for name in names]
    asked = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(asked) as taken_in:
        for row in rows:
            taken_in.write_row(row)
