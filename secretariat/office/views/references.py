"""What somebody is asked who knows an applicant's work: by the link that was mailed, without a sign-in.

Looking changes nothing, for mail scanners open links. No browser keeps the page, and what was answered is not
shown on it again.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from secretariat import clock
from secretariat.office import tries
from secretariat.office.forms.references import ReferenceForm
from secretariat.office.models import Firm, Referee
from secretariat.office.vacancies import referring

from .applying import private


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, token):
    """Asked and answered on one page; for what we never signed there is nothing."""
    try:
        referee = referring.read(token)
    except Referee.DoesNotExist:
        # Answered, not raised: a raised one would take the count back.
        if tries.too_many(request, "reference"):
            return private(render(request, "429.html", status=429))
        return private(render(request, "404.html", status=404))
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            referring.answer(referee, **form.cleaned_data, at=clock.now())
        except referring.NotNow as words:
            messages.error(request, str(words))
        return private(redirect("reference", token))
    context = {
        "referee": referee,
        "application": referee.application,
        "form": form,
        "is_open": referring.is_open(referee, at=clock.now()),
        "firm_name": Firm.figure("name"),
    }
    title = _("About %(name)s") % {"name": referee.application.name}
    status = 422 if form.errors else 200
    return private(render(request, "office/reference.html", context | {"title": title}, status=status))
