"""The clients as the desk sees them: the list, and each one's card, opened with or without a call."""

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.views.decorators.http import require_GET

from clients import regions, suppressing
from clients.confidentiality import terms
from clients.models import Assignment, CallType, Client, Contact, ContactAddress, Line
from secretariat import clock, ledger
from secretariat.office.guards import secretary_required

A_PAGE = 50


@require_GET
@secretary_required
def listed(request):
    sought = Truncator(request.GET.get("q", "").strip()).chars(120)
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    people, lines = Contact.objects.visible_to(request.user), Line.objects.visible_to(request.user)
    if sought:
        clients = clients.filter(
            Q(name__unaccent__icontains=sought)
            | Q(pk__in=people.filter(name__unaccent__icontains=sought).values("client"))
            | Q(pk__in=lines.filter(number__contains=_digits(sought)).values("client"))
        )
    waiting = Count("work_items", filter=Q(work_items__done_at=None), distinct=True)
    page = Paginator(clients.annotate(waiting=waiting).order_by("name", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    query = urlencode({"q": sought}) if sought else ""
    return render(request, "clients/clients.html", {"page": page, "q": sought, "query": query})


@require_GET
@secretary_required
def card(request, client_id):
    roles = request.user.roles
    if roles.secretary and not roles.firm_wide and terms.is_waiting(roles.secretary, client_id):
        return redirect("my-terms")  # first what the client asks of whoever is to read this
    client = _one(request, client_id)
    ledger.looked(request.user, client.pk, ("clients.client", client.pk))
    addresses = ContactAddress.objects.visible_to(request.user)
    team = Assignment.objects.visible_to(request.user).filter(client=client, until_at=None)
    _template, now = _on_now(request, client)
    return render(
        request,
        "clients/card.html",
        now
        | {
            "people": suppressing.marked(
                Contact.objects.visible_to(request.user)
                .filter(client=client, is_active=True)
                .prefetch_related(Prefetch("addresses", addresses))
            ),
            "lines": Line.objects.visible_to(request.user)
            .filter(client=client, is_active=True)
            .prefetch_related("hours"),
            "call_types": CallType.objects.visible_to(request.user)
            .filter(client=client, is_active=True)
            .prefetch_related("prompts"),
            "team": team.select_related("secretary").order_by("turn"),
            "good_to_know": [line for line in client.good_to_know.splitlines() if line.strip()],
        },
    )


@require_GET
@secretary_required
def on_now(request, client_id):
    return render(request, *_on_now(request, _one(request, client_id)))


def _on_now(request, client):
    return regions.on_now(client, at=clock.now(), mine=request.user.zone)


def _one(request, client_id):
    return get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)


def _digits(text: str) -> str:
    """The digits of a number as somebody types it; what holds none matches no number."""
    return "".join(filter(str.isdigit, text)).lstrip("0") or "none"
