"""What this package's pieces of work are called, and where they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from calendar_app.models import Guest
from clients import wording
from clients.work import Work
from secretariat import clock

from . import reminder_calls, telephone_meetings
from .models import Call


def _at_the_call(title):
    return lambda item: Work(title(), reverse("calls-record", args=[item.subject_id]))


def _at_the_meeting(item):
    return Work(item.because, reverse("diary-meeting", args=[item.subject_id]))


def _of_guest(item):
    guest = Guest.objects.select_related("meeting").filter(pk=item.subject_id).first()
    if guest is None:
        return Work(item.because)
    title = _("%(name)s asks to be called back about a meeting") % {"name": str(guest)}
    return Work(title, reverse("diary-meeting", args=[guest.meeting_id]))


def _name_of_call(call_id, user) -> str:
    call = Call.objects.visible_to(user).filter(pk=call_id).first()
    if call is None:
        return ""
    when = wording.moment(call.rang_at, user.zone, now=clock.now())
    return _("Call of %(caller)s, %(when)s") % {"caller": call.caller, "when": when}


places = {"calls.call": lambda call_id: reverse("calls-record", args=[call_id])}
names = {"calls.call": _name_of_call}
describe = {
    reminder_calls.CALL_BACK: _of_guest,
    telephone_meetings.NOT_REACHED: _at_the_meeting,
    "calls.dictation_unsettled": _at_the_meeting,
    "calls.dictation_locked": lambda item: Work(item.because),
    "calls.unfinished": _at_the_call(lambda: _("Finish the call that was put aside")),
    "calls.forgotten": _at_the_call(lambda: _("Finish a call that ended without a message")),
    "calls.voicemail": _at_the_call(lambda: _("Listen to a voicemail and pass it on")),
    "calls.unanswered": _at_the_call(lambda: _("Ring back: nobody could answer")),
    "calls.missed": _at_the_call(lambda: _("Ring back: our system could not answer")),
    "calls.unknown_line": lambda item: Work(item.because),
}
