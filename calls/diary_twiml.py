"""What is said to those we ring for the diary: TwiML, in the language of whoever picks up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from calendar_app import guest_words, inviting
from calendar_app.models import Reminder
from secretariat.office.models import Firm

from . import whom_to_ring
from .models import DiaryLeg, MeetingCall
from .twiml import address

PATIENCE = 10  # seconds for a key


def reminded(leg: DiaryLeg, reminder: Reminder) -> str:
    """What there is to say, twice, and the keys."""
    with _spoken_to(leg) as language:
        keys = _("To confirm, press 1. To be called back, press 2.")
        return _with_keys("calls-remind-key", leg, f"{guest_words.said(reminder)} {keys}", language)


def confirmed(leg: DiaryLeg) -> str:
    with _spoken_to(leg) as language:
        return _said(_("Thank you. Goodbye."), language)


def called_back(leg: DiaryLeg) -> str:
    with _spoken_to(leg) as language:
        return _said(_("Thank you. Somebody will call you back. Goodbye."), language)


def over(leg: DiaryLeg) -> str:
    """Said to somebody who picks up, or presses a key, when nobody waits for it any more."""
    with _spoken_to(leg) as language:
        return _said(_("There is nothing to do any more. Goodbye."), language)


def begins(leg: DiaryLeg, call: MeetingCall) -> str:
    """Said to whoever picks up for a meeting by telephone. Only a key brings anybody into it."""
    meeting = call.meeting
    with _spoken_to(leg) as language:
        facts = {
            "firm": Firm.current().name,
            "client": meeting.client.name,
            "about": inviting.about(meeting),
            "guests": guests_of(call),
        }
        if whom_to_ring.is_dictation(meeting):
            told = _dictation(leg) % facts
        elif leg.party == DiaryLeg.Party.CLIENT:
            told = _("Your meeting by telephone with %(guests)s: %(about)s.") % facts
        else:
            told = _("This is %(firm)s. Your meeting by telephone with %(client)s is about to begin.") % facts
        keys = _("To be connected, press 1. If you cannot now, press 2.")
        return _with_keys("calls-meeting-key", leg, f"{told} {keys}", language)


def _dictation(leg: DiaryLeg) -> str:
    """Who is rung may be who dictates, one of ours, or somebody who is to hear it."""
    if leg.party == DiaryLeg.Party.CLIENT:
        return _("The dictation you booked, with %(guests)s.")
    if leg.guest and leg.guest.secretary_id:
        return _("The dictation of %(client)s is about to begin.")
    return _("This is %(firm)s. The dictation of %(client)s is about to begin, and you are expected in it.")


def comes_in(leg: DiaryLeg, call: MeetingCall, *, first: str = "") -> str:
    """Into the meeting's room. It begins with a guest; until then the client hears it ring."""
    document = VoiceResponse()
    is_client = leg.party == DiaryLeg.Party.CLIENT
    with _spoken_to(leg) as language:
        if is_client and not first and call.talking_at is None:
            first = _("One moment. We are ringing %(guests)s.") % {"guests": guests_of(call)}
        if first:
            document.say(first, language=language)
    dial = Dial(action=address("calls-meeting-left", leg.pk, again=True))
    dial.conference(
        call.room,
        beep="false",
        start_conference_on_enter=not is_client,
        end_conference_on_exit=False,
        wait_url=address("calls-hold-ringing", leg.meeting.client.country) if is_client else "",
        wait_method="GET",
        participant_label=leg.pk.hex,
    )
    document.append(dial)
    return str(document)


def trying(leg: DiaryLeg, call: MeetingCall) -> str:
    """Nobody has answered yet: she hears so, and waits on."""
    with _spoken_to(leg):
        words = _("%(guests)s has not answered. We are trying once more.") % {"guests": guests_of(call)}
    return comes_in(leg, call, first=words)


def again(leg: DiaryLeg, call: MeetingCall) -> str:
    """The line of one of ours was lost: the client hears so, and waits on."""
    with _spoken_to(leg):
        words = _("One moment. We are connecting you again.")
    return comes_in(leg, call, first=words)


def nobody(leg: DiaryLeg, call: MeetingCall) -> str:
    with _spoken_to(leg) as language:
        words = _("%(guests)s did not answer. Your secretary has been told. Goodbye.")
        if whom_to_ring.is_dictation(call.meeting):
            words = _("%(guests)s could not be reached. The office has been told. Goodbye.")
        return _said(words % {"guests": guests_of(call)}, language)


def guests_of(call: MeetingCall) -> str:
    """ "Dana Reyes and Tom Hale", as they are spoken of."""
    names = [guest.name or str(_("your guest")) for guest in call.meeting.guests.all()]
    if len(names) < 2:
        return names[0] if names else str(_("your guest"))
    return _("%(several)s and %(last)s") % {"several": ", ".join(names[:-1]), "last": names[-1]}


def _with_keys(name: str, leg: DiaryLeg, words: str, language: str) -> str:
    document = VoiceResponse()
    key = Gather(num_digits=1, timeout=PATIENCE, finish_on_key="", action=address(name, leg.pk, again=True))
    for _twice in range(2):
        key.say(words, language=language)
        key.pause(length=1)
    document.append(key)
    document.hangup()
    return str(document)


def _said(words: str, language: str) -> str:
    document = VoiceResponse()
    document.say(words, language=language)
    document.hangup()
    return str(document)


@contextmanager
def _spoken_to(leg: DiaryLeg) -> Iterator[str]:
    """Sentences inside are in the language of whom this line leads to, which is given."""
    language = (leg.guest.language if leg.guest else "") or leg.meeting.client.language
    with translation.override(language.split("-")[0]):
        yield language
