"""Carry out one rule: a batch of rows whose time is over, emptied or deleted."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.json import JSONField

from secretariat import ledger

from . import registry
from .registry import Rule, Then

logger = logging.getLogger(__name__)
AT_MOST = 1000  # rows a round, so that its transaction stays short


def end(rule: Rule, *, at, at_most: int = AT_MOST, of: UUID | None = None) -> int:
    """Do what `rule` asks of the rows whose time is over at `at`, so many at most. Returns how many.

    `of`: a client who has left. Then the time of all her rows that wait for nobody is over, whatever the
    figure; of rows that belong to no client nothing is done.
    """
    over = _over(rule, at, of)
    if over is None:
        return 0
    found = list(
        over.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:at_most]
    )
    if not found:
        return 0
    rows = over.model._base_manager.filter(pk__in=found)
    if rule.doing:
        rule.doing(rows)
    elif rule.then is Then.DELETED:
        rows.delete()
    else:
        _empty(rule, over.model, found, at)
    if of is None:
        _note(rule, len(found))
    return len(found)


def is_left(rule: Rule, *, at, of: UUID) -> bool:
    """Whether this rule would still end something of this client."""
    over = _over(rule, at, of)
    return over is not None and over.exists()


def _over(rule: Rule, at, of: UUID | None) -> QuerySet | None:
    """The rows whose time is over; none where nothing ends by this rule, or nothing of a client does."""
    days = rule.days_now
    if rule.over is None or (days is None and of is None):
        return None
    over = rule.over(at - timedelta(days=0 if of else days or 0))
    if of:
        if not any(field.name == "client" for field in over.model._meta.fields):
            return None
        over = over.filter(client=of)
    if rule.then is Then.EMPTIED and not rule.doing:
        over = over.filter(_holds_something(rule, over.model))
    return over


def empty_value(field: models.Field):
    """What stands in this column when nothing does."""
    if field.null:
        return None
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, JSONField) or field.has_default():
        return field.get_default()
    return ""


def _holds_something(rule: Rule, model) -> Q:
    if rule.mark:
        return Q(**{rule.mark: None})
    holds = Q()
    for each in registry.under(rule):
        if each.model is model and not each.path:
            for name in each.columns:
                holds |= ~Q(**{name: empty_value(model._meta.get_field(name))})
    return holds


def _empty(rule: Rule, model, found: list, at) -> None:
    for each in registry.under(rule):
        rows = each.model._base_manager.filter(**{f"{each.path or 'pk'}__in": found})
        empty = {name: empty_value(each.model._meta.get_field(name)) for name in each.columns}
        if each.becomes:
            rows.exclude(**empty).update(**dict.fromkeys(each.columns, each.becomes))
        else:
            rows.update(**empty)
    if rule.mark:
        model._base_manager.filter(pk__in=found).update(**{rule.mark: at})


def _note(rule: Rule, rows: int) -> None:
    logger.info("retention ended", extra={"rule": rule.name, "rows": rows})
    if rule.set_by:  # what the firm decided about is on record
        ledger.record("retention.ended", subject=("retention.rule", rule.name), detail={"rows": rows})
