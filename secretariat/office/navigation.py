from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.firm_wide:
        found.append(NavEntry("firm", _("On shift"), reverse("firm-shifts"), "headset", rank=20))
        found.append(NavEntry("firm", _("People"), reverse("firm-people"), "users", rank=30))
        found.append(NavEntry("person", _("People of the firm"), reverse("firm-people"), "users", rank=35))
    return found
