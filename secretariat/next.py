"""Where a form leads without a script: back to the page it stood on."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request, default: str) -> str:
    """The address the form names in `next`, if it is one of ours; else `default`."""
    there = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if ours else default


def see_other(request, default: str) -> HttpResponse:
    """303 to `next`: after a change, so that a reload repeats nothing."""
    answer = HttpResponseRedirect(next_of(request, default))
    answer.status_code = 303
    return answer
