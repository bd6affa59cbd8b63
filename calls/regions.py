"""Parts of the desk that this package fills: each a template and its context, used by an address of its own
and by the frame's first full page."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max
from django.utils.html import format_html

from clients import correspondents, rostering
from clients.guidance import guidance_at
from secretariat.office.models import Firm, LineKind, Presence

from . import arranging, dialling, panel, timeline
from .models import Call, CallEvent, DiaryLeg, Offer, PutThrough

RUNG_SECONDS = 35  # as long as one of ours is rung for a dictation
HISTORY = 3  # calls of this caller shown beside the form


def bar(
    secretary, *, at: datetime, next_url: str = "/desk/", refusal: str = "", on_desk: bool = False
) -> tuple[str, dict]:
    """The call bar: what rings, whom she talks to, what she is finishing, or that she is idle.

    `on_desk`: it stands on the desk itself, where putting through opens beside the form.
    """
    user = secretary.user
    offers = Offer.objects.visible_to(user).pending().filter(secretary=secretary)
    hers = Call.objects.visible_to(user).at_desk_of_or_lost_by(secretary)
    # Lines of meetings and dictations: hers that rings or that she is on, once the carrier knows of it.
    lines = DiaryLeg.objects.visible_to(user).filter(guest__secretary=secretary, ended_at=None, rank__gt=0)
    # Mostly there is none, and this tells it: the questions for all that is shown of a call are dear.
    presence = (
        Presence.objects.visible_to(user)
        .filter(secretary=secretary)
        .annotate(is_offered=Exists(offers), has_calls=Exists(hers), is_rung=Exists(lines))
        .first()
    )
    offer, calls = None, list[Call]()
    if presence is None or presence.is_offered:
        offer = offers.select_related("call__client", "call__line", "call__correspondent", "leg").first()
    if presence is None or presence.has_calls:
        calls = list(
            hers.select_related("client", "line", "correspondent", "secretary__presence")
            .annotate(firm_wrap_up_seconds=Firm.column("wrap_up_seconds"), is_put=dialling.is_open("pk"))
            .order_by("rang_at", "pk")
        )
    rung = None
    if presence is None or presence.is_rung:
        rung = lines.select_related("client", "meeting__dictation__contact").order_by("created_at").last()
        if rung:
            rung.until = rung.heard_at + timedelta(seconds=RUNG_SECONDS)
    presence = _as_it_came_with(calls, secretary) or presence
    ringing = [each for each in calls if each.state == Call.State.RINGING]
    calls = [each for each in calls if each not in ringing]
    call = _foremost(calls, secretary)
    lost = None if call else _lost(ringing, secretary, offer, at)
    is_talking = any(each.state == Call.State.TALKING for each in calls)
    context = {
        "offer": offer,
        "call": call,
        "others": [each for each in calls if each is not call],
        "others_held": [each for each in calls if each is not call and each.is_held],
        "lost": lost,
        "rung": rung,
        # While she talks to a caller, or holds one, her line is not free for it.
        "rung_beside": rung is not None and is_talking and rung.took_at is None,
        "presence": presence,
        "by_browser": LineKind.BROWSER,
        "now": at,
        "next": next_url,
        "refusal": refusal,
        "zone": user.zone,
        "on_desk": on_desk,
    }
    if call and call.state in Call.FINISHING:
        context |= _wrap_up(call, at)
    elif call:
        if not call.is_put:
            call.put_shown = None
        context["put"] = dialling.shown_of(call)
    return "calls/_bar.html", context


def _as_it_came_with(calls, secretary) -> Presence | None:
    """Her presence at the moment at which a call of hers was read, if there is one."""
    with_a_call = (getattr(each.secretary, "presence", None) for each in calls if each.secretary == secretary)
    return next(with_a_call, None)


def _lost(ringing, secretary, offer, at):
    """The call whose line she has just lost, if it is still hers to come back to."""
    # Of two callers the one who rings for her; with another one ringing at her desk, none.
    hers = [each for each in ringing if offer is None or offer.call_id == each.pk]
    if not hers:
        return None
    lost = max(hers, key=lambda each: each.answered_at or each.rang_at)
    offers = Offer.objects.visible_to(secretary.user).filter(call=lost, secretary=secretary)
    lost.lost_at = offers.aggregate(last=Max("lost_at"))["last"]
    may_until = lost.lost_at and lost.lost_at + timedelta(seconds=Firm.current().rejoin_seconds)
    return lost if may_until and at < may_until else None


def _foremost(calls, secretary) -> Call | None:
    """Whom she talks to comes before what she must finish, and that before those on hold.

    Of several to finish the last she turned to, whichever ended last: what she is writing does not turn into
    another's form, because her caller has hung up, or because somebody has given up on hold.
    """
    finishing = [each for each in calls if each.state in Call.FINISHING]
    turned_to = _turned_to(finishing, secretary) if len(finishing) > 1 else {}

    def place(call) -> tuple:
        if call.state in Call.FINISHING:
            return 1, -turned_to.get(call.pk, 0), -call.wrap_up_since.timestamp()
        return 2 if call.held_at else 0, 0, call.rang_at.timestamp()

    return min(calls, key=place, default=None)


def _turned_to(calls, secretary) -> dict:
    """For each of these the last line in which she turned to it: the higher, the later. Perhaps none."""
    turns = CallEvent.objects.visible_to(secretary.user).filter(call__in=calls, secretary=secretary)
    turns = turns.filter(verb__in=timeline.TURNS).order_by()
    return dict(turns.values_list("call").annotate(last=Max("pk")))


def _wrap_up(call, at) -> dict:
    seconds = call.client.wrap_up_seconds or call.firm_wrap_up_seconds or Firm().wrap_up_seconds
    since = call.wrap_up_since
    put = None
    if call.through_at:
        put = call.put_throughs.select_related("contact").filter(state=PutThrough.State.DONE).first()
    return {
        "wrap_up_seconds": seconds,
        "wrap_up_spent": min(seconds, int((at - since).total_seconds())),
        "wrap_up_until": since + timedelta(seconds=seconds),
        "talked": since - call.answered_at if call.answered_at else None,
        "through_to": put.to_name if put else "",
    }


def _guidance_for(call, at: datetime):
    """What the client has told us that bears on this call; looked up once for all the parts of a page."""
    if getattr(call, "guided_at", None) != at:
        caller = correspondents.described(call.correspondent, call.caller_number)
        call.guided_at, call.guided = at, guidance_at(call.client, call.line, caller, at)
    return call.guided


def told_about(call, *, at: datetime):
    """What the client has told us that bears on this call, as the page shows it: looked up once a page."""
    return getattr(call, "guided", None) or _guidance_for(call, at)


def guidance(call, secretary, *, at: datetime) -> tuple[str, dict]:
    """What to say, and what is different today, as the client has it at this moment."""
    found = _guidance_for(call, at)
    phrase = found.answer_phrase(secretary.spoken_name if secretary else "")
    put = dialling.shown_of(call) if call.state == Call.State.TALKING else None
    asks = put and put.way == PutThrough.Way.ASK and put.state != PutThrough.State.THREE
    return "calls/_guidance.html", {
        "call": call,
        "client": call.client,
        "words": panel.words_to(put, call) if asks else _emphasised(phrase, call.client.name),
        "say_to": panel.called(put) if asks else "",
        "put": put,
        "may_put_through": call.state == Call.State.TALKING and not put,
        "guidance": found,
        "changed": _changed_since(call, found),
        "zone": call.client.zone,
        "mine": secretary.user.zone if secretary else call.client.zone,
    }


def _emphasised(phrase: str, name: str):
    """The phrase with the client's name in bold."""
    before, found, after = phrase.partition(name)
    return format_html("{}<strong>{}</strong>{}", before, found, after)


