from django.urls import reverse
from django.utils.translation import gettext as _

from clients.doors import chosen_contact
from secretariat.navigation import NavEntry


def entries(request):
    roles = request.user.roles
    found = []
    if roles.secretary:
        found.append(NavEntry("desk", _("Briefs"), reverse("my-briefs"), "clipboard-pen", rank=59))
        found.append(NavEntry("desk", _("My time"), reverse("books-time"), "timer", rank=60))
        found.append(NavEntry("desk", _("My pay"), reverse("my-pay"), "wallet", rank=62))
        found.append(NavEntry("desk", _("My share"), reverse("my-fairness"), "scale", rank=63))
        url = reverse("my-supervision")
        found.append(NavEntry("person", _("My work, as it is seen"), url, "eye", rank=48))
    contact = chosen_contact(request) if roles.contacts else None
    if contact and contact.sees_all:
        url = reverse("portal-bills")
        found.append(NavEntry("portal", _("Bills"), url, "receipt-text", rank=60, group="account"))
        url = reverse("portal-briefs")
        found.append(NavEntry("portal", _("Briefs"), url, "clipboard-pen", rank=58, group="account"))
        url = reverse("portal-agreement")
        found.append(NavEntry("portal", _("Agreement"), url, "handshake", rank=62, group="account"))
    if roles.keeps_books:
        found.append(NavEntry("firm", _("Bills"), reverse("books-bills"), "receipt-text", rank=42))
        found.append(NavEntry("firm", _("Pay"), reverse("pay-runs"), "wallet", rank=41))
        url = reverse("profit")
        found.append(NavEntry("firm", _("Profit"), url, "chart-line", rank=45, group="money"))
    if roles.partner:
        url = reverse("partner")
        found.append(NavEntry("firm", _("Your secretaries"), url, "users", rank=10))
        found.append(NavEntry("firm", _("What you are paid"), reverse("partner-pay"), "wallet", rank=12))
        found.append(NavEntry("person", _("Your secretaries"), url, "users", rank=10))
    if roles.firm_wide:
        found.append(NavEntry("firm", _("Plans"), reverse("books-plans"), "tags", rank=44, group="money"))
        url = reverse("outcomes")
        found.append(NavEntry("firm", _("Commission"), url, "handshake", rank=46, group="money"))
        found.append(NavEntry("firm", _("Supervision"), reverse("supervision"), "eye", rank=22))
        found.append(NavEntry("firm", _("Briefs"), reverse("briefs"), "clipboard-pen", rank=23))
        url = reverse("agreements")
        found.append(NavEntry("firm", _("Agreements"), url, "handshake", rank=45, group="papers"))
        found.append(NavEntry("firm", _("Fairness"), reverse("fairness"), "scale", rank=46, group="money"))
        found.append(NavEntry("firm", _("Hours"), reverse("books-weeks"), "timer", rank=40))
    return found
