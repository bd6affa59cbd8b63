"""A secretary's own contract: the whole of it before she signs, what she asks, her copy, earlier versions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office.contracts import agreeing, holding, wording
from secretariat.office.forms.contracts import NoticeForm, SigningForm, WordForm
from secretariat.office.guards import for_her_papers
from secretariat.office.models import Contract

from .contracts import as_pdf


@require_GET
@for_her_papers
def newest(request):
    """What waits for her, else what holds, with every version there was."""
    rows = list(_hers(request).order_by("-version"))
    waiting = [each for each in rows if each.is_on_the_table]
    today = holding.today(request.secretary, clock.now())
    held = holding.of(request.secretary, today)
    chosen = waiting[0] if waiting else held or (rows[0] if rows else None)
    if chosen is None:
        return render(request, "office/my_contract_none.html")
    return _shown(request, _one(request, chosen.pk))


def _hers(request):
    return Contract.objects.visible_to(request.user).filter(secretary=request.secretary)


def _one(request, contract_id) -> Contract:
    return get_object_or_404(
        _hers(request).exclude(state="draft").select_related("secretary__user"), pk=contract_id
    )


@require_GET
@for_her_papers
def one(request, contract_id):
    return _shown(request, _one(request, contract_id))


def _shown(request, contract, *, signing=None, word=None, notice=None, status=200):
    earlier, first = holding.before(contract), agreeing.earliest_end(contract, clock.now())
    may_end = contract.state == Contract.State.SIGNED and not (contract.closed_at or contract.ended_because)
    context = {
        "contract": contract,
        "sections": contract.words,
        "earlier": earlier,
        "differences": wording.differences(earlier.words, contract.words) if earlier else [],
        "signings": contract.signings.visible_to(request.user),
        "thread": contract.thread.visible_to(request.user).select_related("by"),
        "versions": _hers(request).exclude(state="draft").order_by("-version"),
        "signing": signing or SigningForm(initial={"sha256": contract.sha256}),
        "word": word or WordForm(),
        "may_end": may_end,
        "notice": notice or NoticeForm(initial={"on": max(first, contract.from_on)}),
        "earliest": first,
        "may_call_off": contract.from_on > first,
    }
    return render(request, "office/my_contract.html", context, status=status)


def _back(contract) -> str:
    return reverse("my-contract-one", args=[contract.pk])


@require_POST
@for_her_papers
def accept(request, contract_id):
    contract, form = _one(request, contract_id), SigningForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, signing=form, status=422)
    said = form.cleaned_data
    try:
        signed = agreeing.accept(
            contract, name=said["name"], sha256=said["sha256"], by=request.user, at=clock.now()
        )
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        words = _("Signed. The firm signs next, and then it holds.")
        if signed.waits_for_company:
            words = _("Signed. %(company)s signs next, then the firm, and then it holds.")
        messages.success(request, words % {"company": signed.partner})
    return see_other(request, _back(contract))


@require_POST
@for_her_papers
def decline(request, contract_id):
    contract = _one(request, contract_id)
    try:
        agreeing.decline(contract, by=request.user, at=clock.now())
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Declined. The firm can offer another version."))
    return see_other(request, _back(contract))


@require_POST
@for_her_papers
def say(request, contract_id):
    contract, form = _one(request, contract_id), WordForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, word=form, status=422)
    agreeing.say(contract, form.cleaned_data["words"], by=request.user, at=clock.now())
    messages.success(request, _("The firm sees it, and answers here."))
    return see_other(request, _back(contract))


@require_POST
@for_her_papers
def end(request, contract_id):
    """She gives notice."""
    contract, form = _one(request, contract_id), NoticeForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, notice=form, status=422)
    said = form.cleaned_data
    try:
        agreeing.give_notice(
            contract, on=said["on"], because=said["because"], by=request.user, at=clock.now()
        )
    except agreeing.NotNow as words:
        form.add_error("on", str(words))
        return _shown(request, contract, notice=form, status=422)
    messages.success(request, _("The firm is told, and a mail to you says it in writing."))
    return see_other(request, _back(contract))


@require_GET
@for_her_papers
def pdf(request, contract_id):
    return as_pdf(request, _one(request, contract_id))
