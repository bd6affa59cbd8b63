"""The portal's *Forwarding*: what to dial so that the client's own number comes to us."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients import forwarding
from clients.doors import speaks_for_client
from clients.models import Line


@require_GET
@speaks_for_client
def page(request):
    client = request.contact.client
    lines = Line.objects.visible_to(request.user).filter(client=client, is_active=True)
    shown = [
        (line, forwarding.steps(line.number, country=client.country, own=line.forwarded_from))
        for line in lines
    ]
    return render(request, "clients/forwarding.html", {"client": client, "lines": shown})
