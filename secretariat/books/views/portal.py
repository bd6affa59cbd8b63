"""The client's bills: this month so far, each bill to its seconds, a line questioned, the bill on paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.doors import speaks_for_client
from clients.models import ServiceSuspension
from secretariat import clock, ledger
from secretariat.books import (
    billing,
    limiting,
    owing,
    planning,
    rules,
    statement,
    suspending_words,
    usage,
)
from secretariat.books.forms.bills import LimitForm, QuestionForm
from secretariat.books.models import Bill, BillLine
from secretariat.next import see_other

from .bills import as_pdf


@require_GET
@speaks_for_client
def listed(request):
    return _listed(request)


@require_POST
@speaks_for_client
def limit(request):
    """She lowers her own limit a month."""
    form = LimitForm(request.POST)
    if form.is_valid():
        client, most = request.contact.client, form.cleaned_data["limit"]
        try:
            limiting.lower(client, most, by=request.user, at=clock.now())
        except billing.NotNow as words:
            form.add_error("limit", str(words))
        else:
            messages.success(request, _("Kept. We are told, and talk with you before it is reached."))
            return see_other(request, reverse("portal-bills"))
    return _listed(request, limit=form, status=422)


def _listed(request, *, limit=None, status=200):
    """Every bill with what is still to be paid, and the plan in words with this month's use of it."""
    client = request.contact.client
    bills = Bill.objects.visible_to(request.user).filter(client=client)
    bills = list(bills.order_by("-issued_on", "-number")[:60])
    today = clock.now().astimezone(client.tz).date()
    plan = planning.on(client, today)
    rows = []
    for bill, owed in zip(bills, owing.owed_of(bills), strict=True):
        digits = statement.digits_of(bill.currency)
        amounts = statement.amount(bill.total, digits), statement.amount(owed.due, digits)
        rows.append((bill, *amounts, owed, owed.is_overdue(today)))
    suspension = ServiceSuspension.objects.visible_to(request.user).open().filter(client=client).first()
    context = {
        "client": client,
        "suspension": suspension,
        "heard": suspending_words.heard(suspension) if suspension else "",
        "rows": rows,
        "plan": plan,
        "plan_words": rules.in_words(plan.rules) if plan else [],
        "used": usage.so_far(client, today) if plan else None,
        "limit": limit or LimitForm(),
        "today": today,
    }
    return render(request, "books/portal_bills.html", context, status=status)


def _bill(request, bill_id) -> Bill:
    rows = Bill.objects.visible_to(request.user).select_related("client", "credits")
    found = get_object_or_404(rows, pk=bill_id)
    ledger.looked(request.user, found.client_id, ("books.bill", found.pk))
    return found


@require_GET
@speaks_for_client
def one(request, bill_id):
    bill = _bill(request, bill_id)
    context = statement.told(request.user, bill, pages=statement.IN_THE_PORTAL)
    notes = bill.credit_notes.visible_to(request.user).order_by("number")
    context["notes"] = [(note, statement.amount(note.total, bill.digits)) for note in notes]
    context["paid"] = statement.amount(-context["owed"].paid, bill.digits)
    return render(request, "books/portal_bill.html", context)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def ask(request, line_id):
    """Question one line. It alone is held back until it is answered."""
    lines = BillLine.objects.visible_to(request.user).select_related("bill__client")
    line = get_object_or_404(lines, pk=line_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = owing.ask(line, words=form.cleaned_data["words"], by=request.user, at=clock.now())
        except billing.NotNow as words:
            form.add_error(None, str(words))
        else:
            said = _("Asked. This line is not due until it is answered, by %(day)s.")
            messages.success(request, said % {"day": f"{made.answer_by:%d %b}"})
            return see_other(request, reverse("portal-bill", args=[line.bill_id]))
    context = {
        "line": line,
        "bill": line.bill,
        "client": line.bill.client,
        "form": form,
        "amount": statement.amount(line.amount, statement.digits_of(line.bill.currency)),
    }
    return render(request, "books/portal_ask.html", context, status=422 if form.errors else 200)


@require_GET
@speaks_for_client
def pdf(request, bill_id):
    return as_pdf(_bill(request, bill_id), request.user)
