"""Practice calls: begun and talked through by the firm, answered by her who practises."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import phrases, practising
from clients.forms.practice import BeginForm, JudgeForm, TakenForm
from clients.models import Practice
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import firm_required, for_herself

A_PAGE = 50


def _seen(request):
    return Practice.objects.visible_to(request.user).select_related("secretary__user", "by", "client")


# --- The firm --------------------------------------------------------------------------------------------


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
    context = {"form": form, "page": page}
    return render(request, "clients/practices.html", context, status=422 if form.errors else 200)


def _one(request, practice_id) -> Practice:
    return get_object_or_404(_seen(request), pk=practice_id)


@require_GET
@firm_required
def one(request, practice_id):
    found = _one(request, practice_id)
    ledger.looked(request.user, None, (practising.KIND, found.pk))
    return _shown(request, found)


def _shown(request, practice, *, form=None, status=200):
    context = {"practice": practice, "form": form or JudgeForm()}
    return render(request, "clients/practice_of.html", context, status=status)


@require_POST
@firm_required
def judge(request, practice_id):
    practice, form = _one(request, practice_id), JudgeForm(request.POST)
    if not form.is_valid():
        return _shown(request, practice, form=form, status=422)
    said = form.cleaned_data
    facts = {"went_well": said["went_well"] == "yes", "judgement": said["judgement"]}
    try:
        practising.judge(practice, by=request.user, at=clock.now(), **facts)
    except practising.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("She reads it on her page."))
    return see_other(request, reverse("practice-of", args=[practice.pk]))


# --- Her who practises -----------------------------------------------------------------------------------


@require_GET
@for_herself
def mine(request):
    rows = _seen(request).filter(secretary=request.secretary)
    return render(request, "clients/my_practices.html", {"rows": rows[:A_PAGE]})


@require_http_methods(["GET", "POST"])
@for_herself
def answer(request, practice_id):
    """The copy of the client before her, and a form as at her desk. What she wrote stays as it is.

    `change_to`: another type of call, whose prompts are asked from then on; what was typed stays.
    """
    practice = get_object_or_404(_seen(request).filter(secretary=request.secretary), pk=practice_id)
    about = request.POST.get("change_to", "")
    is_open = practice.written_at is None
    form = TakenForm(request.POST or None, instance=practice, about=about) if is_open else None
    if request.method == "POST" and form is None:
        messages.error(request, _("This practice is written already."))
        return see_other(request, reverse("my-practice-one", args=[practice.pk]))
    if request.method == "POST" and not about and form.is_valid():
        try:
            practising.write(practice, by=request.secretary, at=clock.now(), **form.said())
        except practising.NotNow as words:
            messages.error(request, str(words))
        else:
            messages.success(request, _("Kept for this practice alone. Nothing was sent."))
        return see_other(request, reverse("my-practice-one", args=[practice.pk]))
    copy = practice.copy
    said = {"greeting": phrases.greeting(clock.now(), practice.client.zone), "client": copy["name"]}
    context = {
        "practice": practice,
        "copy": copy,
        "form": form,
        "phrase": phrases.fill(copy["phrase"], secretary=request.secretary.spoken_name, **said),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "clients/my_practice.html", context, status=status)
