"""What work led to: a secretary reports it, the firm says whether it counts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.books import outcomes
from secretariat.books.forms.outcomes import BecauseForm, OutcomeForm, ReportForm, WorthForm
from secretariat.books.models import Outcome
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.contracts import holding
from secretariat.office.guards import firm_required, for_herself
from secretariat.office.looking import Of
from secretariat.office.models import Firm
from secretariat.office.views.half_typed import Draft

A_PAGE = 50


@require_GET
@for_herself
def mine(request):
    return _mine(request)


def _mine(request, *, form=None, status=200):
    rows = Outcome.objects.visible_to(request.user).filter(secretary=request.secretary)
    page = Paginator(rows.select_related("client"), A_PAGE).get_page(request.GET.get("page"))
    typed, today = _typed(request), holding.today(request.secretary, clock.now())
    context = {
        "page": page,
        "rows": outcomes.with_what_became(page),
        "form": form or typed.fill(_report_form(request, initial={"on": today})),
        "typed": typed,
    }
    return render(request, "books/my_outcomes.html", context, status=status)


def _typed(request) -> Draft:
    return Draft(request, "outcome", request.secretary.pk)


def _report_form(request, data=None, **facts) -> ReportForm:
    return ReportForm(data, secretary=request.secretary, **facts)


@require_POST
@for_herself
def report(request):
    typed = _typed(request)
    if anew := typed.anew(reverse("my-outcomes")):
        return anew
    form = _report_form(request, request.POST)
    if not form.is_valid():
        return _mine(request, form=form, status=422)
    try:
        outcomes.report(request.secretary, by=request.user, at=clock.now(), **form.told)
    except outcomes.NotNow as words:
        form.add_error("work", str(words))
        return _mine(request, form=form, status=422)
    typed.let_go()
    messages.success(request, _("Reported. It earns commission once the firm has said that it counts."))
    return see_other(request, reverse("my-outcomes"))


@require_POST
@for_herself
def withdraw(request, outcome_id):
    """She takes back what nobody has decided yet."""
    rows = Outcome.objects.visible_to(request.user).filter(secretary=request.secretary)
    row = get_object_or_404(rows.filter(state=Outcome.State.REPORTED), pk=outcome_id)
    return _done(request, outcomes.take_back, row, "", said=_("Taken back."), back="my-outcomes")


@require_GET
@firm_required
def listed(request):
    return _listed(request)


def _listed(request, *, form=None, status=200):
    rows = Outcome.objects.visible_to(request.user).select_related("secretary", "client", "reported_by")
    waiting = rows.filter(state=Outcome.State.REPORTED).order_by("reported_at", "pk")
    page = Paginator(rows.exclude(state=Outcome.State.REPORTED), A_PAGE).get_page(request.GET.get("page"))
    undecided, decided = outcomes.with_what_became(waiting), outcomes.with_what_became(page)
    theirs = {row.secretary_id for row in (*undecided, *decided)}
    looking.looked_at_all(request.user, Of.COMMISSION, theirs)
    context = {
        "waiting": undecided,
        "page": page,
        "rows": decided,
        "form": form or OutcomeForm(user=request.user, initial={"on": Firm.day(clock.now())}),
    }
    return render(request, "books/outcomes.html", context, status=status)


@require_POST
@firm_required
def add(request):
    form = OutcomeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _listed(request, form=form, status=422)
    row = form.save(commit=False)
    if row.secretary.user_id == request.user.pk:
        form.add_error("secretary", _("Somebody else decides about your own."))
        return _listed(request, form=form, status=422)
    row.reported_by = row.decided_by = request.user
    row.decided_at = clock.now()
    row.save()
    messages.success(request, _("Written down. What it earns is reckoned by her contract."))
    return see_other(request, reverse("outcomes"))


@require_POST
@firm_required
def count(request, outcome_id):
    row, form = _row(request, outcome_id), WorthForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what it is worth as a number, as in 250.00."))
        return see_other(request, reverse("outcomes"))
    return _done(request, outcomes.count, row, form.cleaned_data["worth"], said=_("It counts."))


@require_POST
@firm_required
def refuse(request, outcome_id):
    said = _("It does not count. She reads why.")
    return _done(request, outcomes.refuse, _row(request, outcome_id), _because(request), said=said)


@require_POST
@firm_required
def take_back(request, outcome_id):
    said = _("Taken back: nobody is paid for it, or billed.")
    return _done(request, outcomes.take_back, _row(request, outcome_id), _because(request), said=said)


def _row(request, outcome_id) -> Outcome:
    return get_object_or_404(
        Outcome.objects.visible_to(request.user).select_related("secretary"), pk=outcome_id
    )


def _because(request) -> str:
    form = BecauseForm(request.POST)
    return form.cleaned_data["because"] if form.is_valid() else ""


def _done(request, act, *args, said: str, back: str = "outcomes"):
    try:
        act(*args, by=request.user, at=clock.now())
    except outcomes.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse(back))
