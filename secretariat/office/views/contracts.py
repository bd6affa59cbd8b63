"""Contracts, for the firm: who has one, writing and offering a version, signing it, ending it."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office import company_people
from secretariat.office.contracts import agreeing, holding, paper, trials, usual_words, wording
from secretariat.office.forms.contracts import ContractForm, EndForm, SigningForm, WordForm
from secretariat.office.guards import firm_required
from secretariat.office.models import Contract, ContractWord, Firm, Secretary

from .half_typed import Draft

A_PAGE = 50
NEXT = ("kind", "partner", "role", "duties", "currency", "step_seconds", "paid_each", "pay_within_days")
NEXT += ("pay_method", "min_hours_week", "max_hours_week", "min_hours_month", "max_hours_month")
NEXT += ("notice_days", "rights", "obligations", "confidentiality", "breach")


@require_GET
@firm_required
def listed(request):
    """Everybody with the contract that holds today, where she lives, and what is on its way."""
    people = Secretary.objects.visible_to(request.user).select_related("user").order_by("spoken_name", "pk")
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    rows = Contract.objects.visible_to(request.user).filter(secretary__in=list(page)).order_by("version")
    rows = rows.select_related("partner").prefetch_related("signings")
    of_each: dict = {}
    for contract in rows:
        of_each.setdefault(contract.secretary_id, []).append(contract)
    ledger.looked_at_all(request.user, [("office.contract", each.pk) for each in rows])  # she reads who
    at = clock.now()
    words = ContractWord.objects.visible_to(request.user).filter(contract__in=rows)
    last_word = dict(words.order_by("said_at", "pk").values_list("contract", "by"))
    context = {
        "rows": [_row(each, of_each.get(each.pk, []), holding.today(each, at), last_word) for each in page],
        "page": page,
        "wanted_from": Firm.figure("contracts_from"),
    }
    return render(request, "office/contracts.html", context)


def _row(secretary, versions, today, last_word) -> dict:
    held = [
        each
        for each in versions
        if each.state == Contract.State.SIGNED
        and each.from_on <= today
        and (each.until_on is None or each.until_on >= today)
    ]
    pending = [each for each in versions if each.is_on_the_table or each.is_draft]
    return {
        "secretary": secretary,
        "held": held[0] if held else None,
        "pending": pending[-1] if pending else None,
        "waits_for": pending[-1].partner if pending and pending[-1].waits_for_company else None,
        "newest": versions[-1] if versions else None,
        "asks": [each for each in versions if last_word.get(each.pk) == secretary.user_id],
    }


@require_http_methods(["GET", "POST"])
@firm_required
def write(request, secretary_id):
    """The draft of the next version. It begins as a copy of the one before."""
    people = Secretary.objects.visible_to(request.user).select_related("user")
    secretary = get_object_or_404(people, pk=secretary_id)
    rows = Contract.objects.visible_to(request.user).filter(secretary=secretary).order_by("-version")
    draft = rows.filter(state=Contract.State.DRAFT).first()
    before = rows.exclude(state=Contract.State.DRAFT).first()
    for seen in filter(None, (draft, before)):
        ledger.looked(request.user, None, ("office.contract", seen.pk))
    today = holding.today(secretary, clock.now())
    if draft:
        shown = ContractForm.of_terms(draft)
    elif before:
        shown = {name: getattr(before, name) for name in NEXT} | ContractForm.of_terms(before)
        shown |= {"from_on": today}
    else:
        shown = usual_words.to_begin_with() | {"from_on": today}
    contract = draft or Contract(secretary=secretary)
    typed = Draft(request, "contract", secretary.pk)
    if anew := typed.anew():
        return anew
    form = typed.fill(ContractForm(request.POST or None, instance=contract, initial=shown))
    if request.method == "POST" and form.is_valid():
        try:
            written = agreeing.write(form.save(commit=False), form.terms, by=request.user)
        except agreeing.NotNow as words:
            form.add_error(None, str(words))
        else:
            typed.let_go()
            messages.success(request, _("The draft is kept. Nobody has been offered it yet."))
            return see_other(request, reverse("contract", args=[written.pk]))
    context = {"form": form, "secretary": secretary, "typed": typed}
    return render(request, "office/contract_form.html", context, status=422 if form.errors else 200)


def _contract(request, contract_id) -> Contract:
    rows = Contract.objects.visible_to(request.user).select_related("secretary__user", "partner")
    return get_object_or_404(rows, pk=contract_id)


@require_GET
@firm_required
def one(request, contract_id):
    contract = _contract(request, contract_id)
    ledger.looked(request.user, None, ("office.contract", contract.pk))  # she can read who looked
    return _shown(request, contract)


def _shown(request, contract, *, signing=None, word=None, ending=None, status=200):
    earlier, first = holding.before(contract), agreeing.earliest_end(contract, clock.now())
    hindered = []
    if contract.is_draft:
        hindered = wording.why_not_offered(contract, contract.terms_of_pay, trials.before(contract))
    context = {
        "contract": contract,
        "secretary": contract.secretary,
        "sections": agreeing.words_of(contract),
        "differences": wording.differences(earlier.words, agreeing.words_of(contract)) if earlier else [],
        "earlier": earlier,
        "hindered": hindered,
        "signings": contract.signings.visible_to(request.user).select_related("user"),
        "thread": contract.thread.visible_to(request.user).select_related("by"),
        "versions": Contract.objects.visible_to(request.user).filter(secretary=contract.secretary_id),
        "waits_for_company": contract.waits_for_company,
        "has_nobody": bool(contract.partner) and not company_people.has_anybody(contract.partner),
        "signing": signing or SigningForm(initial={"sha256": contract.sha256}),
        "word": word or WordForm(),
        "ending": ending or EndForm(initial={"on": max(first, contract.from_on)}),
        "earliest": first,
        "may_call_off": contract.from_on > holding.today(contract.secretary, clock.now()),
    }
    return render(request, "office/contract.html", context, status=status)


def _back(request, contract, verb, said, **facts):
    """Do it, and say how it went on the contract's page."""
    try:
        verb(contract, by=request.user, **facts)
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse("contract", args=[contract.pk]))


