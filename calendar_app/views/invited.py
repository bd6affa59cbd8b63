"""Somebody invites the client: what it is, what stands against it, and what she answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from calendar_app import answering_invitations, being_invited, discretion
from calendar_app.forms.invited import AnswerForm
from calendar_app.models import InvitedTo
from calendar_app.planning import NotPossible
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds

SUBJECT = "calendar_app.invitedto"


@require_GET
@secretary_required
def page(request, invited_id):
    return _page(request, _known(request, invited_id), AnswerForm())


@require_POST
@secretary_required
def answer(request, invited_id):
    invited = _known(request, invited_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, invited, form, status=422)
    version = request.POST.get("version", "")
    try:
        being_invited.answer(
            invited,
            form.cleaned_data["answer"],
            version=int(version) if version.isdecimal() else -1,
            words=form.cleaned_data["words"],
            by=request.user,
            at=clock.now(),
        )
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _page(request, invited, form, status=422)
    messages.success(request, _("Answered. Whoever invites is told."))
    seconds.keep(request, invited)
    return see_other(request, reverse("diary-invitation", args=[invited.pk]))


def _known(request, invited_id) -> InvitedTo:
    found = InvitedTo.objects.visible_to(request.user).select_related(
        *("client", "diary__client", "diary__contact", "calendar__connection", "meeting", "answered_by")
    )
    invited = get_object_or_404(found, pk=invited_id)
    if invited.private and not discretion.is_hers(request.user, invited.diary):
        raise Http404
    return invited


def _page(request, invited, form, status=200):
    at = clock.now()
    ledger.looked(request.user, invited.client_id, (SUBJECT, invited.pk))
    if form.is_bound:
        invited.refresh_from_db()
    is_open = invited.state != InvitedTo.State.WITHDRAWN and invited.ends_at > at
    context = {
        "invited": invited,
        "client": invited.client,
        "form": form,
        "against": being_invited.against(invited, at=at, reader=request.user)
        if invited.state == InvitedTo.State.PROPOSED
        else (),
        "is_open": is_open,
        "by_server": (invited.calendar or answering_invitations.server_of(invited)) is not None
        and (invited.calendar or answering_invitations.server_of(invited)).server_invites,
        "zone": invited.diary.zone_name,
        "mine": request.user.zone,
    }
    return render(request, "calendar_app/invitation.html", context, status=status)
