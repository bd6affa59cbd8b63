"""Bills, for the firm: a month drafted and issued, one to its seconds, what came for it, what is asked."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.books import (
    after_issue,
    billing,
    costs,
    gathering,
    months,
    open_weeks,
    owing,
    paper,
    rules,
    statement,
)
from secretariat.books.forms.bills import AnswerForm, MonthForm, PaymentForm, WaiverForm
from secretariat.books.models import Bill, BillItem, Issuer, Question, Waiver
from secretariat.next import see_other
from secretariat.office.guards import books_required, firm_required
from secretariat.office.models import Firm

DAY = timedelta(days=1)
A_PAGE = 100


def _month(said) -> date:
    """The first day of the month somebody asks for; else of the last one that is over."""
    form = MonthForm(said)
    if form.is_valid():
        return form.cleaned_data["month"].replace(day=1)
    return (Firm.day(clock.now()).replace(day=1) - DAY).replace(day=1)


@require_GET
@books_required
def listed(request):
    """A month's bills with what is still owed, and every question that waits for an answer."""
    first = _month(request.GET)
    _first, last = gathering.month_of(first)
    bills = Bill.objects.visible_to(request.user).filter(first_on=first).select_related("client")
    page = Paginator(bills.order_by("client__name", "kind", "pk"), A_PAGE).get_page(request.GET.get("page"))
    questions = Question.objects.visible_to(request.user).filter(ended="").select_related("bill", "client")
    at = clock.now()
    today = Firm.day(at)
    drafts = bills.filter(state=Bill.State.DRAFT).count()
    context = {
        "first": first,
        "last": last,
        "earlier": first - DAY,
        "later": last + DAY,
        "page": page,
        "query": f"month={first:%Y-%m}",
        "rows": [
            (bill, *_amounts(bill, owed), owed, at.astimezone(bill.client.tz).date())
            for bill, owed in zip(page.object_list, owing.owed_of(page.object_list), strict=True)
        ],
        "drafts": drafts,
        "open": open_weeks.between(first, last) if drafts and request.user.roles.firm_wide else None,
        "run": months.of(first),
        "questions": questions,
        "nobody_bills": not Issuer.objects.visible_to(request.user).exists(),
        "today": today,
        "is_over": last < today,
    }
    return render(request, "books/bills.html", context)


def _amounts(bill, owed) -> tuple[str, str]:
    digits = statement.digits_of(bill.currency)
    return statement.amount(bill.total, digits), statement.amount(owed.due, digits)


@transaction.non_atomic_requests  # so many clients at a time are a transaction of their own
@require_POST
@firm_required
def run(request):
    """Draft the month's bills, or those alone that are missing. What is issued stays."""
    first = _month(request.POST)
    return _begun(
        request, months.draft(first, by=request.user, at=clock.now(), anew="missing" not in request.POST)
    )


@transaction.non_atomic_requests  # each bill is
@require_POST
@firm_required
def issue_all(request):
    if not Issuer.objects.visible_to(request.user).exists():
        messages.error(request, str(billing.NOBODY_BILLS))
        return see_other(request, f"{reverse('books-bills')}?month={_month(request.POST):%Y-%m}")
    return _begun(request, months.issue(_month(request.POST), by=request.user, at=clock.now()))


def _begun(request, run):
    """Word of what is done already. Of what workers do the page tells, and of what hindered any."""
    of_month = Bill.objects.visible_to(request.user).filter(first_on=run.first_on)
    if run.goes_on:
        pass
    elif run.doing == run.Doing.DRAFT:
        n = of_month.filter(state=Bill.State.DRAFT).count()
        said = ngettext("%(n)d bill is drafted.", "%(n)d bills are drafted.", n) % {"n": n}
        messages.success(request, said)
    else:
        n = of_month.exclude(state=Bill.State.DRAFT).count()
        said = ngettext("%(n)d bill is issued.", "%(n)d bills are issued.", n) % {"n": n}
        messages.success(request, said)
    return see_other(request, f"{reverse('books-bills')}?month={run.first_on:%Y-%m}")


def find(request, bill_id) -> Bill:
    rows = Bill.objects.visible_to(request.user).select_related("client", "credits")
    found = get_object_or_404(rows, pk=bill_id)
    ledger.looked(request.user, found.client_id, ("books.bill", found.pk))
    return found


@require_GET
@books_required
def one(request, bill_id):
    return _shown(request, find(request, bill_id))


