"""Meetings being arranged: several times offered at the desk, who was asked, and what they say."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from calendar_app import answering, asking, fresh, negotiation, offering, origin, request_page
from calendar_app.booking import Word
from calendar_app.forms.asking import CHASE, AddTimesForm, AskForm, PartyForm, WithdrawForm
from calendar_app.models import MeetingRequest, RequestParty, RequestProposal
from calendar_app.planning import NotPossible
from calendar_app.typed import as_uuid
from clients.doors import portal_required
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds
from .arranging import diary_named, for_whom, version_shown
from .frames import DESK, PORTAL

PAGE = "diary-request"


@transaction.non_atomic_requests  # the client's calendar is looked at first, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@secretary_required
def ask(request):
    """Several times for somebody to choose from. `begin`: what was typed to book one is taken over."""
    diary = diary_named(request)
    if diary is None:
        return for_whom(request, "ask")
    at = clock.now()
    typed = request.POST if request.method == "POST" else request.GET
    if request.method == "GET" or "begin" in request.POST:
        form = AskForm(initial=_initial(typed), diary=diary, user=request.user)
        template = "calendar_app/_ask.html" if request.htmx else "calendar_app/ask.html"
        return render(request, template, _panel(request, diary, form, typed, at=at))
    form = AskForm(request.POST, diary=diary, user=request.user)

    def act(word):
        plans = form.plans()
        _look(request, diary, [plan.moments(diary) for plan in plans], at=at)
        return asking.ask(
            diary,
            plans,
            to=(form.to_ask(),),
            until=form.until(at),
            promised_at=form.promised_at(at),
            by=request.user,
            at=at,
            word=word,
            subject=origin.read(typed.get("out_of", ""), diary.client_id),
        )

    made, clashes = offering.tried(form, act)
    if made is None:
        context = _panel(request, diary, form, typed, clashes, at=at)
        return render(request, "calendar_app/ask.html", context, status=422)
    messages.success(request, _("These times are held for %(client)s.") % {"client": made.client.name})
    seconds.keep(request, made)
    return see_other(request, reverse(PAGE, args=[made.pk]))


@require_GET
@secretary_required
def index(request):
    """What is being arranged, the most pressing first."""
    return render(request, "calendar_app/requests.html", request_page.listed(request.user, at=clock.now()))


@require_GET
@secretary_required
def page(request, request_id):
    found = _found(request, request_id)
    ledger.looked(request.user, found.client_id, (negotiation.SUBJECT, found.pk))
    context = _page(request, found) | origin.shown(found, request.user)
    return render(request, "calendar_app/request.html", context)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@secretary_required
def times(request, request_id):
    """Other times for it."""
    found, at = _found(request, request_id), clock.now()
    typed = request.POST if request.method == "POST" else request.GET
    facts = {"request": found, "user": request.user}
    form = AddTimesForm(request.POST if request.method == "POST" else None, **facts)
    clashes = ()
    if request.method == "POST":

        def act(word):
            plans = form.plans()
            _look(request, found.diary, [plan.moments(found.diary) for plan in plans], at=at)
            return asking.add_times(
                found,
                plans,
                version=version_shown(request),
                until=form.until(at),
                by=request.user,
                at=at,
                word=word,
            )

        made, clashes = offering.tried(form, act)
        if made is not None:
            messages.success(request, _("These times are on offer as well."))
            seconds.keep(request, found)
            return see_other(request, reverse(PAGE, args=[found.pk]))
    context = _panel(request, found.diary, form, typed, clashes, at=at, known=request_page.wish_of(found))
    status = 422 if request.method == "POST" else 200
    return render(request, "calendar_app/request_times.html", context | {"asked": found}, status=status)


@require_POST
@secretary_required
def party(request, request_id):
    """Somebody else has to agree."""
    found = _found(request, request_id)
    form = PartyForm(request.POST, country=found.client.country)
    if form.is_valid():
        try:
            asking.add_party(
                found, form.to_ask(), version=version_shown(request), by=request.user, at=clock.now()
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return render(
            request, "calendar_app/request.html", _page(request, found, party_form=form), status=422
        )
    messages.success(request, _("Asked."))
    seconds.keep(request, found)
    return see_other(request, reverse(PAGE, args=[found.pk]))


@transaction.non_atomic_requests
@require_POST
@secretary_required
def answer(request, request_id, party_id):
    """What she said on the telephone: these times, or none."""
    found = _found(request, request_id)
    who = get_object_or_404(RequestParty.objects.visible_to(request.user), pk=party_id, request=found)

    def act():
        if "none" in request.POST:
            return answering.none_suits(who, by=request.user, at=clock.now())
        chosen = [as_uuid(each) for each in request.POST.getlist("option")]
        _look(request, found.diary, negotiation.spans(found, chosen), at=clock.now())
        heard = answering.answer(who, chosen, by=request.user, at=clock.now())
        if heard.gone:
            raise NotPossible(_("That time has been taken meanwhile. Look at what remains."))
        if heard.agreed:
            messages.success(request, _("Agreed. Everybody is told."))
        return heard

    return _done(request, found, act)


@require_POST
@secretary_required
def send(request, request_id, party_id):
    """The times once more, to somebody who has not answered."""
    found = _found(request, request_id)
    who = get_object_or_404(RequestParty.objects.visible_to(request.user), pk=party_id, request=found)
    return _done(
        request,
        found,
        lambda: asking.ask_again(found, who, version=version_shown(request), by=request.user, at=clock.now()),
    )


@transaction.non_atomic_requests
@require_POST
@secretary_required
def take(request, request_id, proposal_id):
    """Let it be the time that was proposed."""
    found = _found(request, request_id)
    proposals = RequestProposal.objects.visible_to(request.user).filter(request=found)
    proposal = get_object_or_404(proposals.select_related("request"), pk=proposal_id)
    said = request.POST.get("reason", "").strip()
    word = Word(said[:240]) if said else None

    def act():
        plan = asking.plan_at(found, proposal.starts_at)
        _look(request, found.diary, [plan.moments(found.diary)], at=clock.now())
        heard = answering.take(
            proposal, version=version_shown(request), by=request.user, at=clock.now(), word=word
        )
        messages.success(request, _("Agreed. Everybody is told.") if heard.agreed else _("On offer to all."))

    return _done(request, found, act)


@require_POST
@secretary_required
def aside(request, request_id, proposal_id):
    """It does not suit the client."""
    found = _found(request, request_id)
    proposals = RequestProposal.objects.visible_to(request.user).filter(request=found)
    proposal = get_object_or_404(proposals.select_related("request"), pk=proposal_id)
    return _done(request, found, lambda: answering.set_aside(proposal, by=request.user, at=clock.now()))


@require_POST
@secretary_required
def promise(request, request_id):
    """When it is followed up next."""
    found, at = _found(request, request_id), clock.now()
    hours = request.POST.get("hours", "")
    if hours not in map(str, CHASE):
        messages.warning(request, _("Choose when it is followed up."))
        return see_other(request, reverse(PAGE, args=[found.pk]))
    return _done(
        request,
        found,
        lambda: asking.promise(
            found,
            version=version_shown(request),
            promised_at=request_page.in_hours(at, int(hours)),
            by=request.user,
            at=at,
        ),
    )


@require_POST
@secretary_required
def withdraw(request, request_id):
    """It is not arranged any more."""
    return _withdrawn(request, _found(request, request_id))


@require_GET
@portal_required
def portal_page(request, request_id):
    found = _found(request, request_id)
    ledger.looked(request.user, found.client_id, (negotiation.SUBJECT, found.pk))
    return render(request, "calendar_app/portal_request.html", _page(request, found))


@require_POST
@portal_required
def portal_withdraw(request, request_id):
    """The client does not want it any more."""
    return _withdrawn(request, _found(request, request_id), PORTAL)


def _withdrawn(request, found, frame=DESK):
    form = WithdrawForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    return _done(
        request,
        found,
        lambda: asking.withdraw(
            found, version=version_shown(request), because=because, by=request.user, at=clock.now()
        ),
        frame,
    )


def _look(request, diary, spans, *, at) -> None:
    """See what stands there now; whoever arranges hears where a calendar could not be looked at."""
    if words := fresh.look_at_all(diary, spans, at=at).words():
        messages.warning(request, words)


def _done(request, found, act, frame=DESK):
    try:
        act()
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        seconds.keep(request, found, frame)
    return see_other(request, reverse(frame.name("request"), args=[found.pk]))


def _found(request, request_id) -> MeetingRequest:
    found = MeetingRequest.objects.visible_to(request.user).select_related(
        "client", "diary__client", "diary__contact", "place", "meeting", "asked_by"
    )
    return get_object_or_404(found, pk=request_id)


def _page(request, found, party_form=None):
    return request_page.shown(found, request.user, at=clock.now()) | {
        "party_form": party_form or PartyForm(country=found.client.country),
        "withdraw_form": WithdrawForm(),
    }


def _panel(request, diary, form, typed, clashes=(), *, at, known=None):
    asked = {name: typed.get(name) for name in typed if name != "starts"} | (known or {})
    context = offering.panel(request.user, diary, form, asked, clashes, at=at)
    ticked = typed.getlist("starts") if "begin" not in typed else []
    usual = [each.value for each in context["offers"][:3]] if not ticked and not form.is_bound else ticked
    return context | {"ticked": usual, "out_of": typed.get("out_of", "")}


def _initial(typed) -> dict:
    return {name: value for name, value in typed.dict().items() if name != "starts"}
