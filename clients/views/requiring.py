"""The portal's *What we require*: of whoever answers for the client."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients import requiring
from clients.doors import owns_client
from clients.forms.requiring import RequirementForm
from clients.models import ClientRequirement
from secretariat import clock
from secretariat.next import see_other


@require_GET
@owns_client
def page(request):
    return _shown(request, RequirementForm(user=request.user))


def _shown(request, form, *, ask_anyway=False, status=200):
    client = request.contact.client
    context = {
        "client": client,
        "rows": requiring.standing(client, at=clock.now()),
        "form": form,
        "ask_anyway": ask_anyway,
    }
    return render(request, "clients/required.html", context, status=status)


@require_POST
@owns_client
def add(request):
    form, client = RequirementForm(request.POST, user=request.user), request.contact.client
    if not form.is_valid():
        return _shown(request, form, status=422)
    anyway = form.cleaned_data["anyway"]
    try:
        found = requiring.require(form.row(client), by=request.user, at=clock.now(), anyway=anyway)
    except requiring.NotNow as words:
        form.add_error(None, str(words))
        return _shown(request, form, ask_anyway=isinstance(words, requiring.NobodyLeft), status=422)
    messages.success(request, _("From now on: %(what)s.") % {"what": found.name})
    return see_other(request, f"{reverse('required')}?client={client.pk}")


@require_POST
@owns_client
def take_back(request, requirement_id):
    client = request.contact.client
    hers = ClientRequirement.objects.visible_to(request.user).filter(client=client)
    requiring.take_back(get_object_or_404(hers, pk=requirement_id), by=request.user)
    messages.success(request, _("Required no more."))
    return see_other(request, f"{reverse('required')}?client={client.pk}")
