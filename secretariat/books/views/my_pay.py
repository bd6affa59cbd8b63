"""A secretary's own pay: each statement to its seconds, her account, what she laid out, what is not right."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock
from secretariat.books import asked_pay, benefits, extras, hours, pay_details, pay_statement
from secretariat.books.forms.pay import CodeForm, DetailsForm, ExpenseForm, QuestionForm
from secretariat.books.models import PayExtra, Payout, PayStatement
from secretariat.next import see_other
from secretariat.office.contracts import holding
from secretariat.office.guards import for_her_papers


@require_GET
@for_her_papers
def listed(request):
    return _listed(request)


def _listed(request, *, expense=None, code=None, status=200):
    at = clock.now()
    today = _last_day(request.secretary, at)
    asked = PayExtra.objects.visible_to(request.user).filter(secretary=request.secretary)
    contract = holding.of(request.secretary, today)
    context = {
        "statements": _hers(request)
        .select_related("run")
        .prefetch_related("payouts")  # the newest first
        .order_by("-last_on"),
        "details": pay_details.of(request.secretary),
        "waiting": pay_details.waiting(request.secretary, at=at),
        "extras": extras.with_money(asked.order_by("-on", "-pk")[:20]),
        "expense": expense or _expense_form(request.secretary),
        "code": code or CodeForm(),
        "contract": contract,
        "is_employed": contract is not None and contract.kind == contract.Kind.EMPLOYEE,
        "benefits": benefits.told(request.secretary, on=today),
        "unconfirmed": hours.unconfirmed(request.secretary, at=at),
    }
    return render(request, "books/my_pay.html", context, status=status)


def _last_day(secretary, at) -> date:
    """Today, or the last day on which she worked here: by its contract she is paid what is left."""
    today = holding.today(secretary, at)
    return min(today, secretary.engaged_until or today)


def _expense_form(secretary, *args, **kwargs) -> ExpenseForm:
    on = _last_day(secretary, clock.now())
    contract = holding.of(secretary, on)
    currency = contract.currency if contract else ""
    return ExpenseForm(*args, currency=currency, until=on, initial={"on": on}, **kwargs)


def _hers(request):
    return PayStatement.objects.visible_to(request.user).filter(
        secretary=request.secretary, run__state="approved"
    )


def _one(request, statement_id) -> PayStatement:
    rows = _hers(request).select_related("run", "secretary__user", "bank")
    return get_object_or_404(rows, pk=statement_id)


@require_GET
@for_her_papers
def one(request, statement_id):
    """`part`: the interval, or other thing, of which she says that it is not right."""
    statement = _one(request, statement_id)
    found = pay_statement.told(request.user, statement)
    return _shown(request, found, about=pay_statement.part_of(found, request.GET.get("part", "")))


def _shown(request, found, *, question=None, about=None, status=200):
    statement = found["statement"]
    context = found | {
        "about": about,
        "question": question or QuestionForm(currency=statement.currency),
        "payout": Payout.objects.visible_to(request.user).filter(statement=statement).first(),  # the newest
    }
    return render(request, "books/my_statement.html", context, status=status)


@require_GET
@for_her_papers
def pdf(request, statement_id):
    return as_pdf(_one(request, statement_id), request.user)


def as_pdf(statement, user) -> HttpResponse:
    answer = HttpResponse(pay_statement.pdf(user, statement), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="pay-{statement.last_on:%Y-%m-%d}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@for_her_papers
def ask(request, statement_id):
    """Something is not right: the firm decides, and it is put right in the next run."""
    statement = _one(request, statement_id)
    found = pay_statement.told(request.user, statement)
    about = pay_statement.part_of(found, request.POST.get("part", ""))
    form = QuestionForm(request.POST, currency=statement.currency, about=str(about or ""))
    if not form.is_valid():
        return _shown(request, found, question=form, about=about, status=422)
    asked_pay.ask(
        PayExtra(
            secretary=request.secretary,
            kind=PayExtra.Kind.CORRECTION,
            on=holding.today(request.secretary, clock.now()),
            amount=form.cleaned_data["amount"],
            words=form.cleaned_data["words"],
            corrects=statement,
            asked_by=request.user,
        )
    )
    messages.success(request, _("The firm looks at it. What is put right is part of the next run."))
    return see_other(request, reverse("my-pay"))


@require_POST
@for_her_papers
def expense(request):
    form = _expense_form(request.secretary, request.POST)
    if not form.is_valid():
        return _listed(request, expense=form, status=422)
    facts = {"secretary": request.secretary, "asked_by": request.user, **form.cleaned_data}
    asked_pay.ask(PayExtra(kind=PayExtra.Kind.EXPENSE, **facts))
    messages.success(request, _("Written down. It is paid back once the firm has agreed."))
    return see_other(request, reverse("my-pay"))


@require_http_methods(["GET", "POST"])
@for_her_papers
def details(request):
    """Where she is paid. What she enters counts once the code from the mail is typed."""
    form = DetailsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = pay_details.Details(**form.cleaned_data)
        pay_details.enter(request.secretary, entered, by=request.user, at=clock.now())
        messages.success(request, _("Kept. Type the code from the mail, and it counts."))
        return see_other(request, reverse("my-pay"))
    return render(request, "books/my_details.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_her_papers
def confirm(request):
    at, form = clock.now(), CodeForm(request.POST)
    row = pay_details.waiting(request.secretary, at=at)
    if row is None:
        messages.error(request, _("Nothing waits for a code. Enter the account again."))
        return see_other(request, reverse("my-pay"))
    if form.is_valid():
        try:
            if pay_details.confirm(row, form.cleaned_data["code"], by=request.user, at=at):
                messages.success(request, _("Confirmed. You are paid into this account from now on."))
                return see_other(request, reverse("my-pay"))
        except pay_details.NotNow as words:
            form.add_error("code", str(words))
        else:
            form.add_error("code", _("That is not the code in the newest mail."))
    return _listed(request, code=form, status=422)
