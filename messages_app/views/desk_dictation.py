"""Dictation at the desk: the queue, one item with its player, and what is typed of it."""

from contextlib import suppress
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reselect, reswap

from calls.dictation import dictating
from calls.models import Dictation
from clients import stretches
from clients.models import Correspondent, WorkItem, WorkRecord
from messages_app.dictated import book, deciding, hours, making, players, typing
from messages_app.forms.dictated import DictatedForm
from messages_app.models import DictatedDraft
from messages_app.views import typed
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

State = Dictation.State
A_PAGE = 100
ON_ITS_WAY = timedelta(seconds=10)
CHANGED_ELSEWHERE = gettext_lazy("This draft was changed elsewhere. What you typed stands below: look again.")
WITH_BOOK = (DictatedDraft.Kind.MAIL, DictatedDraft.Kind.LETTER, DictatedDraft.Kind.MEETING)
WITH_CLIENT = (DictatedDraft.State.ASKED, DictatedDraft.State.CHANGE)
SHOWN = {"": [State.WAITING], "shown": [State.WAITING, State.DONE], "done": [State.DONE]}
REDRAWN = ("dictated", "heard", "recording")  # parts of a draft's page that ask because something happened


@secretary_required
@require_safe
def index(request):
    """What waits to be typed, most pressing first; or what was typed last, and what the client has of it."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = Dictation.objects.visible_to(request.user).filter(state__in=SHOWN[show])
    if show == "shown":
        drafts = DictatedDraft.objects.visible_to(request.user).filter(state__in=WITH_CLIENT)
        rows = rows.filter(pk__in=drafts.values("dictation"))
    rows = rows.select_related("client", "contact").prefetch_related("parts")
    rows = rows.order_by("-finished_at", "-pk") if show else rows.order_by("-urgent", "promised_at", "pk")
    after = request.GET.get("after", "")
    begin = int(after) if after.isdecimal() and len(after) < 6 else 0
    rows = list(rows[begin : begin + A_PAGE + 1])
    more, rows = len(rows) > A_PAGE, rows[:A_PAGE]
    pieces, drafts = _pieces(request, rows), _with_client(request, rows) if show else {}
    listed = [(row, pieces[row.pk].owner if row.pk in pieces else None, drafts.get(row.pk)) for row in rows]
    context = {
        "show": show,
        "rows": listed,
        "next": begin + A_PAGE if more else None,
        "before": max(begin - A_PAGE, 0) if begin else None,
    }
    return render(request, "messages_app/dictation/index.html", context)


def _pieces(request, rows) -> dict:
    """The open pieces of work of these dictations, by the dictation."""
    items = WorkItem.objects.visible_to(request.user).open()
    items = items.filter(kind=dictating.WORK_KIND, subject_id__in=[row.pk for row in rows])
    return {item.subject_id: item for item in items.select_related("owner")}


def _with_client(request, rows) -> dict:
    """A draft of each of these that the client has not agreed to yet; of several, one to be changed."""
    drafts = DictatedDraft.objects.visible_to(request.user).filter(dictation__in=rows, state__in=WITH_CLIENT)
    return {each.dictation_id: each for each in drafts.order_by("state")}  # "asked" before "change"


def _dictation(request, dictation_id) -> Dictation:
    rows = Dictation.objects.visible_to(request.user).exclude(state=State.DELETED)
    return get_object_or_404(rows.select_related("client", "contact"), pk=dictation_id)


def _draft(request, draft_id) -> DictatedDraft:
    rows = DictatedDraft.objects.visible_to(request.user).select_related(
        "client", "dictation__contact", "author"
    )
    return get_object_or_404(rows, pk=draft_id)


def _there(request, draft):
    return see_other(request, reverse("dictated-draft", args=[draft.pk]))


@secretary_required
@require_safe
def detail(request, dictation_id):
    """One item: who dictated it, when, by when it is promised, and how it sounds."""
    item = _dictation(request, dictation_id)
    ledger.looked(request.user, item.client_id, (dictating.SUBJECT, item.pk))
    drafts = DictatedDraft.objects.visible_to(request.user).filter(dictation=item).order_by("nth")
    drafts = list(drafts.select_related("dictation", "author"))
    player = players.player(item)
    context = {
        "item": item,
        "client": item.client,
        "player": player,
        "is_awaited": players.is_awaited(player),
        "is_transcribed": players.is_transcribed(player),
        "on_call": players.call_of(item),
        "drafts": drafts,
        "work": _pieces(request, [item]).get(item.pk),
        "may_type": item.state in (State.WAITING, State.DONE),
        "may_close": item.state == State.WAITING and not any(each.is_writable for each in drafts),
        "began": stretches.began(request),
    }
    return render(request, "messages_app/dictation/detail.html", context)


@secretary_required
@require_POST
def begin(request, dictation_id):
    """Type it. Whoever begins has it."""
    item = _dictation(request, dictation_id)
    another, at = bool(request.POST.get("another")), clock.now()
    draft = typing.begin(item, by=request.user, at=at, another=another)
    if draft is None:
        messages.warning(request, _("There is nothing to type in it."))
        return see_other(request, reverse("dictation", args=[item.pk]))
    heard = {"kind": WorkRecord.Kind.DICTATION, "subject": (hours.SUBJECT, draft.pk)}  # part of typing it
    stretches.keep(request, client_id=item.client_id, at=at, **heard)
    return _there(request, draft)


@secretary_required
@require_POST
def close(request, dictation_id):
    """Nothing is to be typed of it."""
    item, at = _dictation(request, dictation_id), clock.now()
    if typing.close(item, by=request.user, at=at):
        # She has heard it. What is not typed is no piece of typing.
        heard = {"kind": WorkRecord.Kind.DESK, "subject": (dictating.SUBJECT, item.pk)}
        stretches.keep(request, client_id=item.client_id, at=at, **heard)
        messages.success(request, _("Closed: nothing was to be typed."))
        return see_other(request, reverse("dictation-queue"))
    messages.warning(request, _("Something is being typed of it, or it is done."))
    return see_other(request, reverse("dictation", args=[item.pk]))


@secretary_required
@require_safe
def draft(request, draft_id):
    found = _draft(request, draft_id)
    ledger.looked(request.user, found.client_id, (typing.SUBJECT, found.pk))
    if found.is_writable and request.htmx.target not in REDRAWN:
        hours.opened(found, by=request.user, at=clock.now())
    answer = _show(request, found)
    if request.htmx.target == "dictated" and found.is_writable:
        # It came back: a form takes the place of the part, and of what asks again.
        answer = reselect(reswap(answer, "outerHTML"), "#dictated-form")
    return answer


def _show(request, found, *, form=None, status=200):
    writable = found.is_writable
    versions = list(found.versions.select_related("by", "decided_by").order_by("-number"))
    shown = form or DictatedForm(draft=found)
    player = players.player(found.dictation)
    has_book = writable and found.kind in WITH_BOOK
    context = {
        "draft": found,
        "client": found.client,
        "item": found.dictation,
        "has_book": has_book,
        "people": book.offered(_people(request, found)) if has_book else [],
        "form": shown if writable else None,
        "player": player,
        "is_awaited": players.is_awaited(player),
        "is_transcribed": writable and players.is_transcribed(player),
        "on_call": players.call_of(found.dictation),
        "kinds": DictatedDraft.Kind.choices,
        "versions": versions,
        "version": versions[0] if versions else None,
        "shown": players.shown(versions[0]) if versions else [],
        "may_skip": writable and deciding.may_skip(found),
        "made_url": players.place_of(found),
    }
    return render(request, "messages_app/dictation/draft.html", context, status=status)


def _keep(request, found) -> bool:
    """Save what is on the screen. False where the draft is newer, from another window: it is not run over.

    What she typed just before may be kept only now, on its way still: it is older than what she presses on.
    """
    said = {"values": typed.fields(request, typing.FIELDS), "by": request.user, "at": clock.now()}
    try:
        typing.save(found, revision=typed.revision(request) or 0, **said)
    except typing.StaleDraft as stale:
        row = stale.kept
        hers = row.saved_by_id == request.user.pk and said["at"] - row.saved_at < ON_ITS_WAY
        if not (hers and row.is_writable):
            return False
        with suppress(typing.StaleDraft):
            typing.save(found, revision=row.revision, **said)
    return True


@secretary_required
@require_POST
def save(request, draft_id):
    """Keep what is typed. JSON as for a message: `revision`, `saved`, `redacted`; 409 where it clashes."""
    found = _draft(request, draft_id)
    if (revision := typed.revision(request)) is None:
        return typed.not_a_draft()
    try:
        said = {"values": typed.fields(request, typing.FIELDS), "unheard": typed.unheard(request)}
        saved = typing.save(found, by=request.user, at=clock.now(), revision=revision, **said)
    except typing.StaleDraft as stale:
        return typed.clashes(revision=stale.kept.revision, fields=stale.kept.values)
    row = saved.draft
    return typed.kept(request, revision=row.revision, at=row.saved_at, redacted=saved.redacted)


@secretary_required
@require_POST
def kind(request, draft_id):
    """It is to be of another kind; what is typed stays."""
    found = _draft(request, draft_id)
    _keep(request, found)
    if not typing.make_it(found, request.POST.get("kind", ""), by=request.user, at=clock.now()):
        messages.warning(request, _("It is no longer being typed."))
    return _there(request, found)


@secretary_required
@require_POST
def from_book(request, draft_id):
    """Whom it goes to, or who comes, out of the client's address book: `book` is a name or a firm."""
    found = _draft(request, draft_id)
    if not found.is_writable:
        return _there(request, found)
    if not _keep(request, found):
        form = DictatedForm(request.POST, draft=found)
        form.add_error(None, CHANGED_ELSEWHERE)
        return _show(request, found, form=form, status=422)
    try:
        person = book.meant(_people(request, found), request.POST.get("book", ""))
        book.put_in(found, person, by=request.user, at=clock.now())
    except book.NotFound as unknown:
        messages.warning(request, str(unknown))
    except typing.StaleDraft:
        messages.warning(request, _("It was changed meanwhile."))
    return _there(request, found)


