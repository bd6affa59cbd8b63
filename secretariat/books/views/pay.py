"""Pay runs, for the firm: prepared by one person, approved by another, exported; and extras."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger, sealing
from secretariat.books import (
    asked_pay,
    extras,
    laid_out,
    open_weeks,
    pay_details,
    pay_files,
    pay_run_told,
    pay_statement,
    paying,
    paying_out,
    unresolved,
)
from secretariat.books.forms.pay import AnswerForm, ExtraForm, ReturnedForm, RunForm
from secretariat.books.models import Outcome, PayExtra, PayRun, PayStatement
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.guards import books_required, firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Firm

from .my_pay import as_pdf

DAY = timedelta(days=1)
A_PAGE = 100


@require_GET
@books_required
def listed(request):
    return _listed(request)


def _listed(request, *, run=None, extra=None, status=200):
    today = Firm.day(clock.now())
    last = today.replace(day=1) - DAY
    usual = {"first_on": last.replace(day=1), "last_on": last, "pay_on": last + 10 * DAY}
    asked = PayExtra.objects.visible_to(request.user).filter(state=PayExtra.State.ASKED)
    asked = asked.select_related("secretary__user", "asked_by").order_by("asked_at")
    context = {
        "runs": PayRun.objects.visible_to(request.user).select_related("prepared_by", "approved_by"),
        "asked": extras.with_money(laid_out.with_proof(asked)),
        "outcomes": Outcome.objects.visible_to(request.user).filter(state=Outcome.State.REPORTED).count(),
        "run": run or RunForm(initial=usual),
        "extra": extra or ExtraForm(initial={"on": today}),
    }
    looking.looked_at_all(request.user, Of.EXPENSES, {each.secretary_id for each in context["asked"]})
    return render(request, "books/pay_runs.html", context, status=status)


@transaction.non_atomic_requests  # each secretary is a transaction of her own
@require_POST
@firm_required
def prepare(request):
    """Begin a run, or go on with one that was cut short."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return _listed(request, run=form, status=422)
    try:
        run = paying.begin(**form.cleaned_data, by=request.user, at=clock.now())
    except paying.NotNow as words:
        form.add_error(None, str(words))
        return _listed(request, run=form, status=422)
    return _prepared(request, run, anew=False)


@transaction.non_atomic_requests
@require_POST
@firm_required
def again(request, run_id):
    return _prepared(request, visible_run(request, run_id), anew=True)


def _prepared(request, run, *, anew):
    try:
        run = paying.prepare(run, by=request.user, at=clock.now(), anew=anew)
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        n = run.statements.count()
        said = ngettext("%(n)d statement is prepared.", "%(n)d statements are prepared.", n) % {"n": n}
        if not run.goes_on:
            messages.success(request, said)
    return see_other(request, reverse("pay-run", args=[run.pk]))


def visible_run(request, run_id) -> PayRun:
    rows = PayRun.objects.visible_to(request.user).select_related("prepared_by", "approved_by")
    return get_object_or_404(rows, pk=run_id)


@require_GET
@books_required
def one(request, run_id):
    """A run with its sums and everybody's statement, and what whoever approves or pays it should know."""
    run = visible_run(request, run_id)
    stand = paying_out.standings(run)
    page = Paginator(stand, A_PAGE).get_page(request.GET.get("page"))
    in_firm = request.user.roles.firm_wide
    is_open = in_firm and not run.is_approved
    by_hand, more_by_hand = pay_run_told.by_hand(run) if in_firm else ([], 0)
    # She can read who looked.
    seen = {each.statement.pk for each in page} | {each.statement_id for each in by_hand}
    ledger.looked_at_all(request.user, [("books.paystatement", pk) for pk in sorted(seen)])
    payments, payments_sum = pay_run_told.ready(stand)
    context = {
        "run": run,
        "before": pay_run_told.run_before(run),
        "sums": pay_run_told.sums(run),
        "companies": pay_run_told.companies(run, stand),
        "by_hand": by_hand,
        "more_by_hand": more_by_hand,
        "rows": pay_run_told.rows(run, list(page)),
        "page": page,
        "payments": payments,
        "payments_sum": payments_sum,
        "left_out": pay_run_told.left_out(stand),
        "files": pay_run_told.files(run),
        "hers": run.prepared_by_id == request.user.pk,
        "unresolved": unresolved.of_run(run, at=clock.now()) if is_open else [],
        # Their hours are part of a later run.
        "open": open_weeks.between(run.first_on, run.last_on) if is_open else None,
    }
    return render(request, "books/pay_run.html", context)


@require_POST
@firm_required
def approve(request, run_id):
    run = visible_run(request, run_id)
    try:
        paying.approve(run, by=request.user, at=clock.now())
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Approved. Everybody sees her statement."))
    return see_other(request, reverse("pay-run", args=[run.pk]))


@require_POST
@firm_required
def drop(request, run_id):
    run = visible_run(request, run_id)
    try:
        paying.drop(run, by=request.user)
    except paying.NotNow as words:
        messages.error(request, str(words))
        return see_other(request, reverse("pay-run", args=[run.pk]))
    messages.success(request, _("Taken away. What it paid is unpaid again."))
    return see_other(request, reverse("pay-runs"))


