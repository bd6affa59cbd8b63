"""Dictated to the secretary: on a call of hers, or at a time that was booked for it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reselect, reswap

from calendar_app.models import MeetingEvent
from calendar_app.views import seconds
from calls.dictation import booking, on_a_call, taking_over
from calls.forms.dictating import BookDictationForm, TakeOverForm, WhoDictatesForm
from calls.models import BookedDictation, Call, Dictation, IllegalMove, MeetingCall
from clients import stretches
from clients.models import Client, Contact, WorkItem
from clients.work import describe
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import for_herself, secretary_required

MOST_LISTED = 50


@for_herself
@require_http_methods(["GET", "POST"])
def on_call(request, call_id):
    """Whom she hears on a call of hers, and whether it is recorded; then the next item."""
    calls = Call.objects.visible_to(request.user).filter(secretary=request.secretary)
    call = get_object_or_404(calls.select_related("client", "line"), pk=call_id)
    return _next_item(request, call, here=reverse("calls-dictate", args=[call.pk]))


@secretary_required
@require_http_methods(["GET", "POST"])
def at_its_time(request, booked_id):
    """A booked dictation: how it stands, and once they talk, item after item."""
    booked = _booked(request, booked_id)
    calls = MeetingCall.objects.visible_to(request.user).filter(meeting=booked.meeting)
    call = calls.select_related("client").order_by("-began_at").first()
    if call is None and request.method == "POST":
        raise Http404
    here = reverse("dictation-booked", args=[booked.pk])
    answer = _next_item(request, call, here=here, booked=booked)
    if request.htmx.target == "dictating" and call is not None and on_a_call.is_going_on(call):
        # Once they talk there is a form, over which nothing may be put: the part goes, and with it what asks
        # again. Loading the page anew would end the call that this browser carries.
        answer = reselect(reswap(answer, "outerHTML"), "#dictating")
    return answer


@secretary_required
@require_POST
def stop(request, dictation_id):
    """Record no more of this item; typing goes on."""
    items = Dictation.objects.visible_to(request.user).filter(source=Dictation.Source.ROOM)
    item = get_object_or_404(items.select_related("during", "meeting_call"), pk=dictation_id)
    on_a_call.stop(item, at=clock.now())
    return see_other(request, _place(request, item))


@secretary_required
@require_safe
def booked(request):
    """What is booked, the next first."""
    rows = BookedDictation.objects.visible_to(request.user).filter(meeting__ends_at__gte=clock.now())
    rows = rows.select_related("client", "meeting", "contact", "secretary").order_by("meeting__starts_at")
    context = {"rows": rows.exclude(meeting__state="cancelled")[:MOST_LISTED]}
    return render(request, "calls/dictation_booked.html", context)


@for_herself
@require_http_methods(["GET", "POST"])
def book(request):
    """For which client, then when, and who is on the line."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    asked = request.POST.get("client") or request.GET.get("client")
    if not asked:
        return render(request, "calls/dictation_for_whom.html", {"clients": clients})
    client = get_object_or_404(clients, pk=_uuid(asked))
    people = Contact.objects.visible_to(request.user).filter(client=client, is_active=True)
    team = booking.team_of(client, besides=request.secretary)
    given = request.POST if request.method == "POST" else None
    form = BookDictationForm(given, people=people, team=team, initial={"typist": request.secretary.pk})
    if form.is_valid() and (made := booked_by(request, form)):
        seconds.keep(request, made.meeting)
        messages.success(request, _("Booked. All of you are rung at its time."))
        return see_other(request, reverse("dictation-booked", args=[made.pk]))
    context = {"client": client, "form": form}
    return render(request, "calls/dictation_book.html", context, status=422 if form.errors else 200)


def booked_by(request, form: BookDictationForm) -> BookedDictation | None:
    """Book what the form says; where that cannot be, the form says why."""
    said = form.cleaned_data
    when = {"on": said["on"], "begins": said["at"], "minutes": said["minutes"]}
    try:
        return booking.book(said["contact"], form.who(), by=request.user, at=clock.now(), **when)
    except booking.NotBooked as refusal:
        form.add_error(None, str(refusal))
        return None


