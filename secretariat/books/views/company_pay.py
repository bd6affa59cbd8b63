"""For an outsourcing company: where it is paid, as its own people say, and what it is paid for each run."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock, ledger
from secretariat.books import company_payments, of_partner, pay_details
from secretariat.books.forms.pay import CodeForm, DetailsForm
from secretariat.next import see_other
from secretariat.office.guards import partner_required


@require_GET
@partner_required
def listed(request):
    return _listed(request)


def _listed(request, *, code=None, status=200):
    company = of_partner.company(request.user)
    context = {
        "company": company,
        "details": pay_details.of(company),
        "waiting": pay_details.waiting(company, at=clock.now()),
        "payments": company_payments.listed(request.user),
        "code": code or CodeForm(),
    }
    return render(request, "books/company_pay.html", context, status=status)


@require_GET
@partner_required
def payment(request, run_id):
    """What one run pays it: each secretary with her hours and her sum, which open to her statement."""
    found = company_payments.of_run(request.user, run_id)
    if not found:
        raise Http404
    # Each can read who looked at hers.
    seen = sorted(each.pk for one in found for each in one.statements)
    ledger.looked_at_all(request.user, [("books.paystatement", pk) for pk in seen])
    context = {
        "company": of_partner.company(request.user),
        "run": found[0].run,
        "payments": [(each, company_payments.rows(each)) for each in found],
    }
    return render(request, "books/company_payment.html", context)


@require_http_methods(["GET", "POST"])
@partner_required
def details(request):
    """Where it is paid. What is entered counts once the code from the mail is typed."""
    company = of_partner.company(request.user)
    form = DetailsForm(request.POST or None, initial={"holder": company.name[:70]})
    if request.method == "POST" and form.is_valid():
        entered = pay_details.Details(**form.cleaned_data)
        pay_details.enter(company, entered, by=request.user, at=clock.now())
        messages.success(request, _("Kept. Type the code from the mail, and it counts."))
        return see_other(request, reverse("partner-pay"))
    context = {"company": company, "form": form}
    return render(request, "books/company_details.html", context, status=422 if form.errors else 200)


@require_POST
@partner_required
def confirm(request):
    at, form = clock.now(), CodeForm(request.POST)
    row = pay_details.waiting(of_partner.company(request.user), at=at)
    if row is None:
        messages.error(request, _("Nothing waits for a code. Enter the account again."))
        return see_other(request, reverse("partner-pay"))
    if form.is_valid():
        try:
            if pay_details.confirm(row, form.cleaned_data["code"], by=request.user, at=at):
                said = _(
                    "Confirmed. Your company is paid into this account from now on. All of you are told."
                )
                messages.success(request, said)
                return see_other(request, reverse("partner-pay"))
        except pay_details.NotNow as words:
            form.add_error("code", str(words))
        else:
            form.add_error("code", _("That is not the code in the newest mail."))
    return _listed(request, code=form, status=422)
