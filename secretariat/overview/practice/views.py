"""Her side of a practice call: the page, its parts, and what she does, under the names it has at the desk."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients import playing, practising
from clients.forms.practice import against
from clients.models import Practice
from messages_app import drafts
from messages_app.forms.message import MessageForm
from messages_app.forms.no_message import NoMessageForm
from messages_app.views import typed
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import for_herself
from secretariat.overview.desk import regions
from secretariat.overview.regions import Region

from . import parts, slip
from .played import PlayedCall

A_PAGE = 50
OF_THE_PANEL = ("ask", "straight", "connect", "take-back")


def _hers(request):
    seen = Practice.objects.visible_to(request.user).filter(secretary=request.secretary)
    return seen.select_related("by", "client", "secretary__user")


@require_safe
@for_herself
def mine(request):
    return render(request, "overview/practice/mine.html", {"rows": _hers(request)[:A_PAGE]})


def _call(request, practice_id) -> PlayedCall:
    return PlayedCall(get_object_or_404(_hers(request), pk=practice_id), at=clock.now())


@require_safe
@for_herself
def one(request, practice_id):
    """The desk as it is in a call, over the copy; once it is talked through, what was said of it."""
    return _page(request, _call(request, practice_id))


def _page(request, call, *, form=None, panel="", status=200):
    at, hers = clock.now(), request.secretary
    beside = parts.beside(call, hers, panel=panel or request.GET.get("through", ""))
    _template, real = regions.callbar(request)
    context = parts.middle(call, hers, at=at, form=form) | {
        "bar": Region(
            reverse("my-practice-part", args=[call.pk, "bar"]), parts.bar(call, hers, at=at), request
        ),
        "beside": render_to_string(*beside, request),
        "against": against(call.practice),
        "real_call": any(real.get(each) for each in ("call", "offer", "lost", "rung")),
        "no_call": {"url": reverse("calls-bar"), "html": ""},
    }
    return render(request, "overview/practice/practice.html", context, status=status)


@require_safe
@for_herself
def part(request, practice_id, part):
    """A part of the page by itself. 204 while what stands there is what she types in."""
    call, at, hers = _call(request, practice_id), clock.now(), request.secretary
    if part == "bar":
        return render(request, *parts.bar(call, hers, at=at))
    if part == "main":
        if request.GET.get("showing") == parts.showing(call).key:
            return HttpResponse(status=204)
        context = parts.middle(call, hers, at=at) | {"against": against(call.practice)}
        return render(request, "overview/practice/_main.html", context)
    if part == "plan":
        return render(request, "messages_app/_what_happens.html", {"happens": slip.happens(call.practice)})
    if part == "side":
        panel = request.GET.get("through", "")
        template, context = parts.beside(call, hers, panel=panel)
        if panel == parts.CHOOSE and template == parts.CHOOSING:
            return HttpResponse(status=204)
        return render(request, template, context)
    if part in ("beside", "through"):
        if not request.htmx:
            return _page(request, call, panel=parts.CHOOSE if part == "through" else "")
        return render(request, *parts.beside(call, hers, panel=parts.CHOOSE if part == "through" else ""))
    raise Http404


@require_POST
@for_herself
def do(request, practice_id, verb):
    """What she does with the call, or with its slip."""
    call = _call(request, practice_id)
    if verb in OF_THE_SLIP:
        return OF_THE_SLIP[verb](request, call)
    if verb not in playing.HERS:
        raise Http404
    said = {name: request.POST.get(name, "").strip() for name in ("person", "why")}
    said["who"] = request.POST.get("caller_name", "").strip()
    refusal = ""
    try:
        playing.move(call.pk, verb, at=clock.now(), said=said)
    except playing.NotNow as words:
        refusal = str(words)
    if not request.htmx:
        if refusal:
            messages.warning(request, refusal)
        return see_other(request, parts.page_of(call.practice))
    call, status = _call(request, practice_id), 422 if refusal else 200
    if verb in OF_THE_PANEL:
        template, context = parts.beside(call, request.secretary, panel=parts.CHOOSE, refusal=refusal)
    else:
        template, context = parts.bar(call, request.secretary, at=clock.now(), refusal=refusal)
    return render(request, template, context, status=status)


# --- The slip --------------------------------------------------------------------------------------------


def _typed(request) -> tuple[dict[str, str], dict[str, str]]:
    """What may be written down of it, and what had to be changed for that."""
    said = {name: value for name, value in request.POST.items() if name not in slip.NOT_TYPED}
    return drafts.clean({name: value.replace("\0", "") for name, value in said.items()})


def _is_open(call) -> bool:
    return call.is_at_hand and call.practice.written_at is None


def _keep(call, values: dict[str, str], *, revision: int, unheard=()) -> dict:
    told = slip.shown(slip.form_for(call, data=values), values)
    before = [drafts.clean(version)[0] for version in unheard]
    return playing.keep(call.pk, values, told, revision=revision, unheard=before, at=clock.now())


def _draft(request, call):
    """As the desk's: JSON `revision`, `saved`, `redacted`; 409 with `fields` where it clashes."""
    if (revision := typed.revision(request)) is None:
        return typed.not_a_draft()
    if not _is_open(call):
        return typed.kept(request, revision=revision, at=clock.now(), redacted={})
    values, redacted = _typed(request)
    try:
        kept = _keep(call, values, revision=revision, unheard=typed.unheard(request))
    except playing.Stale as stale:
        return typed.clashes(revision=stale.draft["revision"], fields=stale.draft["values"])
    return typed.kept(request, revision=kept["revision"], at=clock.now(), redacted=redacted)


