"""Whom a secretary serves, as a part of any query."""

from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Expression, UUIDField

HER = object()  # stands where the secretary's id goes


class Served(Expression):
    """Whom this secretary serves, as `Client.objects.served_by` has it: `filter(client__in=Served(her))`.

    Nearly every query of a page of the desk asks for them. To put that into SQL costs Python more than to
    answer it costs the database, so the process keeps the words. It keeps no answer: each query finds for
    itself what holds at the moment it runs.
    """

    output_field = UUIDField()

    def __init__(self, secretary):
        super().__init__()
        self.secretary = secretary

    def as_sql(self, compiler, connection):
        # Only the clock's shift changes the words: demo and tests have one, production has none.
        sql, params = _in_words(settings.CLOCK_MAY_SHIFT)
        return sql, [self.secretary.pk if each is HER else each for each in params]


class _Her(Expression):
    output_field = UUIDField()

    def as_sql(self, compiler, connection):
        return "%s", [HER]


@cache
def _in_words(_clock_may_shift: bool) -> tuple[str, tuple]:
    """The statement, in brackets, and what it is run with."""
    from .client import Client

    served = Client.objects.served_by(_Her()).order_by().values("pk")
    sql, params = served.query.get_compiler(connection.alias).as_sql()
    return f"({sql})", tuple(params)
