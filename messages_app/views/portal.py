"""Messages in the client's portal, and the one-tap link that opens a single one."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from messages_app import acknowledging, links, replying
from messages_app.finding import found
from messages_app.forms.message import ReplyForm
from messages_app.models import Delivery, Message
from messages_app.views.desk_messages import FILTERS
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import contact_required
from secretariat.paging import page

SHOWN = {"new": FILTERS["unacknowledged"], "urgent": FILTERS["urgent"]}


def of_contacts(user):
    """Messages of the clients she is contact of, and none she would see through another of her roles."""
    clients = [contact.client_id for contact in user.roles.contacts]
    return Message.objects.visible_to(user).filter(client__in=clients)


@contact_required
@require_safe
def index(request):
    messages = of_contacts(request.user).as_last_corrected().as_rows()
    show = request.GET.get("show", "")
    messages = found(messages.filter(SHOWN.get(show, Q())), _q(request))
    listed = page(messages, newest_by="taken_at", after=request.GET.get("after", ""))
    template = "messages_app/_portal_rows.html" if request.htmx else "messages_app/portal_index.html"
    return render(request, template, {"page": listed, "show": show, "q": _q(request)})


def _q(request) -> str:
    return request.GET.get("q", "")


def _message(request, message_id) -> Message:
    return get_object_or_404(of_contacts(request.user).select_related("client", "contact"), pk=message_id)


def _contact(request, message):
    return next(c for c in request.user.roles.contacts if c.client_id == message.client_id)


def shown(message: Message, contact, form=None) -> dict:
    """What this person at the client sees of one message, in the portal and behind a link.

    A member sees how she herself was told and what she herself replied; owners and delegates see all.
    """
    deliveries = message.deliveries.select_related("contact")
    replies = message.replies.select_related("contact")
    if not contact.sees_all:
        deliveries, replies = deliveries.filter(contact=contact), replies.filter(contact=contact)
    return {
        "message": message,
        "client": message.client,
        "answers": list(message.answers.all()),
        "deliveries": list(deliveries),
        "replies": list(replies),
        "original": message.corrects,
        "form": form or ReplyForm(),
    }


@contact_required
@require_safe
def detail(request, message_id):
    message = _message(request, message_id)
    ledger.looked(request.user, message.client_id, ("messages_app.message", message.pk))
    template = "messages_app/_portal_message.html" if request.htmx else "messages_app/portal_message.html"
    return render(request, template, shown(message, _contact(request, message)))


@contact_required
@require_POST
def acknowledge(request, message_id):
    message = _message(request, message_id)
    acknowledging.acknowledge(
        message, contact=_contact(request, message), how="portal", at=clock.now(), by=request.user
    )
    return see_other(request, reverse("messages-portal-message", args=[message.pk]))


@contact_required
@require_POST
def reply(request, message_id):
    message = _message(request, message_id)
    if message.state == Message.State.WITHDRAWN:
        raise Http404
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = shown(message, _contact(request, message), form)
        return render(request, "messages_app/portal_message.html", context, status=422)
    replying.reply(
        message,
        contact=_contact(request, message),
        text=form.cleaned_data["text"],
        how="portal",
        at=clock.now(),
        by=request.user,
    )
    return see_other(request, reverse("messages-portal-message", args=[message.pk]))


def linked(view):
    """Open the signed link, or say in plain words that it no longer opens anything."""

    @login_not_required
    @never_cache
    def opened(request, token):
        try:
            delivery = links.open_link(token)
        except Delivery.DoesNotExist as nothing:
            raise Http404 from nothing
        except links.LinkExpired as late:
            return render(
                request,
                "messages_app/link_expired.html",
                {
                    "client": late.delivery.message.client,
                    "withdrawn": late.delivery.message.state == Message.State.WITHDRAWN,
                },
                status=410,
            )
        with timezone.override(delivery.message.client.tz):  # nobody has signed in: by the client's clocks
            return view(request, token, delivery)

    return opened


@require_safe
@linked
def link(request, token, delivery):
    """The message, to somebody who holds the link. Mail scanners open links: looking acknowledges nothing."""
    message = delivery.message
    ledger.record(
        "message.link_opened",
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail={"contact": str(delivery.contact_id)},
    )
    context = shown(message, delivery.contact) | {"token": token, "contact": delivery.contact}
    return render(request, "messages_app/link.html", context)


@require_POST
@linked
def link_acknowledge(request, token, delivery):
    acknowledging.acknowledge(delivery.message, contact=delivery.contact, how="link", at=clock.now())
    return see_other(request, reverse("messages-link", args=[token]))


@require_POST
@linked
def link_reply(request, token, delivery):
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = shown(delivery.message, delivery.contact, form)
        context |= {"token": token, "contact": delivery.contact}
        return render(request, "messages_app/link.html", context, status=422)
    replying.reply(
        delivery.message,
        contact=delivery.contact,
        text=form.cleaned_data["text"],
        how="link",
        at=clock.now(),
    )
    return see_other(request, reverse("messages-link", args=[token]))
