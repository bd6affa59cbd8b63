"""The firm's numbers at the carrier: whose each is, where it rings, what is wrong; one button to mend it."""

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from secretariat import outbox
from secretariat.channels import Refused, Silent
from secretariat.overview import connecting
from secretariat.overview.number_check import RIGHT


@transaction.non_atomic_requests  # the carrier is asked, and no transaction may wait for that
@require_http_methods(["GET", "POST"])
def page(request):
    """GET asks the carrier and shows; POST has the numbers chosen set by the outbox."""
    try:
        rows, trouble = connecting.compared(), ""
    except (Refused, Silent) as silence:
        rows, trouble = [], silence.code
    if request.method == "POST":
        return _set(request, rows, trouble)
    context = admin.site.each_context(request) | {
        "title": _("Telephone numbers"),
        "rows": rows,
        "trouble": trouble,
        "to_set": [row for row in rows if row.to_set],
        "right": sum(row.state == RIGHT for row in rows),
        "under_way": [(outbox.describe(effect), effect) for effect in connecting.under_way()],
        "account": settings.TWILIO_ACCOUNT_SID,
        "may_set": request.user.roles.admin,
    }
    return TemplateResponse(request, "admin/telephony/numbers.html", context)


def _set(request, rows, trouble):
    if not request.user.roles.admin:
        raise Http404
    chosen = set(request.POST.getlist("number"))
    to_set = [row for row in rows if row.to_set and row.owned.id in chosen]
    if trouble:
        messages.error(
            request, _("The carrier could not be asked (%(code)s). Nothing is set.") % {"code": trouble}
        )
    elif not to_set:
        messages.warning(request, _("No number was chosen that needs setting."))
    else:
        count = connecting.point_soon(to_set, by=request.user)
        said = ngettext("%(count)d number is being set.", "%(count)d numbers are being set.", count)
        messages.success(request, said % {"count": count} + " " + _("Look again in a moment."))
    return redirect("telephony", permanent=False)
