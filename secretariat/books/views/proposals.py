"""A secretary's proposal: written, made again otherwise, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat import clock
from secretariat.books.briefs import handing_on, proposing, words
from secretariat.books.briefs.standing import NotNow
from secretariat.books.forms.briefs import ProposalForm
from secretariat.books.models import Proposal
from secretariat.next import see_other
from secretariat.office.views.half_typed import Draft

from .brief_sides import FRAMES, TermsFirst, address, before_its_terms, by_side, done, her_brief


@require_http_methods(["GET", "POST"])
@by_side
def write(request, brief_id):
    """What she will do, by when, for how much. What she proposed before stands in the form."""
    at = clock.now()
    try:
        brief = her_brief(request, brief_id)
    except TermsFirst:
        if request.method == "GET":
            raise
        # They have changed while she was writing: she accepts them with what she wrote, and loses nothing.
        brief = before_its_terms(request).get(pk=brief_id)
    mine = Proposal.objects.visible_to(request.user).filter(
        brief=brief, secretary=request.secretary, state="made"
    )
    before = mine.prefetch_related("parts").first()
    terms = proposing.terms_to_accept(request.secretary, brief)
    parts = [
        {"title": each.title, "due_on": each.due_on, "hours": each.hours, "amount": each.amount}
        for each in (before.parts.all() if before else ())
    ]
    initial = {name: getattr(before, name) for name in ("approach", "pays", "rate")} if before else {}
    if not before:
        parts, initial = handing_on.first_offer(brief)
    typed = Draft(request, "proposal", brief.pk)
    if anew := typed.anew():
        return anew
    form = ProposalForm(
        request.POST or None,
        currency=brief.currency,
        today=at.astimezone(brief.client.tz).date(),
        parts=parts,
        terms=terms,
        initial=initial,
    )
    typed.fill(form, but=("accepts_terms",))  # they may have changed since
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            proposing.propose(
                brief,
                approach=said["approach"],
                pays=said["pays"],
                rate=said["rate"],
                parts=form.parts,
                by=request.secretary,
                at=at,
                accepts_terms=said.get("accepts_terms", False),
            )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            typed.let_go()
            messages.success(
                request, _("Proposed. You can change it, or take it back, until one is accepted.")
            )
            return see_other(request, address(request.side, "brief", brief.pk))
    context = {
        "form": form,
        "typed": typed,
        "brief": brief,
        "side": request.side,
        "frame": FRAMES[request.side],
        "terms": terms,
        "rules": words.rules_of(brief.window_days),
        "back": address(request.side, "brief", brief.pk),
    }
    return render(request, "books/brief_propose.html", context, status=422 if form.errors else 200)


@require_POST
@by_side
def withdraw(request, proposal_id):
    rows = Proposal.objects.visible_to(request.user).filter(secretary=request.secretary)
    proposal = get_object_or_404(rows.select_related("brief"), pk=proposal_id)
    brief = her_brief(request, proposal.brief_id)
    return done(request, brief, _("Taken back."), proposing.withdraw, proposal, by=request.user)
