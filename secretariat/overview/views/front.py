"""The front door: the first page for strangers, and the sheet that shows every part of the look."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from secretariat import clock
from secretariat.overview.styleguide import examples


def home_of(user) -> str:
    """Where somebody's own work is. A person of several roles starts at the desk."""
    if user.roles.secretary:
        return "/desk/"
    if user.roles.contacts:
        return "/portal/"
    if user.roles.firm_wide:
        return "/admin/"
    if user.roles.keeps_books:
        return reverse("pay-runs")
    if user.roles.partner:
        return reverse("partner")
    return reverse("my-pay") if user.roles.engagement else "/accounts/sessions/"


@login_not_required
@require_safe
def landing(request):
    """One promise and one step for strangers; whoever is signed in goes on to her own first page."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    demo = import_string(settings.LANDING_DEMO)() if settings.LANDING_DEMO else None
    return render(request, "overview/landing.html", {"demo": demo})


@require_safe
def styleguide(request, part=""):
    """Every component with invented people, for those who run the firm. `part` draws a whole frame."""
    if not request.user.is_staff:
        raise Http404
    templates = {
        "": "overview/styleguide.html",
        "desk/": "overview/styleguide_desk.html",
        "ringing/": "overview/styleguide_ringing.html",
        "portal/": "overview/styleguide_portal.html",
    }
    if part not in templates:
        raise Http404
    now = clock.now()
    return render(
        request,
        templates[part],
        examples(now) | {"rings_until": now + timedelta(seconds=11), "since": now - timedelta(seconds=42)},
    )
