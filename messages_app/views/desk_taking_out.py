"""What is taken out: a message on paper or as words, a list as a file. Each use is on the ledger."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from messages_app import listing
from messages_app.finding import found
from messages_app.models import Message
from messages_app.views.desk_messages import FILTERS
from secretariat import clock
from secretariat.office.guards import secretary_required

MOST = 5000  # rows of one list


def _message(request, message_id, act: Act) -> Message:
    """The message, if she may do this with it; else there is no such page."""
    messages = Message.objects.visible_to(request.user).select_related("client", "contact", "taken_by")
    message = get_object_or_404(messages.exclude(state=Message.State.WITHDRAWN), pk=message_id)
    if act not in leaving.allowed(request.user, message.client):
        raise Http404
    leaving.record(request.user, act, message.client_id, ("messages_app.message", message.pk))
    return message


@secretary_required
@require_GET
@never_cache
def on_paper(request, message_id):
    message = _message(request, message_id, Act.PRINT)
    context = {"message": message, "client": message.client, "answers": list(message.answers.all())}
    return render(request, "messages_app/paper.html", context | {"printed_at": clock.now()})


@secretary_required
@require_GET
@never_cache
def as_words(request, message_id):
    """The message as plain text, to be pasted elsewhere."""
    message = _message(request, message_id, Act.COPY)
    context = {"message": message, "answers": list(message.answers.all())}
    words = render(request, "messages_app/words.txt", context).content
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@secretary_required
@require_POST
def as_list(request):
    """The messages she looks at, of the clients of whom she may keep a list, as a file."""
    clients = leaving.exportable(request.user, Client.objects.visible_to(request.user))
    if not clients:
        raise Http404
    show, words = request.POST.get("show", ""), request.POST.get("q", "")
    messages = Message.objects.visible_to(request.user).filter(client__in=[each.pk for each in clients])
    messages = messages.exclude(state=Message.State.WITHDRAWN).select_related("client", "contact")
    if show in FILTERS:
        messages = messages.filter(FILTERS[show])
    listed = list(found(messages.defer("words"), words).order_by("-taken_at", "-pk")[:MOST])
    for client in {message.client for message in listed}:
        count = sum(message.client_id == client.pk for message in listed)
        leaving.record(request.user, Act.EXPORT, client.pk, ("clients.client", client.pk), rows=count)
    answer = StreamingHttpResponse(
        listing.as_csv(listed, request.user.zone), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="messages-{clock.now():%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
