"""Teams, for the firm: who answers for a client, and who else could, with the reasons."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients import suggesting, team
from clients.forms.team import AssignForm, WishForm
from clients.models import Assignment, Client
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import firm_required
from secretariat.office.models import Secretary

A_PAGE = 50


@require_GET
@firm_required
def clients(request):
    """Every client we answer for, with its team."""
    rows = Client.objects.visible_to(request.user).filter(is_active=True).order_by("name", "pk")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    team_of: dict = {}
    current = Assignment.objects.visible_to(request.user).filter(until_at=None, client__in=list(shown))
    for each in current.select_related("secretary").order_by("from_at", "pk"):
        team_of.setdefault(each.client_id, []).append(each)
    context = {"rows": [(client, team_of.get(client.pk, [])) for client in shown], "page": shown}
    return render(request, "clients/teams.html", context)


def _client(request, client_id) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)


@require_GET
@firm_required
def page(request, client_id):
    """The team, and everybody who is not on it: who suits, and why; who does not, and why not."""
    client = _client(request, client_id)
    asked = request.GET.copy()
    asked.pop("page", None)
    wishes = WishForm(asked or None, user=request.user)
    found = suggesting.matches(client, at=clock.now(), wished=wishes.wished)
    current = Assignment.objects.visible_to(request.user).filter(client=client, until_at=None)
    fit, unfit = [each for each in found if each.fits], [each for each in found if not each.fits]
    shown = Paginator(fit, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "client": client,
        "team": current.select_related("secretary").order_by("from_at", "pk"),
        "matches": list(shown),
        "page": shown,
        "query": asked.urlencode(),
        "unfit": unfit[:A_PAGE],
        "unfit_in_all": len(unfit),
        "form": AssignForm(),
        "wishes": wishes,
    }
    return render(request, "clients/team_suggest.html", context)


@require_POST
@firm_required
def assign(request, client_id):
    client, form = _client(request, client_id), AssignForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        people = Secretary.objects.visible_to(request.user).filter(user__is_active=True)
        her = get_object_or_404(people, pk=said["secretary"])
        try:
            team.assign(her, client, by=request.user, at=clock.now(), turn=said["turn"])
        except team.NotNow as words:
            messages.error(request, str(words))
        else:
            facts = {"name": her.spoken_name, "client": client.name}
            messages.success(request, _("%(name)s is on the team of %(client)s.") % facts)
    else:
        messages.error(request, _("Choose in which turn she answers."))
    return see_other(request, reverse("team-suggest", args=[client.pk]))
