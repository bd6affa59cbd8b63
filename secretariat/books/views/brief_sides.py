"""Work by proposal has three sides, and each its own frame and addresses. The acts are the same."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.doors import speaks_for_client
from secretariat.books import hours
from secretariat.books.briefs.standing import NotNow
from secretariat.books.models import Brief, Side
from secretariat.next import see_other
from secretariat.office.guards import firm_required, for_herself

DOORS = {Side.CLIENT: speaks_for_client, Side.SECRETARY: for_herself, Side.FIRM: firm_required}
FRAMES = {Side.CLIENT: "ui/portal.html", Side.SECRETARY: "ui/desk.html", Side.FIRM: "ui/firm.html"}
PREFIX = {Side.CLIENT: "portal-", Side.SECRETARY: "my-", Side.FIRM: ""}


def by_side(view):
    """Opens the door of the side that the address names. The view finds `request.side`."""

    @wraps(view)
    def guarded(request, *args, side, **kwargs):
        request.side = side
        return DOORS[side](view)(request, *args, **kwargs)

    return guarded


def address(side: Side, name: str, *args) -> str:
    return reverse(f"{PREFIX[side]}{name}", args=args)


def her_briefs(request):
    """Those this side sees: of one client, of herself, or all."""
    rows = Brief.objects.visible_to(request.user).select_related("client", "posted_by")
    if request.side == Side.SECRETARY:
        return rows.before(request.secretary)
    return hers(request, rows)


def her_brief(request, brief_id) -> Brief:
    return get_object_or_404(her_briefs(request), pk=brief_id)


def hers(request, rows):
    """Rows that hang on a brief, as this side may see them."""
    if request.side == Side.CLIENT:
        return rows.filter(client=request.contact.client)
    if request.side == Side.SECRETARY:
        return rows.filter(secretary=request.secretary)
    return rows


def zone_of(request, brief: Brief) -> str:
    return brief.client.zone if request.side == Side.CLIENT else request.user.zone


def done(request, brief: Brief, said: str, act, *args, typed: str = "", **facts):
    """Do it, say so or why not, and go back to the brief."""
    try:
        act(*args, **facts)
    except (NotNow, hours.NotNow) as words:
        say_why_not(request, words, typed or facts.get("words") or facts.get("because"))
    else:
        messages.success(request, said)
    return see_other(request, address(request.side, "brief", brief.pk))


def say_why_not(request, refusal: Exception, typed: str | None) -> None:
    """With what was typed: its form may be gone together with what it was for."""
    kept = " " + _("You had written: “%(words)s”") % {"words": typed} if typed else ""
    messages.error(request, f"{refusal}{kept}")
