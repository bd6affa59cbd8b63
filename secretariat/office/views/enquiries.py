"""Enquiries from the directory, for the firm: read, matched with somebody, closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.directory import enquiring
from secretariat.office.forms.profile import CloseForm, SuggestForm
from secretariat.office.guards import firm_required
from secretariat.office.models import Enquiry, Secretary
from secretariat.paging import page


@require_GET
@firm_required
def listed(request):
    """Those that wait first, then what became of the others, the newest first."""
    rows = Enquiry.objects.visible_to(request.user).select_related("profile", "matched")
    settled = page(
        rows.exclude(state="open"), newest_by="asked_at", after=request.GET.get("after", ""), size=25
    )
    context = {"waiting": rows.filter(state="open").order_by("asked_at", "pk"), "settled": settled}
    return render(request, "office/enquiries.html", context | {"zone": request.user.zone})


def _enquiry(request, enquiry_id) -> Enquiry:
    rows = Enquiry.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("profile", "matched", "answered_by"), pk=enquiry_id)


@require_GET
@firm_required
def one(request, enquiry_id):
    enquiry = _enquiry(request, enquiry_id)
    ledger.looked(request.user, None, ("office.enquiry", enquiry.pk))
    return _shown(request, enquiry)


def _shown(request, enquiry, *, closing=None, status=200):
    matches = enquiring.matches(enquiry, at=clock.now()) if enquiry.state == "open" else []
    context = {
        "enquiry": enquiry,
        "asks_for": enquiring.asks_for(enquiry),
        "matches": [each for each in matches if each.fits],
        "unfit": [each for each in matches if not each.fits],
        "closing": closing or CloseForm(initial={"words": enquiring.words_of_no(enquiry)}),
        "zone": request.user.zone,
    }
    return render(request, "office/enquiry.html", context, status=status)


@require_POST
@firm_required
def suggest(request, enquiry_id):
    enquiry, form = _enquiry(request, enquiry_id), SuggestForm(request.POST)
    if not form.is_valid():
        return _shown(request, enquiry, status=422)
    people = Secretary.objects.visible_to(request.user)
    her = get_object_or_404(people, pk=form.cleaned_data["secretary"])
    facts = {"by": request.user, "at": clock.now(), "note": form.cleaned_data["note"]}
    try:
        enquiring.suggest(enquiry, her, **facts)
    except enquiring.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Suggested. A mail says so."))
    return see_other(request, reverse("enquiry", args=[enquiry.pk]))


@require_POST
@firm_required
def close(request, enquiry_id):
    enquiry, form = _enquiry(request, enquiry_id), CloseForm(request.POST)
    if not form.is_valid():
        return _shown(request, enquiry, closing=form, status=422)
    try:
        enquiring.close(enquiry, by=request.user, at=clock.now(), **form.cleaned_data)
    except enquiring.NotNow as words:
        messages.error(request, str(words))
    else:
        written = _("Closed. They are written what you have said.")
        messages.success(request, written if form.cleaned_data["words"] else _("Closed."))
    return see_other(request, reverse("enquiry", args=[enquiry.pk]))
