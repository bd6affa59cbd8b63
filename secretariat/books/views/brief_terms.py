"""What a client asks of everybody who reads its briefs, before a secretary reads one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients.confidentiality import terms as confidentiality
from clients.forms.confidentiality import AcceptForm
from secretariat import clock
from secretariat.books import rules
from secretariat.books.briefs import proposing
from secretariat.books.models import Brief
from secretariat.next import see_other

from .brief_sides import FRAMES, address, by_side


@require_http_methods(["GET", "POST"])
@by_side
def terms(request, brief_id):
    """The terms, and of the brief only what finds takers: kind, day, budget and language."""
    rows = Brief.objects.before(request.secretary).select_related("client")
    brief = get_object_or_404(rows, pk=brief_id)
    whole = address(request.side, "brief", brief.pk)
    asked = proposing.terms_to_accept(request.secretary, brief)
    if asked is None:
        return see_other(request, whole)
    # By its version: what was ticked on a page of earlier terms is not accepted with it.
    form = AcceptForm(request.POST if request.method == "POST" else None, prefix=str(asked.pk))
    if form.is_valid():
        confidentiality.accept(asked, by=request.secretary, at=clock.now())
        messages.success(request, _("Accepted. Here is all of it."))
        return see_other(request, whole)
    context = {
        "brief": brief,
        "terms": asked,
        "form": form,
        "budget": rules.money(brief.budget, brief.currency, brief.digits) if brief.budget else "",
        "frame": FRAMES[request.side],
        "back": address(request.side, "briefs"),
    }
    return render(request, "books/brief_terms.html", context, status=422 if form.errors else 200)
