"""A bill credited by the firm of its own accord, and who bills at all."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from secretariat import clock, ledger
from secretariat.books import billing, crediting, owing, statement
from secretariat.books.forms.bills import GiveBackForm, IssuerForm
from secretariat.books.models import Bill, Issuer, Question, digits_of
from secretariat.next import see_other
from secretariat.office.guards import firm_required

from .bills import find


@require_http_methods(["GET", "POST"])
@firm_required
def give_back(request, bill_id):
    """Whole lines, some of their parts, or a sum: by a credit note that says why."""
    bill = find(request, bill_id)
    page = reverse("books-bill", args=[bill.pk])
    if bill.is_draft or bill.kind != Bill.Kind.BILL:
        messages.error(request, _("Only a bill that is issued can be credited."))
        return see_other(request, page)
    rows = _rows(request, bill)
    form = GiveBackForm(
        request.POST or None,
        lines=[row["line"].pk for row in rows if not row["asked"]],
        items=[item.pk for row in rows if not row["asked"] for item, _opened, _left in row["items"]],
        digits=digits_of(bill.currency),
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("lines", "items", "because")}
        said["amount"] = form.cleaned_data["amount"] or crediting.NOUGHT
        try:
            note = owing.give_back(bill, **said, by=request.user, at=clock.now())
        except billing.NotNow as words:
            form.add_error(None, str(words))
        else:
            sum_ = statement.amount(-note.total, digits_of(bill.currency))
            words = _("%(sum)s %(currency)s are given back, by credit note %(number)s.")
            facts = {"sum": sum_, "currency": bill.currency, "number": note.number}
            messages.success(request, words % facts)
            return see_other(request, page)
    context = {
        "bill": bill,
        "client": bill.client,
        "zone": bill.client.zone,
        "form": form,
        "rows": rows,
        "ticked": {*request.POST.getlist("lines"), *request.POST.getlist("items")},
    }
    return render(request, "books/give_back.html", context, status=422 if form.errors else 200)


def _rows(request, bill) -> list[dict]:
    """Each line of which something is left, with its parts of which something is left."""
    digits = digits_of(bill.currency)
    told = statement.told(request.user, bill, pages=statement.AT_THE_DESK)
    left = crediting.standing(bill).left
    questions = Question.objects.visible_to(request.user).filter(bill=bill, ended="")
    asked = set(questions.values_list("line", flat=True))
    lines = [row for row in told["rows"] if left[row.line.pk] > 0]
    parts: dict = defaultdict(list)
    opened = {each.item.pk: each for row in lines for each in row.items}
    for item, rest in crediting.items_left([row.line.pk for row in lines]):
        if rest > 0:
            parts[item.line_id].append((item, opened[item.pk], statement.amount(rest, digits)))
    return [
        {
            "line": row.line,
            "left": statement.amount(left[row.line.pk], digits),
            "asked": row.line.pk in asked,
            "items": parts[row.line.pk],
            "is_open": any(str(item.pk) in request.POST.getlist("items") for item, *_ in parts[row.line.pk]),
        }
        for row in lines
    ]


@require_http_methods(["GET", "POST"])
@firm_required
def issuer(request):
    """Who bills, as each bill says. Administrators change it, as it says where clients pay to."""
    held = Issuer.objects.visible_to(request.user).first()
    may_change = request.user.roles.admin
    form = IssuerForm(request.POST or None, instance=held)
    if request.method == "POST":
        if not may_change:
            raise Http404
        if form.is_valid():
            form.save()
            ledger.record(
                "books.issuer_changed",
                actor_id=request.user.pk,
                subject=("office.user", request.user.pk),
                detail={"fields": form.changed_data},
            )
            messages.success(request, _("Kept. Drafts made before are drafted anew before they are issued."))
            return see_other(request, reverse("books-issuer"))
    context = {"form": form, "held": held, "may_change": may_change}
    return render(request, "books/issuer.html", context, status=422 if form.errors else 200)
