"""Paying an approved run: files for the bank, what is paid, what came back."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secretariat import clock
from secretariat.books import paying, paying_out
from secretariat.books.forms.pay import ReturnedForm
from secretariat.next import see_other
from secretariat.office.guards import books_required

from .pay import as_file, told, visible_run, visible_statement


@require_POST
@books_required
def for_bank(request, run_id):
    """Payments for a bank: of whoever can be paid so and is in no file yet."""
    run, at = visible_run(request, run_id), clock.now()

    def made() -> bytes:
        return paying_out.document(run, paying_out.order(run, by=request.user, at=at))

    return as_file(request, run, made, "xml", "application/xml")


@require_POST
@books_required
def again(request, run_id, file_id):
    """A file for the bank that was made before."""
    run = visible_run(request, run_id)
    return as_file(request, run, lambda: paying_out.again(run, file_id), "xml", "application/xml")


@require_POST
@books_required
def all_paid(request, run_id, file_id):
    """Everything in a file has been paid, but for what is said to have come back."""
    run = visible_run(request, run_id)
    try:
        n = paying_out.all_paid(run, file_id, by=request.user, at=clock.now())
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        said = ngettext("%(n)d payment is marked as paid.", "%(n)d payments are marked as paid.", n)
        messages.success(request, said % {"n": n})
    return see_other(request, reverse("pay-run", args=[run.pk]))


@require_POST
@books_required
def paid(request, statement_id):
    """One statement has been paid, by the bank or otherwise."""
    found = visible_statement(request, statement_id)
    try:
        paying_out.paid(found, by=request.user, at=clock.now())
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Marked as paid."))
    return see_other(request, reverse("pay-statement", args=[found.pk]))


@require_POST
@books_required
def none_paid_yet(request, run_id):
    """Whoever's account came after this run was approved: none of them has been paid by other ways."""
    run = visible_run(request, run_id)
    try:
        n = paying_out.not_paid_yet(run, by=request.user, at=clock.now())
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        said = ngettext(
            "%(n)d payment is in the next file for the bank.",
            "%(n)d payments are in the next file for the bank.",
            n,
        )
        messages.success(request, said % {"n": n})
    return see_other(request, reverse("pay-run", args=[run.pk]))


@require_POST
@books_required
def not_paid_yet(request, statement_id):
    """The same of one statement, and what is paid with it."""
    found = visible_statement(request, statement_id)
    try:
        paying_out.not_paid_yet(found.run, by=request.user, at=clock.now(), **paying_out.together(found))
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("It is in the next file for the bank."))
    return see_other(request, reverse("pay-statement", args=[found.pk]))


@require_POST
@books_required
def returned(request, statement_id):
    """A payment came back, and why; she reads it."""
    found, form = visible_statement(request, statement_id), ReturnedForm(request.POST)
    if not form.is_valid():
        return told(request, found, returned=form, status=422)
    try:
        paying_out.returned(found, **form.cleaned_data, by=request.user, at=clock.now())
    except paying.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Marked. It can be paid again, into the account that counts then."))
    return see_other(request, reverse("pay-statement", args=[found.pk]))
