"""Enquiries from the directory, for the firm: found, read, matched with somebody, closed, opened again."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.directory import enquiring
from secretariat.office.forms.profile import CloseForm, EnquiriesForm, SuggestForm
from secretariat.office.guards import firm_required
from secretariat.office.models import Enquiry, Secretary
from secretariat.paging import page

MOST_SUGGESTED = 100  # listed at once


@require_GET
@firm_required
def listed(request):
    """Those that wait, for us and for them, then what became of the others; or those of a name, wherever."""
    form = EnquiriesForm(request.GET or None)
    word = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    rows = Enquiry.objects.visible_to(request.user).select_related("matched")
    if word:
        of_them = Q(name__icontains=word) | Q(firm__icontains=word) | Q(email__icontains=word)
        others, waiting, suggested = rows.filter(of_them), rows.none(), rows.none()
    else:
        oldest_first = rows.order_by("asked_at", "pk")
        waiting, suggested = (oldest_first.filter(state=each) for each in enquiring.WAITING)
        others = rows.exclude(state__in=enquiring.WAITING)
    context = {
        "form": form,
        "word": word,
        "query": urlencode({"q": word}) if word else "",
        "waiting": waiting,
        "suggested": suggested[:MOST_SUGGESTED],
        "there_are_more": suggested.count() > MOST_SUGGESTED,
        "others": page(others, newest_by="asked_at", after=request.GET.get("after", ""), size=25),
        "zone": request.user.zone,
    }
    return render(request, "office/enquiries.html", context)


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
    usual = {"words": enquiring.words_of_no(enquiry), "tells": enquiry.matched_id is None}
    context = {
        "enquiry": enquiry,
        "asks_for": enquiring.asks_for(enquiry),
        "matches": [each for each in matches if each.fits],
        "unfit": [each for each in matches if not each.fits],
        "may_close": enquiry.state in enquiring.WAITING,
        "closing": closing or CloseForm(initial=usual),
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
        enquiring.close(enquiry, by=request.user, at=clock.now(), **form.said)
    except enquiring.NotNow as words:
        messages.error(request, str(words))
    else:
        written = _("Closed. They are written what you have said.")
        messages.success(request, written if form.said["words"] else _("Closed."))
    return see_other(request, reverse("enquiry", args=[enquiry.pk]))


@require_POST
@firm_required
def reopen(request, enquiry_id):
    enquiry = _enquiry(request, enquiry_id)
    try:
        enquiring.reopen(enquiry, by=request.user, at=clock.now())
    except enquiring.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Open again. It waits among those to be answered."))
    return see_other(request, reverse("enquiry", args=[enquiry.pk]))
