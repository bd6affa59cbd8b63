"""What client, secretary and firm write to one another about one proposal, and then about the work."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from secretariat import clock, ledger
from secretariat.books.briefs import proposing, writing
from secretariat.books.briefs.standing import NotNow
from secretariat.books.forms.milestones import SayForm
from secretariat.books.models import Proposal, Side
from secretariat.next import see_other

from .brief_sides import FRAMES, address, by_side, her_brief, hers, zone_of


@require_http_methods(["GET", "POST"])
@by_side
def words(request, proposal_id):
    """All of it, the oldest first, and the form to write more. What is over is read, and not written to."""
    rows = hers(request, Proposal.objects.visible_to(request.user)).select_related("secretary__user")
    proposal = writing.standing(get_object_or_404(rows, pk=proposal_id))
    brief = proposal.brief = her_brief(request, proposal.brief_id)
    ledger.looked(request.user, brief.client_id, ("books.brief", brief.pk))
    form = SayForm(request.POST or None, of=request.side)
    if request.method == "POST" and form.is_valid():
        facts = {"of": request.side, "by": request.user, "at": clock.now()}
        try:
            writing.say(proposal, **form.cleaned_data, **facts)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. The other side is told, and answers here."))
            return see_other(request, address(request.side, "proposal-words", proposal.pk))
    for_firm = request.side == Side.FIRM
    context = {
        "brief": brief,
        "rows": writing.thread(proposal).visible_to(request.user).select_related("by"),
        "form": form,
        "why_not": writing.why_not(proposal, request.side),
        "who": proposing.names_of([proposal], brief, for_firm=for_firm)[proposal.pk],
        "side": request.side,
        "frame": FRAMES[request.side],
        "zone": zone_of(request, brief),
        "back": address(request.side, "brief", brief.pk),
    }
    return render(request, "books/brief_words.html", context, status=422 if form.errors else 200)
