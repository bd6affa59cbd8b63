"""The fairness board: the firm's, of all by name; and each secretary's own, beside the middle of all."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secretariat import clock
from secretariat.books import fairness, sharing
from secretariat.office import looking
from secretariat.office.guards import firm_required, for_herself
from secretariat.office.looking import Of
from secretariat.office.models import Secretary

A_PAGE = 50


@require_GET
@firm_required
def of_firm(request):
    at = clock.now()
    seen = Secretary.objects.visible_to(request.user).filter(user__is_active=True)
    all_rows = sharing.shares(seen.order_by("spoken_name", "pk"), until=at)
    page = Paginator(all_rows, A_PAGE).get_page(request.GET.get("page"))
    looking.looked_at_all(request.user, Of.SHARE, [row.key for row in page])
    context = {"rows": list(page), "page": page, "middle": fairness.middle(all_rows)}
    context |= {"since": at - sharing.WEEKS * sharing.WEEK, "until": at, "zone": request.user.zone}
    return render(request, "books/fairness.html", context)


@require_GET
@for_herself
def hers(request):
    """Hers, and the middle of all, in which nobody's name stands and, of fewer than three, nothing at all."""
    at, her = clock.now(), request.secretary
    rows = sharing.shares(sharing.everybody(), until=at)
    mine = next((row for row in rows if row.key == her.pk), None)
    context = {
        "share": mine,
        "middle": fairness.middle(rows) if len(rows) >= fairness.FEWEST else None,
        "since": at - sharing.WEEKS * sharing.WEEK,
        "until": at,
        "zone": her.zone,
    }
    return render(request, "books/my_fairness.html", context)
