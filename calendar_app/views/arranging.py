"""The desk arranges: book, keep time free, move, cancel. What is refused comes back as it was typed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app import booking, discretion, offering
from calendar_app.booking import Word
from calendar_app.forms.arranging import ArrangeForm, BlockForm, CancelForm, MoveForm, OutcomeForm
from calendar_app.models import Diary, Meeting
from calendar_app.planning import NotPossible
from clients.models import Client
from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office.guards import secretary_required


@require_http_methods(["GET", "POST"])
@secretary_required
def book(request):
    """A meeting, for a client chosen first. Asked by a script, only the form with the times it offers."""
    diary = _diary(request)
    if diary is None:
        clients = Client.objects.visible_to(request.user).filter(is_active=True)
        context = {"clients": clients, "way": request.GET.get("way", "book")}
        return render(request, "calendar_app/for_whom.html", context)
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
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def _book(request, diary, form, word):
    return booking.book(diary, form.plan(), by=request.user, at=clock.now(), word=word)


@require_http_methods(["GET", "POST"])
@secretary_required
def block(request):
    """Time that is to be kept free."""
    diary = _diary(request)
    if diary is None:
        clients = Client.objects.visible_to(request.user).filter(is_active=True)
        return render(request, "calendar_app/for_whom.html", {"clients": clients, "way": "block"})
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
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


@require_http_methods(["GET", "POST"])
@secretary_required
def move(request, meeting_id):
    return move_page(request, known(request, meeting_id), "calendar_app/move.html", "diary-meeting")


def move_page(request, meeting, template, done):
    """Another time for it. `done` names the page that shows it afterwards."""
    diary = meeting.diary
    if request.method == "GET":
        typed = {"minutes": meeting.minutes} | request.GET.dict()
        form = MoveForm(initial=typed, diary=diary)
        return render(request, template, _moving(request, meeting, form, typed))
    form = MoveForm(request.POST, diary=diary)
    version = _version(request)
    moved, clashes = offering.tried(
        form,
        lambda word: booking.move(
            meeting, version=version, plan=form.plan(meeting), by=request.user, at=clock.now(), word=word
        ),
    )
    if moved is None:
        context = _moving(request, meeting, form, request.POST.dict(), clashes)
        return render(request, template, context, status=422)
    messages.success(request, _("Moved."))
    return see_other(request, reverse(done, args=[meeting.pk]))


def _moving(request, meeting, form, typed, clashes=()):
    place = {"manner": meeting.manner, "place": meeting.place_id, "where": meeting.where}
    return _panel(request, meeting.diary, form, typed | place, clashes) | {"meeting": meeting}


@require_http_methods(["GET", "POST"])
@secretary_required
def cancel(request, meeting_id):
    return cancel_page(request, known(request, meeting_id), "calendar_app/cancel.html", "diary-meeting")


def cancel_page(request, meeting, template, done):
    if request.method == "GET":
        return render(request, template, {"meeting": meeting, "client": meeting.client, "form": CancelForm()})
    form = CancelForm(request.POST)
    cancelled = None
    if form.is_valid():
        try:
            cancelled = booking.cancel(
                meeting,
                version=_version(request),
                because=form.cleaned_data["because"],
                by=request.user,
                at=clock.now(),
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    if cancelled is None:
        meeting.refresh_from_db()
        context = {"meeting": meeting, "client": meeting.client, "form": form}
        return render(request, template, context, status=422)
    messages.success(request, _("Cancelled."))
    return see_other(request, reverse(done, args=[meeting.pk]))


@require_POST
@secretary_required
def outcome(request, meeting_id):
    """What came of it: said once it has begun."""
    meeting = known(request, meeting_id)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        _do(
            request,
            lambda: booking.note_outcome(
                meeting,
                version=_version(request),
                outcome=form.cleaned_data["outcome"],
                note=form.cleaned_data["note"],
                by=request.user,
                at=clock.now(),
            ),
        )
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


@require_POST
@secretary_required
def confirm(request, meeting_id):
    """A time held becomes a meeting."""
    meeting = known(request, meeting_id)
    word = Word(request.POST["reason"]) if request.POST.get("reason", "").strip() else None
    _do(
        request,
        lambda: booking.confirm(
            meeting, version=_version(request), by=request.user, at=clock.now(), word=word
        ),
    )
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


@require_POST
@secretary_required
def release(request, meeting_id):
    """A time held is free again."""
    meeting = known(request, meeting_id)
    _do(
        request,
        lambda: booking.release(meeting, version=_version(request), by=request.user, at=clock.now()),
    )
    return see_other(request, reverse("diary-meeting", args=[meeting.pk]))


def _do(request, act) -> None:
    try:
        act()
    except NotPossible as refusal:
        messages.warning(request, str(refusal))


def _panel(request, diary, form, typed, clashes=()):
    at = clock.now()
    return offering.panel(request.user, diary, form, typed, clashes, at=at) | {"next": next_of(request, "")}


def _about(request, diary, form, clashes=()):
    return offering.about(request.user, diary, form, clashes)


def known(request, meeting_id) -> Meeting:
    """The meeting, of which she may know what it is about; anybody else finds nothing to act on."""
    found = Meeting.objects.visible_to(request.user).select_related(
        "client", "diary__client", "diary__contact", "place", "arranged_by"
    )
    meeting = get_object_or_404(found, pk=meeting_id)
    if not discretion.may_know(request.user, meeting):
        raise Http404
    return meeting


def _version(request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else -1


def _diary(request) -> Diary | None:
    """The diary that the address or the form names, or the one of the client it names. None: none named."""
    said = request.POST if request.method == "POST" else request.GET
    if said.get("diary"):
        diaries = Diary.objects.visible_to(request.user).select_related("client", "contact")
        return get_object_or_404(diaries.filter(is_active=True), pk=as_uuid(said["diary"]))
    if not said.get("client"):
        return None
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    return booking.diary_of(get_object_or_404(clients, pk=as_uuid(said["client"])))


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