@require_POST
@books_required
def table(request, run_id):
    """The statements as a table."""
    run = visible_run(request, run_id)
    return as_file(request, run, lambda: pay_files.table(run).encode(), "csv", "text/csv; charset=utf-8")


def as_file(request, run, made, ending, content_type):
    """What `made` gives, to keep. Whoever has a statement in the run can read who took it."""
    try:
        content = made()
    except paying.NotNow as words:
        messages.error(request, str(words))
        return see_other(request, reverse("pay-run", args=[run.pk]))
    keys = run.statements.values_list("pk", flat=True)
    ledger.looked_at_all(request.user, [("books.paystatement", pk) for pk in keys])
    ledger.record(
        "books.pay_exported",
        actor_id=request.user.pk,
        subject=("books.payrun", run.pk),
        detail={"as": ending},
    )
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="pay-{run.last_on:%Y-%m-%d}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


def visible_statement(request, statement_id) -> PayStatement:
    rows = PayStatement.objects.visible_to(request.user).select_related("run", "secretary__user", "bank")
    found = get_object_or_404(rows, pk=statement_id)
    ledger.looked(request.user, None, ("books.paystatement", found.pk))  # she can read who looked
    return found


@require_GET
@books_required
def statement(request, statement_id):
    """One statement to its seconds, and the account it is paid into, in clear for both people of the run."""
    return told(request, visible_statement(request, statement_id))


def told(request, found, *, returned=None, status=200):
    """Its page. `returned`: why a payment came back, as it was typed."""
    context = pay_statement.told(request.user, found)
    payment = paying_out.standings(found.run, **paying_out.together(found))
    stands = next(each for each in payment if each.statement.pk == found.pk)
    [row] = pay_run_told.rows(found.run, [stands])
    context |= {
        "row": row,
        "companys": pay_run_told.companies(found.run, payment),
        "payout": stands.payout,
        "account": _account(stands),
        "returned": returned or ReturnedForm(),
    }
    return render(request, "books/pay_statement.html", context, status=status)


def _account(stands: paying_out.Standing) -> str:
    if stands.account is None:
        return ""
    try:
        return pay_details.in_clear(pay_details.opened(stands.account))
    except sealing.Unsealable:
        return _("The key is gone: it is to be entered again.")


@require_GET
@firm_required
def tax(request, statement_id):
    """The tax number of whoever is paid, for the people of the firm who make a pay run.

    Each look is on the ledger.
    """
    found = visible_statement(request, statement_id)
    [stands] = paying_out.standings(found.run, pk=found.pk)
    if not found.partner_id:
        looking.looked(request.user, Of.TAX, found.secretary_id)
    ledger.record(
        "books.tax_number_read",
        actor_id=request.user.pk,
        subject=("books.paystatement", found.pk),
        detail={"company" if found.partner_id else "secretary": str(found.payee_id)},
    )
    context = {"statement": found, "secretary": found.secretary, "account": stands.account}
    if stands.account:
        try:
            context["details"] = pay_details.opened(stands.account)
        except sealing.Unsealable:
            context["is_gone"] = True
    return render(request, "books/pay_tax.html", context)


@require_GET
@books_required
def statement_pdf(request, statement_id):
    return as_pdf(visible_statement(request, statement_id), request.user)


@require_POST
@firm_required
def add_extra(request):
    form = ExtraForm(request.POST)
    if form.is_valid() and form.cleaned_data["secretary"].user_id == request.user.pk:
        form.add_error("secretary", _("Somebody else decides about your own."))
    if not form.is_valid():
        return _listed(request, extra=form, status=422)
    row = form.save(commit=False)
    row.asked_by = row.decided_by = request.user
    row.state = PayExtra.State.AGREED
    row.save()
    _note("books.pay_extra_added", row, request.user)
    messages.success(request, _("Part of the next run. The second person of that run sees it too."))
    return see_other(request, reverse("pay-runs"))


def _note(verb, row, by):
    detail = {"secretary": str(row.secretary_id)}
    ledger.record(verb, actor_id=by.pk, subject=("books.payextra", row.pk), detail=detail)


@require_POST
@firm_required
def agree(request, extra_id):
    return _decided(request, extra_id, PayExtra.State.AGREED, _("Agreed. It is part of the next run."))


@require_POST
@firm_required
def refuse(request, extra_id):
    return _decided(request, extra_id, PayExtra.State.REFUSED, _("Not agreed. She is told why."))


def _decided(request, extra_id, state, said):
    row = get_object_or_404(
        PayExtra.objects.visible_to(request.user).select_related("secretary__user"), pk=extra_id
    )
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    seen = form.cleaned_data.get("amount")
    if row.secretary.user_id == request.user.pk:  # whatever post she holds: a run needs two people anyway
        messages.error(request, _("Somebody else decides about your own."))
    elif state == PayExtra.State.REFUSED and not answer:
        messages.error(request, _("Say why; she reads it."))
    elif seen is not None and seen != row.amount:
        messages.error(request, _("Its amount was put right meanwhile. Look at it again."))
    elif asked_pay.decide(row, state=state, answer=answer, by=request.user):
        messages.success(request, said)
    else:
        messages.error(request, _("This was decided before, or put right meanwhile."))
    return see_other(request, reverse("pay-runs"))
