"""A guest's own page of one meeting, by the link she was sent: times to choose from; later, moving it.

Looking changes nothing, for mail scanners open links; what changes something is posted. Of what else stands
in the diary, of others who are asked, and of whoever arranges it here, she learns nothing. No browser keeps
the page, and no other site is told its address (`SECURE_REFERRER_POLICY`).
"""

from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calendar_app import answering, by_link, fresh, guest_links, inviting, negotiation, when
from calendar_app.booking import Changed
from calendar_app.forms.by_link import CancelByLinkForm, ProposeForm, WordsForm
from calendar_app.models import GuestLink, Meeting, MeetingRequest, RequestParty
from calendar_app.planning import NotPossible
from calendar_app.typed import as_moment, as_uuid
from secretariat import clock
from secretariat.office import tries

GONE = 409


def linked(view):
    """Open what the address names, or say in plain words that it opens nothing any more."""

    @login_not_required
    @wraps(view)
    def opened(request, token):
        if request.method == "POST" and tries.too_many(request, "guest"):
            return _private(render(request, "calendar_app/guest_wait.html", status=429))
        try:
            found = guest_links.open_link(token, at=clock.now(), date=_date(request))
        except GuestLink.DoesNotExist:
            # Answered, not raised: a raised one would take the count back.
            if tries.too_many(request, "guest-link"):
                return _private(render(request, "calendar_app/guest_wait.html", status=429))
            return _private(render(request, "404.html", status=404))
        except guest_links.LinkOver as over:
            context = {"client": over.client}
            return _private(render(request, "calendar_app/guest_over.html", context, status=410))
        with translation.override(found.language):
            return _private(view(request, token, found))

    return opened


def _private(answer):
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@linked
def page(request, token, opened):
    return _show(request, token, opened)


@transaction.non_atomic_requests  # the client's calendar is looked at first, and no transaction waits for it
@require_POST
@linked
def choose(request, token, opened):
    """This time suits, or of several who are asked these."""
    if opened.party is None or opened.meeting:
        return _show(request, token, opened, status=GONE)
    chosen = [each for each in map(as_uuid, request.POST.getlist("option")) if each]
    asked, at = opened.request, clock.now()
    fresh.look_at_all(asked.diary, negotiation.spans(asked, chosen), at=at)
    try:
        heard = answering.answer(opened.party, chosen, by=None, at=at)
    except Changed:
        return _again(request, token, _("This was settled meanwhile. Here is how it stands."))
    except NotPossible as refusal:
        return _show(request, token, opened, told=str(refusal), status=422)
    if heard.gone:
        return _again(request, token, _("That time has just been taken. These remain."))
    return _back(request, token)


@require_POST
@linked
def propose(request, token, opened):
    """Other times at which she could come."""
    form = ProposeForm(request.POST, zone=opened.zone)
    if not form.is_valid():
        return _show(request, token, opened, propose=form, status=422)
    said, at = form.cleaned_data["words"], clock.now()
    try:
        if opened.meeting is None and opened.party:
            answering.propose(opened.party, form.times, words=said, by=None, at=at)
        elif opened.guest and opened.meeting.state == Meeting.State.CONFIRMED:
            by_link.ask_for_another(opened, form.times, words=said, at=at)
    except Changed:
        return _again(request, token, _("This was settled meanwhile. Here is how it stands."))
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return _show(request, token, opened, propose=form, status=422)
    return _back(request, token)


@require_POST
@linked
def none(request, token, opened):
    """None of the times suits."""
    form = WordsForm(request.POST)
    if not form.is_valid() or opened.party is None or opened.meeting:
        return _show(request, token, opened, none=form, status=422)
    try:
        answering.none_suits(opened.party, words=form.cleaned_data["words"], by=None, at=clock.now())
    except Changed:
        return _again(request, token, _("This was settled meanwhile. Here is how it stands."))
    return _back(request, token)


@transaction.non_atomic_requests
@require_POST
@linked
def move(request, token, opened):
    """To another time that is free."""
    starts = as_moment(request.POST.get("starts"))
    if not opened.meeting or starts is None:
        return _show(request, token, opened, told=_("Choose one of the times."), status=422)
    at = clock.now()
    fresh.look(opened.meeting.diary, starts, starts + timedelta(minutes=opened.meeting.minutes), at=at)
    try:
        by_link.move(opened, starts, at=at)
    except Changed:
        return _again(request, token, _("It was changed meanwhile. Here is how it stands."))
    except NotPossible as refusal:
        return _again(request, token, str(refusal))
    return _back(request, token)


