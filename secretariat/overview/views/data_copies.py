"""A copy of a client's data, made by the firm for whoever leaves, or asks and has no portal.

The same file as the owner makes in *Privacy*, kept as long, fetched once by either side, and shown to her
there.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client, DataCopy
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import firm_required
from secretariat.overview.privacy import copying

from .privacy import handed_over

SHOWN = 10


@require_GET
@firm_required
def page(request, client_id):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    copies = DataCopy.objects.visible_to(request.user).filter(client=client)
    context = {
        "client": client,
        "copies": copies.select_related("asked_by", "fetched_by")[:SHOWN],
        "at": clock.now(),
    }
    return render(request, "overview/privacy/of_client.html", context)


@require_POST
@firm_required
def ask(request, client_id):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    try:
        copying.ask(client, by=request.user, at=clock.now())
    except copying.NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is being made. Open this page again in a moment."))
    return see_other(request, _address(client))


@require_POST
@never_cache
@firm_required
def fetch(request, copy_id):
    """The file itself, once."""
    copies = DataCopy.objects.visible_to(request.user).select_related("client")
    copy = get_object_or_404(copies, pk=copy_id)
    file = copying.fetch(copy, by=request.user, at=clock.now())
    if file is None:
        messages.error(request, _("This copy has been fetched, or its week is over. Make a new one."))
        return see_other(request, _address(copy.client))
    return handed_over(file)


def _address(client: Client) -> str:
    return reverse("data-copy", args=[client.pk])
