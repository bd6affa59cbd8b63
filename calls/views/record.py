"""Reading calls: the record of one, those unfinished, and what the client sees of hers."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from calls import arranging, looks, regions, telling, voicemail, wrap_up
from calls.models import Call, CallEvent, IllegalMove, Voicemail
from calls.records import stretches
from clients import leaving, work
from clients.doors import portal_required
from clients.taking_out import Act
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page


def _one(request, call_id) -> Call:
    found = Call.objects.visible_to(request.user).select_related(
        "client", "line", "secretary__user", "correspondent", "call_type"
    )
    call = get_object_or_404(found, pk=call_id)
    ledger.looked(request.user, call.client_id, ("calls.call", call.pk))
    return call


@require_GET
@secretary_required
def record(request, call_id):
    """All there is to know of one call: what happened, why, and who has looked."""
    call = _one(request, call_id)
    context = _told(request, call) | {
        "legs": call.legs.visible_to(request.user),
        "looks": looks.at_call(call),
        "arranged": arranging.arranged_on(call, request.user),
        "may_reopen": call.may_reopen,
        "write_at": work.place_of("calls.message", call.pk) if call.nobody_answered else "",
    }
    return render(request, "calls/record.html", context)


def _told(request, call, *, to_client=False) -> dict:
    rows = list(
        CallEvent.objects.visible_to(request.user).filter(call=call).select_related("secretary", "contact")
    )
    times = stretches(rows, until=None if call.closed_at else clock.now())
    names = {row.secretary_id: row.secretary.spoken_name for row in rows if row.secretary}
    return {
        "call": call,
        "client": call.client,
        "events": telling.events(call, rows, zone=request.user.zone, to_client=to_client),
        "parts": telling.seconds_to_scale(call, times, names),
        "billed": telling.billed_seconds(times),
        "whole": int(sum(each.seconds for each in times)),
        "voicemail": _voicemail(request, call),
    }


def _voicemail(request, call) -> dict | None:
    kept = Voicemail.objects.visible_to(request.user).filter(call=call).first()
    if not kept:
        return None
    may_keep = Act.DOWNLOAD in leaving.allowed(request.user, call.client)
    return {"row": kept, "url": voicemail.address_of(kept), "may_keep": may_keep}


@require_POST
@secretary_required
def reopen(request, call_id):
    """It was closed without a message too early."""
    found = Call.objects.visible_to(request.user).select_for_update(of=["self"])
    call = get_object_or_404(found.select_related("client"), pk=call_id)
    try:
        wrap_up.reopen(call, by=request.user, at=clock.now())
    except IllegalMove as refusal:
        raise Http404 from refusal
    return see_other(request, "/desk/")


@require_GET
@secretary_required
def unfinished(request):
    """Calls put aside: each waits here until somebody finishes it."""
    rows = Call.objects.visible_to(request.user).unfinished().select_related("client", "secretary")
    context = {"page": page(rows, newest_by="parked_at", after=request.GET.get("after", ""))}
    return render(request, "calls/unfinished.html", context)


@require_GET
@secretary_required
def guidance(request, call_id):
    call = _one(request, call_id)
    template, context = regions.guidance(call, request.user.roles.secretary or call.secretary, at=clock.now())
    return render(request, template, context)


@require_GET
@secretary_required
def beside(request, call_id):
    template, context = regions.beside(_one(request, call_id), request.user, at=clock.now())
    return render(request, template, context)


@require_GET
@portal_required
def portal_list(request):
    """The calls of one client, for her owner and delegates. A member sees none."""
    if not request.contact.sees_all:
        raise Http404
    rows = Call.objects.visible_to(request.user).filter(client=request.contact.client_id)
    rows = rows.select_related("client", "secretary")
    context = {
        "page": page(rows, newest_by="rang_at", after=request.GET.get("after", "")),
        "client": request.contact.client,
    }
    return render(request, "calls/portal_calls.html", context)


@require_GET
@portal_required
def portal_record(request, call_id):
    contacts = request.user.roles.contacts
    call = _one(request, call_id)
    if call.client_id not in {contact.client_id for contact in contacts if contact.sees_all}:
        raise Http404
    return render(request, "calls/portal_record.html", _told(request, call, to_client=True))
