"""A statement never comes to less than nought: what is left to be taken off stands on it, and on a later one.

Both are lines of pay, one with a plus and one with a minus, so that all statements together are what is paid.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat.office.models import Secretary
from secretariat.office.pay import NOUGHT, Extra, Line, Of, Part, Pay

from .models import PayLine, PayPart

CARRIED = "books.paystatement"  # of an earlier statement, what was left to be taken off
DAY = "j M Y"


def applied(pay: Pay, earlier: Iterable[Extra]) -> Pay:
    """With what earlier statements left, where there is something to take it from; and never below nought."""
    lines = list(pay.lines)
    if pay.total > 0:
        lines += [
            Line(
                Of.CARRIED, each.amount, quantity=1, parts=(Part(each.key, each.amount, 1),), words=each.words
            )
            for each in earlier
        ]
    total = sum((line.amount for line in lines), NOUGHT)
    if total < 0:
        lines.append(Line(Of.CARRIED, -total))
    return replace(pay, lines=tuple(lines))


def left_by(secretary: Secretary, currency: str, partner: UUID | None = None) -> list[Extra]:
    """What approved statements have left to be taken off, and no later one has taken off yet.

    Of hers, or of those of one company that is paid for her: what she owes is taken off nobody else's.
    """
    taken = PayPart.objects.filter(secretary=secretary, subject_id__isnull=False, subject_kind=CARRIED)
    rows = PayLine.objects.filter(
        secretary=secretary,
        kind=Of.CARRIED,
        amount__gt=0,
        statement__run__state="approved",
        statement__currency=currency,
        statement__partner=partner,
    ).exclude(statement__in=taken.values("subject_id"))
    return [
        Extra(
            each.statement_id,
            _("Taken over from the statement of %(first)s – %(last)s")
            % {
                "first": date_words(each.statement.first_on, DAY),
                "last": date_words(each.statement.last_on, DAY),
            },
            -each.amount,
        )
        for each in rows.select_related("statement").order_by("statement__last_on", "pk")
    ]
