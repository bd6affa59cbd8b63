"""Those who apply, for the firm: found, looked at, taken step by step, invited, engaged, refused."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.audience import firm
from secretariat.office.forms.references import AddressForm, BesideForm
from secretariat.office.forms.vacancies import ApplicantsForm, RefusalForm, StepForm
from secretariat.office.guards import firm_required
from secretariat.office.models import Application, Firm, Referee, Step, User, Vacancy
from secretariat.office.vacancies import applying, papers, readdressing, referring, steps
from secretariat.paging import page

Kind = Step.Kind


@require_GET
@firm_required
def listed(request):
    """Those under way, or those of a state; by name, address and vacancy."""
    form = ApplicantsForm(request.GET or None, vacancies=Vacancy.objects.visible_to(request.user))
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = Application.objects.visible_to(request.user).select_related("vacancy").prefetch_related("steps")
    rows = (
        rows.filter(state=said["state"])
        if said.get("state")
        else rows.filter(state__in=Application.UNDER_WAY)
    )
    if word := (said.get("q") or "").strip():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if said.get("vacancy"):
        rows = rows.filter(vacancy=said["vacancy"])
    found = page(rows, newest_by="changed_at", after=request.GET.get("after", ""), size=30)
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "form": form,
        "found": found,
        "query": query.urlencode(),
        "of": len(Kind),
        "looked_for": any(said.values()),
        "zone": request.user.zone,
    }
    return render(request, "office/applicants.html", context)


def _application(request, application_id) -> Application:
    rows = Application.objects.visible_to(request.user)
    rows = rows.select_related("vacancy", "secretary__user", "decided_by")
    return get_object_or_404(rows, pk=application_id)


@require_GET
@firm_required
def one(request, application_id):
    application = _application(request, application_id)
    ledger.looked(request.user, None, ("office.application", application.pk))
    return _shown(request, application)


def _shown(request, application, *, step=None, refusal=None, beside=None, address=None, status=200):
    """`step`: the kind of a step whose form came back, and the form. `address`: the form of a referee's."""
    at = clock.now()
    steps.joined(application)
    rows = []
    for each in steps.standing(application, at=at):
        initial = {"state": each.row.state, "note": each.row.note} if each.row else {"state": "passed"}
        form = StepForm(initial=initial, auto_id=f"id_{each.kind}_%s")
        rows.append((each, step[1] if step and step[0] == each.kind else form))
    words = _(
        "Thank you for your application for “%(title)s”. We have read it with care, and have decided for "
        "somebody else. What you have written is deleted after half a year."
    )
    context = {
        "application": application,
        "steps": rows,
        "named": _named(application, address),
        "to_ask": len(referring.waiting(application)),
        "papers": papers.of(application),
        "beside": beside or _beside_form(request, application),
        "may_act": application.state in ("sent", "invited"),
        "refusal": refusal or RefusalForm(initial={"words": words % {"title": application.vacancy.title}}),
        "zone": request.user.zone,
        "firm_name": Firm.figure("name"),
    }
    return render(request, "office/applicant.html", context, status=status)


@require_POST
@firm_required
def settle(request, application_id):
    application, kind = _application(request, application_id), request.POST.get("kind", "")
    if kind not in Kind.values:
        return _back(request, application)
    form = StepForm(request.POST, auto_id=f"id_{kind}_%s")
    if form.is_valid():
        said = form.cleaned_data
        steps.joined(application)
        try:
            steps.settle(application, Kind(kind), **said, by=request.user, at=clock.now())
        except applying.NotNow as words:
            form.add_error(None if said["note"] or kind == Kind.CONTRACT else "note", str(words))
        else:
            messages.success(request, _("Noted: %(step)s.") % {"step": Kind(kind).label})
            return _back(request, application)
    return _shown(request, application, step=(kind, form), status=422)


def _beside_form(request, application, data=None) -> BesideForm:
    people = (
        User.objects.visible_to(request.user).filter(pk__in=firm(), is_active=True).order_by("name", "pk")
    )
    if application.secretary:
        people = people.exclude(pk=application.secretary.user_id)
    return BesideForm(data, people=people, initial={"who": application.first_calls_with_id})


@require_POST
@firm_required
def ask(request, application_id):
    """Write to everybody she has named who was not asked yet, or has let her time pass."""
    application = _application(request, application_id)
    try:
        asked = referring.ask(application, by=request.user, at=clock.now())
    except referring.NotNow as words:
        messages.error(request, str(words))
    else:
        said = ngettext("Asked: a mail goes to %(n)s person.", "Asked: a mail goes to %(n)s people.", asked)
        messages.success(request, said % {"n": asked})
    return _back(request, application)


@require_POST
@firm_required
def beside(request, application_id):
    """Who is there while she takes her first calls."""
    application = _application(request, application_id)
    form = _beside_form(request, application, request.POST)
    if not form.is_valid():
        return _shown(request, application, beside=form, status=422)
    try:
        steps.accompany(application, form.cleaned_data["who"], by=request.user, at=clock.now())
    except applying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Kept."))
    return _back(request, application)


def _named(application, address=None) -> list[tuple[Referee, AddressForm | None]]:
    """Everybody she has named, with a form for another address where one may still be asked."""
    rows = list(application.named.select_related("asked_by", "application"))
    if application.state not in referring.ASKING:
        return [(each, None) for each in rows]
    return [(each, None if each.answered_at else _address_form(each, address)) for each in rows]


def _address_form(referee, came_back) -> AddressForm:
    return came_back if came_back and came_back.referee == referee else AddressForm(referee=referee)


@require_POST
@firm_required
def readdress(request, application_id, referee_id):
    """A referee is written to at another address, at once."""
    application = _application(request, application_id)
    referee = get_object_or_404(application.named, pk=referee_id)
    form = AddressForm(request.POST, referee=referee)
    if not form.is_valid():
        return _shown(request, application, address=form, status=422)
    try:
        readdressing.correct(referee, form.cleaned_data["email"], by=request.user, at=clock.now())
    except referring.NotNow as words:
        messages.error(request, str(words))
    else:
        said = _("Asked at another address. The link that went to the one before opens nothing any more.")
        messages.success(request, said)
    return _back(request, application)


def _back(request, application):
    return see_other(request, reverse("applicant", args=[application.pk]))


@require_POST
@firm_required
def invite(request, application_id):
    return _done(request, application_id, steps.invite, _("Invited. She has a link to join by."))


@require_POST
@firm_required
def engage(request, application_id):
    return _done(request, application_id, steps.engage, _("She works here."))


def _done(request, application_id, verb, said):
    application = _application(request, application_id)
    steps.joined(application)
    try:
        verb(application, by=request.user, at=clock.now())
    except applying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return _back(request, application)


@require_POST
@firm_required
def refuse(request, application_id):
    application, form = _application(request, application_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _shown(request, application, refusal=form, status=422)
    try:
        steps.refuse(application, words=form.cleaned_data["words"], by=request.user, at=clock.now())
    except applying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Refused. She is written what you have said."))
    return _back(request, application)
