"""The portal's page of what is done before and after meetings."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calendar_app import around
from calendar_app.forms.around import AroundForm
from calendar_app.models import Around
from clients.doors import portal_required
from secretariat.next import see_other

from . import whose


@require_http_methods(["GET", "POST"])
@portal_required
def page(request):
    """Reminders, the agenda of the evening before, and the rest."""
    diary = whose.diary(request)
    found = None
    if not diary._state.adding:
        found = Around.objects.visible_to(request.user).filter(diary=diary).first()
    form = AroundForm(request.POST or None, instance=found or Around(client=diary.client))
    if request.method == "POST" and form.is_valid():
        row = around.say(diary, form.said, by=request.user)
        messages.success(request, _("Saved. It holds for what is arranged already as well."))
        return see_other(request, f"{reverse('diary-around')}?diary={row.diary_id}")
    context = {
        "diary": diary,
        "diary_is_new": diary._state.adding,
        "client": diary.client,
        "form": form,
        "zone": diary.zone_name,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "calendar_app/portal_around.html", context, status=status)
