"""The firm's own pages beside the admin."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat import clock
from secretariat.office.guards import firm_required

from . import standing


@require_safe
@firm_required
def wallboard(request):
    """How the office stands; asked again by itself, only what is on the board."""
    template = "overview/firm/_wallboard.html" if request.htmx else "overview/firm/wallboard.html"
    board = standing.of(request.user, at=clock.now())
    return render(request, template, board | {"usual_theme": "dark"})
