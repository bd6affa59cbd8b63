"""What the carrier says became of a text to a guest: kept at once, worked later."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from clients import suppressing
from clients.models import Suppression
from secretariat import clock
from secretariat.channels import twilio
from secretariat.outbox import inbox
from secretariat.outbox.models import Effect

from . import booking, confirming, reminding
from .models import Guest, Meeting, Reminder

NOT_ARRIVED = ("undelivered", "failed")
OPTED_OUT = "21610"


@csrf_exempt
@login_not_required
@transaction.non_atomic_requests
def status(request):
    notice = twilio.verified(request)
    key = notice.key("MessageSid", "MessageStatus")
    inbox.keep("twilio", "calendar-text", key, token=notice.token, body=notice.body, headers=notice.headers)
    return HttpResponse(status=204)


@inbox.works("twilio.calendar-text")
def work_status(event) -> None:
    """A text that did not arrive is shown to somebody; of the others nothing need be known."""
    fields = event.fields
    if fields.get("MessageStatus") not in NOT_ARRIVED:
        return
    key = event.query.get("key", "").split("#")[0]
    sent = Effect.objects.filter(key=key, kind__in=[reminding.BY_TEXT, confirming.TEXT]).first()
    if sent is None:
        return
    at, code = clock.now(), fields.get("ErrorCode", "")
    if code == OPTED_OUT:
        suppressing.suppress("text", fields["To"], Suppression.Because.REFUSED, at=at)
    because = _("the carrier says %(code)s") % {"code": code or _("no reason")}
    if sent.kind == reminding.BY_TEXT:
        reminders = Reminder.objects.select_related("meeting__diary", "guest")
        reminder = reminders.filter(pk=sent.subject_id).first()
        if reminder:
            reminding.not_reached(reminder, because, at=at)
        return
    guest = Guest.objects.filter(pk=sent.subject_id).first()
    meeting = Meeting.objects.select_related("diary").filter(pk=sent.payload.get("meeting")).first()
    if guest and meeting:
        words = _("Text to %(name)s did not arrive: %(because)s") % {"name": str(guest), "because": because}
        booking.note(meeting, "not_told", by=None, at=at, words=words, guest=guest)
        booking.announce(meeting)
        confirming.not_told(guest)
