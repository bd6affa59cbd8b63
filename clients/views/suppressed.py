"""Addresses to which nothing is sent: the firm sees which, and why, and has one sent to again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients import suppressing
from clients.forms.suppressing import LiftForm
from clients.models import Suppression
from secretariat import ledger
from secretariat.next import see_other
from secretariat.office.guards import firm_required
from secretariat.paging import page


@firm_required
@require_safe
def listed(request):
    """The newest first: those that hold, or those that held once."""
    words, lifted = request.GET.get("q", "").strip(), request.GET.get("show") == "lifted"
    rows = Suppression.objects.visible_to(request.user).select_related("lifted_by")
    rows = rows.exclude(lifted_at=None) if lifted else rows.standing()
    found = page(rows.at(words), newest_by="since", after=request.GET.get("after", ""))
    context = {"rows": suppressing.whose(found), "next": found.next, "q": words, "lifted": lifted}
    return render(request, "clients/suppressed.html", context)


@firm_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request, suppression_id):
    """Why nothing is sent there; and that it is again, with what somebody found out."""
    rows = Suppression.objects.visible_to(request.user).select_related("lifted_by")
    row = get_object_or_404(rows, pk=suppression_id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and row.may_be_lifted and form.is_valid():
        suppressing.lift(row.channel, row.address, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("It is sent to again from now on."))
        return see_other(request, reverse("suppressed"))
    if request.method == "POST" and not row.may_be_lifted:
        messages.warning(request, _("Nothing was changed: see how it stands now."))
        return see_other(request, reverse("suppressed-one", args=[row.pk]))
    ledger.looked(request.user, None, ("clients.suppression", row.pk))
    [row] = suppressing.whose([row])
    context = {"row": row, "form": form, "zone": request.user.zone}
    return render(request, "clients/suppressed_one.html", context, status=422 if form.errors else 200)
