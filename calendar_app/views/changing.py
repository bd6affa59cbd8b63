"""A meeting that stands is changed where it is shown: what it is about, who comes; and arranged again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app import booking, copying, offering, series
from calendar_app.forms.changing import AgainForm, ChangeForm, GuestForm
from calendar_app.models import Guest, Meeting
from calendar_app.planning import NotPossible
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .arranging import known, seen
from .frames import DESK, PORTAL

State = Meeting.State


@require_http_methods(["GET", "POST"])
@secretary_required
def desk_change(request, meeting_id):
    return _change(request, DESK, known(request, meeting_id))


@require_http_methods(["GET", "POST"])
@portal_required
def portal_change(request, meeting_id):
    return _change(request, PORTAL, known(request, meeting_id))


def _change(request, frame, meeting):
    form = ChangeForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        facts = form.facts()
        if not facts or _done(request, form, lambda: _changed(request, meeting, form, facts)):
            messages.success(request, _("Saved.") if facts else _("Nothing was changed."))
            if facts:
                seconds.keep(request, meeting, frame)
            return see_other(request, reverse(frame.name("meeting"), args=[meeting.pk]))
    return _page(request, frame, meeting, form, "calendar_app/change.html")


def _changed(request, meeting, form, facts):
    which = form.cleaned_data.get("which", series.ONE)
    how = {"by": request.user, "at": clock.now()}
    if which == series.ONE:
        booking.change(meeting, version=seen(request)["version"], **how, **facts)
    else:
        series.change(meeting, which, **seen(request), **how, **facts)


@require_http_methods(["GET", "POST"])
@secretary_required
def desk_guests(request, meeting_id):
    return _guests(request, DESK, known(request, meeting_id))


@require_http_methods(["GET", "POST"])
@portal_required
def portal_guests(request, meeting_id):
    return _guests(request, PORTAL, known(request, meeting_id))


def _guests(request, frame, meeting):
    """Who comes: somebody more is added here, and taken off."""
    form = GuestForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid() and _done(request, form, lambda: _invited(request, meeting, form)):
        messages.success(request, _("Added."))
        seconds.keep(request, meeting, frame)
        return see_other(request, reverse(frame.name("guests"), args=[meeting.pk]))
    return _page(request, frame, meeting, form, "calendar_app/guests.html")


def _invited(request, meeting, form):
    coming = (form.coming(),)
    how = {"by": request.user, "at": clock.now()}
    which = form.cleaned_data.get("which", series.ONE)
    if which == series.ONE:
        booking.invite(meeting, coming, version=seen(request)["version"], **how)
    else:
        series.invite(meeting, which, coming, **seen(request), **how)


@require_POST
@secretary_required
def desk_guest_off(request, meeting_id, guest_id):
    return _guest_off(request, DESK, known(request, meeting_id), guest_id)


@require_POST
@portal_required
def portal_guest_off(request, meeting_id, guest_id):
    return _guest_off(request, PORTAL, known(request, meeting_id), guest_id)


def _guest_off(request, frame, meeting, guest_id):
    guest = get_object_or_404(Guest.objects.visible_to(request.user).filter(meeting=meeting), pk=guest_id)
    how = {"by": request.user, "at": clock.now()}
    try:
        if request.POST.get("which") == series.ALL and meeting.series_id:
            series.take_off(meeting, series.ALL, guest, **seen(request), **how)
        else:
            booking.take_off(meeting, guest, version=seen(request)["version"], **how)
        messages.success(request, _("%(name)s is taken off.") % {"name": guest})
        seconds.keep(request, meeting, frame)
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    return see_other(request, reverse(frame.name("guests"), args=[meeting.pk]))


@require_http_methods(["GET", "POST"])
@secretary_required
def desk_again(request, meeting_id):
    return _again(request, DESK, known(request, meeting_id))


@require_http_methods(["GET", "POST"])
@portal_required
def portal_again(request, meeting_id):
    return _again(request, PORTAL, known(request, meeting_id))


def _again(request, frame, meeting):
    """What does not stand any more, arranged anew with the same facts and guests, at its time or another."""
    if meeting.state in Meeting.STANDING:
        raise Http404
    diary, at = meeting.diary, clock.now()
    typed = request.POST.dict() if request.method == "POST" else _as_it_was(meeting, at)
    form = (
        AgainForm(request.POST, diary=diary)
        if request.method == "POST"
        else AgainForm(initial=typed, diary=diary)
    )
    arrange = booking.block if meeting.manner == Meeting.Manner.BLOCK else booking.book
    clashes = ()
    if form.is_bound:
        made, clashes = offering.tried(
            form,
            lambda word: arrange(
                diary, copying.plan(meeting, form.cleaned_data), by=request.user, at=at, word=word
            ),
        )
        if made is not None:
            messages.success(request, _("Arranged again."))
            seconds.keep(request, made, frame)
            return see_other(request, reverse(frame.name("meeting"), args=[made.pk]))
    place = {"manner": meeting.manner, "place": meeting.place_id, "where": meeting.where}
    context = frame.context() | offering.panel(request.user, diary, form, typed | place, clashes, at=at)
    status = 422 if form.is_bound else 200
    return render(request, "calendar_app/again.html", context | {"meeting": meeting}, status=status)


def _as_it_was(meeting, at) -> dict:
    """Its length; and its time, while that is still to come."""
    length = {"minutes": meeting.minutes}
    return length | {"starts": meeting.starts_at.isoformat()} if meeting.starts_at > at else length


def _done(request, form, act) -> bool:
    try:
        act()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request, frame, meeting, form, template):
    context = frame.context() | {
        "meeting": meeting,
        "client": meeting.client,
        "form": form,
        "guests": list(meeting.guests.all()),
        "stands": meeting.state in Meeting.STANDING,
        "zone": meeting.zone,
        "mine": request.user.zone,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
