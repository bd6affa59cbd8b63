from django.urls import reverse
from django.utils.translation import gettext as _

from clients.doors import chosen_contact
from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary or roles.firm_wide:
        # Without a badge: it would cost every page of the desk a query, and a hold ends by itself.
        found.append(NavEntry("desk", _("Diary"), reverse("diary"), "calendar", rank=35, key="g c"))
    contact = chosen_contact(request) if roles.contacts else None
    if contact:
        found.append(NavEntry("portal", _("Meetings"), reverse("diary-portal"), "calendar", rank=35))
    return found
