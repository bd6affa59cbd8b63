"""What a person does about a message by hand: rings up, delivers once more, takes the duty up again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from messages_app import by_hand
from messages_app.forms.handwork import DeliverForm, RangForm
from messages_app.models import Message
from messages_app.views.desk_messages import keep_seconds
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


def _message(request, message_id) -> Message:
    return get_object_or_404(
        Message.objects.visible_to(request.user).select_related("client", "contact"), pk=message_id
    )


def _back(request, message):
    return see_other(request, reverse("messages-message", args=[message.pk]))


@secretary_required
@require_POST
def rang(request, message_id):
    """She has rung somebody at the client herself. Only a successful call stops the clock."""
    message = _message(request, message_id)
    form = RangForm(request.POST, message=message)
    if form.is_valid():
        at = clock.now()
        by_hand.rang(message, by=request.user, at=at, **form.cleaned_data)
        keep_seconds(request, message, at=at)
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Choose whom you rang and how it went."))
    return _back(request, message)


@secretary_required
@require_POST
def reopen(request, message_id):
    """Undeliver: take the duty to pass it on up again."""
    message, at = _message(request, message_id), clock.now()
    if by_hand.reopen(message, by=request.user, at=at):
        keep_seconds(request, message, at=at)
    else:
        messages.warning(request, _("It is open as it is."))
    return _back(request, message)


@secretary_required
@require_POST
def deliver(request, message_id):
    """Send it to somebody by a way chosen by hand."""
    message = _message(request, message_id)
    form = DeliverForm(request.POST, message=message)
    if message.state == Message.State.WITHDRAWN or not form.is_valid():
        messages.error(request, _("Choose to whom it goes and how."))
        return _back(request, message)
    try:
        by_hand.deliver_to(message, by=request.user, at=clock.now(), **form.cleaned_data)
    except by_hand.NoAddress:
        messages.error(
            request,
            _("Nothing says how %(name)s is reached that way.") % {"name": form.cleaned_data["contact"].name},
        )
    else:
        keep_seconds(request, message, at=clock.now())
    return _back(request, message)
