"""What we tell the carrier to do next: TwiML documents, made with Twilio's own builders.

Each function returns the document as text. Sentences are in the language the client's callers speak.
"""

import math
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from secretariat.channels import twilio

from . import guidance

# A notice or an action that meets a restarting server is asked again, thrice, instead of being lost.
ASK_AGAIN = "#rc=3&rp=ct,rt,5xx"
LEG_EVENTS = ("initiated", "ringing", "answered", "completed")
ROOM_EVENTS = "start end join leave hold"

# How a telephone rings for the one who calls: our file and the seconds it lasts, one ring with its pause.
BRITISH, AMERICAN, ELSEWHERE = ("ringing-gb.wav", 3), ("ringing-us.wav", 6), ("ringing.wav", 5)
RINGS = dict.fromkeys(("GB", "IE", "AU", "NZ", "ZA", "IN"), BRITISH) | dict.fromkeys(("US", "CA"), AMERICAN)
LOOK_AGAIN = 9  # seconds of one waiting document: how soon a missed redirect is noticed
GREET_AGAIN = 30  # seconds
LONGEST_VOICEMAIL = 300  # seconds
SILENCE_ENDS_VOICEMAIL = 8  # seconds


def response(document: str) -> HttpResponse:
    return twilio.answer(document)


def address(name: str, *args, again: bool = False) -> str:
    """The public address of one of our webhooks. `again`: the carrier may ask it more than once."""
    return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=args)}{ASK_AGAIN if again else ''}"


def leg_address(leg_id) -> str:
    """Where the carrier tells us of one leg, which it may do before it has told us the leg's name."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('calls-status')}?leg={leg_id}{ASK_AGAIN}"


def named_keys(digits: str) -> str:
    """Keys as they may stand in an address: the star is s, the hash is h."""
    return digits.replace("*", "s").replace("#", "h")


def keys_named(name: str) -> str:
    return name.replace("s", "*").replace("h", "#")


@contextmanager
def spoken_to_callers_of(client):
    """Sentences inside are in the language this client's callers speak."""
    with translation.override(client.language):
        yield


def wait_in_queue(call, *, after_line_lost: bool = False) -> str:
    document = VoiceResponse()
    if after_line_lost:
        with spoken_to_callers_of(call.client):
            _say(document, call.client, _("One moment. We are connecting you again."))
    document.enqueue(
        f"queue-{call.pk.hex}",
        wait_url=address("calls-wait", call.pk),
        action=address("calls-queue-action", call.pk, again=True),
    )
    return str(document)


def while_waiting(call, *, waited: int, place: int | None) -> str:
    """What the caller hears next, having waited for `waited` seconds: ringing, then from time to time the
    client's greeting. `place` is said only where the client asked for it. One key leaves a message."""
    ring_seconds = call.line.ring_seconds
    greets = waited >= ring_seconds and (waited - ring_seconds) % GREET_AGAIN < LOOK_AGAIN
    rest = ring_seconds - waited if waited < ring_seconds else LOOK_AGAIN
    document = VoiceResponse()
    keys = Gather(num_digits=1, timeout=1, finish_on_key="", action=address("calls-waiting-key", call.pk))
    if greets:
        _say(keys, call.client, _greeting(call, place))
    _ring(keys, call.client.country, min(rest, LOOK_AGAIN))
    document.append(keys)
    return str(document)


def leave_queue() -> str:
    document = VoiceResponse()
    document.leave()
    return str(document)


def _greeting(call, place: int | None) -> str:
    with spoken_to_callers_of(call.client):
        greeting = call.line.greeting or _(
            "Thank you for calling %(client)s. We will be with you shortly."
        ) % {"client": call.client.name}
        sentences = [greeting]
        if place is not None:
            sentences.append(_("You are number %(place)d in the queue.") % {"place": place})
        sentences.append(_("To leave a message instead, press 1."))
        return " ".join(sentences)


def join_room(call, leg) -> str:
    """Into the call's own conference. Nobody's leaving ends it: the app ends rooms itself."""
    document = VoiceResponse()
    dial = Dial(action=address("calls-left-room", leg.pk, again=True))
    dial.conference(
        call.room,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=False,
        wait_url="",
        participant_label=leg.pk.hex,
        status_callback=address("calls-conference", again=True),
        status_callback_event=ROOM_EVENTS,
    )
    document.append(dial)
    return str(document)


def whisper(call, offer) -> str:
    """Said to the secretary on her own telephone: only a key press answers, so voicemail never does."""
    document = VoiceResponse()
    key = Gather(
        num_digits=1, timeout=8, finish_on_key="", action=address("calls-offer", offer.pk, again=True)
    )
    key.say(_("Call for %(client)s. To answer, press 1.") % {"client": call.client.name}, loop=2)
    document.append(key)
    document.hangup()
    return str(document)


