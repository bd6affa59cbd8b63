"""What templates say of instructions, numbers and promises."""

from django import template
from django.utils.translation import gettext as _

from clients import holiday_words, instruction_words, wording
from secretariat import clock

register = template.Library()
register.filter("callers", instruction_words.callers)
register.filter("whom", instruction_words.whom)
register.filter("then", instruction_words.then)
register.filter("sentence", instruction_words.sentence)


@register.filter
def holds(instruction, zone: str) -> str:
    """ "until 17:00", on the clocks of `zone`."""
    return instruction_words.holds(instruction, zone, now=clock.now())


@register.filter
def moment(at, zone: str) -> str:
    """ "15:00", "Tue 08:30" or "Tue 24 Nov 08:30", on the clocks of `zone`."""
    return wording.moment(at, zone, now=clock.now()) if at else ""


@register.filter
def days(holiday) -> str:
    """ "Mon 6 Apr", or from when until when, of a holiday or closure."""
    today = clock.now().astimezone(holiday.client.tz).date()
    return holiday_words.days(holiday.on, holiday.last_on, today=today)


@register.filter
def question(holiday) -> str:
    """ "Easter Monday, Mon 6 Apr: are you open?" """
    today = clock.now().astimezone(holiday.client.tz).date()
    return holiday_words.question(holiday.name, holiday.on, today=today)


@register.filter
def hours_then(holiday) -> str:
    """ "Closed all day", "Open until 13:00"."""
    return holiday_words.then(holiday.says, holiday.opens, holiday.closes)


@register.filter
def hours(line, kind: str) -> list[str]:
    """A line's hours of one kind ("open", "answered"), days with the same hours together."""
    return wording.week([each for each in line.hours.all() if each.kind == kind])


@register.filter
def promised(item, zone: str) -> str:
    """When a piece of work was promised; lateness in words, not by colour alone."""
    if item.promised_at is None:
        return ""
    minutes = _minutes_late(item)
    if minutes >= 24 * 60:
        return _("late since %(when)s") % {"when": moment(item.promised_at, zone)}
    if minutes >= 60:
        return _("%(hours)d h late") % {"hours": minutes // 60}
    if minutes >= 1:
        return _("%(minutes)d min late") % {"minutes": minutes}
    return _("by %(when)s") % {"when": moment(item.promised_at, zone)}


@register.filter
def is_late(item) -> bool:
    """Late by a minute or more: then `promised` says so in words."""
    return item.promised_at is not None and _minutes_late(item) >= 1


def _minutes_late(item) -> int:
    return int((clock.now() - item.promised_at).total_seconds() // 60)
