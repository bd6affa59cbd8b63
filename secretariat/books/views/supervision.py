"""Supervision: a secretary's days, questions in writing, what is said of her work; and her own side."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.books import benefits
from secretariat.books.forms.supervision import AnswerForm, AskForm, RemarkForm, SupervisorForm
from secretariat.books.models import HoursQuestion, Remark, Supervision
from secretariat.books.supervision import seeing, supervising
from secretariat.next import see_other
from secretariat.office.contracts import holding
from secretariat.office.guards import firm_required, for_herself
from secretariat.office.models import Secretary
from secretariat.office.rota import rules

DAYS = 7


@require_GET
@firm_required
def listed(request):
    """Everybody's day, today where she lives, with what is unusual; those whom nobody supervises first."""
    at = clock.now()
    people = Secretary.objects.visible_to(request.user).filter(user__is_active=True)
    people = [each for each in people.select_related("user").order_by("spoken_name", "pk") if each.is_engaged]
    held = Supervision.objects.visible_to(request.user).filter(until_at=None, secretary__in=people)
    by_whom = {each.secretary_id: each for each in held.select_related("supervisor", "stand_in")}
    today = seeing.today(people, at=at)
    waiting = HoursQuestion.objects.visible_to(request.user).filter(answered_at=None)
    asked = set(waiting.values_list("secretary_id", flat=True))
    ledger.looked_at_all(request.user, [(seeing.SUBJECT, each.pk) for each in people])  # she reads who looked
    rows = [(each, today[each.pk], by_whom.get(each.pk), each.pk in asked) for each in people]
    rows.sort(key=lambda row: row[2] is not None)
    return render(request, "books/supervision.html", {"rows": rows})


def _secretary(request, secretary_id) -> Secretary:
    people = Secretary.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(people, pk=secretary_id)


@require_GET
@firm_required
def one(request, secretary_id):
    secretary = _secretary(request, secretary_id)
    ledger.looked(request.user, None, (seeing.SUBJECT, secretary.pk))
    return _shown(request, secretary)


def _shown(request, secretary, *, naming=None, asking=None, remark=None, status=200):
    held = supervising.of(secretary)
    context = _seen(request, secretary) | {
        "held": held,
        "benefits": benefits.told(secretary, on=holding.today(secretary, clock.now())),
        "naming": naming or SupervisorForm(instance=held, user=request.user),
        "asking": asking or AskForm(initial={"on": holding.today(secretary, clock.now())}),
        "remark": remark or RemarkForm(),
    }
    return render(request, "books/supervision_of.html", context, status=status)


def _seen(request, secretary) -> dict:
    """What both see alike: her days, questions and remarks."""
    at = clock.now()
    today = holding.today(secretary, at)
    mine = {"secretary": secretary}
    return {
        "secretary": secretary,
        "days": seeing.of([secretary], today - (DAYS - 1) * rules.DAY, today, at=at)[secretary.pk],
        "questions": HoursQuestion.objects.visible_to(request.user)
        .filter(**mine)
        .select_related("asked_by")[:30],
        "remarks": Remark.objects.visible_to(request.user).filter(**mine).select_related("by")[:50],
        "today": today,
    }


@require_POST
@firm_required
def name(request, secretary_id):
    secretary = _secretary(request, secretary_id)
    form = SupervisorForm(request.POST, user=request.user)
    if not form.is_valid():
        return _shown(request, secretary, naming=form, status=422)
    try:
        supervising.name(secretary, by=request.user, at=clock.now(), **form.cleaned_data)
    except supervising.NotNow as words:
        form.add_error("supervisor", str(words))
        return _shown(request, secretary, naming=form, status=422)
    messages.success(request, _("Named. She sees it on her own page."))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def ask(request, secretary_id):
    secretary, form = _secretary(request, secretary_id), AskForm(request.POST)
    if not form.is_valid():
        return _shown(request, secretary, asking=form, status=422)
    supervising.ask(secretary, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Asked. She answers on her own page."))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def remark(request, secretary_id):
    secretary, form = _secretary(request, secretary_id), RemarkForm(request.POST)
    if not form.is_valid():
        return _shown(request, secretary, remark=form, status=422)
    supervising.remark(secretary, form.save(commit=False), by=request.user, at=clock.now())
    messages.success(request, _("Written down. She reads it on her own page."))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def trained(request, remark_id):
    row = get_object_or_404(Remark.objects.visible_to(request.user), pk=remark_id)
    supervising.train(row, by=request.user, at=clock.now())
    return see_other(request, reverse("supervision-of", args=[row.secretary_id]))


# --- Her own side ----------------------------------------------------------------------------------------


@require_GET
@for_herself
def mine(request):
    return _mine(request)


def _mine(request, *, refused=None, status=200):
    """What her supervisor sees of her, what is asked of her, and who has looked."""
    secretary = request.secretary
    context = _seen(request, secretary)
    context |= {
        "open": [each for each in context["questions"] if not each.answered_at],
        "answered": [each for each in context["questions"] if each.answered_at],
        "held": supervising.of(secretary),
        "looks": seeing.looks_at(secretary),
        "refused": refused,
    }
    return render(request, "books/my_supervision.html", context, status=status)


@require_POST
@for_herself
def answer(request, question_id):
    rows = HoursQuestion.objects.visible_to(request.user).filter(secretary=request.secretary)
    row, form = get_object_or_404(rows, pk=question_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _mine(request, refused=(row.pk, form), status=422)
    if not supervising.answer(row, words=form.cleaned_data["words"], by=request.user, at=clock.now()):
        messages.error(request, _("You have answered this before."))
    return see_other(request, reverse("my-supervision"))
