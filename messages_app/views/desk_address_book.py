"""A client's address book at the desk: who is in it, files that fill it, and taking such a file back."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.models import AddressImport, Client, Correspondent
from messages_app.forms.address_book import WhomForm
from messages_app.letters import addresses
from messages_app.views import address_files
from secretariat import ledger
from secretariat.office.guards import secretary_required
from secretariat.paging import page

AT_THE_DESK = address_files.Side(
    one="letters-book-import",
    drop="letters-book-drop",
    undo="letters-book-undo",
    shown="messages_app/address_book/import.html",
)


@secretary_required
@require_safe
def which(request):
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    return render(request, "messages_app/address_book/which.html", {"clients": clients})


@secretary_required
@require_safe
def listed(request, client_id):
    """Who is in the book, newest first; `?q=` by name, firm, number or mailbox."""
    client = _client(request, client_id)
    people = Correspondent.objects.visible_to(request.user).filter(client=client)
    form = WhomForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    if asked:
        named = Q(name__icontains=asked) | Q(firm__icontains=asked)
        reached = people.filter(addresses__value__icontains=asked.lower()).values("pk")
        people = people.filter(named | Q(pk__in=reached))
    people = people.prefetch_related("addresses", "postal_addresses")
    found = page(people, newest_by="created_at", after=request.GET.get("after", ""))
    ledger.looked(request.user, client.pk, ("clients.client", client.pk))
    context = {
        "client": client,
        "page": found,
        "rows": [(each, _newest_place(each, client)) for each in found],
        "q": asked,
        "imports": AddressImport.objects.visible_to(request.user)
        .filter(client=client)
        .select_related("made_by")[:5],
    }
    return render(request, "messages_app/address_book/listed.html", context)


@secretary_required
@require_http_methods(["GET", "POST"])
def read(request, client_id):
    """A file is read; nothing of it is written into the book yet."""
    context, answer = address_files.read(request, _client(request, client_id), AT_THE_DESK)
    if answer:
        return answer
    status = 422 if context["form"].errors else 200
    return render(request, "messages_app/address_book/read.html", context, status=status)


@secretary_required
@require_http_methods(["GET", "POST"])
def one(request, import_id):
    """What would become of a file, or has; posting does it."""
    made = _import(request, import_id)
    return address_files.one(request, made, AT_THE_DESK, book=_book(made))


@secretary_required
@require_POST
def drop(request, import_id):
    made = _import(request, import_id)
    return address_files.drop(request, made, AT_THE_DESK, book=_book(made))


@secretary_required
@require_POST
def undo(request, import_id):
    return address_files.undo(request, _import(request, import_id), AT_THE_DESK)


def _newest_place(person: Correspondent, client: Client) -> str:
    place = next(iter(person.postal_addresses.all()), None)
    if place is None:
        return ""
    where = (place.street, place.city, place.postcode, place.region, place.country)
    return ", ".join(addresses.block(addresses.Address("", "", *where), home=client.country))


def _client(request, client_id) -> Client:
    return get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)


def _book(made: AddressImport) -> str:
    return reverse("letters-book", args=[made.client_id])


def _import(request, import_id) -> AddressImport:
    rows = AddressImport.objects.visible_to(request.user).select_related("client", "made_by")
    return get_object_or_404(rows, pk=import_id)
