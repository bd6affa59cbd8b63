"""Practice calls on the firm's side: begun, played and talked through."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import playing, practising
from clients.forms.practice import BeginForm, JudgeForm, against
from clients.models import Practice
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.views.half_typed import Draft

A_PAGE = 50


def _seen(request):
    return Practice.objects.visible_to(request.user).select_related("secretary__user", "by", "client")


@require_http_methods(["GET", "POST"])
@firm_required
def listed(request):
    """Every practice call, and a new one."""
    form = BeginForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = practising.begin(**form.cleaned_data, by=request.user, at=clock.now())
        except practising.NotNow as words:
            form.add_error("client", str(words))
        else:
            return see_other(request, reverse("practice-of", args=[made.pk]))
    page = Paginator(_seen(request), A_PAGE).get_page(request.GET.get("page"))
    looking.looked_at_all(request.user, Of.PRACTICE, {row.secretary_id for row in page})
    context = {"form": form, "page": page}
    return render(request, "clients/practices.html", context, status=422 if form.errors else 200)


def _one(request, practice_id) -> Practice:
    return get_object_or_404(_seen(request), pk=practice_id)


@require_GET
@firm_required
def one(request, practice_id):
    """What is played and what she does, as she does it. Asked by a script, that part alone."""
    found = _one(request, practice_id)
    ledger.looked(request.user, None, (practising.KIND, found.pk))
    if request.htmx:
        return render(request, "clients/_played.html", _played(request, found))
    return _shown(request, found)


def _played(request, practice, *, refusal="") -> dict:
    return {
        "practice": practice,
        "stage": practice.stage_at(clock.now()),
        "now": clock.now(),
        "story": playing.story(practice, request.user),
        "refusal": refusal,
    }


def _shown(request, practice, *, form=None, status=200):
    typed = Draft(request, "practice", practice.pk)
    context = _played(request, practice) | {
        "form": typed.fill(form or JudgeForm()),
        "typed": typed,
        "against": against(practice),
    }
    return render(request, "clients/practice_of.html", context, status=status)


@require_POST
@firm_required
def play(request, practice_id, verb):
    """The caller rings or hangs up; whoever is asked takes the call, or does not."""
    practice = _one(request, practice_id)
    if verb not in playing.OF_THE_FIRM:
        raise Http404
    refusal = ""
    try:
        playing.move(practice.pk, verb, at=clock.now())
    except playing.NotNow as words:
        refusal = str(words)
    if request.htmx:
        context = _played(request, _one(request, practice_id), refusal=refusal)
        return render(request, "clients/_played.html", context, status=422 if refusal else 200)
    if refusal:
        messages.warning(request, refusal)
    return see_other(request, reverse("practice-of", args=[practice.pk]))


@require_POST
@firm_required
def judge(request, practice_id):
    """Written up: kept while it is typed, and hers to read once it is sent."""
    practice, form = _one(request, practice_id), JudgeForm(request.POST)
    typed = Draft(request, "practice", practice.pk)
    if "anew" in request.POST:
        typed.let_go()
        return see_other(request, reverse("practice-of", args=[practice.pk]))
    if not form.is_valid():
        return _shown(request, practice, form=form, status=422)
    said = form.cleaned_data
    facts = {"went_well": said["went_well"] == "yes", "judgement": said["judgement"], "points": form.points}
    try:
        practising.judge(practice, by=request.user, at=clock.now(), **facts)
    except practising.NotNow as words:
        form.add_error(None, str(words))
        return _shown(request, _one(request, practice_id), form=form, status=422)
    typed.let_go()
    messages.success(request, _("She reads it on her page."))
    return see_other(request, reverse("practice-of", args=[practice.pk]))
