"""Client agreements, for the firm: written, offered, ended, and what is left to do then worked off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import Client
from secretariat import clock, ledger
from secretariat.books import planning, promised_hours
from secretariat.books.agreements import agreeing, asking, erasing, leaving, promise, usual_words, where
from secretariat.books.forms.agreements import AgreementForm, NameForm, StepForm
from secretariat.books.models import Agreement, LeavingStep
from secretariat.next import see_other
from secretariat.office.contracts import wording
from secretariat.office.forms.contracts import EndForm, WordForm
from secretariat.office.guards import firm_required
from secretariat.office.views.contracts import pdf_of
from secretariat.office.views.half_typed import Draft

NEXT = (*AgreementForm.Meta.fields, "cover_hours")
A_PAGE = 50
State = Agreement.State


@require_GET
@firm_required
def listed(request):
    """Every client with the agreement that holds today, by its own day, and what is on its way or ending."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True).order_by("name", "pk")
    page = Paginator(clients, A_PAGE).get_page(request.GET.get("page"))
    clients = list(page)
    rows = Agreement.objects.visible_to(request.user).filter(client__in=clients).order_by("version")
    holding = {each.client_id: each for each in rows.holding(clock.day_in("client__zone"))}
    pending = {each.client_id: each for each in rows.filter(state__in=["draft", "offered"])}
    steps = LeavingStep.objects.visible_to(request.user).filter(done_at=None, client__in=clients)
    leaving_now = set(steps.values_list("client_id", flat=True))
    missed = promise.missed(holding.values())
    context = {
        "page": page,
        "rows": [
            {
                "client": each,
                "held": (held := holding.get(each.pk)),
                "pending": pending.get(each.pk),
                "leaving": each.pk in leaving_now,
                "missed": held is not None and held.pk in missed,
            }
            for each in clients
        ],
    }
    return render(request, "books/agreements.html", context)


