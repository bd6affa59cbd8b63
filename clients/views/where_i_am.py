"""The portal's *Where I am*: a person says where she is, and hears what callers will be told."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import guidance, telling_callers, where_i_am, wording
from clients.doors import portal_required
from clients.forms.whereabouts import WhereIAmForm
from clients.instructions import Caller
from clients.models import Contact, Instruction, Status
from secretariat import clock
from secretariat.next import see_other


@require_http_methods(["GET", "POST"])
@portal_required
def page(request):
    at = clock.now()
    if request.method == "GET":
        return _shown(request, _form(request, at, initial=_begin_with(request)), at)
    form = _form(request, at, request.POST)
    if not form.is_valid():
        return _shown(request, form, at, status=422)
    said = where_i_am.set_status(form.cleaned_data["who"], by=request.user, at=at, **form.words)
    messages.success(request, _saved(said, request.contact.client.zone, at))
    return see_other(request, reverse("where-i-am"))


@require_GET
@portal_required
def preview(request):
    """What we will say, and the button that saves it, as the form stands now."""
    at = clock.now()
    form = _form(request, at, request.GET)
    return render(request, "clients/_what_we_will_say.html", _preview(request, form, at))


@require_POST
@portal_required
def end(request, status_id):
    """Back before the time she gave."""
    hers = Status.objects.visible_to(request.user).filter(contact__in=people_she_speaks_for(request))
    status = get_object_or_404(hers.select_related("contact"), pk=status_id)
    where_i_am.end_status(status, by=request.user, at=clock.now())
    return see_other(request, reverse("where-i-am"))


def people_she_speaks_for(request):
    """For whom she may speak: owners and delegates for everybody at the client, a member for herself."""
    people = Contact.objects.visible_to(request.user).filter(client=request.contact.client_id, is_active=True)
    return people if request.contact.sees_all else people.filter(pk=request.contact.pk)


def _form(request, at, data=None, initial=None):
    now = _guidance(request, at).availability.open
    return WhereIAmForm(
        data,
        initial=initial,
        people=people_she_speaks_for(request),
        zone=request.contact.client.zone,
        at=at,
        closes_at=now.until if now.holds else None,
    )


def _guidance(request, at):
    if not hasattr(request, "guidance"):
        request.guidance = guidance.guidance_at(request.contact.client, None, Caller(), at)
    return request.guidance


def _begin_with(request):
    return {"who": request.contact.pk, "kind": Status.Kind.OUT, "until": "30"}


def _preview(request, form, at):
    zone = request.contact.client.zone
    context = {"client": request.contact.client}
    if form.is_bound and not form.is_valid():
        return context
    given = (
        form.cleaned_data
        if form.is_bound
        else form.initial
        | {
            "who": request.contact,
            "until_at": where_i_am.until("30", at=at, zone=zone),
        }
    )
    until = wording.moment(given["until_at"], zone, now=at)
    words = given.get("text") or str(Status.Kind(given["kind"]).label)
    return context | {
        "until": until,
        "save": _("Save: %(where)s until %(until)s") % {"where": words, "until": until},
        "say": telling_callers.about(
            given["who"].name,
            kind=given["kind"],
            until_at=given["until_at"],
            zone=zone,
            now=at,
            note=given.get("note", ""),
        ),
    }


def _shown(request, form, at, status=200):
    client, found = request.contact.client, _guidance(request, at)
    people = {contact.pk for contact in people_she_speaks_for(request)}
    planned = (
        Status.objects.visible_to(request.user)
        .standing_at(at)
        .filter(contact__in=people)
        .select_related("contact", "stand_in")
        .order_by("from_at")
    )
    context = _preview(request, form, at) | {
        "form": form,
        "client": client,
        "contact": request.contact,
        "now": [person for person in found.whereabouts if person.contact_id in people],
        "statuses": planned,
        "reach_anyway": [
            each
            for each in found.instructions
            if each.action == Instruction.Action.PUT_THROUGH and each.holds_at(at)
        ]
        if request.contact.sees_all
        else [],
        "presets": {
            preset: where_i_am.until(preset, at=at, zone=client.zone, closes_at=form.closes_at)
            for preset in ("30", "day")
        },
        "mine": request.user.zone,
        "at": at,
    }
    return render(request, "clients/where_i_am.html", context, status=status)


def _saved(said, zone, at):
    """What was saved, and which of two that overlap holds."""
    until = wording.moment(said.status.until_at, zone, now=at)
    words = capfirst(said.status.text or said.status.get_kind_display())
    if said.covered:
        return _("Saved: %(where)s until %(until)s. Then what you planned holds again: %(planned)s.") % {
            "where": words,
            "until": until,
            "planned": said.covered[0].text or said.covered[0].get_kind_display(),
        }
    return _("Saved: %(where)s until %(until)s.") % {"where": words, "until": until}