def _changed_since(call, found) -> bool:
    """Whether the client said something new after the call began to ring."""
    told = [each.written_at for each in found.instructions] + [each.set_at for each in found.whereabouts]
    return any(moment > call.rang_at for moment in told)


def people_of(call, user) -> list:
    """Who is still there at the client, as this person sees it; looked up once for all parts of a page."""
    if not hasattr(call, "people_seen"):
        call.people_seen = list(call.client.contacts.visible_to(user).filter(is_active=True))
    return call.people_seen


def beside(
    call, user, *, at: datetime, panel_shown: str = "", next_url: str = "/desk/", **said
) -> tuple[str, dict]:
    """Who is who at the client, what this caller did before, and what is good to know.

    While the caller is put through, or with the panel open (`panel_shown`), that takes its place; `said` is
    what panel.of takes besides.
    """
    found = _guidance_for(call, at)
    through = panel.of(call, user, guidance=found, shown=panel_shown, next_url=next_url, **said)
    if through:
        return through
    hers = user.roles.secretary and user.roles.secretary.pk == call.secretary_id
    if panel_shown == arranging.ARRANGE and hers and call.state in arranging.AT_HAND:
        return arranging.panel(call, user, at=at, next_url=next_url)
    earlier = Call.objects.visible_to(user).filter(client=call.client).exclude(pk=call.pk)
    history = earlier.filter(caller_number=call.caller_number) if call.caller_number else earlier.none()
    return "calls/_beside.html", {
        "call": call,
        "client": call.client,
        "people": people_of(call, user)[:6],
        "may_arrange": call.state in arranging.AT_HAND,
        "meetings": arranging.next_entries(call, user, at=at),
        "whereabouts": {each.contact_id: each for each in found.whereabouts},
        "history": history.order_by("-rang_at", "-pk")[:HISTORY],
        "on_call": rostering.standing_of(found.rosters, people_of(call, user), at=at),
        "good_to_know": [line for line in call.client.good_to_know.splitlines() if line.strip()],
        "mine": user.zone,
    }
