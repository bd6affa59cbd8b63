"""The few things the pages' templates need beyond Django's own."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template

from .devices import grouped

register = template.Library()


@register.filter
def number(e164: str) -> str:
    return grouped(e164)


@register.filter
def local(moment: datetime, zone: ZoneInfo) -> str:
    """The time of day in this zone."""
    return moment.astimezone(zone).strftime("%H:%M")


@register.filter
def second(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M:%S")


@register.filter
def day(moment: datetime, zone: ZoneInfo) -> str:
    there = moment.astimezone(zone)
    return f"{there:%a} {there.day} {there:%b}"


@register.filter
def place(zone: ZoneInfo) -> str:
    """What people call this zone: its city."""
    return str(zone).rpartition("/")[2].replace("_", " ")


@register.filter
def seconds_since(moment: datetime, now: datetime) -> int:
    return max(0, int((now - moment).total_seconds()))


@register.filter
def since(moment: datetime, now: datetime) -> str:
    """The time that has passed, as m:ss."""
    minutes, seconds = divmod(seconds_since(moment, now), 60)
    return f"{minutes}:{seconds:02}"


@register.filter
def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@register.simple_tag(takes_context=True)
def chosen(context, choice=None, **other) -> str:
    """The page's address with another choice and all the rest as it is."""
    other |= choice or {}
    return "/?" + urlencode({name: value for name, value in {**context["query"], **other}.items() if value})
