from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry

from .doors import chosen_contact
from .regions import open_work


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary or roles.firm_wide:
        waiting = sum(open_work(request).values())
        found += [
            NavEntry("desk", _("Work"), reverse("work"), "list-checks", rank=20, badge=waiting, key="g t"),
            NavEntry("desk", _("Clients"), reverse("clients"), "building-2", rank=60),
        ]
    if roles.secretary or roles.firm_wide:
        found.append(
            NavEntry("person", _("Report something"), reverse("lapse-report"), "triangle-alert", rank=47)
        )
    if roles.firm_wide:
        found.append(NavEntry("firm", _("Teams"), reverse("teams"), "users-round", rank=25))
        url = reverse("confidentiality")
        found.append(NavEntry("firm", _("Confidentiality"), url, "shield", rank=33, group="papers"))
        url = reverse("suppressed")
        found.append(NavEntry("firm", _("Not sent to"), url, "mail-x", rank=87, group="reached"))
        url = reverse("practices")
        found.append(NavEntry("firm", _("Practice"), url, "graduation-cap", rank=25, group="joining"))
        found.append(NavEntry("rota", _("Cover"), reverse("rota-cover"), "shield-check", rank=15))
    if roles.secretary:
        found.append(NavEntry("person", _("Bulletins"), reverse("bulletins"), "megaphone", rank=45))
        found.append(NavEntry("person", _("Confidentiality"), reverse("my-terms"), "shield", rank=46))
        found.append(NavEntry("desk", _("Shift"), reverse("shift"), "clock", rank=90))
    contact = chosen_contact(request) if roles.contacts else None
    if contact:
        found.append(NavEntry("portal", _("Where I am"), reverse("where-i-am"), "map-pin", rank=30))
        found.append(_within("account", _("Report something"), "lapse-portal", "triangle-alert", 90))
    if contact and contact.sees_all:
        found += [
            NavEntry("portal", _("Instructions"), reverse("instructions"), "clipboard-list", rank=40),
            _within("answering", _("Holidays"), "holidays", "calendar-off", 45),
            _within("account", _("People"), "people", "users", 80),
            _within("answering", _("Forwarding"), "forwarding", "phone-forwarded", 85),
        ]
    if contact and contact.is_owner:
        found.append(_within("answering", _("What you require"), "required", "shield-check", 46))
    return found


def _within(group, label, page, icon, rank):
    return NavEntry("portal", label, reverse(page), icon, rank=rank, group=group)
