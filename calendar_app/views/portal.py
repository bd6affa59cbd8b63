"""The portal's *Meetings*: what stands in her diary, moved or cancelled by her, and how it is given away."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from calendar_app import booking, days_listed, entries, offering, request_page, rules_of_diary
from calendar_app.drawn import drawn
from calendar_app.forms.arranging import BlockForm
from calendar_app.forms.rules import RulesForm
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other

from . import whose
from .arranging import cancel_page, known, move_page
from .frames import PORTAL
from .meetings import show

AHEAD = timedelta(days=42)
BEFORE = "diary_before"  # how the rules stood before she last changed them


@require_GET
@portal_required
def index(request):
    """The coming weeks, on the client's clocks."""
    at, client = clock.now(), request.contact.client
    zone = ZoneInfo(client.zone)
    named = whose.diary(request) if request.GET.get("diary") else None
    of = {"clients": [client.pk], "diaries": [named.pk] if named else None}
    found = entries.between(request.user, at, at + AHEAD, at=at, **of)
    found = drawn(found, zone=zone, at=at, route="diary-portal-meeting")
    agenda = days_listed.by_day(found, zone, at.astimezone(zone).date())
    context = {"client": client, "zone": client.zone, "agenda": agenda, "may_set": _diary_or_none(request)}
    context |= request_page.listed(request.user, at=at, client=client)
    context |= {
        "at": at,
        "diary": named,
        "choices": whose.choices(request),
        "sees_all": request.contact.sees_all,
    }
    return render(request, "calendar_app/portal_index.html", context)


@require_GET
@portal_required
def meeting(request, meeting_id):
    return show(request, meeting_id, "calendar_app/portal_meeting.html", PORTAL)


@transaction.non_atomic_requests  # her calendar is looked at first, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@portal_required
def move(request, meeting_id):
    found = known(request, meeting_id)
    return move_page(request, found, "calendar_app/portal_move.html", PORTAL)


@require_http_methods(["GET", "POST"])
@portal_required
def cancel(request, meeting_id):
    found = known(request, meeting_id)
    return cancel_page(request, found, "calendar_app/portal_cancel.html", PORTAL)


@require_http_methods(["GET", "POST"])
@portal_required
def block(request):
    """Time she keeps for herself."""
    diary = whose.diary(request)
    form = BlockForm(request.POST or None, diary=diary)
    clashes = ()
    if request.method == "POST":
        kept, clashes = offering.tried(
            form,
            lambda word: booking.block(diary, form.plan(), by=request.user, at=clock.now(), word=word),
        )
        if kept is not None:
            messages.success(request, _("Kept free."))
            return see_other(request, reverse("diary-portal"))
    context = offering.about(request.user, diary, form, clashes)
    status = 422 if request.method == "POST" else 200
    return render(request, "calendar_app/portal_block.html", context, status=status)


@require_http_methods(["GET", "POST"])
@portal_required
def rules(request):
    """How her time may be given away."""
    diary = whose.diary(request)
    if request.method == "GET":
        return _rules_page(request, diary, RulesForm(instance=diary))
    before = rules_of_diary.as_said(diary)
    form = RulesForm(request.POST, instance=diary)
    if not form.is_valid():
        return _rules_page(request, diary, form, status=422)
    diary = rules_of_diary.say(diary, form.said, by=request.user)
    request.session[BEFORE] = {"diary": str(diary.pk), "said": before}
    messages.success(request, _("Saved. What is arranged already stays as it is."))
    return see_other(request, f"{reverse('diary-rules')}?diary={diary.pk}")


@require_POST
@portal_required
def undo_rules(request):
    """As it was before she last changed it."""
    diary = whose.diary(request)
    kept = request.session.pop(BEFORE, None)
    if kept and kept["diary"] == str(diary.pk):
        rules_of_diary.say(diary, kept["said"], by=request.user)
        messages.success(request, _("It is as it was before."))
    return see_other(request, f"{reverse('diary-rules')}?diary={diary.pk}")


def _rules_page(request, diary, form, status=200):
    kept = request.session.get(BEFORE)
    context = {
        "diary": diary,
        "diary_is_new": diary._state.adding,
        "client": diary.client,
        "form": form,
        "choices": whose.choices(request),
        "may_undo": bool(kept) and kept["diary"] == str(diary.pk),
        "zone": diary.zone_name,
    }
    return render(request, "calendar_app/portal_rules.html", context, status=status)


def _diary_or_none(request):
    try:
        return whose.diary(request)
    except Http404:
        return None
