"""The client's own agreement: the whole of it before it is accepted, the paper, earlier versions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.doors import owns_client, speaks_for_client
from secretariat import clock, ledger
from secretariat.books.agreements import agreeing, asking, promise
from secretariat.books.forms.agreements import AcceptForm
from secretariat.books.models import Agreement
from secretariat.next import see_other
from secretariat.office.contracts import wording
from secretariat.office.forms.contracts import NoticeForm, WordForm

from .agreements import as_pdf


def _hers(request):
    rows = Agreement.objects.visible_to(request.user).filter(client=request.contact.client)
    # What was taken back is none of hers; what she accepted stays hers, called off or not.
    return rows.exclude(state=Agreement.State.WITHDRAWN, accepted_at=None)


@require_GET
@speaks_for_client
def newest(request):
    """What waits for her, else what holds, else the last there was."""
    client = request.contact.client
    today = clock.now().astimezone(client.tz).date()
    rows = _hers(request)
    found = rows.filter(state=Agreement.State.OFFERED).first() or agreeing.of(client, today)
    found = found or rows.order_by("-version").first()
    if found is None:
        return render(request, "books/portal_agreement_none.html", {"client": client})
    return _shown(request, found)


def _one(request, agreement_id) -> Agreement:
    return get_object_or_404(_hers(request).select_related("client", "offered_by"), pk=agreement_id)


@require_GET
@speaks_for_client
def one(request, agreement_id):
    return _shown(request, _one(request, agreement_id))


def _shown(request, agreement, *, form=None, word=None, notice=None, status=200):
    ledger.looked(request.user, agreement.client_id, (agreeing.KIND, agreement.pk))
    at = clock.now()
    earlier, first = agreeing.before(agreement), agreeing.earliest(agreement, at)
    today = at.astimezone(agreement.client.tz).date()
    runs = not agreement.ended_because and (agreement.until_on is None or agreement.until_on >= today)
    context = {
        "agreement": agreement,
        "client": agreement.client,
        "sections": agreement.words,
        "earlier": earlier,
        "differences": wording.differences(earlier.words, agreement.words) if earlier else [],
        "steps": agreement.steps.visible_to(request.user),
        "versions": _hers(request),
        "thread": agreement.thread.visible_to(request.user).select_related("by"),
        "word": word or WordForm(),
        "form": form or AcceptForm(initial={"sha256": agreement.sha256}),
        "may_accept": request.contact.is_owner and agreement.state == Agreement.State.OFFERED,
        "may_end": request.contact.is_owner and agreement.state == Agreement.State.ACCEPTED and runs,
        "notice": notice or NoticeForm(initial={"on": max(first, agreement.from_on)}),
        "earliest": first,
        "may_call_off": agreement.from_on > first,
        "kept": promise.months(agreement, at=at),
        "zone": agreement.client.zone,
    }
    return render(request, "books/portal_agreement.html", context, status=status)


@require_POST
@owns_client
def accept(request, agreement_id):
    agreement, form = _one(request, agreement_id), AcceptForm(request.POST)
    if not form.is_valid():
        return _shown(request, agreement, form=form, status=422)
    said = form.cleaned_data
    try:
        agreeing.accept(agreement, name=said["name"], sha256=said["sha256"], by=request.user, at=clock.now())
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Accepted. It holds from its day on."))
    return see_other(request, reverse("portal-agreement"))


@require_POST
@owns_client
def decline(request, agreement_id):
    try:
        agreeing.decline(_one(request, agreement_id), by=request.user, at=clock.now())
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Declined. We can offer another version."))
    return see_other(request, reverse("portal-agreement"))


@require_POST
@owns_client
def end(request, agreement_id):
    """The client gives notice."""
    agreement, form = _one(request, agreement_id), NoticeForm(request.POST)
    if not form.is_valid():
        return _shown(request, agreement, notice=form, status=422)
    said = {"on": form.cleaned_data["on"], "because": form.cleaned_data["because"]}
    try:
        agreeing.give_notice(agreement, by=request.user, at=clock.now(), **said)
    except agreeing.NotNow as words:
        form.add_error("on", str(words))
        return _shown(request, agreement, notice=form, status=422)
    messages.success(request, _("We are told, and a mail to you says it in writing."))
    return see_other(request, reverse("portal-agreement-one", args=[agreement.pk]))


@require_POST
@speaks_for_client
def ask(request, agreement_id):
    agreement, form = _one(request, agreement_id), WordForm(request.POST)
    if not form.is_valid():
        return _shown(request, agreement, word=form, status=422)
    asking.ask(agreement, form.cleaned_data["words"], by=request.user, at=clock.now())
    messages.success(request, _("We answer here, within a week. Nothing changes until then."))
    return see_other(request, reverse("portal-agreement-one", args=[agreement.pk]))


@require_GET
@speaks_for_client
def pdf(request, agreement_id):
    return as_pdf(request, _one(request, agreement_id))