def _people(request, found):
    return Correspondent.objects.visible_to(request.user).filter(client=found.client_id)


@secretary_required
@require_POST
def ask(request, draft_id):
    """Show it to the client; or, with `without`, let it leave without her word where she wants that."""
    found = _draft(request, draft_id)
    if not found.is_writable:
        return _there(request, found)
    kept = _keep(request, found)
    found = _draft(request, draft_id)
    form = DictatedForm(request.POST, draft=found)
    if form.is_valid() and not kept:
        form.add_error(None, CHANGED_ELSEWHERE)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    at = clock.now()
    try:
        if request.POST.get("without"):
            deciding.without_asking(found, by=request.user, at=at)
        else:
            deciding.ask(found, by=request.user, at=at)
    except deciding.NotAsSeen:
        messages.warning(request, _("It was changed meanwhile."))
    except making.NotMade as against:
        form.add_error(None, str(against))
        return _show(request, _draft(request, draft_id), form=form, status=422)
    return _there(request, found)


@secretary_required
@require_POST
def take_back(request, draft_id):
    found = _draft(request, draft_id)
    try:
        deciding.take_back(found, by=request.user, at=clock.now())
    except deciding.NotAsSeen:
        messages.warning(request, _("It was decided meanwhile."))
    return _there(request, found)


@secretary_required
@require_POST
def drop(request, draft_id):
    found = _draft(request, draft_id)
    if not typing.drop(found, by=request.user, at=clock.now()):
        return _there(request, found)
    messages.success(request, _("The draft is thrown away."))
    return see_other(request, reverse("dictation", args=[found.dictation_id]))
