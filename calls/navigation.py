from django.urls import reverse
from django.utils.translation import gettext as _

from clients.doors import chosen_contact
from secretariat.navigation import NavEntry

from .models import Call


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary or roles.firm_wide:
        waiting = Call.objects.visible_to(request.user).unfinished().count()
        url = reverse("calls-unfinished")
        found.append(NavEntry("desk", _("Unfinished"), url, "circle-dashed", rank=15, badge=waiting))
    contact = chosen_contact(request) if roles.contacts else None
    if contact and contact.sees_all:
        found.append(NavEntry("portal", _("Calls"), reverse("portal-calls"), "phone", rank=50))
    return found
