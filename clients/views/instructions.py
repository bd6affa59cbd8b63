"""The portal's *Instructions*: what stands, what is different for some days, and every version of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients import guidance, instructing
from clients.doors import speaks_for_client
from clients.forms.instruction import InstructionForm
from clients.models import Instruction
from secretariat import clock
from secretariat.next import see_other


@require_GET
@speaks_for_client
def page(request):
    at = clock.now()
    client = request.contact.client
    told = [guidance.instruction(row) for row in _theirs(request).speaking_at(at)]
    return render(
        request,
        "clients/instructions.html",
        {
            "client": client,
            "dated": [
                each for each in told if not each.is_standing and not (each.until_at and each.until_at <= at)
            ],
            "standing": [each for each in told if each.is_standing],
            "over": [each for each in told if each.until_at and each.until_at <= at][:20],
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
    instructing.write(request.contact.client, by=request.user, at=at, **form.words)
    messages.success(request, _("Saved. The very next call obeys it."))
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
        instructing.change(row, by=request.user, at=at, **form.words)
    except instructing.NoLongerSpeaks:
        return _superseded(request, row)
    messages.success(request, _("Changed. The very next call obeys it."))
    return see_other(request, reverse("instructions"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def withdraw(request, instruction_id):
    row = _one(request, instruction_id)
    if request.method == "GET":
        context = {"client": row.client, "instruction": guidance.instruction(row)}
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
    found = [(row, guidance.instruction(row)) for row in rows]
    if not found:
        raise Http404
    return render(
        request, "clients/instruction_versions.html", {"client": request.contact.client, "versions": found}
    )


def _theirs(request):
    return (
        Instruction.objects.visible_to(request.user)
        .filter(client=request.contact.client_id)
        .select_related("client", "put_through_to", "written_by")
        .prefetch_related("people")
    )


def _one(request, instruction_id):
    return get_object_or_404(_theirs(request), pk=instruction_id)


def _form(request, at, data=None, initial=None):
    return InstructionForm(data, initial=initial, client=request.contact.client, user=request.user, at=at)


def _begin_with(request):
    wanted = request.GET.get("action", "")
    known = wanted in Instruction.Action.values
    return {
        "holds": "standing" if request.GET.get("holds") == "standing" else "today",
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
