"""The firm's *People*: who is at work, on a break or shut out, and shutting somebody out at once."""

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock, ledger
from secretariat.next import next_of, see_other
from secretariat.office import suspending
from secretariat.office.forms.suspending import SuspendForm
from secretariat.office.guards import firm_required
from secretariat.office.models import Presence, Suspension, User

AT_MOST = 100


@require_GET
@firm_required
def listed(request):
    """Those who work for the firm; with a word to look for, everybody who signs in."""
    at, word = clock.now(), request.GET.get("q", "").strip()
    everybody = User.objects.visible_to(request.user)
    if word:
        found = everybody.filter(Q(name__icontains=word) | Q(email__icontains=word))
    else:
        found = everybody.filter(Q(secretary__isnull=False) | Q(posts__isnull=False)).distinct()
    open_ones = Suspension.objects.visible_to(request.user).filter(lifted_at=None).select_related("by")
    found = found.select_related("secretary__presence").prefetch_related(
        Prefetch("suspensions", open_ones, to_attr="standing")
    )
    rows = [
        {
            "person": person,
            "presence": _presence(person),
            "overdue": _presence(person).minutes_overdue(at) if _presence(person) else 0,
            "suspension": person.standing[0] if person.standing else None,
            "hers": person == request.user,
        }
        for person in found.order_by("name", "pk")[:AT_MOST]
    ]
    rows.sort(key=lambda row: -row["overdue"])
    context = {"rows": rows, "q": word, "more": len(rows) == AT_MOST, "mine": request.user.zone}
    return render(request, "office/people.html", context)


def _presence(person) -> Presence | None:
    return getattr(getattr(person, "secretary", None), "presence", None)


@require_http_methods(["GET", "POST"])
@firm_required
def suspend(request, user_id):
    """Asks why, and does it."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    if request.method == "GET":
        ledger.looked(request.user, None, ("office.user", person.pk))
        refusal = suspending.why_not(person, by=request.user)
        return _suspend_page(request, person, SuspendForm(), refusal=refusal)
    form = SuspendForm(request.POST)
    if not form.is_valid():
        return _suspend_page(request, person, form, status=422)
    try:
        suspending.suspend(person, by=request.user, at=clock.now(), **form.cleaned_data)
    except suspending.NotAllowed as refusal:
        return _suspend_page(request, person, form, refusal=str(refusal), status=422)
    messages.success(request, _("%(name)s is shut out. Callers are looked after.") % {"name": person.name})
    return see_other(request, reverse("firm-people"))


@require_POST
@firm_required
def lift(request, user_id):
    person = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    try:
        suspending.lift(person, by=request.user, at=clock.now())
    except suspending.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s may sign in again.") % {"name": person.name})
    return see_other(request, reverse("firm-people"))


def _suspend_page(request, person, form, *, refusal="", status=200):
    context = {
        "person": person,
        "form": form,
        "refusal": refusal,
        "next": next_of(request, reverse("firm-people")),
    }
    return render(request, "office/suspend.html", context, status=status)
