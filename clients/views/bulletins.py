"""What the firm tells its secretaries, at the desk."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from clients import bulletins, regions
from clients.models import Bulletin
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import for_herself, secretary_required


@require_safe
@secretary_required
def listed(request):
    """Everything in force that she may see, with what she has not read first."""
    rows = bulletins.with_reading_of(request.user).select_related("client", "person", "written_by")
    return render(
        request, "clients/bulletins.html", {"bulletins": rows.order_by("is_read", "-from_at", "-pk")}
    )


@require_safe
@for_herself
def banner(request):
    """What was posted and she has not read: above every page of her desk."""
    return render(request, *regions.bulletins(request))


@require_POST
@for_herself
def read(request, bulletin_id):
    """She has read it."""
    mine = Bulletin.objects.visible_to(request.user).for_reader(request.user).in_force()
    bulletins.acknowledge(get_object_or_404(mine, pk=bulletin_id), by=request.user, at=clock.now())
    if request.htmx:
        return render(request, *regions.bulletins(request))
    return see_other(request, "/desk/")