def _kept_first(request, call) -> PlayedCall:
    """What stands on the screen is kept; something newer from another window is not run over."""
    if _is_open(call):
        with suppress(playing.Stale):
            _keep(call, _typed(request)[0], revision=typed.revision(request) or 0)
    return _call(request, call.pk)


def _form(request, call):
    """The same form under another type of call, everything typed kept; or why there is no message."""
    to = request.POST.get("change_to", "")
    call = _kept_first(request, call)
    if to == "none":
        return _slip(request, call, form=NoMessageForm(call=call))
    if _is_open(call):
        changed = slip.form_for(call, change_to=to).initial
        _keep(call, dict(changed), revision=slip.draft_of(call.practice).revision)
    return _slip(request, _call(request, call.pk))


def _send(request, call):
    """What would be sent: it is kept for the supervisor, and goes nowhere."""
    values, redacted = _typed(request)
    form = slip.form_for(call, data=values)
    if redacted:
        form.add_error(None, MessageForm.CARD_NUMBER)
    if not form.is_valid():
        return _slip(request, _kept_first(request, call), form=form, status=422)
    return _written(request, call, form, **form.taken)


def _none(request, call):
    form = NoMessageForm(request.POST, call=call)
    if not form.is_valid():
        return _slip(request, call, form=form, status=422)
    words = str(dict(form.fields["reason"].choices)[form.cleaned_data["reason"]])
    return _written(request, call, form, no_message=words, answers=[[_("No message"), words]])


def _written(request, call, form, **facts):
    if not call.is_at_hand:
        form.add_error(None, _("This call was closed meanwhile, so nothing was kept."))
        return _slip(request, call, form=form, status=422)
    try:
        practising.write(call.practice, by=request.secretary, at=clock.now(), **facts)
    except practising.NotNow as words:
        messages.warning(request, str(words))
    return _slip(request, _call(request, call.pk), redirects=True)


def _slip(request, call, *, form=None, status=200, redirects=False):
    if not request.htmx:
        if redirects:
            return see_other(request, parts.page_of(call.practice))
        return _page(request, call, form=form, status=status)
    template, context = slip.region(call, request.user, form=form, here=parts.page_of(call.practice))
    return render(request, template, context, status=status)


OF_THE_SLIP = {"take": _send, "form": _form, "draft": _draft, "none": _none}