@secretary_required
@require_POST
def ring_again(request, booked_id):
    """It did not come about: all are rung once more, in the next minute."""
    found = _booked(request, booked_id)
    try:
        booking.ring_again(found, by=request.user, at=clock.now())
    except booking.NotBooked as refusal:
        messages.warning(request, str(refusal))
    else:
        seconds.keep(request, found.meeting)
        messages.success(request, _("All of them are rung again within a minute."))
    return see_other(request, reverse("dictation-booked", args=[found.pk]))


@secretary_required
@require_POST
def take_over(request, booked_id):
    """She types it herself; or the firm gives it to somebody who answers for the client."""
    found, here = _booked(request, booked_id), reverse("dictation-booked", args=[booked_id])
    to = request.user.roles.secretary
    if request.user.roles.firm_wide and ("to" in request.POST or to is None):
        form = _giving(request, found, request.POST)
        if form is None or not form.is_valid():
            messages.warning(request, _("Choose somebody who answers for this client."))
            return see_other(request, here)
        to = form.cleaned_data["to"]
    try:
        taking_over.take_over(found, to, by=request.user, at=clock.now())
    except booking.NotBooked as refusal:
        messages.warning(request, str(refusal))
    else:
        seconds.keep(request, found.meeting)
        said = _("%(name)s types it now. Everybody on the line is told.")
        messages.success(request, said % {"name": to.spoken_name})
    return see_other(request, here)


def _giving(request, booked, data=None) -> TakeOverForm | None:
    """For the firm: to whom it may be given."""
    if not request.user.roles.firm_wide:
        return None
    others = booking.team_of(booked.client).exclude(pk=booked.secretary_id)
    return TakeOverForm(data, people=others) if others else None


def _next_item(request, call, *, here, booked=None):
    client = call.client if call else booked.client
    notice = on_a_call.notice_of(call) if call else ""
    people = Contact.objects.visible_to(request.user).filter(client=client, is_active=True)
    initial = {"contact": booked.contact_id if booked else None, "records": bool(notice)}
    form = WhoDictatesForm(
        request.POST if request.method == "POST" else None,
        people=people,
        may_record=bool(notice),
        initial=initial,
    )
    if form.is_valid():
        said, who = form.cleaned_data, {"by": request.user, "at": clock.now()}
        try:
            item = on_a_call.begin(call, said["contact"], records=said.get("records", False), **who)
        except IllegalMove:
            messages.warning(request, _("The call is over. Nothing was begun."))
            return see_other(request, here)
        return see_other(request, _place(request, item))
    items = Dictation.objects.visible_to(request.user).filter(**_of(call)).order_by("number") if call else []
    if booked:
        ledger.looked(request.user, client.pk, ("calls.bookeddictation", booked.pk))
    thread, others, takes = [], [], {}
    if booked:
        if taking_over.is_open(booked, at=clock.now()):
            hers = request.user.roles.secretary
            takes = {"may_take": hers is not None and hers.pk != booked.secretary_id}
            takes["giving"] = _giving(request, booked)
        others = [each for each in booked.meeting.guests.all() if each.secretary_id != booked.secretary_id]
        rung = MeetingEvent.objects.visible_to(request.user).filter(verb__in=["ringing", "rung"])
        thread = list(rung.filter(meeting=booked.meeting).order_by("-at", "-id")[:MOST_LISTED])
    context = {
        "client": client,
        "call": call,
        "booked": booked,
        "others": others,
        "thread": thread,
        "failed": bool(booked) and booking.did_not_come_about(booked),
        "form": form,
        "notice": notice,
        "going_on": bool(call) and on_a_call.is_going_on(call),
        "items": [(item, _place(request, item)) for item in items],
        "here": here,
        "began": stretches.began(request),
        **takes,
    }
    return render(request, "calls/dictation_on_call.html", context, status=422 if form.errors else 200)


def _of(call) -> dict:
    return {"during": call} if isinstance(call, Call) else {"meeting_call": call}


def _place(request, item) -> str:
    """The page on which it is typed: its piece of work knows it."""
    rows = WorkItem.objects.visible_to(request.user).filter(subject_id=item.pk)
    work = rows.order_by("-created_at").first()
    return describe(work).url if work else reverse("dictation-bookings")


def _booked(request, booked_id) -> BookedDictation:
    rows = BookedDictation.objects.visible_to(request.user)
    rows = rows.select_related("client", "meeting", "contact", "secretary__user").prefetch_related(
        "meeting__guests"
    )
    return get_object_or_404(rows, pk=booked_id)


def _uuid(text) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
