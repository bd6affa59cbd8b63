"""The portal's *People*: who is there, and who is told what."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clients.doors import speaks_for_client
from clients.models import Contact, DeliveryRule


@require_GET
@speaks_for_client
def page(request):
    people = (
        Contact.objects.visible_to(request.user)
        .filter(client=request.contact.client_id, is_active=True)
        .prefetch_related(
            "addresses",
            Prefetch(
                "delivery_rules", DeliveryRule.objects.visible_to(request.user).select_related("call_type")
            ),
        )
    )
    return render(request, "clients/people.html", {"client": request.contact.client, "people": people})
