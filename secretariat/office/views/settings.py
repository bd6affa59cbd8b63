"""My settings: how her desk looks, sounds and is worked. Kept with her, not with the computer."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat.next import see_other
from secretariat.office import keys
from secretariat.office.forms.settings import DeskSettingsForm
from secretariat.office.guards import secretary_required


@require_http_methods(["GET", "HEAD", "POST"])
@secretary_required
def page(request):
    form = DeskSettingsForm(request.POST or None, user=request.user)
    if not form.is_bound:
        return _shown(request, form)
    if not form.is_valid():
        return _shown(request, form, status=422)
    form.save(request.user)
    messages.success(request, _("Your settings are saved."))
    answer: HttpResponseRedirect = see_other(request, reverse("desk-settings"))
    answer.delete_cookie("theme")  # a choice made on this computer alone gives way to this one
    return answer


@require_POST
@secretary_required
def reset_keys(request):
    """Every key as we set it."""
    request.user.keys = {}
    request.user.letter_keys = True
    request.user.save(update_fields=["keys", "letter_keys"])
    messages.success(request, _("Every key is as it was at first."))
    return see_other(request, reverse("desk-settings"))


def _shown(request, form, status=200):
    context = {"form": form, "fixed": keys.FIXED}
    return render(request, "office/settings.html", context, status=status)
