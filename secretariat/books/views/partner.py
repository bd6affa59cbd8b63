"""For an outsourcing company: contracts through it, its secretaries' hours and pay. No client is named."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from secretariat import clock, ledger
from secretariat.books import of_partner, pay_statement
from secretariat.books.models import PayStatement
from secretariat.office.guards import partner_required

from .my_pay import as_pdf


@require_GET
@partner_required
def page(request):
    """Each secretary engaged through it, with her hours of the last weeks, and the statements."""
    context = {
        "partner": of_partner.company(request.user),
        "contracts": of_partner.contracts(request.user),
        "rows": of_partner.hours(request.user, at=clock.now()),
        "statements": _statements(request).order_by("-last_on", "secretary__spoken_name")[:100],
    }
    return render(request, "books/partner.html", context)


def _statements(request):
    rows = PayStatement.objects.visible_to(request.user).filter(partner=request.user.roles.partner)
    return rows.select_related("run", "secretary__user", "bank")


def _one(request, statement_id) -> PayStatement:
    found = get_object_or_404(_statements(request), pk=statement_id)
    ledger.looked(request.user, None, ("books.paystatement", found.pk))  # she can read who looked
    return found


@require_GET
@partner_required
def statement(request, statement_id):
    context = pay_statement.told(request.user, _one(request, statement_id))
    return render(request, "books/partner_statement.html", context)


@require_GET
@partner_required
def statement_pdf(request, statement_id):
    return as_pdf(_one(request, statement_id), request.user)
