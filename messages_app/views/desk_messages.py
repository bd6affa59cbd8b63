"""Messages at the desk: find one, see how far it got, put right what went wrong."""

from contextlib import suppress
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import leaving, stretches, work
from clients.models import Client, WorkItem, WorkRecord
from messages_app import acknowledging, correcting, drafts, escalating, regions, replying
from messages_app.finding import found
from messages_app.forms.handwork import DeliverForm, RangForm
from messages_app.forms.message import CorrectionForm, MessageForm
from messages_app.models import Delivery, Message, Reply
from secretariat import clock, ledger, outbox
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page

PASSED_ON = "messages_app.passed_on"  # not the message: that is a thing of its own on a bill by the message
FILTERS = {
    "undelivered": Q(state=Message.State.UNDELIVERED),
    "unacknowledged": Q(acknowledged_at=None),
    "urgent": Q(urgency=Message.Urgency.URGENT),
}


@secretary_required
@require_safe
def standing(request):
    """What nobody has acknowledged in time, above every page."""
    return render(request, *regions.standing_red(request))


@secretary_required
@require_safe
def index(request):
    """All messages this person may see, newest first."""
    messages = Message.objects.visible_to(request.user).as_rows()
    chosen = request.GET.get("show", "")
    messages = found(messages.filter(FILTERS.get(chosen, Q())), request.GET.get("q", ""))
    if client := _uuid(request.GET.get("client", "")):
        messages = messages.filter(client=client)
    listed = page(messages, newest_by="taken_at", after=request.GET.get("after", ""))
    template = "messages_app/_message_rows.html" if request.htmx else "messages_app/index.html"
    context = {"page": listed, "show": chosen, "q": request.GET.get("q", "")}
    if not request.htmx:
        clients = Client.objects.visible_to(request.user)
        context["may_export"] = leaving.may_export_some(request.user, clients)
    return render(request, template, context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _message(request, message_id) -> Message:
    messages = Message.objects.visible_to(request.user).select_related(
        "client", "contact", "call", "taken_by"
    )
    return get_object_or_404(messages, pk=message_id)


@secretary_required
@require_safe
def detail(request, message_id):
    """One message: the slip, what was done about it, and its event log."""
    message = _message(request, message_id)
    ledger.looked(request.user, message.client_id, ("messages_app.message", message.pk))
    return render(
        request,
        "messages_app/_message.html" if request.htmx else "messages_app/message.html",
        {
            "message": message,
            "client": message.client,
            "deliveries": list(message.deliveries.select_related("contact", "effect")),
            "events": list(message.events.select_related("by", "contact")),
            "replies": list(message.replies.select_related("contact", "seen_by")),
            "answers": list(message.answers.all()),
            "began": stretches.began(request),
            "may_take": leaving.allowed(request.user, message.client),
            "deliver_form": DeliverForm(message=message),
            "rang_form": RangForm(message=message),
            "next_steps": list(message.ladder_steps.filter(state="waiting").select_related("contact")[:3]),
            "stands_red": WorkItem.objects.visible_to(request.user)
            .open()
            .filter(kind=escalating.END_KIND, subject_id=message.pk)
            .exists(),
            "urgencies": []
            if message.state == Message.State.WITHDRAWN
            else [each for each in Message.Urgency if each > message.urgency],
        },
    )


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, message_id):
    """Send a marked correction; the original stays."""
    message = _message(request, message_id)
    if message.state == Message.State.WITHDRAWN:
        raise Http404
    values, redacted = drafts.clean(request.POST.dict())
    form = CorrectionForm(values or None, message=message)
    if redacted:
        form.add_error(None, MessageForm.CARD_NUMBER)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        correction = correcting.correct(message, by=request.user, at=at, answers=form.answers, **form.said)
        keep_seconds(request, message, at=at)
        return redirect("messages-message", correction.pk)
    status = 422 if form.is_bound else 200
    began = stretches.began(request)
    context = {"message": message, "client": message.client, "form": form, "began": began}
    return render(request, "messages_app/correct.html", context, status=status)


@secretary_required
@require_POST
def raise_urgency(request, message_id):
    message = _message(request, message_id)
    if (to := request.POST.get("urgency", "")) in {"2", "3"}:
        with suppress(correcting.CannotLower):  # somebody else has raised it already: the page shows how far
            correcting.raise_urgency(message, to=int(to), by=request.user, at=clock.now())
            keep_seconds(request, message, at=clock.now())
    return see_other(request, reverse("messages-message", args=[message.pk]))


@secretary_required
@require_POST
def send_again(request, message_id, delivery_id):
    """Send one delivery once more, decided by a person."""
    message = _message(request, message_id)
    delivery = get_object_or_404(
        Delivery.objects.visible_to(request.user).filter(
            state__in=[Delivery.State.FAILED, Delivery.State.UNKNOWN],
            effect__isnull=False,
            effect__emptied_at=None,
        ),
        pk=delivery_id,
        message=message,
    )
    outbox.post_again(delivery.effect, actor_id=request.user.pk)
    keep_seconds(request, message, at=clock.now())
    return see_other(request, reverse("messages-message", args=[message.pk]))


@secretary_required
@require_POST
def told(request, message_id, delivery_id):
    """Somebody was told by another way, such as a telephone call."""
    message = _message(request, message_id)
    delivery = get_object_or_404(
        Delivery.objects.visible_to(request.user).select_related("contact"), pk=delivery_id, message=message
    )
    at = clock.now()
    acknowledging.acknowledge(message, contact=delivery.contact, how="told", at=at, by=request.user)
    keep_seconds(request, message, at=at)
    return see_other(request, reverse("messages-message", args=[message.pk]))


@secretary_required
@require_POST
def reply_read(request, message_id, reply_id):
    """The reply was read and dealt with; its piece of work is done."""
    message = _message(request, message_id)
    answered = get_object_or_404(Reply.objects.visible_to(request.user), pk=reply_id, message=message)
    at = clock.now()
    replying.seen(answered, by=request.user, at=at)
    keep_seconds(request, message, at=at)
    work.finish_all(subject=("messages_app.reply", answered.pk), by=request.user, outcome=_("Reply read"))
    return see_other(request, reverse("messages-message", args=[message.pk]))


def keep_seconds(request, message: Message, *, at) -> None:
    """She has done something by hand so that it reaches somebody."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=message.client_id,
        subject=(PASSED_ON, message.pk),
        at=at,
    )
