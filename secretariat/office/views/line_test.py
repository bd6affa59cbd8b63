"""Her home office and its line: tried, and kept as it was found."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from secretariat import clock
from secretariat.next import see_other
from secretariat.office.forms.line_test import LineTestForm
from secretariat.office.guards import for_herself
from secretariat.office.models import LineTest
from secretariat.office.models.line_test import PROBES

SHOWN = 10


@require_http_methods(["GET", "POST"])
@for_herself
def page(request):
    form = LineTestForm(request.POST or None, instance=LineTest(secretary=request.secretary, at=clock.now()))
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        said = (
            _("Kept. The line is good.") if kept.is_good else _("Kept. The office sees what is not good yet.")
        )
        messages.success(request, said)
        return see_other(request, reverse("line-test"))
    rows = LineTest.objects.visible_to(request.user).filter(secretary=request.secretary)[:SHOWN]
    context = {"form": form, "rows": rows, "probes": PROBES}
    return render(request, "office/line_test.html", context, status=422 if form.errors else 200)
