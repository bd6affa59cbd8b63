"""The rota beside what the clients were promised."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients import covering
from clients.fit import What
from secretariat import navigation
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Firm
from secretariat.office.rota import rules
from secretariat.office.views.rota import monday


@require_GET
@firm_required
def week(request):
    """Each client's promised hours and each language's, with gaps in words, and who is planned in vain."""
    week_on, zone = monday(request.GET.get("week")), Firm.current().zone
    clients = covering.of_clients(request.user, week_on)
    languages = covering.of_languages(request.user, week_on, zone)
    shown = [each for row in [*clients, *languages] for each in row.kept_out]
    papers = {each.secretary_id for each in shown if each.what == What.PAPERS}
    looking.looked_at_all(request.user, Of.PROFILE, papers)
    context = {
        "week_on": week_on,
        "ends_on": week_on + 6 * rules.DAY,
        "earlier": week_on - rules.WEEK,
        "later": week_on + rules.WEEK,
        "clients": clients,
        "told": [row for row in clients if row.told],
        "languages": languages,
        "places": navigation.entries(request, "rota"),
    }
    return render(request, "clients/cover.html", context)
