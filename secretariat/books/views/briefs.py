"""Briefs: all of them, one with everything about it, and what is done before somebody has it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Client
from secretariat import clock, ledger
from secretariat.books.briefs import asking, noting, posting, proposing
from secretariat.books.forms.briefs import (
    AnswerForm,
    AskForm,
    BecauseForm,
    BriefForm,
    FileForm,
    MoveForm,
    ShareForm,
)
from secretariat.books.models import Brief, BriefQuestion, Proposal, Side
from secretariat.next import see_other
from secretariat.office.profiles.skills import known_here
from secretariat.office.views.half_typed import Draft
from secretariat.paging import page

from .brief_page import shown
from .brief_sides import FRAMES, address, before_its_terms, by_side, done, her_brief, her_briefs


@require_GET
@by_side
def listed(request):
    """What goes on first, then what is over, the newest first."""
    rows = her_briefs(request)
    going_on = rows.filter(ended_at=None).order_by("-posted_at", "-pk")
    over = page(
        rows.exclude(ended_at=None), newest_by="posted_at", after=request.GET.get("after", ""), size=25
    )
    mine, past, shut = {}, [], Brief.objects.none()
    if request.side == Side.SECRETARY:
        shut = before_its_terms(request).filter(ended_at=None).order_by("-posted_at", "-pk")
        proposals = Proposal.objects.visible_to(request.user).filter(secretary=request.secretary)
        mine = {each.brief_id: each for each in proposals.filter(state__in=["made", "chosen"])}
        past = proposals.filter(state="not_chosen").select_related("brief").order_by("-made_at")[:10]
    context = {
        "side": request.side,
        "frame": FRAMES[request.side],
        "going_on": [(each, mine.get(each.pk)) for each in going_on],
        "over": over,
        "to_close": noting.asked_of(rows, request.side).order_by("-ended_at")[:10]
        if request.side != Side.FIRM
        else [],
        "past": past,
        "before_terms": shut,
        "client": request.contact.client if request.side == Side.CLIENT else None,
        "clients": Client.objects.visible_to(request.user).filter(is_active=True)
        if request.side == Side.FIRM
        else [],
        "zone": request.contact.client.zone if request.side == Side.CLIENT else request.user.zone,
    }
    return render(request, "books/briefs.html", context)


@require_GET
@by_side
def one(request, brief_id):
    brief = her_brief(request, brief_id)
    ledger.looked(request.user, brief.client_id, ("books.brief", brief.pk))
    return shown(request, brief)


@require_http_methods(["GET", "POST"])
@by_side
def post(request, client_id=None):
    """Write a brief. The firm writes it for a client; a client her own."""
    if request.side == Side.CLIENT:
        client = request.contact.client
    else:
        client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    today = clock.now().astimezone(client.tz).date()
    made = Brief(client=client, currency=posting.currency_of(client, on=today))
    typed = Draft(request, "brief", client.pk)
    if anew := typed.anew():
        return anew
    form = BriefForm(
        request.POST or None,
        request.FILES or None,
        instance=made,
        today=today,
        skills=known_here(),
        initial={"language": client.language.split("-")[0]},
    )
    typed.fill(form)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {"skills": said.get("skills", ()), "files": said["files"]}
        brief = posting.post(form.save(commit=False), **facts, by=request.user, at=clock.now())
        typed.let_go()
        fits = posting.is_asked_of_somebody(brief)
        messages.success(
            request,
            _("Posted. Whoever fits reads it now; you are told of each proposal.")
            if fits
            else _("Posted. Nobody who works here fits just now: the firm has it before it, and looks."),
        )
        return see_other(request, address(request.side, "brief", brief.pk))
    context = {
        "form": form,
        "typed": typed,
        "client": client,
        "side": request.side,
        "frame": FRAMES[request.side],
        "back": address(request.side, "briefs"),
    }
    return render(request, "books/brief_post.html", context, status=422 if form.errors else 200)


@require_POST
@by_side
def withdraw(request, brief_id):
    brief, form = her_brief(request, brief_id), BecauseForm(request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, withdrawing=form)
    facts = {"because": form.cleaned_data["because"], "by": request.user, "at": clock.now()}
    return done(request, brief, _("Taken back. Whoever proposed is told."), posting.withdraw, brief, **facts)


@require_POST
@by_side
def move(request, brief_id):
    brief = her_brief(request, brief_id)
    today = clock.now().astimezone(brief.client.tz).date()
    form = MoveForm(
        request.POST,
        instance=Brief(client=brief.client, currency=brief.currency),
        today=today,
        auto_id="move_%s",
    )
    if not form.is_valid():
        return shown(request, brief, status=422, moving=form)
    said = _("Kept. Proposals stand as they are; whoever has made one is told.")
    facts = {"by": request.user, "at": clock.now()}
    return done(request, brief, said, posting.move, brief, **form.cleaned_data, **facts)


@require_POST
@by_side
def add_file(request, brief_id):
    """A file for everybody who may propose, or for whoever has the work."""
    brief, form = her_brief(request, brief_id), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, brief, status=422, adding=form)
    facts = {"file": form.cleaned_data["file"], "content_type": form.content_type}
    facts |= {"by": request.user, "at": clock.now()}
    told = _("Kept with it. Whoever may propose, or has the work, is told.")
    said = _("Kept with it.") if request.side == Side.SECRETARY else told
    return done(request, brief, said, posting.add_later, brief, **facts)


@require_POST
@by_side
def ask(request, brief_id):
    brief, form = her_brief(request, brief_id), AskForm(request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, asking=form)
    facts = {"words": form.cleaned_data["words"], "by": request.secretary, "at": clock.now()}
    return done(request, brief, _("Asked. You are told when it is answered."), asking.ask, brief, **facts)


@require_POST
@by_side
def answer(request, question_id):
    rows = BriefQuestion.objects.visible_to(request.user).select_related("brief", "asked_by__user")
    question = get_object_or_404(rows, pk=question_id)
    brief, form = her_brief(request, question.brief_id), AnswerForm(request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, answering=(question.pk, form))
    facts = {"words": form.cleaned_data["words"], "by": request.user, "at": clock.now()}
    said = _("Answered, for all who may propose.")
    return done(request, brief, said, asking.answer, question, **facts)


@require_GET
@by_side
def compare(request, brief_id):
    """All proposals side by side, the most fitting first, with why."""
    brief = her_brief(request, brief_id)
    ledger.looked(request.user, brief.client_id, ("books.brief", brief.pk))
    context = {
        "brief": brief,
        "side": request.side,
        "frame": FRAMES[request.side],
        "rows": proposing.compared(brief, for_firm=request.side == Side.FIRM),
        "back": address(request.side, "brief", brief.pk),
    }
    return render(request, "books/brief_compare.html", context)


@require_POST
@by_side
def look_again(request, brief_id):
    """Ask those who have come to fit since it was posted."""
    brief = her_brief(request, brief_id)
    said = _("Whoever fits and was not asked yet is asked now.")
    facts = {"by": request.user, "at": clock.now()}
    return done(request, brief, said, posting.look_again, brief, **facts)


@require_POST
@by_side
def share(request, brief_id):
    brief = her_brief(request, brief_id)
    form = ShareForm(request.POST, instance=Brief(client=brief.client))
    if not form.is_valid():
        return shown(request, brief, status=422, sharing=form)
    return done(request, brief, _("Kept."), posting.set_share, brief, **form.cleaned_data, by=request.user)


@require_POST
@by_side
def accept(request, proposal_id):
    """Give the work to whoever made this proposal."""
    rows = Proposal.objects.visible_to(request.user).select_related("brief__client")
    proposal = get_object_or_404(rows, pk=proposal_id)
    brief = her_brief(request, proposal.brief_id)
    said = _("Accepted. The milestones are on their way; each is handed in for you to accept.")
    return done(request, brief, said, proposing.accept, proposal, by=request.user, at=clock.now())
