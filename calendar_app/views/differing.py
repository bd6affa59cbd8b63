"""Where the client's calendar and ours disagree about a meeting: both are shown, and somebody decides."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app import clashing, deciding, offering
from calendar_app.booking import Word
from calendar_app.deciding import Version
from calendar_app.forms.arranging import MoveForm
from calendar_app.forms.differing import StandForm, VersionForm
from calendar_app.models import Meeting
from calendar_app.planning import Clashing, NotPossible
from clients import wording
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .arranging import known, move_page, version_shown
from .frames import DESK


@transaction.non_atomic_requests  # her server is asked, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@secretary_required
def versions(request, meeting_id):
    """Ours and theirs side by side; one of them, or a third, is made to hold in both places."""
    meeting = known(request, meeting_id)
    ledger.looked(request.user, meeting.client_id, ("calendar_app.meeting", meeting.pk))
    if meeting.writing != Meeting.Writing.CHANGED:
        messages.info(request, _("There is nothing to decide: both versions are the same."))
        return see_other(request, reverse("diary-meeting", args=[meeting.pk]))
    at = clock.now()
    there = deciding.theirs(meeting, at=at)
    if request.method == "GET":
        return _versions_page(request, meeting, there)
    if request.POST.get("seen") != there.seen:
        messages.warning(request, _("It was changed there meanwhile. This is how it stands now."))
        return _versions_page(request, meeting, there, status=409)
    return _decided(request, meeting, there, at)


def _decided(request, meeting, there, at):
    way, typed = request.POST.get("way"), {}
    form = VersionForm(request.POST, diary=meeting.diary, lasts=there.minutes)
    facts = {"version": version_shown(request), "by": request.user, "at": at}
    try:
        if way == "ours":
            deciding.keep_ours(meeting, seen=there.seen, **facts)
        elif way == "theirs":
            deciding.take_theirs(meeting, there, word=_word(request), **facts)
        elif form.is_valid():
            typed = form.cleaned_data
            to = Version(typed["about"], typed["on"], typed["at"], typed["minutes"], typed["where"])
            deciding.take_another(meeting, to, seen=there.seen, word=_word(request), **facts)
        else:
            return _versions_page(request, meeting, there, form=form, status=422)
    except Clashing as against:
        return _versions_page(
            request, meeting, there, form=form if way == "another" else None, clashes=against.clashes, way=way
        )
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _versions_page(request, meeting, there, form=form, status=422)
    seconds.keep(request, meeting)
    messages.success(request, _("Decided. What holds now stands here and in her calendar."))
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def _word(request) -> Word | None:
    reason = request.POST.get("reason", "").strip()
    return Word(reason[:240], frozenset(request.POST.get("accepted", "").split())) if reason else None


def _versions_page(request, meeting, there, *, form=None, clashes=(), way="", status=None):
    meeting.refresh_from_db()
    now = clock.now()

    def moment(starts, lasts):
        minutes = round(lasts.total_seconds() / 60)
        when = wording.two_clocks(starts, meeting.zone, request.user.zone, now=now)
        return ngettext("%(when)s, %(n)s minute", "%(when)s, %(n)s minutes", minutes) % {
            "when": when,
            "n": minutes,
        }

    hers = deciding.version_of(meeting, there)
    initial = {
        "about": hers.about,
        "on": hers.on,
        "at": hers.at,
        "minutes": hers.minutes,
        "where": hers.where,
    }
    form = form or VersionForm(initial=initial, diary=meeting.diary, lasts=hers.minutes)
    context = {
        "meeting": meeting,
        "client": meeting.client,
        "there": there,
        "lines": deciding.lines(meeting, there, moment=moment),
        "form": form,
        "clashes": clashes,
        "is_final": any(each.is_final for each in clashes),
        "accepted": offering.accepted(tuple(clashes)),
        "way": way,
        "guests": list(meeting.guests.all()),
        "zone": meeting.zone,
        "mine": request.user.zone,
    }
    status = status or (422 if clashes else 200)
    return render(request, "calendar_app/versions.html", context, status=status)


@transaction.non_atomic_requests  # moved, her calendar is looked at first
@require_http_methods(["GET", "POST"])
@secretary_required
def clash(request, meeting_id):
    """What lies beside a meeting, and the next good times for it. A post moves it to one of them."""
    meeting = known(request, meeting_id)
    if request.method == "POST":
        return move_page(request, meeting, "calendar_app/move.html", DESK)
    ledger.looked(request.user, meeting.client_id, ("calendar_app.meeting", meeting.pk))
    return _clash_page(request, meeting, StandForm())


@require_POST
@secretary_required
def let_stand(request, meeting_id):
    """Both stay where they are."""
    meeting = known(request, meeting_id)
    form = StandForm(request.POST)
    if not form.is_valid():
        return _clash_page(request, meeting, form, status=422)
    keys = request.POST.getlist("clash")[:50]
    try:
        clashing.let_it_stand(
            meeting,
            keys,
            version=version_shown(request),
            because=form.cleaned_data["because"],
            by=request.user,
            at=clock.now(),
        )
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _clash_page(request, meeting, form, status=422)
    messages.success(request, _("Both stay as they are."))
    seconds.keep(request, meeting)
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def _clash_page(request, meeting, form, status=200):
    at = clock.now()
    meeting.refresh_from_db()
    found = clashing.against(meeting, at=at, reader=request.user)
    asked = clashing.proposals(meeting)
    context = {
        "meeting": meeting,
        "client": meeting.client,
        "against": [(clashing.key(each), each.words) for each in found],
        "offers": offering.offers(meeting.diary, asked, at=at, reader=request.user) if found else (),
        "move_form": MoveForm(initial=asked, diary=meeting.diary),
        "form": form,
        "guests": list(meeting.guests.all()),
        "zone": meeting.zone,
        "mine": request.user.zone,
    }
    return render(request, "calendar_app/clash.html", context, status=status)
