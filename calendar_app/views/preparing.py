"""Preparing a meeting, from the desk or by the client: notes, and files."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app import preparing
from calendar_app.forms.preparing import PreparationForm
from calendar_app.models import Paper
from calendar_app.planning import NotPossible
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .arranging import known, version_shown
from .frames import DESK, PORTAL


@require_http_methods(["GET", "POST"])
@secretary_required
def at_desk(request, meeting_id):
    return _page(request, meeting_id, "calendar_app/prepare.html", DESK)


@require_http_methods(["GET", "POST"])
@portal_required
def in_portal(request, meeting_id):
    return _page(request, meeting_id, "calendar_app/portal_prepare.html", PORTAL)


@require_POST
@secretary_required
def take_away_at_desk(request, meeting_id, paper_id):
    return _take_away(request, meeting_id, paper_id, "diary-meeting")


@require_POST
@portal_required
def take_away_in_portal(request, meeting_id, paper_id):
    return _take_away(request, meeting_id, paper_id, "diary-portal-meeting")


def _page(request, meeting_id, template, frame):
    meeting = known(request, meeting_id)
    if request.method == "GET":
        form = PreparationForm(initial={"words": meeting.preparation})
        return render(request, template, _context(meeting, form))
    form = PreparationForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            with transaction.atomic():
                _save(request, meeting, form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            seconds.keep(request, meeting, frame)
            return see_other(request, reverse(frame.name("meeting"), args=[meeting.pk]))
    meeting.refresh_from_db()
    return render(request, template, _context(meeting, form), status=422)


def _save(request, meeting, said) -> None:
    at = clock.now()
    if said["words"] != meeting.preparation:
        preparing.note(meeting, version=version_shown(request), words=said["words"], by=request.user, at=at)
    if said["paper"]:
        preparing.add(meeting, said["paper"], by=request.user, at=at)


def _context(meeting, form) -> dict:
    return {"meeting": meeting, "client": meeting.client, "form": form}


def _take_away(request, meeting_id, paper_id, done):
    meeting = known(request, meeting_id)
    papers = Paper.objects.visible_to(request.user).select_related("meeting__diary")
    paper = get_object_or_404(papers.filter(meeting=meeting), pk=paper_id)
    preparing.take_away(paper, by=request.user, at=clock.now())
    messages.success(request, _("Taken away: %(name)s.") % {"name": paper.name})
    return see_other(request, reverse(done, args=[meeting.pk]))
