from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.applicant:
        where = reverse("my-application")
        found.append(NavEntry("desk", _("My application"), where, "clipboard-check", rank=58))
    if roles.secretary:
        found.append(NavEntry("desk", _("My contract"), reverse("my-contract"), "signature", rank=64))
        found.append(NavEntry("desk", _("My profile"), reverse("my-profile"), "id-card", rank=66))
    if roles.partner:
        found.append(NavEntry("firm", _("Your people"), reverse("partner-people"), "users-round", rank=11))
    if roles.firm_wide:
        found += [
            NavEntry("firm", label, reverse(name), icon, rank=rank, group="joining")
            for label, name, icon, rank in (
                (_("Vacancies"), "firm-vacancies", "briefcase", 10),
                (_("Applicants"), "applicants", "user-plus", 20),
                (_("Profiles"), "profiles", "id-card", 30),
                (_("Enquiries"), "enquiries", "message-circle-question-mark", 40),
            )
        ]
        signed = reverse("contracts")
        found.append(NavEntry("firm", _("Contracts"), signed, "signature", rank=32, group="papers"))
        found.append(NavEntry("firm", _("On shift"), reverse("firm-shifts"), "headset", rank=20))
        found.append(NavEntry("firm", _("Rota"), reverse("rota"), "calendar-days", rank=21))
        found += [  # the pages of the rota, wherever they are built
            NavEntry("rota", _("Week"), reverse("rota"), "calendar-days", rank=10),
            NavEntry("rota", _("Asked for"), reverse("rota-asked"), "inbox", rank=20),
            NavEntry("rota", _("Attendance"), reverse("attendance"), "user-check", rank=30),
        ]
        found.append(NavEntry("firm", _("People"), reverse("firm-people"), "users", rank=30))
        found.append(NavEntry("person", _("People of the firm"), reverse("firm-people"), "users", rank=35))
    if roles.secretary:
        found.append(NavEntry("desk", _("My shifts"), reverse("my-shifts"), "calendar-days", rank=88))
    return found
