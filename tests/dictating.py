"""The dictation line in tests: somebody rings it, shows who she is, speaks and presses keys."""

from django.conf import settings

from calls.dictation import audio_kinds, dictating, keys
from calls.models import Dictation, DictationLine
from secretariat import clock
from secretariat.local.carrier import sound

NUMBER = "+442079460199"
PIN = "482915"


def has_a_line(office, **facts) -> DictationLine:
    """The firm has a dictation line, at the carrier and here."""
    office.carrier.add_number(
        NUMBER,
        f"{settings.PUBLIC_BASE_URL}/twilio/voice/",
        fallback_url=f"{settings.PUBLIC_BASE_URL}/twilio/voice/fallback/",
        status_callback=f"{settings.PUBLIC_BASE_URL}/twilio/call-status/",
    )
    return DictationLine.objects.create(number=NUMBER, **{"recording_notice": "You are recorded."} | facts)


def has_a_pin(contact, pin=PIN):
    return keys.set_pin(contact, pin, by=contact.user, at=clock.now())


class Dictating:
    """A call to the line. `caller` may be anybody's telephone."""

    def __init__(self, office, caller="+447700900555"):
        self.office = office
        self.leg = office.carrier.control.ring(NUMBER, caller)
        office.settle()

    def keys(self, digits: str) -> None:
        self.office.carrier.control.press(self.leg, digits)
        self.office.settle()

    def shows(self, number: str, pin: str = PIN, *, waits: float = 16) -> None:
        """She keys in who she is, and waits until she may speak."""
        self.keys(f"{number}#")
        self.keys(f"{pin}#")
        self.office.passes(waits)

    def says(self, seconds: float = 10) -> None:
        self.office.carrier.control.say(self.leg, "x" * int(seconds / 0.06))
        self.office.passes(seconds)

    def hangs_up(self) -> None:
        self.office.hangs_up(self.leg)
        self.office.passes(10)

    @property
    def heard(self) -> str:
        return " ".join(each.text for each in self.leg.heard if each.kind == "say")


def dictated(office, contact, *, seconds=10, urgent=False) -> Dictation:
    """Something this person has dictated by telephone, waiting to be typed."""
    key = getattr(contact, "dictation_key", None) or has_a_pin(contact)
    if not DictationLine.objects.exists():
        has_a_line(office)
    before = set(Dictation.objects.values_list("pk", flat=True))
    call = Dictating(office)
    call.shows(key.number)
    call.says(seconds)
    if urgent:
        call.keys("4")
    call.hangs_up()
    return Dictation.objects.exclude(pk__in=before).get(state=Dictation.State.WAITING)


def handed_in(contact) -> Dictation:
    """The same, from a file."""
    kind = audio_kinds.MP3
    return dictating.hand_in(contact, sound.mp3(5), kind=kind, source="file", seconds=5, at=clock.now())
