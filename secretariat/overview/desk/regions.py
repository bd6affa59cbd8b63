"""The parts of the desk's frame: (template, context), asked again by their own addresses."""

from django.db.models import Count, Min
from django.urls import reverse

from calls import regions as calls
from calls.models import Call
from secretariat import clock, navigation
from secretariat.office import regions as office


def callbar(request) -> tuple[str, dict]:
    """The call that rings or runs at her desk, or that she is ready for one. Looked up once a request."""
    if not hasattr(request, "callbar"):
        secretary = request.user.roles.secretary
        if secretary:
            request.callbar = calls.bar(secretary, at=clock.now(), on_desk=request.path == reverse("desk"))
        else:  # somebody of the firm who looks over the desks, and answers none
            request.callbar = ("overview/desk/_no_line.html", {"call": None, "offer": None, "others": []})
    return request.callbar


def top(request) -> tuple[str, dict]:
    """Where she is, her break, and how many callers wait."""
    waiting = Call.objects.visible_to(request.user).filter(state=Call.State.RINGING)
    context = waiting.aggregate(waiting=Count("pk"), longest_since=Min("rang_at"))
    if secretary := request.user.roles.secretary:
        context["presence_template"], presence = office.presence(secretary, _presence_read_before(request))
        context |= presence
    return "overview/desk/_top.html", context


def _presence_read_before(request):
    """The call bar's, where the whole desk is drawn."""
    return request.callbar[1].get("presence") if hasattr(request, "callbar") else None


def column(request) -> tuple[str, dict]:
    """The links, and her other calls: those on hold while she is on this one."""
    _template, bar = callbar(request)
    return "overview/desk/_column.html", {
        "entries": navigation.entries(request, "desk"),
        "others": bar["others"],
        # Asked again by itself, it still shows where the page around it is.
        "path": ((request.htmx and request.htmx.current_url_abs_path) or request.path).partition("?")[0],
    }