@require_http_methods(["GET", "POST"])
@firm_required
def write(request, client_id):
    """The draft of the next version. It begins as a copy of the one before."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    rows = Agreement.objects.visible_to(request.user).filter(client=client).order_by("-version")
    draft = rows.filter(state=Agreement.State.DRAFT).first()
    earlier = rows.exclude(state=Agreement.State.DRAFT).first()
    shown = {} if draft else {"from_on": clock.now().astimezone(client.tz).date()}
    if earlier and not draft:
        shown = {name: getattr(earlier, name) for name in NEXT} | shown | {"until_on": None}
        if not earlier.cover_hours:  # agreed in words alone
            shown |= usual_words.hours_of(client)
    elif not draft:
        shown |= usual_words.to_begin_with(client)
    typed = Draft(request, "agreement", client.pk)
    if anew := typed.anew():
        return anew
    agreement = draft or Agreement(client=client)
    form = typed.fill(AgreementForm(request.POST or None, instance=agreement, initial=shown))
    if request.method == "POST" and form.is_valid():
        try:
            written = agreeing.write(form.save(commit=False), by=request.user)
        except agreeing.NotNow as words:
            form.add_error(None, str(words))
        else:
            typed.let_go()
            messages.success(request, _("The draft is kept. The client has not been offered it yet."))
            return see_other(request, reverse("agreement", args=[written.pk]))
    context = {"form": form, "client": client, "typed": typed}
    return render(request, "books/agreement_form.html", context, status=422 if form.errors else 200)


def _one(request, agreement_id) -> Agreement:
    rows = Agreement.objects.visible_to(request.user).select_related("client", "accepted_by", "offered_by")
    return get_object_or_404(rows, pk=agreement_id)


@require_GET
@firm_required
def one(request, agreement_id):
    found = _one(request, agreement_id)
    ledger.looked(request.user, found.client_id, (agreeing.KIND, found.pk))
    return _shown(request, found)


def _shown(request, agreement, *, ending=None, word=None, status=200):
    earlier, sections = agreeing.before(agreement), agreeing.words_of(agreement)
    at = clock.now()
    first = agreeing.earliest(agreement, at)
    steps = agreement.steps.visible_to(request.user).select_related("done_by", "client", "agreement__client")
    context = {
        "agreement": agreement,
        "client": agreement.client,
        "sections": sections,
        "earlier": earlier,
        "differences": wording.differences(earlier.words, sections) if earlier else [],
        "steps": [(each, where.of(each)) for each in steps],
        "why_not_erased": "".join(erasing.why_not(each, at=at) for each in steps if each.is_to_erase),
        "versions": Agreement.objects.visible_to(request.user).filter(client=agreement.client_id),
        "thread": agreement.thread.visible_to(request.user).select_related("by"),
        "word": word or WordForm(),
        "ending": ending or EndForm(initial={"on": max(first, agreement.from_on)}),
        "earliest": first,
        "may_call_off": agreement.from_on > at.astimezone(agreement.client.tz).date(),
        "kept": promise.months(agreement, at=at),
        "told_of_hours": _told_of_hours(agreement, at),
        "lacks_plan": agreement.is_draft and planning.on(agreement.client, agreement.from_on) is None,
        "zone": request.user.zone,
    }
    return render(request, "books/agreement.html", context, status=status)


def _told_of_hours(agreement: Agreement, at) -> list[str]:
    """What is to be said of its hours beside those of the lines, while it holds or may come to."""
    today = at.astimezone(agreement.client.tz).date()
    over = agreement.until_on is not None and agreement.until_on < today
    if over or agreement.state not in (State.DRAFT, State.OFFERED, State.ACCEPTED):
        return []
    return promised_hours.against_the_lines(agreement)


def _back(request, agreement, verb, said, **facts):
    try:
        verb(agreement, by=request.user, **facts)
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse("agreement", args=[agreement.pk]))


@require_POST
@firm_required
def offer(request, agreement_id):
    said = _("Offered. Whoever owns the client’s portal is told by mail.")
    return _back(request, _one(request, agreement_id), agreeing.offer, said, at=clock.now())


@require_POST
@firm_required
def answer(request, agreement_id):
    agreement, form = _one(request, agreement_id), WordForm(request.POST)
    if not form.is_valid():
        return _shown(request, agreement, word=form, status=422)
    words, said = form.cleaned_data["words"], _("The client reads it on the page of the agreement.")

    def say(agreement, *, by, at):
        return asking.answer(agreement, words, by=by, at=at)

    return _back(request, agreement, say, said, at=clock.now())


@require_POST
@firm_required
def withdraw(request, agreement_id):
    agreement = _one(request, agreement_id)
    if not agreement.is_draft:
        return _back(request, agreement, agreeing.withdraw, _("Taken back. It stays on record."))
    agreeing.withdraw(agreement, by=request.user)
    messages.success(request, _("The draft is gone."))
    return see_other(request, reverse("agreements"))


@require_POST
@firm_required
def end(request, agreement_id):
    agreement, form = _one(request, agreement_id), EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, agreement, ending=form, status=422)
    try:
        before = agreeing.end(agreement, by=request.user, at=clock.now(), **form.cleaned_data)
    except agreeing.NotNow as words:
        form.add_error("on", str(words))
        return _shown(request, agreement, ending=form, status=422)
    words = _("Its last day is written down, and the client is told. Below is what is left to do.")
    if agreement.is_called_off:
        words = _("It is called off, and the client is told. It never begins, and stays on record.")
        words = f"{words} {before}".strip()
    messages.success(request, words)
    return see_other(request, reverse("agreement", args=[agreement.pk]))


@require_POST
@firm_required
def step(request, step_id):
    """One thing on the list is done."""
    row = get_object_or_404(LeavingStep.objects.visible_to(request.user), pk=step_id)
    form = StepForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if not leaving.done(row, note=note, by=request.user, at=clock.now()):
        messages.error(request, _("Somebody has done this before."))
    return see_other(request, reverse("agreement", args=[row.agreement_id]))


@require_POST
@firm_required
def erase(request, step_id):
    """What the client has left with us is erased, from now on."""
    row = get_object_or_404(LeavingStep.objects.visible_to(request.user), pk=step_id)
    form = NameForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        erasing.begin(row, name=name, by=request.user, at=clock.now())
    except erasing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("It is being erased. Once nothing is left, the client is told by mail."))
    return see_other(request, reverse("agreement", args=[row.agreement_id]))


@require_GET
@firm_required
def pdf(request, agreement_id):
    return as_pdf(request, _one(request, agreement_id))


def as_pdf(request, agreement: Agreement) -> HttpResponse:
    """The paper, with the signature it has; `?offered`: without. Of a draft there is none."""
    if agreement.media_id is None:
        return HttpResponse(status=404)
    bare = "offered" in request.GET or agreement.accepted_at is None
    paper = agreeing.paper(agreement) if bare else [agreeing.signed_paper(agreement)]
    return pdf_of(paper, f"agreement-{agreement.version}.pdf")
