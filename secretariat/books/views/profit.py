"""Profit by client and by secretary, and the month as a file for the accounts."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secretariat import clock, ledger
from secretariat.books import accounts, gathering, profit
from secretariat.books.forms.bills import MonthForm
from secretariat.books.models import digits_of
from secretariat.books.statement import amount
from secretariat.office import looking
from secretariat.office.guards import books_required
from secretariat.office.looking import Of
from secretariat.office.models import Firm

DAY = timedelta(days=1)


def _month(request) -> tuple[date, date]:
    """The month somebody asks for; else the last one that is over."""
    form = MonthForm(request.GET)
    day = form.cleaned_data["month"] if form.is_valid() else Firm.day(clock.now()).replace(day=1) - DAY
    return gathering.month_of(day)


@require_GET
@books_required
def page(request):
    first, last = _month(request)
    secretaries = profit.of_secretaries(first, last)
    looking.looked_at_all(request.user, Of.PROFIT, {row.key for row in secretaries})
    context = {
        "first": first,
        "earlier": first - DAY,
        "later": last + DAY,
        "clients": [_told(row) for row in profit.of_clients(first, last)],
        "secretaries": [_told(row) for row in secretaries],
    }
    return render(request, "books/profit.html", context)


def _told(row: profit.Row) -> dict:
    digits = digits_of(row.currency)
    sums = {name: amount(getattr(row, name), digits) for name in ("billed", "paid", "left")}
    return {"name": row.name, "currency": row.currency, "is_loss": row.left < 0, **sums}


@require_GET
@books_required
def file(request):
    first, last = _month(request)
    ledger.record(
        "books.accounts_exported",
        actor_id=request.user.pk,
        subject=("office.user", request.user.pk),
        detail={"month": f"{first:%Y-%m}"},
    )
    answer = HttpResponse(accounts.table(first, last), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="accounts-{first:%Y-%m}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
