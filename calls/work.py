"""What this package's pieces of work are called, and where they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.work import Work


def _at_the_call(title):
    return lambda item: Work(title(), reverse("calls-record", args=[item.subject_id]))


describe = {
    "calls.unfinished": _at_the_call(lambda: _("Finish the call that was put aside")),
    "calls.forgotten": _at_the_call(lambda: _("Finish a call that ended without a message")),
    "calls.voicemail": _at_the_call(lambda: _("Listen to a voicemail and pass it on")),
    "calls.unanswered": _at_the_call(lambda: _("Ring back: nobody could answer")),
    "calls.missed": _at_the_call(lambda: _("Ring back: our system could not answer")),
    "calls.unknown_line": lambda item: Work(item.because),
}
