"""For the firm: whoever lacks what is required, by the firm or by a client of whose team she is."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients import requiring
from clients.models import Client
from secretariat import clock
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.profiles import lacking, qualifications


@require_GET
@firm_required
def page(request):
    """What is lacking, and each planned shift on whose day it is: before the morning of the shift."""
    at = clock.now()
    of_firm = lacking.of(lacking.engaged(), qualifications.of_firm(), at=at)
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    of_clients = requiring.lacking_on_teams(clients.order_by("name", "pk"), at=at)
    shown = [*of_firm, *(each for _client, rows in of_clients for each in rows)]
    looking.looked_at_all(request.user, Of.PROFILE, {each.secretary.pk for each in shown})
    return render(request, "clients/lacking.html", {"of_firm": of_firm, "of_clients": of_clients})
