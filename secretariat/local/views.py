"""The demo's own addresses. None of them exists anywhere else."""

import hmac
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.office import presence, security_rules
from secretariat.office.models import LineKind, User
from secretariat.overview.desk.views import desk

from . import entering, moving_clock


@login_not_required
@require_GET
def enter(request, token):
    """Sign in as the person the link was made for, and go on to `next` or her first page.

    A secretary comes to work with it: her shift in the browser begins, where it may.
    """
    try:
        user = User.objects.get(email=entering.who(token), is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as stale:
        raise Http404 from stale
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if user.roles.secretary:
        at = clock.now()
        rules = [each.key for each in security_rules.asked_of(user.roles.secretary, at=at)]
        try:
            presence.start_shift(
                user.roles.secretary, line=LineKind.BROWSER, at=at, declared=True, rules=rules
            )
        except presence.NotNow as words:  # she has no contract yet, say: she goes in, and reads why
            messages.info(request, str(words))
    wanted = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if allowed else "/")


@require_GET
def desk_beside_a_telephone(request):
    """The desk. With `ring`, a number of the office, it says where somebody outside can ring that number."""
    if number := request.GET.get("ring"):
        messages.info(
            request,
            format_html(
                '{} <a class="link" href="{}/?{}" target="outside">{}</a>',
                _("A caller’s telephone stands ready in the outside world."),
                settings.OUTSIDE_URL,
                urlencode({"ring": number}),
                _("Ring from there"),
            ),
        )
    return desk(request)


@csrf_exempt
@login_not_required
@require_POST
@transaction.non_atomic_requests
def move_clock(request):
    """Set the shift that the outside world asks for, in seconds ahead of the computer's clock."""
    if not hmac.compare_digest(
        moving_clock.signature(request.body), request.headers.get("X-Demo-Signature", "")
    ):
        raise PermissionDenied
    try:
        shift = timedelta(seconds=float(request.POST["shift_seconds"]))
    except (KeyError, ValueError, OverflowError):
        return HttpResponseBadRequest()
    try:
        moving_clock.move_to(shift)
    except moving_clock.StillWorking:
        return HttpResponse(status=409)
    return HttpResponse(status=204)
