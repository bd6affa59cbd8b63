"""Vacancies: their public pages, and the firm's own, on which they are written, published and closed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import tries
from secretariat.office.forms.vacancies import BeginForm, VacancyForm
from secretariat.office.guards import firm_required
from secretariat.office.half_typed import NEW
from secretariat.office.models import Application, Firm, Vacancy
from secretariat.office.vacancies import applying, public, publishing

from .half_typed import Draft

# --- For everybody ---------------------------------------------------------------------------------------


@login_not_required
@require_safe
def listed(request):
    context = {"rows": [public.page(each) for each in public.rows()], "firm_name": Firm.figure("name")}
    return render(request, "office/vacancies.html", context)


@login_not_required
@require_safe
def one(request, vacancy_id):
    vacancy = get_object_or_404(public.rows(), pk=vacancy_id)
    return _shown(request, vacancy, BeginForm())


def _shown(request, vacancy, form, status=200):
    context = {"page": public.page(vacancy), "form": form, "begun": "begun" in request.GET}
    context["firm_name"] = Firm.figure("name")
    return render(request, "office/vacancy.html", context, status=status)


@login_not_required
@require_POST
def apply(request, vacancy_id):
    """Begin. Whether somebody with this address began before is told to that address alone."""
    vacancy = get_object_or_404(public.rows(), pk=vacancy_id)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _shown(request, vacancy, form, status=422)
    if tries.too_many(request, "apply"):
        return render(request, "429.html", status=429)
    applying.begin(vacancy, at=clock.now(), **form.cleaned_data)
    return see_other(request, f"{reverse('vacancy', args=[vacancy.pk])}?begun=1")


# --- For the firm ----------------------------------------------------------------------------------------


@require_GET
@firm_required
def of_firm(request):
    under_way = Count("applications", filter=Q(applications__state__in=Application.UNDER_WAY))
    rows = Vacancy.objects.visible_to(request.user).annotate(applicants=under_way)
    rows = [
        (each, publishing.hours(each), publishing.money(each)) for each in rows.order_by("state", "-made_at")
    ]
    rows.sort(key=lambda row: row[0].state == Vacancy.State.CLOSED)
    context = {"rows": rows, "today": Firm.day(clock.now())}
    return render(request, "office/firm_vacancies.html", context)


@require_http_methods(["GET", "POST"])
@firm_required
def add(request):
    return _form(request, Vacancy(made_by=request.user))


@require_http_methods(["GET", "POST"])
@firm_required
def change(request, vacancy_id):
    return _form(request, _vacancy(request, vacancy_id))


def _vacancy(request, vacancy_id) -> Vacancy:
    return get_object_or_404(Vacancy.objects.visible_to(request.user), pk=vacancy_id)


def _form(request, vacancy):
    is_new = vacancy._state.adding
    typed = Draft(request, "vacancy", NEW if is_new else vacancy.pk)
    if anew := typed.anew():
        return anew
    form = typed.fill(VacancyForm(request.POST or None, instance=vacancy))
    if request.method == "POST" and form.is_valid():
        try:
            kept = publishing.write(form.save(commit=False), by=request.user)
        except publishing.NotNow as words:
            form.add_error("rate", str(words))
        else:
            typed.let_go()
            messages.success(request, _("Kept."))
            return see_other(request, reverse("firm-vacancy", args=[kept.pk]))
    context = {
        "form": form,
        "typed": typed,
        "vacancy": None if is_new else vacancy,
        "is_over": publishing.is_over(vacancy, at=clock.now()),
        "hindered": [] if is_new or form.errors else publishing.why_not_published(vacancy),
    }
    return render(request, "office/firm_vacancy.html", context, status=422 if form.errors else 200)


@require_POST
@firm_required
def publish(request, vacancy_id):
    return _done(request, vacancy_id, publishing.publish, _("Published. Whoever opens its page can apply."))


@require_POST
@firm_required
def close(request, vacancy_id):
    words = _("Closed. Those who have begun may go on.")
    return _done(request, vacancy_id, publishing.close, words)


def _done(request, vacancy_id, verb, said):
    vacancy = _vacancy(request, vacancy_id)
    try:
        verb(vacancy, by=request.user, at=clock.now())
    except publishing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse("firm-vacancy", args=[vacancy.pk]))
