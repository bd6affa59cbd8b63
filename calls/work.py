"""What this package's pieces of work are called, and where they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from calendar_app.models import Guest
from clients.work import Work

from . import reminder_calls, telephone_meetings


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


describe = {
    reminder_calls.CALL_BACK: _of_guest,
    telephone_meetings.NOT_REACHED: _at_the_meeting,
    "calls.dictation_locked": lambda item: Work(item.because),
    "calls.unfinished": _at_the_call(lambda: _("Finish the call that was put aside")),
    "calls.forgotten": _at_the_call(lambda: _("Finish a call that ended without a message")),
    "calls.voicemail": _at_the_call(lambda: _("Listen to a voicemail and pass it on")),
    "calls.unanswered": _at_the_call(lambda: _("Ring back: nobody could answer")),
    "calls.missed": _at_the_call(lambda: _("Ring back: our system could not answer")),
    "calls.unknown_line": lambda item: Work(item.because),
}
