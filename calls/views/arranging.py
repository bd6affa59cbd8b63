"""Arranging a meeting with whoever is on the line."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from calendar_app import booking, offering, spoken
from calendar_app.forms.arranging import ArrangeForm
from calls import arranging
from calls.models import Call
from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office.guards import for_herself

from .desk import DESK


@require_http_methods(["GET", "POST"])
@for_herself
def arrange(request, call_id):
    """The panel beside the form; for a whole page, the desk with the panel open. Posted, the meeting."""
    hers = Call.objects.visible_to(request.user).filter(secretary=request.secretary)
    call = get_object_or_404(hers.select_related("client", "line", "correspondent"), pk=call_id)
    if call.state not in arranging.AT_HAND:
        raise Http404
    if request.method == "POST":
        return _book(request, call)
    if not request.htmx:
        return HttpResponseRedirect(f"{DESK}?through={arranging.ARRANGE}")
    # Asked with what she has typed, only the fields and the times they lead to.
    template, context = _panel(request, call, typed=request.GET.dict())
    if request.htmx.target == "arrange":
        template, context = "calls/_arrange_fields.html", context | {"focus": False}
    return render(request, template, context)


def _book(request, call):
    diary = arranging.diary_for(call, request.user, request.POST)
    form = ArrangeForm(request.POST, diary=diary, user=request.user)

    def act(word):
        subject = ("calls.call", call.pk)
        plan = form.plan(subject=subject, correspondent_id=call.correspondent_id)
        return booking.book(diary, plan, by=request.user, at=clock.now(), word=word)

    meeting, clashes = offering.tried(form, act)
    if meeting is None:
        template, context = _panel(request, call, typed=request.POST.dict(), form=form, clashes=clashes)
        if not request.htmx:
            template = "calls/arrange.html"
        return render(request, template, context, status=422)
    if not request.htmx:
        return see_other(request, DESK)
    said = spoken.two_times(meeting.starts_at, meeting.zone, form.cleaned_data["zone"] or meeting.zone)
    context = {
        "call": call,
        "client": call.client,
        "meeting": meeting,
        "said": said,
        "mine": request.user.zone,
    }
    return render(request, "calls/_arranged.html", context)


def _panel(request, call, **facts):
    return arranging.panel(call, request.user, at=clock.now(), next_url=next_of(request, DESK), **facts)
