"""Putting a caller through: whom to ask, asking, and what she decides, each at an address of its own."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from calls import other_numbers, panel, put_through, reachable, regions, wrap_up
from calls.models import Call
from clients.models import Contact
from secretariat import clock
from secretariat.next import next_of
from secretariat.office.guards import for_herself

from .desk import DESK, her_call

MOST_OF_A_REASON = 120  # letters of the message that are said when she typed no reason


@require_GET
@for_herself
def choose(request, call_id):
    """Whom this caller may be put through to; for a whole page, the desk with the panel open."""
    hers = Call.objects.visible_to(request.user).filter(secretary=request.secretary)
    call = get_object_or_404(hers.select_related("client", "line", "correspondent"), pk=call_id)
    if not request.htmx:
        return HttpResponseRedirect(f"{DESK}?through={panel.CHOOSE}")
    return _beside(request, call)


def _beside(request, call, *, refusal="", status=200):
    template, context = regions.beside(
        call,
        request.user,
        at=clock.now(),
        panel_shown=panel.CHOOSE,
        next_url=next_of(request, DESK),
        refusal=refusal,
        typed=request.POST if refusal else None,
    )
    return render(request, template, context, status=status)


def through_verb(act):
    """A verb of the panel, which it answers with the panel as it is then."""
    return her_call(act, show=_beside)


def _asked(request, call, verb) -> str:
    """Put her through to whom the form names. Returns a sentence where that number may not be rung."""
    said = request.POST
    if "another_number" in said:
        to, refusal = _stranger(call, said)
        if refusal:
            return refusal
    else:
        people = Contact.objects.visible_to(request.user).filter(client=call.client_id, is_active=True)
        to = get_object_or_404(people, pk=said.get("person") or None)
    verb(
        call,
        to,
        by=request.secretary,
        at=clock.now(),
        who=reachable.described(call, said.get("caller_name", "")[:120], said.get("caller_firm", "")[:120]),
        why=said.get("why", "").strip() or _first_words(said.get("text", "")),
    )
    return ""


def _stranger(call, said) -> tuple[reachable.Stranger | None, str]:
    """Whom she typed, or the sentence why that number is not rung."""
    number = other_numbers.read(said["another_number"][:40], call.client.country)
    name = " ".join(said.get("another_name", "").split())[:80]
    if refusal := number.because or reachable.objection(call, number.e164):
        return None, refusal
    if not name:
        return None, _("Type whose number it is, so that you know for whom to ask.")
    return reachable.Stranger(name, number.e164), ""


def _first_words(text: str) -> str:
    """The first sentence of what she has typed for the client."""
    line = text.strip().partition("\n")[0].partition(". ")[0].rstrip(". ")
    return line if len(line) <= MOST_OF_A_REASON else line[:MOST_OF_A_REASON].rpartition(" ")[0]


@through_verb
def ask(request, call):
    return _asked(request, call, put_through.ask)


@through_verb
def straight(request, call):
    return _asked(request, call, put_through.straight)


@through_verb
def connect(request, call):
    put_through.connect(call, by=request.secretary, at=clock.now())


@through_verb
def three(request, call):
    put_through.three_of_us(call, by=request.secretary, at=clock.now())


@through_verb
def take_back(request, call):
    put_through.take_back(call, by=request.secretary, at=clock.now())


@her_call
def finish(request, call):
    wrap_up.finish(call, by=request.user, at=clock.now())
