"""Who is on shift, for the supervisor, and ending a shift that its secretary did not end herself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import going_home, looking, presence
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Secretary, Shift

A_PAGE = 50


@require_safe
@firm_required
def listed(request):
    """Everybody on shift, with what each of them is doing."""
    shifts = Shift.objects.visible_to(request.user).filter(ended_at=None)
    shifts = shifts.select_related("secretary__presence").order_by("secretary__spoken_name", "pk")
    page = Paginator(shifts, A_PAGE).get_page(request.GET.get("page"))
    looking.looked_at_all(request.user, Of.ON_SHIFT, [each.secretary_id for each in page])
    context = {"shifts": list(page), "page": page, "at": clock.now()}
    return render(request, "office/shifts.html", context)


@require_safe
@firm_required
def one(request, secretary_id):
    """The step before: what is still with her, and where it goes."""
    secretary = _one(request, secretary_id)
    looking.looked(request.user, Of.ON_SHIFT, secretary.pk)
    rows = [(each, None) for each in going_home.left(secretary)]
    return render(request, "office/shift_of.html", {"secretary": secretary, "rows": rows})


@require_POST
@firm_required
def end(request, secretary_id):
    """End her shift. What is still hers goes to the clients' teams."""
    secretary = _one(request, secretary_id)
    name = {"name": secretary.spoken_name}
    try:
        ended = going_home.go_home(secretary, by=request.user, at=clock.now())
    except presence.NotNow:
        messages.error(request, _("%(name)s is on a call. It must end first.") % name)
    else:
        if ended:
            messages.success(request, _("The shift of %(name)s has ended.") % name)
        else:
            messages.warning(request, _("%(name)s had gone home before.") % name)
    return see_other(request, reverse("firm-shifts"))


def _one(request, secretary_id) -> Secretary:
    return get_object_or_404(Secretary.objects.visible_to(request.user), pk=secretary_id)
