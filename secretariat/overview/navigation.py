from django.urls import reverse
from django.utils.translation import gettext as _

from clients.doors import chosen_contact
from secretariat.navigation import NavEntry


def entries(request):
    """The first page of each frame, and between the frames for whoever has several."""
    roles = request.user.roles
    at_desk = roles.secretary or roles.firm_wide
    found = []
    if at_desk:
        found.append(NavEntry("desk", _("Desk"), reverse("desk"), "phone", rank=10, key="g d"))
        found.append(NavEntry("person", _("Desk"), reverse("desk"), "phone", rank=10))
        found.append(NavEntry("person", _("My settings"), reverse("desk-settings"), "settings", rank=40))
    if roles.secretary:
        url = reverse("my-practice")
        found.append(NavEntry("person", _("Practice"), url, "graduation-cap", rank=49))
    if roles.contacts:
        found.append(NavEntry("portal", _("Today"), reverse("portal"), "sun", rank=10))
        found.append(NavEntry("person", _("Portal"), reverse("portal"), "smartphone", rank=20))
    contact = chosen_contact(request) if roles.contacts else None
    if contact and contact.sees_all:
        url = reverse("rehearse-portal")
        found.append(NavEntry("portal", _("Rehearse"), url, "phone-incoming", rank=47, group="answering"))
    if contact and contact.is_owner:
        url = reverse("privacy")
        found.append(NavEntry("portal", _("Privacy"), url, "shield", rank=83, group="account"))
    if roles.firm_wide:
        found.append(NavEntry("firm", _("Rehearse"), reverse("rehearse"), "phone-incoming", rank=30))
        found.append(
            NavEntry("firm", _("Telephone numbers"), reverse("telephony"), "phone", rank=85, group="reached")
        )
        found.append(NavEntry("person", _("The firm"), reverse("admin:index"), "building", rank=30))
        found.append(NavEntry("person", _("Wallboard"), reverse("wallboard"), "layout-dashboard", rank=31))
        found.append(NavEntry("firm", _("Wallboard"), reverse("wallboard"), "layout-dashboard", rank=10))
        found.append(NavEntry("firm", _("Reports"), reverse("reports"), "chart-column", rank=20))
    return found
