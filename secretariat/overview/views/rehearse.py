"""Rehearse: what would happen to a call, and why not otherwise. Nothing rings, and nothing is sent."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from calls import rehearsing
from clients import check_up, numbers, rostering
from clients.doors import speaks_for_client
from clients.models import Channel, Line
from messages_app import dispatch, escalating, foretelling
from secretariat import clock, ledger
from secretariat.office.guards import firm_required
from secretariat.overview.forms.rehearsal import NEW, RehearsalForm, line_of

NORMAL, URGENT = 1, 3


@require_GET
@firm_required
def page(request):
    """For the firm, in the admin: any line."""
    lines = Line.objects.visible_to(request.user).filter(is_active=True, client__is_active=True)
    return _rehearse(request, lines.select_related("client"), "admin/rehearse.html", whole=True)


@require_GET
@speaks_for_client
def portal_page(request):
    """For the client, in the portal: her own lines, in plain words."""
    lines = Line.objects.visible_to(request.user).filter(is_active=True, client=request.contact.client_id)
    return _rehearse(request, lines.select_related("client"), "overview/portal/rehearse.html", whole=False)


def _rehearse(request, lines, template, *, whole: bool):
    at, chosen = clock.now(), line_of(request.GET, lines)
    context = {"form": None, "line": chosen, "whole": whole, "client": chosen and chosen.client}
    if chosen is None:
        return render(request, template, context)
    asked = request.GET if "line" in request.GET else _to_begin_with(chosen, at)
    form = RehearsalForm(asked, lines=lines, user=request.user, chosen=chosen)
    context |= {"form": form}
    if not form.is_valid():
        return render(request, template, context, status=422)
    if whole:
        ledger.looked(request.user, chosen.client_id, ("clients.client", chosen.client_id))
    told = rehearsing.rehearse(chosen, caller=form.rings_from, at=form.at)
    type_ = form.cleaned_data["call_type"]
    # Who of the team is busy with what is the firm's own business: the client reads of her instructions.
    of_instructions = len(told.guidance.verdict.passed_over)
    passed_over = told.route.passed_over if whole else told.route.passed_over[:of_instructions]
    message = _deliveries(told, type_, request.user.zone)
    found = rehearsing.gaps(told)
    if message["reaches_nobody"]:
        found.append(_("An urgent message would ring and text nobody: it would stand in red on the desk."))
    found += [*check_up.contradictions_of(chosen.client, at=form.at)]
    return render(
        request,
        template,
        context
        | {
            "told": told,
            "at": form.at,
            "mine": request.user.zone,
            "who": _who_rings(form, told),
            "instructed": told.guidance.of_call_type(type_ and type_.pk),
            "passed_over": passed_over,
            "gaps": list(dict.fromkeys(found)),
            "message": message,
            "on_call": rostering.standing(chosen.client, at=form.at),
        },
    )


def _to_begin_with(line, at) -> dict:
    local = at.astimezone(line.client.tz)
    return {"line": str(line.pk), "on": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "caller": NEW}


def _who_rings(form, told) -> str:
    caller = told.guidance.caller
    if caller.name:
        return caller.name
    if not told.ring.number:
        return _("A caller who withholds her number")
    if form.cleaned_data["number"]:
        return numbers.spaced(told.ring.number)
    return _("A new caller")


def _deliveries(told, call_type, mine) -> dict:
    """Who would be told of a message that this call might leave, and what happens if it is urgent."""
    client, at = told.guidance.client, told.guidance.at
    first = client.contacts.filter(is_active=True).first()
    contact, type_ = first and first.pk, call_type and call_type.pk
    urgent = foretelling.sentences(client, contact=first, urgency=URGENT, call_type=type_, at=at, zone=mine)
    ladder = escalating.plan(client, contact, at=at)
    return {
        "goes_to": _in_words(client, dispatch.whom(client, contact, NORMAL, type_, at=at)),
        "urgent": urgent,
        "reaches_nobody": all(step.is_end for step in ladder),
    }


def _in_words(client, chosen) -> str:
    """ "Ngozi Okafor (e-mail, text)", each person once."""
    names = {person.pk: person.name for person in client.contacts.all()}
    ways: dict = {}
    for each in chosen:
        ways.setdefault(each.contact, []).append(str(Channel(each.channel).label))
    told = (f"{names[contact]} ({_(', ').join(channels)})" for contact, channels in ways.items())
    return _(", ").join(told)
