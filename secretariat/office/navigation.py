from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary:
        found.append(NavEntry("desk", _("My contract"), reverse("my-contract"), "signature", rank=64))
        found.append(NavEntry("desk", _("My profile"), reverse("my-profile"), "id-card", rank=66))
    if roles.firm_wide:
        found.append(NavEntry("firm", _("Vacancies"), reverse("firm-vacancies"), "briefcase", rank=34))
        found.append(NavEntry("firm", _("Applicants"), reverse("applicants"), "user-plus", rank=35))
        found.append(NavEntry("firm", _("Profiles"), reverse("profiles"), "id-card", rank=31))
        found.append(
            NavEntry("firm", _("Enquiries"), reverse("enquiries"), "message-circle-question-mark", rank=33)
        )
        found.append(NavEntry("firm", _("Contracts"), reverse("contracts"), "signature", rank=32))
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
