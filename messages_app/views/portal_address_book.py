"""The client's address book in the portal: a file of hers is looked at, taken in, and taken back."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clients.doors import speaks_for_client
from clients.models import AddressImport, Correspondent
from messages_app.views import address_files

IN_THE_PORTAL = address_files.Side(
    one="letters-portal-book-import",
    drop="letters-portal-book-drop",
    undo="letters-portal-book-undo",
    shown="messages_app/portal_address_import.html",
)


@require_http_methods(["GET", "HEAD", "POST"])
@speaks_for_client
def page(request):
    """How many stand in it, the files that were read, and the form that reads one more."""
    client = request.contact.client
    context, answer = address_files.read(request, client, IN_THE_PORTAL)
    if answer:
        return answer
    hers = AddressImport.objects.visible_to(request.user).filter(client=client)
    people = Correspondent.objects.visible_to(request.user).filter(client=client)
    context |= {
        "imports": hers.select_related("made_by__secretary")[:20],
        "people": people.count(),
    }
    status = 422 if context["form"].errors else 200
    return render(request, "messages_app/portal_address_book.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@speaks_for_client
def one(request, import_id):
    return address_files.one(request, _import(request, import_id), IN_THE_PORTAL, book=_book())


@require_POST
@speaks_for_client
def drop(request, import_id):
    return address_files.drop(request, _import(request, import_id), IN_THE_PORTAL, book=_book())


@require_POST
@speaks_for_client
def undo(request, import_id):
    return address_files.undo(request, _import(request, import_id), IN_THE_PORTAL)


def _book() -> str:
    return reverse("letters-portal-book")


def _import(request, import_id) -> AddressImport:
    rows = AddressImport.objects.visible_to(request.user).select_related("client", "made_by__secretary")
    return get_object_or_404(rows.filter(client=request.contact.client), pk=import_id)
