"""Confidentiality: what a secretary accepts and reports at her desk, and what the firm makes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.confidentiality import lapses, terms
from clients.doors import portal_required
from clients.forms.confidentiality import (
    AcceptForm,
    ClientReportForm,
    CloseForm,
    NoteForm,
    ReportForm,
    TellForm,
    TermsForm,
)
from clients.models import Client, ClientTerms, Lapse, LapseNote
from secretariat import clock, ledger
from secretariat.next import next_of, see_other
from secretariat.office.guards import firm_required, for_herself, secretary_required
from secretariat.office.half_typed import NEW
from secretariat.office.views.half_typed import Draft

A_PAGE = 50

# --- At the desk -----------------------------------------------------------------------------------------


@require_GET
@for_herself
def my_terms(request):
    """What she is to accept before she answers for a client, and what she has accepted."""
    return _my_terms(request)


def _my_terms(request, *, refused=None, status=200):
    rows = ClientTerms.objects.visible_to(request.user).filter(until_at=None).select_related("client")
    open_ones = set(terms.waiting(request.secretary).values_list("pk", flat=True))
    rows = list(rows.distinct().order_by("client__name"))
    context = {
        "waiting": [
            (each, refused[1] if refused and refused[0] == each.pk else AcceptForm(prefix=str(each.pk)))
            for each in rows
            if each.pk in open_ones
        ],
        "accepted": [each for each in rows if each.pk not in open_ones],
        "followed": Lapse.objects.visible_to(request.user).on_record_of(request.secretary),
        "refused": bool(refused),
        "next": next_of(request, reverse("my-terms")),
    }
    return render(request, "clients/my_terms.html", context, status=status)


@require_POST
@for_herself
def accept_terms(request, terms_id):
    rows = ClientTerms.objects.visible_to(request.user)
    row = get_object_or_404(rows.filter(pk__in=terms.waiting(request.secretary).values("pk")), pk=terms_id)
    form = AcceptForm(request.POST, prefix=str(row.pk))
    if not form.is_valid():
        return _my_terms(request, refused=(row.pk, form), status=422)
    terms.accept(row, by=request.secretary, at=clock.now())
    messages.success(request, _("Accepted. Calls of %(client)s come to you now.") % {"client": row.client})
    return see_other(request, reverse("my-terms"))


@require_http_methods(["GET", "POST"])
@secretary_required
def report(request):
    """Anybody who works here reports what went wrong, and reads what became of it."""
    typed = Draft(request, "lapse", NEW)
    if anew := typed.anew():
        return anew
    form = typed.fill(ReportForm(request.POST or None, user=request.user))
    if request.method == "POST" and form.is_valid():
        lapses.report(by=request.user, at=clock.now(), **form.cleaned_data)
        typed.let_go()
        messages.success(request, _("Reported. The firm looks into it, and you read here what came of it."))
        return see_other(request, reverse("lapse-report"))
    rows = Lapse.objects.visible_to(request.user).filter(reported_by=request.user).select_related("client")
    context = {"form": form, "typed": typed, "reports": rows[:50]}
    return render(request, "clients/lapse_report.html", context, status=422 if form.errors else 200)


# --- The portal ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@portal_required
def report_of_client(request):
    """Anybody at a client reports what went wrong; owners read what they were told."""
    client = request.contact.client
    typed, here = Draft(request, "lapse", client.pk), f"{reverse('lapse-portal')}?client={client.pk}"
    if anew := typed.anew(here):
        return anew
    form = typed.fill(ClientReportForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        lapses.report(by=request.user, at=clock.now(), client=client, by_client=True, **form.cleaned_data)
        typed.let_go()
        messages.success(request, _("Reported. The firm looks into it at once, and tells you what it finds."))
        return see_other(request, here)
    rows = Lapse.objects.visible_to(request.user).filter(client=client)
    context = {"client": client, "form": form, "typed": typed, "rows": rows[:50]}
    context |= {"mine": request.user, "here": here}
    return render(request, "clients/lapse_portal.html", context, status=422 if form.errors else 200)


# --- The firm --------------------------------------------------------------------------------------------


@require_GET
@firm_required
def overview(request):
    """Each client's terms and who has accepted them, and the lapses that are open."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True).order_by("name", "pk")
    page = Paginator(clients, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = terms.of_clients(page.object_list)
    found = Lapse.objects.visible_to(request.user).select_related("client", "reported_by")
    context = {
        "page": page,
        "open": found.exclude(state=Lapse.State.CLOSED),
        "closed": found.filter(state=Lapse.State.CLOSED)[:50],
    }
    return render(request, "clients/confidentiality.html", context)


@require_http_methods(["GET", "POST"])
@firm_required
def client_terms(request, client_id):
    """The terms of a client: as they are, as they were, who has accepted them; and the next version."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    versions = list(ClientTerms.objects.visible_to(request.user).filter(client=client).order_by("-version"))
    held = next((each for each in versions if each.until_at is None), None)
    form = TermsForm(request.POST or None, initial={"words": held.words if held else ""})
    if request.method == "POST" and form.is_valid():
        terms.write(client, form.cleaned_data["words"], by=request.user, at=clock.now())
        messages.success(request, _("In force from now on. The team accepts it before the next call."))
        return see_other(request, reverse("client-terms", args=[client.pk]))
    context = {
        "client": client,
        "form": form,
        "held": held,
        "earlier": [each for each in versions if each.until_at],
        "standing": terms.standing(client),
        "zone": request.user.zone,
    }
    return render(request, "clients/terms.html", context, status=422 if form.errors else 200)


def _lapse(request, lapse_id) -> Lapse:
    rows = Lapse.objects.visible_to(request.user)
    rows = rows.select_related("client", "reported_by", "closed_by", "about__user")
    return get_object_or_404(rows, pk=lapse_id)


@require_GET
@firm_required
def lapse(request, lapse_id):
    found = _lapse(request, lapse_id)
    ledger.looked(request.user, found.client_id, (lapses.KIND, found.pk))
    return _lapse_page(request, found)


def _closing(request, found, data=None) -> CloseForm:
    return CloseForm(data, user=request.user, lapse=found)


def _lapse_page(request, found, *, note=None, telling=None, closing=None, status=200):
    context = {
        "lapse": found,
        "notes": LapseNote.objects.visible_to(request.user).filter(lapse=found).select_related("by"),
        "note": note or NoteForm(),
        "telling": telling or TellForm(auto_id="id_tell_%s"),
        "closing": closing or _closing(request, found),
        "to_end": lapses.contract_to_end(found, at=clock.now()),
        "zone": request.user.zone,
    }
    return render(request, "clients/lapse.html", context, status=status)


@require_POST
@firm_required
def lapse_note(request, lapse_id):
    found, form = _lapse(request, lapse_id), NoteForm(request.POST)
    if not form.is_valid():
        return _lapse_page(request, found, note=form, status=422)
    try:
        lapses.note(found, form.cleaned_data["words"], by=request.user, at=clock.now())
    except lapses.NotNow as words:
        messages.error(request, str(words))
    return see_other(request, reverse("lapse", args=[found.pk]))


@require_POST
@firm_required
def lapse_tell(request, lapse_id):
    """The client is told of it."""
    found, form = _lapse(request, lapse_id), TellForm(request.POST, auto_id="id_tell_%s")
    if not form.is_valid():
        return _lapse_page(request, found, telling=form, status=422)
    by_mail = not form.cleaned_data["was_told"]
    try:
        lapses.tell_client(
            found, form.cleaned_data["words"], by_mail=by_mail, by=request.user, at=clock.now()
        )
    except lapses.NotNow as words:
        form.add_error("words", str(words))
        return _lapse_page(request, found, telling=form, status=422)
    messages.success(
        request, _("The client is told by mail.") if by_mail else _("Noted: the client was told.")
    )
    return see_other(request, reverse("lapse", args=[found.pk]))


@require_POST
@firm_required
def lapse_close(request, lapse_id):
    """What followed. Where her contract is to end, its page comes next: that is an act of its own."""
    found = _lapse(request, lapse_id)
    form = _closing(request, found, request.POST)
    if not form.is_valid():
        return _lapse_page(request, found, closing=form, status=422)
    try:
        found = lapses.close(found, by=request.user, at=clock.now(), **form.cleaned_data)
    except lapses.NotNow as words:
        form.add_error(None, str(words))
        return _lapse_page(request, _lapse(request, lapse_id), closing=form, status=422)
    if contract := lapses.contract_to_end(found, at=clock.now()):
        messages.success(
            request, _("Closed, and on her record. Now end her contract, at the foot of this page.")
        )
        return see_other(request, reverse("contract", args=[contract.pk]))
    messages.success(request, _("Closed. It stays on record, and whoever reported it reads what came of it."))
    return see_other(request, reverse("lapse", args=[found.pk]))