def whisper_to_contact(call, put, leg) -> str:
    """Said to somebody at the client who picks up: who calls whom, and why. Only a key takes the call."""
    document = VoiceResponse()
    key = Gather(
        num_digits=1, timeout=10, finish_on_key="", action=address("calls-contact-key", leg.pk, again=True)
    )
    with spoken_to_callers_of(call.client):
        told = {"client": call.client.name, "who": put.who or _("a caller who gave no name"), "why": put.why}
        told["name"] = put.asked_by.spoken_name if put.asked_by else ""
        sentences = [_("A call for %(client)s from %(who)s.") % told]
        if put.why:
            sentences.append(_("It is about: %(why)s.") % told)
        if put.asked_by:
            sentences.append(_("%(name)s asks whether you take it.") % told)
        sentences.append(_("To take the call, press 1. To send it back, press 2."))
        for _twice in range(2):
            _say(key, call.client, " ".join(sentences))
            key.pause(length=1)
    document.append(key)
    document.hangup()
    return str(document)


def gone_back(call) -> str:
    """Said to somebody who takes a call that is not hers to take any more."""
    with spoken_to_callers_of(call.client):
        return say_and_hang_up(call.client, _("The caller is no longer waiting. Goodbye."))


def say_and_hang_up(client, sentence: str) -> str:
    document = VoiceResponse()
    if sentence:
        _say(document, client, sentence)
    document.hangup()
    return str(document)


def say_and_end(sentence: str) -> str:
    document = VoiceResponse()
    document.say(sentence)
    document.hangup()
    return str(document)


def hang_up() -> str:
    document = VoiceResponse()
    document.hangup()
    return str(document)


def nothing() -> str:
    return str(VoiceResponse())


def reject(reason: str) -> str:
    """Refuse before answering. `reason`: busy or rejected."""
    document = VoiceResponse()
    document.reject(reason=reason)
    return str(document)


def take_voicemail(call) -> str:
    """The client's voicemail. Without a recording notice nothing is recorded, and the caller is told so."""
    client, line = call.client, call.line
    with spoken_to_callers_of(client):
        announced = guidance.announcement_of(call)
        greeting = (
            announced
            or line.voicemail_greeting
            or _("You have reached %(client)s. Nobody can answer just now.") % {"client": client.name}
        )
        if announced and not line.recording_notice:  # what the client was told that callers hear, and no more
            return say_and_hang_up(client, announced)
        if not line.recording_notice:
            return say_and_hang_up(
                client, f"{greeting} {_('We cannot take a recorded message. Please call again later.')}"
            )
        after = _("Leave your message after the tone. Press the hash key when you have finished.")
    document = VoiceResponse()
    _say(document, client, f"{greeting} {line.recording_notice} {after}")
    document.record(
        action=address("calls-recorded", call.pk, again=True),
        finish_on_key="#",
        max_length=LONGEST_VOICEMAIL,
        timeout=SILENCE_ENDS_VOICEMAIL,
        play_beep=True,
        recording_status_callback=address("calls-recording", again=True),
        recording_status_callback_event="completed absent",
    )
    return str(document)


def thank_for_voicemail(call) -> str:
    with spoken_to_callers_of(call.client):
        return say_and_hang_up(call.client, _("Thank you. Your message has been kept. Goodbye."))


def apologise_and_record() -> str:
    """When we cannot answer at all. It carries its own recording notice, for no client's can be looked up."""
    document = VoiceResponse()
    document.say(
        _(
            "We cannot take your call just now. What you say after the tone is recorded, and we will "
            "call you back. Please say your name, your number and whom you are calling."
        )
    )
    document.record(
        action=address("calls-fallback-recorded"),
        finish_on_key="#",
        max_length=LONGEST_VOICEMAIL,
        timeout=SILENCE_ENDS_VOICEMAIL,
        recording_status_callback=address("calls-recording", again=True),
        recording_status_callback_event="completed absent",
    )
    return str(document)


def thank_after_fallback() -> str:
    return say_and_end(_("Thank you. Your message has been kept. Goodbye."))


def hold_music() -> str:
    """What a held caller hears, over and over."""
    document = VoiceResponse()
    document.play(_audio("hold-music.wav"))
    document.redirect(address("calls-hold-music"), method="GET")
    return str(document)


def hold_ringing(country: str) -> str:
    """What a caller hears who is put straight through: it rings, over and over."""
    document = VoiceResponse()
    _ring(document, country, LOOK_AGAIN)
    document.redirect(address("calls-hold-ringing", country), method="GET")
    return str(document)


def keys(digits: str) -> str:
    """Key tones, played to the one they are announced to."""
    document = VoiceResponse()
    document.play(digits=digits)
    return str(document)


def _say(element, client, sentence: str) -> None:
    element.say(sentence, language=client.language)


def _ring(element, country: str, seconds: int) -> None:
    """The ringing tone of the client's own country for about so many seconds, at least one ring."""
    name, cycle = RINGS.get(country, ELSEWHERE)
    element.play(_audio(name), loop=max(1, math.ceil(seconds / cycle)))


def _audio(name: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{static(name)}"