@require_POST
@firm_required
def offer(request, contract_id):
    contract = _contract(request, contract_id)
    return _back(request, contract, agreeing.offer, _("Offered. She is told by mail."), at=clock.now())


@require_POST
@firm_required
def withdraw(request, contract_id):
    contract = _contract(request, contract_id)
    if contract.is_draft:
        try:
            agreeing.discard(contract, by=request.user)
        except agreeing.NotNow as words:
            messages.error(request, str(words))
        else:
            messages.success(request, _("The draft is gone."))
        return see_other(request, reverse("contracts"))
    return _back(request, contract, agreeing.withdraw, _("Taken back. It stays on record."))


@require_POST
@firm_required
def say(request, contract_id):
    contract, form = _contract(request, contract_id), WordForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, word=form, status=422)
    return _back(
        request,
        contract,
        _said(form.cleaned_data["words"]),
        _("She sees it on the page of the contract."),
        at=clock.now(),
    )


def _said(words):
    return lambda contract, *, by, at: agreeing.say(contract, words, by=by, at=at)


@require_POST
@firm_required
def sign(request, contract_id):
    contract, form = _contract(request, contract_id), SigningForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, signing=form, status=422)
    facts = {"name": form.cleaned_data["name"], "sha256": form.cleaned_data["sha256"], "at": clock.now()}
    return _back(request, contract, agreeing.countersign, _("Signed. It holds from its day on."), **facts)


@require_POST
@firm_required
def end(request, contract_id):
    contract, form = _contract(request, contract_id), EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, contract, ending=form, status=422)
    said = form.cleaned_data
    try:
        before = agreeing.end(contract, by=request.user, at=clock.now(), **said)
    except agreeing.NotNow as words:
        form.add_error("on", str(words))
        return _shown(request, contract, ending=form, status=422)
    words = _("Its last day is written down, and she is told. What ends with it ends the day after.")
    if contract.is_called_off:
        words = _("It is called off, and she is told. It never begins, and stays on record.")
        words = f"{words} {before}".strip()
    messages.success(request, words)
    return see_other(request, reverse("contract", args=[contract.pk]))


@require_GET
@firm_required
def pdf(request, contract_id):
    return as_pdf(request, _contract(request, contract_id))


def as_pdf(request, contract: Contract) -> HttpResponse:
    """The paper, with the signatures it has; `?offered`: without. Of a draft there is none."""
    if contract.media_id is None:
        return HttpResponse(status=404)
    bare = "offered" in request.GET or not contract.signings.exists()
    name = f"contract-{contract.version}.pdf"
    return pdf_of(holding.paper(contract) if bare else [paper.with_signatures(contract)], name)


def pdf_of(pieces: Iterable[bytes], name: str) -> HttpResponse:
    answer = FileResponse(pieces, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
