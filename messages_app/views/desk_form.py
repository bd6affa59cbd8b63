"""The message form beside a call: typed, kept as it is typed, sent once."""

from contextlib import suppress

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from calls import regions, wrap_up
from calls.models import Call, IllegalMove
from messages_app import drafts, foretelling, taking, writing
from messages_app.forms.message import MessageForm
from messages_app.forms.no_message import NoMessageForm
from messages_app.models import Message
from messages_app.views import typed
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

NOT_TYPED = {"csrfmiddlewaretoken", "next", "revision", "unheard", "change_to"}
# A save that was under way when the message was sent with the same words.
NOTHING_TO_KEEP = {"saved": "", "redacted": {}}


def _call(request, call_id) -> Call:
    calls = Call.objects.visible_to(request.user).select_related("client", "line", "call_type")
    return get_object_or_404(calls, pk=call_id)


def _is_sent(request, call) -> bool:
    return Message.objects.visible_to(request.user).filter(call=call, corrects=None).exists()


def _typed(request) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if name not in NOT_TYPED}


def region(request, call, *, form=None, draft=None, conflict=None, status=200):
    """(template, context) of the form, or of what became of the call's message."""
    if message := Message.objects.visible_to(request.user).filter(call=call, corrects=None).first():
        return "messages_app/_taken.html", taken_context(message)
    if not form and call.outcome == Call.Outcome.NO_MESSAGE:
        return "messages_app/_no_message.html", {"call": call, "client": call.client}
    draft = draft or drafts.of(call)
    told = regions.told_about(call, at=clock.now())
    form = form or writing.form_for(
        call, draft=draft, told=told, people=regions.people_of(call, request.user)
    )
    of_type = getattr(form, "chosen_type", None)
    return "messages_app/_message_form.html", {
        "call": call,
        "client": call.client,
        "form": form,
        "draft": draft,
        "conflict": conflict,
        "call_types": writing.call_types(call),
        "instructed": told.of_call_type(of_type.pk) if of_type else None,
        "stand_ins": [status for status in told.whereabouts if told.stand_in_of(status.contact_id)],
        "happens": _happens(request, form),
        "no_message": form if isinstance(form, NoMessageForm) else None,
        "number_given": writing.call_back_known(call),
        "here": request.POST.get("next") or request.get_full_path(),
    }


def _happens(request, form) -> list[str]:
    if isinstance(form, NoMessageForm):
        return []
    return foretelling.for_form(form, at=clock.now(), zone=request.user.zone)


def taken_context(message: Message) -> dict:
    return {
        "message": message,
        "client": message.client,
        "deliveries": list(message.deliveries.select_related("contact")),
    }


def _show(request, call, *, status=200, **facts):
    template, context = region(request, call, **facts)
    if not request.htmx:
        context["region"] = template
        template = "messages_app/write.html"
    return render(request, template, context, status=status)


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def form(request, call_id):
    """The form; posted with `change_to`, the same form under another call type, everything typed kept."""
    call = _call(request, call_id)
    if request.method != "POST":
        return _show(request, call)
    if call.outcome == Call.Outcome.NO_MESSAGE:
        call = _reconsidered(request, call)
    draft = _keep(request, call)
    if request.POST.get("change_to") == "none":
        return _show(request, call, form=NoMessageForm(call=call), draft=draft)
    chosen = next(
        (each for each in writing.call_types(call) if str(each.pk) == request.POST.get("change_to")), None
    )
    changed = writing.form_for(call, draft=draft, data=draft.values or None, chosen=chosen)
    if chosen:
        saved = drafts.save(call=call, by=request.user, values=changed.initial, revision=draft.revision)
        draft = saved.draft
    return _show(request, call, form=changed, draft=draft)


@secretary_required
@require_GET
def plan(request, call_id):
    """What will happen to the message for this person, of this urgency, before it is sent."""
    call = _call(request, call_id)
    chosen = {name: request.GET.get(name, "") for name in ("contact", "urgency", "call_type")}
    happens = foretelling.for_form(
        writing.form_of(call, chosen, people=regions.people_of(call, request.user)),
        at=clock.now(),
        zone=request.user.zone,
    )
    return render(request, "messages_app/_what_happens.html", {"happens": happens})


