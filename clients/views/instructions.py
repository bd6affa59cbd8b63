"""The portal's *Instructions*: what stands, what is different for some days, and every version of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import check_up, differences, guidance, instructing, instruction_words, rostering
from clients.doors import speaks_for_client
from clients.forms.instruction import InstructionForm
from clients.instructions import DATED, IN_MEETINGS, OPEN_ENDED, STANDING, WEEKLY
from clients.models import Instruction
from secretariat import clock
from secretariat.next import see_other


@require_GET
@speaks_for_client
def page(request):
    at = clock.now()
    client = request.contact.client
    told = [guidance.instruction(row, zone=row.client.zone) for row in _theirs(request).speaking_at(at)]
    return render(
        request,
        "clients/instructions.html",
        {
            "client": client,
            "dated": [
                each
                for each in told
                if each.time_kind in (DATED, OPEN_ENDED) and not (each.until_at and each.until_at <= at)
            ],
            "weekly": [each for each in told if each.time_kind == WEEKLY],
            "standing": [each for each in told if each.time_kind in (IN_MEETINGS, STANDING)],
            "over": [each for each in told if each.until_at and each.until_at <= at][:20],
            "on_call": rostering.standing(client, at=at),
            "mine": request.user.zone,
        },
    )


@require_http_methods(["GET", "POST"])
@speaks_for_client
def write(request):
    at = clock.now()
    if request.method == "GET":
        return _form_page(request, _form(request, at, initial=_begin_with(request)))
    form = _form(request, at, request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    saved = instructing.write(request.contact.client, by=request.user, at=at, **form.words)
    messages.success(request, _("Saved. The very next call obeys it."))
    _point_out(request, saved, at)
    return see_other(request, reverse("instructions"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def change(request, instruction_id):
    at = clock.now()
    row = _one(request, instruction_id)
    if request.method == "GET":
        if row.replaced_at:
            return _superseded(request, row)
        form = _form(request, at, initial=InstructionForm.filled_with(row, at=at))
        return _form_page(request, form, row)
    form = _form(request, at, request.POST)
    if not form.is_valid():
        return _form_page(request, form, row, status=422)
    try:
        saved = instructing.change(row, by=request.user, at=at, **form.words)
    except instructing.NoLongerSpeaks:
        return _superseded(request, row)
    messages.success(request, _("Changed. The very next call obeys it."))
    _point_out(request, saved, at)
    return see_other(request, reverse("instructions"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def withdraw(request, instruction_id):
    row = _one(request, instruction_id)
    if request.method == "GET":
        context = {"client": row.client, "instruction": guidance.instruction(row, zone=row.client.zone)}
        return render(request, "clients/instruction_withdraw.html", context)
    try:
        instructing.withdraw(row, by=request.user, at=clock.now())
    except instructing.NoLongerSpeaks:
        return _superseded(request, row)
    messages.success(request, _("Withdrawn. It is kept among its versions."))
    return see_other(request, reverse("instructions"))


@require_GET
@speaks_for_client
def versions(request, series):
    rows = _theirs(request).filter(series=series).select_related("replaced_by")
    found = [(row, guidance.instruction(row, zone=row.client.zone)) for row in rows]
    if not found:
        raise Http404
    at, wordings = clock.now(), []
    for row, told in found:
        holds = instruction_words.holds(told, row.client.zone, now=row.written_at)
        wordings.append(f"{instruction_words.sentence(told)} ({holds})")
    compared = [
        {
            "row": row,
            "told": told,
            "pieces": differences.differences(before, after),
            "is_first": row.pk == found[-1][0].pk,
            "may_return": row.replaced_at is not None and not (row.until_at and row.until_at <= at),
        }
        # The newest is first: each is compared with the one below it, the oldest with itself.
        for (row, told), after, before in zip(found, wordings, [*wordings[1:], wordings[-1]], strict=True)
    ]
    context = {"client": request.contact.client, "versions": compared}
    return render(request, "clients/instruction_versions.html", context)


@require_POST
@speaks_for_client
def restore(request, instruction_id):
    """Say again what an older version said."""
    row, at = _one(request, instruction_id), clock.now()
    if row.until_at and row.until_at <= at:
        messages.warning(request, _("This one is over. Write a new one, with a later end."))
        return see_other(request, reverse("instructions-versions", args=[row.series]))
    if row.replaced_at is None:
        return _superseded(request, row)
    try:
        saved = instructing.restore(row, by=request.user, at=at)
    except instructing.NoLongerSpeaks:
        return _superseded(request, row)
    messages.success(request, _("Restored as a new version. The very next call obeys it."))
    _point_out(request, saved, at)
    return see_other(request, reverse("instructions-versions", args=[row.series]))


def _theirs(request):
    return (
        Instruction.objects.visible_to(request.user)
        .filter(client=request.contact.client_id)
        .select_related("client", "put_through_to", "written_by", "call_type")
        .prefetch_related("people")
    )


def _point_out(request, row, at) -> None:
    """What does not fit together with the others, and which of two that overlap wins."""
    for sentence in check_up.of_instruction(row, at=at):
        messages.warning(request, sentence)


def _one(request, instruction_id):
    return get_object_or_404(_theirs(request), pk=instruction_id)


def _form(request, at, data=None, initial=None):
    return InstructionForm(data, initial=initial, client=request.contact.client, user=request.user, at=at)


def _begin_with(request):
    wanted = request.GET.get("action", "")
    known = wanted in Instruction.Action.values
    return {
        "holds": holds if (holds := request.GET.get("holds")) in ("standing", "weekly") else "today",
        "callers": Instruction.Callers.PEOPLE if known else Instruction.Callers.ANYONE,
        "action": wanted if known else Instruction.Action.MESSAGE,
        "put_through_to": request.contact.pk,
    }


def _form_page(request, form, row=None, status=200):
    context = {"form": form, "client": request.contact.client, "row": row}
    return render(request, "clients/instruction_form.html", context, status=status)


def _superseded(request, row):
    """Somebody was quicker: show what stands now, in place of what she meant to change."""
    messages.warning(request, _("This was changed meanwhile. Here is what it was and what it is now."))
    return see_other(request, reverse("instructions-versions", args=[row.series]))
