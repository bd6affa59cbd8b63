"""Parts of a question that write, so that finding, changing and telling are one trip.

    TAKEN = Question(lambda: {
        "first": locked(Letter.objects.filter(state="waiting").order_by("place")[:1]),
        "taken": changed(Letter.objects.filter(pk=Of("first", "id", UUIDField())), state="taken"),
    })
    [letter] = TAKEN.ask()["taken"]

All parts of a statement see the rows as they were before it: a `rows` beside does not show the change.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from .asking import Compiled, Part, Rows


def locked(queryset: QuerySet) -> Part:
    """Lock these rows until the transaction ends, passing over what somebody else holds. Told: how many."""
    return _Locked(queryset.values("pk"))


def changed(queryset: QuerySet, **facts: Any) -> Part:
    """Give these rows other facts. Told are the rows as they are then."""
    return _Changed(queryset, facts)


def counted(queryset: QuerySet, **facts: Any) -> Part:
    """The same, where only how many they were is wanted."""
    return _Changed(queryset, facts, told=False)


@dataclass(frozen=True)
class _Locked:
    queryset: QuerySet

    def compiled(self, name: str, statement: Compiled) -> None:
        sql, params = self.queryset.query.get_compiler(connection.alias).as_sql()
        body = f"MATERIALIZED ({statement.numbered(sql, params)} FOR UPDATE SKIP LOCKED)"
        table = statement.table(name, [self.queryset.model._meta.pk.column], body)
        statement.answer(name, f"(SELECT count(*) FROM {table})")


@dataclass(frozen=True)
class _Changed:
    queryset: QuerySet
    facts: dict[str, Any]
    told: bool = True

    def compiled(self, name: str, statement: Compiled) -> None:
        query = self.queryset.order_by().query.chain(UpdateQuery)
        query.add_update_values(self.facts)
        sql, params = query.get_compiler(connection.alias).as_sql()
        model, quote = self.queryset.model, connection.ops.quote_name
        sql = statement.numbered(sql, params)
        if not self.told:
            found = statement.table(name, ["pk"], f"({sql} RETURNING {quote(model._meta.pk.column)})")
            statement.answer(name, f"(SELECT count(*) FROM {found})")
            return
        whole = model._base_manager.all().query.get_compiler(connection.alias)
        whole.as_sql()
        its, table = Rows(whole), quote(model._meta.db_table)
        told = ", ".join(f"{table}.{quote(column)}" for column in its.columns)
        found = statement.table(name, its.columns, f"({sql} RETURNING {told})")
        statement.answer(name, its.asked_of(found), its.made)