def _reconsidered(request, call):
    """She will take a message after all. A call that was closed meanwhile stays as it is."""
    locked = _locked(request, call)
    with suppress(IllegalMove):
        wrap_up.wants_message(locked, by=request.user, at=clock.now())
    return _call(request, call.pk)


def _locked(request, call) -> Call:
    return Call.objects.visible_to(request.user).select_for_update(of=["self"]).get(pk=call.pk)


def _keep(request, call):
    """Save what is on the screen; a newer draft from another window is not run over."""
    try:
        revision = int(request.POST.get("revision") or 0)
        return drafts.save(call=call, by=request.user, values=_typed(request), revision=revision).draft
    except (drafts.StaleDraft, ValueError):
        return drafts.of(call)


@secretary_required
@require_POST
def draft(request, call_id):
    """Keep what is typed. JSON: `revision`, `saved` (H:M:S in her zone), `redacted` (field → text kept).

    409 with `revision` and `fields` when somebody saved in between; 400 without a revision.
    """
    call = _call(request, call_id)
    if (revision := typed.revision(request)) is None:
        return typed.not_a_draft()
    if _is_sent(request, call):
        return JsonResponse(NOTHING_TO_KEEP | {"revision": revision})
    try:
        said = {"values": _typed(request), "unheard": typed.unheard(request)}
        saved = drafts.save(call=call, by=request.user, revision=revision, **said)
    except drafts.StaleDraft as stale:
        if _is_sent(request, call):
            return JsonResponse(NOTHING_TO_KEEP | {"revision": revision})
        return typed.clashes(revision=stale.kept.revision, fields=stale.kept.values)
    row = saved.draft
    return typed.kept(request, revision=row.revision, at=row.saved_at, redacted=saved.redacted)


@secretary_required
@require_POST
def take(request, call_id):
    """Send the message, once."""
    call = _call(request, call_id)
    if _is_sent(request, call):
        return _answer(request, call)
    values, redacted = drafts.clean(_typed(request))
    types = {str(each.pk): each for each in writing.call_types(call)}
    typed = MessageForm(values, call=call, call_type=types.get(values.get("call_type", "")))
    if redacted:
        typed.add_error(None, MessageForm.CARD_NUMBER)
    if not typed.is_valid():
        kept = _keep(request, call)
        return _show(request, call, form=typed, draft=kept, status=422)
    try:
        taking.take_message(call=call, by=request.user, at=clock.now(), answers=typed.answers, **typed.said)
    except IllegalMove:
        typed.add_error(None, _("This call was closed meanwhile, so nothing was sent."))
        return _show(request, call, form=typed, draft=_keep(request, call), status=422)
    return _answer(request, call)


@secretary_required
@require_POST
def none(request, call_id):
    """The call needs no message, for this reason. It is closed, now or when its line ends."""
    call = _call(request, call_id)
    reasons = NoMessageForm(request.POST, call=call)
    if not reasons.is_valid():
        return _show(request, call, form=reasons, status=422)
    reason = reasons.cleaned_data["reason"]
    with suppress(IllegalMove):  # it was finished in another window: what stands is shown
        wrap_up.close_without_message(_locked(request, call), reason, by=request.user, at=clock.now())
    return _answer(request, _call(request, call_id))


def _answer(request, call):
    if request.htmx:
        template, context = region(request, call)
        return render(request, template, context)
    return see_other(request, reverse("messages-form", args=[call.pk]))


@secretary_required
@require_GET
def taken(request, call_id):
    """What was sent from this call, to whom and how far it got."""
    call = _call(request, call_id)
    message = get_object_or_404(Message.objects.visible_to(request.user), call=call, corrects=None)
    return render(request, "messages_app/_taken.html", taken_context(message))
