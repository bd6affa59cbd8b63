"""An instruction in plain words, in its parts: whom it is for, what happens then, how long it holds."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import window_words, wording
from .instructions import Instruction
from .numbers import spaced


def callers(instruction: Instruction) -> str:
    """ "Harlow & Sons", "VIPs", "+44 7700 900123"."""
    match instruction.callers:
        case "people":
            return _listed(instruction.people_names)
        case "numbers":
            return _listed(spaced(number) for number in sorted(instruction.numbers))
        case "companies":
            return _listed(sorted(instruction.companies))
        case "vips":
            return _("VIPs")
        case "unknown":
            return _("Unknown callers")
    return _("Anyone")


def then(instruction: Instruction) -> str:
    """ "put through to Tunde Adeyemi", as it stands after a colon."""
    match instruction.action:
        case "put_through" if instruction.directly:
            return _("put through to %(name)s without a secretary") % {"name": instruction.put_through_name}
        case "put_through":
            return _("put through to %(name)s") % {"name": instruction.put_through_name}
        case "voicemail":
            return _("to voicemail")
        case "refuse":
            return _("refuse the call")
    return _("take a message")


def holds(instruction: Instruction, zone: str, *, now: datetime) -> str:
    """ "until 17:00", "from Mon 09:00", "Tue, Thu 14:00–16:00", "always"; on the clocks of `zone`."""
    if instruction.in_meetings:
        meetings = {"only": _("during meetings only"), "also": _("also during meetings")}
        when = {"when": _when(instruction, zone, now), "meetings": meetings[instruction.in_meetings]}
        return _("%(when)s, %(meetings)s") % when
    return _when(instruction, zone, now)


def _when(instruction: Instruction, zone: str, now: datetime) -> str:
    if not instruction.window:
        return _dates(instruction, zone, now)
    window = window_words.of(instruction.window)
    if instruction.from_at is None and instruction.until_at is None:
        return _("every week, %(window)s") % {"window": window} if instruction.window.weekdays else window
    return _("%(dates)s, %(window)s") % {"dates": _dates(instruction, zone, now), "window": window}


def _dates(instruction: Instruction, zone: str, now: datetime) -> str:
    begins = instruction.from_at and wording.moment(instruction.from_at, zone, now=now)
    ends = instruction.until_at and wording.moment(instruction.until_at, zone, now=now)
    if instruction.from_at and instruction.from_at <= now:
        begins = None
    if begins and ends:
        return _("from %(begins)s until %(ends)s") % {"begins": begins, "ends": ends}
    if begins:
        return _("from %(begins)s") % {"begins": begins}
    if ends:
        return _("until %(ends)s") % {"ends": ends}
    return _("always") if instruction.from_at is None else _("until withdrawn")


def sentence(instruction: Instruction) -> str:
    """All of it on one line: "Harlow & Sons: put through to Ngozi. She expects them"."""
    if instruction.text:
        return _("%(callers)s: %(then)s. %(text)s") % {
            "callers": whom(instruction),
            "then": then(instruction),
            "text": capfirst(instruction.text),
        }
    return _("%(callers)s: %(then)s.") % {"callers": whom(instruction), "then": then(instruction)}


def whom(instruction: Instruction) -> str:
    """For which calls it is: the callers, and the call type where it is for one alone."""
    if instruction.call_type:
        return _("%(callers)s, about “%(type)s”") % {
            "callers": callers(instruction),
            "type": instruction.call_type,
        }
    return callers(instruction)


def _listed(names) -> str:
    return _(", ").join(names) or _("Nobody")