@require_POST
@linked
def cancel(request, token, opened):
    """It does not take place; or, where others come too, she does not come."""
    form = CancelByLinkForm(request.POST)
    if not form.is_valid():
        return _show(request, token, opened, cancel=form, status=422)
    because, at = form.cleaned_data["because"], clock.now()
    if opened.guest is None or opened.meeting.state != Meeting.State.CONFIRMED:
        return _show(request, token, opened, status=GONE)
    try:
        if by_link.may_change(opened, at=at):
            by_link.cancel(opened, because=because, at=at)
        else:
            by_link.say_not_coming(opened, because=because, at=at)
    except NotPossible:
        return _again(request, token, _("It was changed meanwhile. Here is how it stands."))
    return _back(request, token)


def _show(request, token, opened, *, propose=None, none=None, cancel=None, told="", status=200):
    context = {
        "token": token,
        "client": opened.client,
        "zone": opened.zone,
        "place": when.place(opened.zone),
        "told": told,
        "propose_form": propose or ProposeForm(zone=opened.zone),
    }
    if opened.meeting:
        template, more = "calendar_app/guest_meeting.html", _of_meeting(opened, cancel)
    elif opened.request.state == MeetingRequest.State.OPEN:
        template, more = "calendar_app/guest_choose.html", _of_request(opened, none)
    else:
        template, more = "calendar_app/guest_ended.html", {}
    return render(request, template, context | more, status=status)


def _of_request(opened, none) -> dict:
    asked, at = opened.request, clock.now()
    verdict = negotiation.standing(asked, at)
    hers = set(opened.party.yeses.values_list("option", flat=True))
    meetings = {each.pk: each.meeting for each in asked.options.select_related("meeting")}
    times = [(each.id, _when(opened, meetings[each.id]), each.id in hers) for each in verdict.remaining]
    return {
        "asked": asked,
        "party": opened.party,
        "times": times,
        "several": asked.parties.count() > 1,
        "where": inviting.where(asked),
        "none_form": none or WordsForm(),
        "has_answered": opened.party.answer != RequestParty.Answer.WAITING,
    }


def _of_meeting(opened, cancel) -> dict:
    meeting, at = opened.meeting, clock.now()
    stands = meeting.state == Meeting.State.CONFIRMED
    mine = stands and by_link.may_change(opened, at=at)
    dates = guest_links.dates_of(opened.guest) if opened.guest and meeting.series_id else []
    return {
        "meeting": meeting,
        "guest": opened.guest,
        "date": meeting.pk if meeting.series_id else "",
        "dates": [(each, _when(opened, each.meeting)) for each in dates if each.meeting.ends_at >= at],
        "about": inviting.about(meeting),
        "where": inviting.where(meeting),
        "times": _when(opened, meeting),
        "stands": stands,
        "may_change": mine,
        "may_say": stands and opened.guest is not None and meeting.starts_at > at,
        "others": [
            (each.starts.isoformat(), when.told(each.starts, each.ends, opened.zone, meeting.zone))
            for each in (by_link.free_times(opened, at=at) if mine else ())
        ],
        "cancel_form": cancel or CancelByLinkForm(),
    }


def _when(opened, meeting):
    return when.told(meeting.starts_at, meeting.ends_at, opened.zone, meeting.zone)


def _again(request, token, told):
    """The page as it is now, with what stands in the way of what she did."""
    try:
        opened = guest_links.open_link(token, at=clock.now(), date=_date(request))
    except guest_links.LinkOver as over:
        return render(request, "calendar_app/guest_over.html", {"client": over.client}, status=410)
    return _show(request, token, opened, told=told, status=GONE)


def _back(request, token):
    """To her own page, whatever a form says: she is nobody who is signed in."""
    date = _date(request)
    address = reverse("diary-guest", args=[token])
    answer = HttpResponseRedirect(f"{address}?date={date}" if date else address)
    answer.status_code = 303
    return answer


def _date(request) -> UUID | None:
    """Which of several dates it is about, if the address or the form says so."""
    return as_uuid(request.POST.get("date") or request.GET.get("date"))
