"""The desk itself: what lies before the secretary at this moment, and the parts that ask again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.office.guards import secretary_required

from . import regions, searching, showing


@secretary_required
@require_safe
def desk(request):
    """The whole desk, right whatever it is in the middle of."""
    return render(request, "overview/desk/desk.html", _shown(request))


@secretary_required
@require_safe
def main(request):
    """What lies in the middle. 204 while it is what `showing` says: what is being typed is left alone."""
    if request.GET.get("showing") == showing.key(request):
        return HttpResponse(status=204)
    return render(request, "overview/desk/_main.html", _shown(request))


@secretary_required
@require_safe
def side(request):
    """What lies beside it. 204 while she types there: whom to put a caller through to, or a meeting."""
    shown = _shown(request, middle=False)
    typed_in = {"choose": "calls/_choose.html", "arrange": "calls/_arrange.html"}
    if shown.get("beside_template") == typed_in.get(request.GET.get("through", ""), ""):
        return HttpResponse(status=204)
    return render(request, "overview/desk/_side.html", shown)


@secretary_required
@require_safe
def top(request):
    return render(request, *regions.top(request))


@secretary_required
@require_safe
def column(request):
    return render(request, *regions.column(request))


@secretary_required
@require_safe
def search(request):
    """Clients, callers and messages that match, for the palette and as a page of its own."""
    found = searching.search(request.user, request.GET.get("q", ""))
    template = "overview/desk/_found.html" if request.htmx else "overview/desk/search.html"
    return render(request, template, {"found": found, "q": request.GET.get("q", "")})


def _shown(request, **parts) -> dict:
    shown = showing.of(request, **parts)
    return {"showing": shown, **shown.context}
