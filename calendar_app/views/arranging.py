"""The desk arranges: book, keep time free, move, cancel. What is refused comes back as it was typed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app import booking, discretion, fresh, offering, series
from calendar_app.forms.arranging import ArrangeForm, BlockForm, CancelForm, MoveForm, OutcomeForm
from calendar_app.forms.changing import DespiteForm
from calendar_app.forms.series import CancelSeriesForm
from calendar_app.models import Diary, Meeting
from calendar_app.planning import NotPossible
from calendar_app.typed import YEARS, as_uuid, as_version
from clients.models import Client
from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .frames import DESK


@transaction.non_atomic_requests  # the client's calendar is looked at first, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@secretary_required
def book(request):
    """A meeting, for a client chosen first. Asked by a script, only the form with the times it offers."""
    diary = diary_named(request)
    if diary is None:
        return for_whom(request, "book")
    if request.method == "GET":
        form = ArrangeForm(initial=request.GET.dict(), diary=diary, user=request.user)
        template = "calendar_app/_arrange.html" if request.htmx else "calendar_app/book.html"
        return render(request, template, _panel(request, diary, form, request.GET.dict()))
    form = ArrangeForm(request.POST, diary=diary, user=request.user)
    meeting, clashes = offering.tried(form, lambda word: _book(request, diary, form, word))
    if meeting is None:
        context = _panel(request, diary, form, request.POST.dict(), clashes)
        return render(request, "calendar_app/book.html", context, status=422)
    messages.success(request, _("Booked for %(client)s.") % {"client": meeting.client.name})
    seconds.keep(request, meeting)
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def _book(request, diary, form, word):
    plan, at = form.plan(), clock.now()
    looked = fresh.look(diary, *plan.moments(diary), at=at)
    meeting = booking.book(diary, plan, by=request.user, at=at, word=word)
    return _told(request, meeting, looked)


def _told(request, meeting, looked):
    """The meeting; whoever arranged it hears where a calendar could not be looked at."""
    if words := looked.words():
        messages.warning(request, words)
        looked.note(meeting, by=request.user, at=clock.now())
    return meeting


@require_http_methods(["GET", "POST"])
@secretary_required
def block(request):
    """Time that is to be kept free."""
    diary = diary_named(request)
    if diary is None:
        return for_whom(request, "block")
    if request.method == "GET":
        form = BlockForm(initial=request.GET.dict(), diary=diary)
        return render(request, "calendar_app/block.html", _about(request, diary, form))
    form = BlockForm(request.POST, diary=diary)
    meeting, clashes = offering.tried(
        form,
        lambda word: booking.block(diary, form.plan(), by=request.user, at=clock.now(), word=word),
    )
    if meeting is None:
        return render(request, "calendar_app/block.html", _about(request, diary, form, clashes), status=422)
    messages.success(request, _("Kept free for %(client)s.") % {"client": meeting.client.name})
    seconds.keep(request, meeting)
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@secretary_required
def move(request, meeting_id):
    return move_page(request, known(request, meeting_id), "calendar_app/move.html", DESK)


def move_page(request, meeting, template, frame):
    """Another time for it. Open no transaction around it."""
    diary = meeting.diary
    if request.method == "GET":
        typed = {"minutes": meeting.minutes} | request.GET.dict()
        if to := dragged_to(request):
            typed["starts"] = to.isoformat()
        form = MoveForm(initial=typed, diary=diary)
        return render(request, template, frame.context() | _moving(request, meeting, form, typed))
    form = MoveForm(request.POST, diary=diary)
    version = version_shown(request)
    moved, clashes = offering.tried(form, lambda word: _move(request, meeting, form, version, word))
    if moved is None:
        context = frame.context() | _moving(request, meeting, form, request.POST.dict(), clashes)
        return render(request, template, context, status=422)
    messages.success(request, _("Moved."))
    seconds.keep(request, meeting, frame)
    return see_other(request, reverse(frame.name("meeting"), args=[meeting.pk]))


def dragged_to(request) -> datetime | None:
    """The moment of `to`, a wall time by the clock of whoever looks; None where it names none."""
    try:
        wall = datetime.fromisoformat(request.GET.get("to", ""))
        to = wall.replace(tzinfo=ZoneInfo(request.user.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return to if to.year in YEARS else None


def _move(request, meeting, form, version, word):
    plan, at = form.plan(meeting), clock.now()
    looked = fresh.look(meeting.diary, *plan.moments(meeting.diary), at=at)
    moved = booking.move(meeting, version=version, plan=plan, by=request.user, at=at, word=word)
    return _told(request, moved, looked)


def _moving(request, meeting, form, typed, clashes=()):
    place = {"manner": meeting.manner, "place": meeting.place_id, "where": meeting.where}
    return _panel(request, meeting.diary, form, typed | place, clashes) | {"meeting": meeting}


@require_http_methods(["GET", "POST"])
@secretary_required
def cancel(request, meeting_id):
    return cancel_page(request, known(request, meeting_id), "calendar_app/cancel.html", DESK)


def cancel_page(request, meeting, template, frame):
    form_of = CancelSeriesForm if meeting.series_id else CancelForm
    if request.method == "GET":
        form = form_of(initial={"which": request.GET.get("which", series.ONE)})
        return render(request, template, {"meeting": meeting, "client": meeting.client, "form": form})
    form = form_of(request.POST)
    cancelled = None
    if form.is_valid():
        why = {"because": form.cleaned_data["because"], "by": request.user, "at": clock.now()}
        which = form.cleaned_data.get("which", series.ONE)
        try:
            if which == series.ONE:
                cancelled = booking.cancel(meeting, version=version_shown(request), **why)
            else:
                cancelled = series.cancel(meeting, which, **seen(request), **why)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    if cancelled is None:
        meeting.refresh_from_db()
        context = {"meeting": meeting, "client": meeting.client, "form": form}
        return render(request, template, context, status=422)
    messages.success(request, _("Cancelled."))
    seconds.keep(request, meeting, frame)
    return see_other(request, reverse(frame.name("meeting"), args=[meeting.pk]))


@require_POST
@secretary_required
def outcome(request, meeting_id):
    """What came of it: said once it has begun."""
    meeting = known(request, meeting_id)
    if note_outcome(request, meeting):
        seconds.keep(request, meeting)
    return see_other(request, reverse("diary-meeting", args=[meeting_id]))


def note_outcome(request, meeting) -> bool:
    form = OutcomeForm(request.POST)
    return form.is_valid() and _do(
        request,
        lambda: booking.note_outcome(
            meeting,
            version=version_shown(request),
            outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
            by=request.user,
            at=clock.now(),
        ),
    )


@transaction.non_atomic_requests
@require_POST
@secretary_required
def confirm(request, meeting_id):
    """A time held becomes a meeting. Where something came to stand there, she may say why all the same."""
    meeting, at = known(request, meeting_id), clock.now()
    form = DespiteForm(request.POST)
    looked = fresh.look(meeting.diary, meeting.starts_at, meeting.ends_at, at=at)

    def act(word):
        shown = version_shown(request)
        confirmed = booking.confirm(meeting, version=shown, by=request.user, at=at, word=word)
        return _told(request, confirmed, looked)

    confirmed, clashes = offering.tried(form, act)
    if confirmed is None and clashes:
        context = _about(request, meeting.diary, form, clashes) | {"meeting": meeting}
        return render(request, "calendar_app/confirm.html", context, status=422)
    for words in form.non_field_errors():
        messages.warning(request, words)
    if confirmed is not None:
        seconds.keep(request, confirmed)
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


@require_POST
@secretary_required
def release(request, meeting_id):
    """A time held is free again."""
    meeting, at = known(request, meeting_id), clock.now()
    if _do(request, lambda: booking.release(meeting, version=version_shown(request), by=request.user, at=at)):
        seconds.keep(request, meeting)
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def seen(request) -> dict:
    """What was before her eyes: the version of the meeting, and how often its series was changed as one."""
    return {name: as_version(request.POST.get(name)) for name in ("version", "sequence")}


def _do(request, act) -> bool:
    try:
        act()
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
        return False
    return True


def _panel(request, diary, form, typed, clashes=()):
    at = clock.now()
    return offering.panel(request.user, diary, form, typed, clashes, at=at) | {"next": next_of(request, "")}


def _about(request, diary, form, clashes=()):
    return offering.about(request.user, diary, form, clashes)


def known(request, meeting_id) -> Meeting:
    """The meeting, of which she may know what it is about; anybody else finds nothing to act on."""
    found = Meeting.objects.visible_to(request.user).select_related(
        "client", "diary__client", "diary__contact", "place", "arranged_by", "series"
    )
    meeting = get_object_or_404(found, pk=meeting_id)
    if not discretion.may_know(request.user, meeting):
        raise Http404
    return meeting


def version_shown(request) -> int:
    return as_version(request.POST.get("version"))


def diary_named(request) -> Diary | None:
    """The diary that the address or the form names, or the one of the client it names. None: none named."""
    said = request.POST if request.method == "POST" else request.GET
    if said.get("diary"):
        diaries = Diary.objects.visible_to(request.user).select_related("client", "contact")
        return get_object_or_404(diaries.filter(is_active=True), pk=as_uuid(said["diary"]))
    if not said.get("client"):
        return None
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    return booking.diary_of(get_object_or_404(clients, pk=as_uuid(said["client"])))


def for_whom(request, way: str):
    """No client is named yet: she chooses one. `way`: what is then done, block, book, repeat or ask."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    return render(request, "calendar_app/for_whom.html", {"clients": clients, "way": way})
