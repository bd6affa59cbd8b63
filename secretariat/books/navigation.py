from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary:
        found.append(NavEntry("desk", _("My time"), reverse("books-time"), "timer", rank=60))
    if roles.firm_wide:
        found.append(NavEntry("firm", _("Hours"), reverse("books-weeks"), "timer", rank=40))
    return found