def _shown(request, bill, *, payment=None, answer=None, status=200):
    at = clock.now()
    context = statement.told(request.user, bill, pages=statement.AT_THE_DESK)
    context |= {
        "payment": payment or PaymentForm(initial={"paid_on": Firm.day(at)}, digits=bill.digits),
        "payments": bill.payments.visible_to(request.user).select_related("noted_by"),
        "nobody_bills": bill.is_draft and not Issuer.objects.visible_to(request.user).exists(),
        "notes": bill.credit_notes.visible_to(request.user),
        "answer": answer or AnswerForm(),
        "today": at.astimezone(bill.client.tz).date(),
    }
    if request.user.roles.firm_wide:
        context |= {"changed": after_issue.of(bill), "moved": after_issue.moved(bill)}
        if bill.is_draft:
            context["open"] = open_weeks.between(bill.first_on, bill.last_on, client=bill.client)
            context["in_other_money"] = [rules.money(*each) for each in costs.in_other_money(bill)]
    return render(request, "books/bill.html", context, status=status)


@require_POST
@firm_required
def issue(request, bill_id):
    bill = find(request, bill_id)
    try:
        issued = billing.issue(bill, by=request.user, at=clock.now())
    except billing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Issued as %(number)s.") % {"number": issued.number})
    return see_other(request, reverse("books-bill", args=[bill.pk]))


@require_POST
@books_required
def pay(request, bill_id):
    bill = find(request, bill_id)
    form = PaymentForm(request.POST, digits=bill.digits)
    if not form.is_valid():
        return _shown(request, bill, payment=form, status=422)
    said = form.cleaned_data
    money = {"amount": said["amount"], "on": said["paid_on"], "reference": said["reference"]}
    try:
        owing.pay(bill, **money, by=request.user, at=clock.now())
    except billing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("The payment is noted."))
    return see_other(request, reverse("books-bill", args=[bill.pk]))


@require_POST
@firm_required
def explain(request, question_id):
    return _answer(
        request, question_id, owing.explain, _("Explained. She is told, and has a week to pay the line.")
    )


@require_POST
@firm_required
def credit(request, question_id):
    return _answer(request, question_id, owing.credit, _("Credited, by a note with its own number."))


def _answer(request, question_id, verb, said):
    rows = Question.objects.visible_to(request.user).select_related("line", "bill__client")
    question = get_object_or_404(rows, pk=question_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, question.bill, answer=form, status=422)
    try:
        verb(question, answer=form.cleaned_data["answer"], by=request.user, at=clock.now())
    except billing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse("books-bill", args=[question.bill_id]))


@require_POST
@firm_required
def waive(request, item_id):
    """A call on a draft is not billed, because we made a mistake. The draft is made anew."""
    rows = BillItem.objects.visible_to(request.user).select_related("line__bill__client")
    item = get_object_or_404(rows, pk=item_id)
    bill, form = item.line.bill, WaiverForm(request.POST)
    if not bill.is_draft:
        messages.error(request, _("This bill is issued. Its lines can only be credited."))
    elif not form.is_valid():
        messages.error(request, form.errors["because"][0])
    else:
        try:
            bill = _waived(item, because=form.cleaned_data["because"], by=request.user)
        except billing.NotNow as words:
            messages.error(request, str(words))
        else:
            messages.success(request, _("Not billed any more. The draft is reckoned anew."))
    return see_other(request, reverse("books-bill", args=[bill.pk]))


@transaction.atomic
def _waived(item, *, because: str, by) -> Bill:
    """Both or neither: what is waived is not on the draft any more."""
    bill = item.line.bill
    about = {"subject_kind": item.subject_kind, "subject_id": item.subject_id, "client": bill.client}
    Waiver.objects.get_or_create(**about, defaults={"because": because, "made_by": by})
    ledger.record(
        "books.waived",
        actor_id=by.pk,
        client_id=bill.client_id,
        subject=(item.subject_kind, item.subject_id),
    )
    return billing.draft(bill.client, bill.first_on, at=clock.now())


@require_GET
@books_required
def pdf(request, bill_id):
    return as_pdf(find(request, bill_id), request.user)


def as_pdf(bill, user) -> HttpResponse:
    """The bill on paper. It is named by its number, or as a draft."""
    answer = HttpResponse(paper.pdf(bill, user, firm=Firm.current()), content_type="application/pdf")
    name = f"{bill.number or 'draft'}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
