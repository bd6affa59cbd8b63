"""How long a sign-in still lasts, and keeping it."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from secretariat.next import see_other


@never_cache
@require_safe
def left(request):
    """JSON: `seconds` until it ends."""
    return left_of(request)


def left_of(request) -> JsonResponse:
    return JsonResponse({"seconds": request.session.seconds_left})


@require_POST
def keep(request):
    """She goes on: it lasts as long as one that has just begun. JSON as `left`, or back to the page."""
    request.session.keep()
    return see_other(request, "/") if request.accepts("text/html") else left_of(request)
