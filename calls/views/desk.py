"""What a secretary does with a call while it is hers: one address for each verb."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from calls import conference, diary_legs, line_lost, offers, regions, telephone_meetings, winning, wrap_up
from calls.models import Call, DiaryLeg, IllegalMove, Offer
from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office.guards import for_herself
from secretariat.office.models import LineKind

DESK = "/desk/"


@require_GET
@for_herself
def bar(request):
    return _bar(request)


def _bar(request, _subject=None, *, refusal="", status=200):
    template, context = regions.bar(
        request.secretary,
        at=clock.now(),
        next_url=next_of(request, DESK),
        refusal=refusal,
        on_desk=_on_desk(request),
    )
    return render(request, template, context, status=status)


def _on_desk(request) -> bool:
    """Whether the bar stands on the desk itself, whose parts it may redraw."""
    where = (request.htmx and request.htmx.current_url_abs_path) or ""
    return where.partition("?")[0] == DESK


def her_call(act, show=_bar):
    """A verb on a call that lies on her desk. Somebody else's call is not found.

    `show(request, call, refusal=…, status=…)` is the part of the page that answers a script.

    Holding one caller for another concerns both: all her calls are locked, in the order of their ids.
    """

    @require_POST
    @for_herself
    @wraps(act)
    def view(request, call_id):
        hers = Call.objects.visible_to(request.user).filter(secretary=request.secretary)
        hers = hers.filter(Q(pk=call_id) | Q(state=Call.State.TALKING)).order_by("pk")
        locked = hers.select_for_update(of=["self"]).select_related("client", "line")
        call = next((each for each in locked if each.pk == call_id), None)
        if call is None:
            raise Http404
        return _answer(request, act, call, show)

    return view


def _answer(request, act, subject, show=_bar):
    """Do it, and show how things stand then. What `act` returns is a sentence why it could not be done."""
    try:
        with transaction.atomic():
            refusal = act(request, subject) or ""
    except (IllegalMove, ValueError):
        refusal = _("That is no longer possible. This is how it stands now.")
    if request.htmx:
        return show(request, subject, refusal=refusal, status=422 if refusal else 200)
    if refusal:
        messages.warning(request, refusal)
    return see_other(request, DESK)


def offered_to_her(act):
    """A verb on what was offered to her of a call, last. What was offered to somebody else is not found."""

    @require_POST
    @for_herself
    @wraps(act)
    def view(request, call_id):
        hers = Offer.objects.visible_to(request.user).filter(call=call_id, secretary=request.secretary)
        offer = hers.select_related("secretary", "leg").order_by("-offered_at", "-pk").first()
        if offer is None:
            raise Http404
        return _answer(request, act, offer)

    return view


@offered_to_her
def decline(request, offer):
    """Not now: the call goes on to the next."""
    offers.decline(offer, at=clock.now())


@offered_to_her
def answer(request, offer):
    """A second call: whom she talks to is held, and her line goes to this caller."""
    if not offer.is_second:
        raise IllegalMove(f"offer {offer.pk} rings on her line, and is answered there")
    outcome = winning.win(offer.pk, at=clock.now())
    return outcome.sentence if isinstance(outcome, winning.Lost) else ""


@her_call
def rejoin(request, call):
    """Back to the caller whose line she lost, in her browser or by her own telephone."""
    line = request.POST.get("line", LineKind.BROWSER)
    line_lost.rejoin(call, by=request.secretary, line=line, at=clock.now())


@her_call
def hold(request, call):
    conference.hold(call, by=request.secretary, at=clock.now())


@her_call
def resume(request, call):
    conference.return_to(call, by=request.secretary, at=clock.now())


@her_call
def press_keys(request, call):
    conference.press_keys(call, request.POST.get("digits", "")[:20], by=request.secretary, at=clock.now())


@her_call
def hang_up(request, call):
    conference.hang_up(call, by=request.secretary, at=clock.now())


@her_call
def more_time(request, call):
    wrap_up.more_time(call, by=request.user)


@her_call
def park(request, call):
    wrap_up.park(call, by=request.user, at=clock.now())


@her_call
def take_up(request, call):
    wrap_up.take_up(call, by=request.user, at=clock.now())


@for_herself
@require_POST
def leave(request, leg_id):
    """Not now, or hang up: the dictation or meeting she is rung for, or is in, goes on without her."""
    hers = DiaryLeg.objects.visible_to(request.user).filter(guest__secretary=request.secretary)
    found = get_object_or_404(hers, pk=leg_id)
    with transaction.atomic():
        telephone_meetings.leave(diary_legs.locked(found.pk), at=clock.now())
    return _bar(request) if request.htmx else see_other(request, DESK)
