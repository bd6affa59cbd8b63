"""The registry as a table for people: what is kept, whose it is, how long, and what then."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import registry
from .registry import Rule, Then

HEAD = ("What", "Whose", "Where", "How long", "Then")


def rows(*, as_set: bool = False) -> list[tuple[str, ...]]:
    """One row for each group of columns. `as_set`: with the figures in force, not those to begin with."""
    return [
        (
            str(each.what),
            str(each.whose.value),
            f"{each.model._meta.label}: {', '.join(each.columns)}",
            how_long(each.rule, as_set=as_set),
            str(each.rule.then.value),
        )
        for each in registry.everything()
    ]


def how_long(rule: Rule, *, as_set: bool) -> str:
    """In words: *1 day after it was sent*."""
    if rule.then is Then.KEPT:
        return str(rule.because)
    days = rule.days_now if as_set else rule.days
    if days is None:
        return _("for good, as the firm has set")
    figure = ngettext("%(n)d day after", "%(n)d days after", days) % {"n": days} if days else _("from when")
    words = f"{figure} {rule.since}"
    return f"{words} ({_('the firm’s figure')})" if rule.set_by else words


def as_markdown(**facts) -> str:
    lines = [HEAD, tuple("---" for _each in HEAD), *rows(**facts)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
