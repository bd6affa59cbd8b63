"""Work by proposal has three sides, and each its own frame and addresses. The acts are the same."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
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


class TermsFirst(Exception):
    """Its client asks for terms that she has not accepted: `brief_id`."""

    def __init__(self, brief_id):
        super().__init__(_("Accept what this client asks of everybody who works for it first."))
        self.brief_id = brief_id


def by_side(view):
    """Opens the door of the side that the address names. The view finds `request.side`."""

    @wraps(view)
    def guarded(request, *args, side, **kwargs):
        request.side = side
        try:
            return DOORS[side](view)(request, *args, **kwargs)
        except TermsFirst as refusal:
            if request.method == "POST":
                say_why_not(request, refusal, request.POST.get("words") or request.POST.get("because"))
            return see_other(request, address(side, "brief-terms", refusal.brief_id))

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
    """One that this side sees. Raises TermsFirst where a secretary has not accepted what its client asks."""
    brief = her_briefs(request).filter(pk=brief_id).first()
    if brief is not None:
        return brief
    if (
        request.side == Side.SECRETARY
        and Brief.objects.before(request.secretary).filter(pk=brief_id).exists()
    ):
        raise TermsFirst(brief_id)
    raise Http404


def before_its_terms(request):
    """Those of hers of which she reads no more than finds takers, until she has accepted the terms."""
    rows = Brief.objects.before(request.secretary).select_related("client")
    return rows.exclude(pk__in=Brief.objects.visible_to(request.user))


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
