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
SPANS = ("1", "3", "12")  # months that can be looked at together


def _month(request) -> tuple[date, date]:
    """The month somebody asks for; else the last one that is over."""
    form = MonthForm(request.GET)
    day = form.cleaned_data["month"] if form.is_valid() else Firm.day(clock.now()).replace(day=1) - DAY
    return gathering.month_of(day)


def _since(request, first: date) -> date:
    """The first of so many months, of which the last begins on `first`."""
    said = request.GET.get("months", "")
    back = int(said) - 1 if said in SPANS else 0
    year, month = divmod(first.year * 12 + first.month - 1 - back, 12)
    return date(year, month + 1, 1)


@require_GET
@books_required
def page(request):
    month, last = _month(request)
    first = _since(request, month)
    clients = profit.of_clients(first, last)
    secretaries = profit.of_secretaries(first, last)
    looking.looked_at_all(request.user, Of.PROFIT, {row.key for row in secretaries})
    context = {
        "first": first,
        "month": month,
        "months": request.GET.get("months") if first != month else "1",
        "earlier": month - DAY,
        "later": last + DAY,
        "clients": [_told(row) for row in [*clients, *profit.together(clients)]],
        "secretaries": [_told(row) for row in [*secretaries, *profit.together(secretaries)]],
    }
    return render(request, "books/profit.html", context)


def _told(row: profit.Row) -> dict:
    sums = {name: amount(getattr(row, name), digits_of(row.currency)) for name in ("billed", "paid", "left")}
    facts = {"name": row.name, "currency": row.currency, "is_loss": row.left < 0, "is_all": row.key is None}
    return facts | sums | {"margin": "" if row.margin is None else f"{amount(row.margin, 1)} %"}


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
    keys = accounts.statements(first, last).values_list("pk", flat=True)
    ledger.looked_at_all(request.user, [("books.paystatement", pk) for pk in keys])  # she can read who looked
    answer = HttpResponse(accounts.table(first, last), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="accounts-{first:%Y-%m}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
