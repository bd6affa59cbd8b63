"""A first call of somebody who learns: gone through with her."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from calls.models import Call
from secretariat.books.supervision import first_calls
from secretariat.next import see_other
from secretariat.office.guards import firm_required
from secretariat.office.vacancies import for_her


@require_POST
@firm_required
def seen(request, call_id):
    call = get_object_or_404(Call.objects.visible_to(request.user).select_related("secretary"), pk=call_id)
    try:
        first_calls.see(call, by=request.user)
    except first_calls.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Noted: you have gone through this call with her."))
    application = for_her.of(call.secretary) if call.secretary else None
    page = reverse("applicant", args=[application.pk]) if application else reverse("supervision")
    return see_other(request, page)
