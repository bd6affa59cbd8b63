"""What templates need Python for: icons, clocks, durations, numbers, the client's band, the theme."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import lucide
import phonenumbers
from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.office import languages, names

register = template.Library()

BANDS = ("plum", "teal", "rust", "indigo", "moss", "ochre", "slate", "rose")
FONT_SHEET = "npm/font/index.css"
FONT_FILE = "npm/font/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"


# --- Icons -----------------------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 18, name_of_class: str = "icon") -> SafeString:
    """A lucide icon, decorative: words stand beside it, or the control around it carries a label."""
    svg = lucide._render_icon(str(name), int(size), **{"class": name_of_class, "aria_hidden": "true"})
    return mark_safe(svg)  # noqa: S308  the package's own drawing with our two attributes


# --- The client's band -----------------------------------------------------------------------------------


@register.filter
def band_class(band) -> str:
    """The class that gives its colours and pattern to everything inside; unknown names look like slate."""
    name = str(band or "").lower()
    return f"band-{name if name in BANDS else 'slate'}"


@register.simple_tag
@lru_cache(maxsize=256)
def swatch(band, extra: str = "") -> SafeString:
    """The small mark of a client's band. Decorative: the client's name stands beside it."""
    return format_html('<span class="swatch {} {}" aria-hidden="true"></span>', band_class(band), extra)


@register.filter
def to_client(person) -> str:
    """By which name a client knows somebody of ours."""
    return names.to_clients(person)


# --- Times -----------------------------------------------------------------------------------------------


def _seconds(length) -> int | None:
    if length is None or length == "":
        return None
    return max(0, int(length.total_seconds() if isinstance(length, timedelta) else length))


@register.filter
def duration(length) -> str:
    """Seconds or a timedelta as m:ss, over an hour as h:mm:ss; nothing for nothing."""
    seconds = _seconds(length)
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def long_duration(length) -> str:
    """Seconds or a timedelta in words with units, as on a bill: 2 min 06 s, 1 h 02 min."""
    seconds = _seconds(length)
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}
    return _("%(seconds)d s") % {"seconds": rest}


def _zone(zone) -> ZoneInfo:
    if not zone:
        return timezone.get_current_timezone()
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@register.filter
def place(zone) -> str:
    """What people call a zone: "Africa/Lagos" is Lagos."""
    return str(zone or "").rsplit("/", 1)[-1].replace("_", " ")


@register.filter
def at_time(moment: datetime | None, zone=None) -> str:
    """Hour and minute in a zone (the viewer's when none is given), 24-hour."""
    return moment.astimezone(_zone(zone)).strftime("%H:%M") if moment else ""


@register.filter
def at_second(moment: datetime | None, zone=None) -> str:
    """Hour, minute and second in a zone (the viewer's when none is given)."""
    return moment.astimezone(_zone(zone)).strftime("%H:%M:%S") if moment else ""


@register.filter
def in_minutes(length) -> str:
    """A timedelta in whole minutes, over an hour in hours and minutes: 4 min, 1 h 05 min."""
    seconds = _seconds(length)
    if seconds is None:
        return ""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d min") % {"minutes": minutes}


@register.filter
def on_day(moment, zone=None) -> str:
    """The day in a zone: Tue 12 Nov, with the year if it is not this one."""
    if not moment:
        return ""
    local = moment.astimezone(_zone(zone)) if isinstance(moment, datetime) else moment
    this_year = clock.now().astimezone(_zone(zone)).year
    day = local.date() if isinstance(local, datetime) else local
    return _day_in_words(day, "D j M" if day.year == this_year else "D j M Y", get_language())


@lru_cache(maxsize=1024)
def _day_in_words(day: date, how: str, language: str | None) -> str:
    """In the active language, which `language` names: a list tells the same few days again and again."""
    return formats.date_format(day, how)


@register.simple_tag
def two_times(moment: datetime, zone: str, mine: str = "") -> SafeString:
    """One moment for two people: "15:00 Lagos · 14:00 you"; one clock if they agree at that moment."""
    theirs, ours = moment.astimezone(_zone(zone)), moment.astimezone(_zone(mine))
    if theirs.utcoffset() == ours.utcoffset():
        words = f"{ours:%H:%M}"
    else:
        words = _("%(theirs)s %(place)s · %(mine)s you") % {
            "theirs": f"{theirs:%H:%M}",
            "place": place(zone),
            "mine": f"{ours:%H:%M}",
        }
    return format_html('<time class="nowrap" datetime="{}">{}</time>', moment.isoformat(), words)


@register.simple_tag
def timer(since: datetime, until: datetime | None = None) -> SafeString:
    """A running length. With `until` it counts down to that moment, else up from `since`.
    The server writes the figure of now; clock.js goes on from there. Screen readers are not told."""
    moment, way = (until, "until") if until else (since, "since")
    gone = abs(moment - clock.now()) if (moment > clock.now()) == bool(until) else timedelta()
    return format_html(
        '<span class="time" role="timer" aria-live="off" data-{}="{}">{}</span>',
        way,
        moment.isoformat(),
        duration(gone),
    )


@register.inclusion_tag("ui/_clock.html")
def wall_clock(zone: str = "", name: str = "", at: datetime | None = None):
    """A small dial with real hands, the figure and the place. Dark face from 19:00 to 07:00 there."""
    local = (at or clock.now()).astimezone(_zone(zone))
    return {
        "local": local,
        "figure": f"{local:%H:%M}",
        "hour_hand": (local.hour % 12) * 30 + local.minute // 2,
        "minute_hand": local.minute * 6,
        "night": not 7 <= local.hour < 19,
        "zone": str(_zone(zone)),
        "name": name or place(zone),
        "ticks": at is None,
    }


@register.inclusion_tag("ui/_clock_pair.html")
def clock_pair(zone: str, mine: str = ""):
    """Their time and yours, side by side; one clock if the two agree now."""
    now = clock.now()
    agree = now.astimezone(_zone(zone)).utcoffset() == now.astimezone(_zone(mine)).utcoffset()
    return {"zone": zone, "mine": mine or str(timezone.get_current_timezone()), "agree": agree}


# --- Numbers ---------------------------------------------------------------------------------------------


@register.filter
def grouped(number) -> str:
    """An E.164 number as people write it; anything else as it came."""
    try:
        parsed = phonenumbers.parse(str(number or ""))
    except phonenumbers.NumberParseException:
        return str(number or "")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@register.simple_tag
def phone(number) -> SafeString:
    """A number to ring, grouped, written left to right in every language."""
    if not str(number or "").startswith("+"):
        return format_html('<bdi dir="ltr">{}</bdi>', number or "")
    return format_html('<a class="phone" href="tel:{}" dir="ltr">{}</a>', number, grouped(number))


# --- The frame -------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """`light` or `dark`: as chosen on this computer, else in her settings, else `usual_theme` of the page;
    nothing: as the system has it."""
    request = context.get("request")
    if request is None:
        return ""
    chosen = request.COOKIES.get("theme") or getattr(getattr(request, "user", None), "theme", "")
    return chosen if chosen in ("light", "dark") else context.get("usual_theme", "")


@register.simple_tag
def server_time() -> str:
    """This moment on the office's clock, by which the page's own clocks go."""
    return clock.now().isoformat()


@register.filter
def is_current(entry, path: str) -> bool:
    """Does the navigation entry lead to the page at `path`, or to the list that page belongs to?"""
    address = entry.url.split("?")[0]
    return path == address or (address.count("/") > 2 and path.startswith(address))


@register.filter
def in_line(entries) -> list:
    """The entries that always show, in a frame with room for a line of them."""
    return [entry for entry in entries if not getattr(entry, "group", "")]


@register.filter
def under_more(entries) -> list:
    """Those that stand behind *More* there, by group."""
    return [entry for entry in entries if getattr(entry, "group", "")]


@register.filter
def holds(entries, path: str) -> bool:
    """Does one of these entries lead to the page at `path`?"""
    return any(is_current(entry, path) for entry in entries)


@register.filter
def waiting(entries) -> int:
    """How much waits behind these entries together."""
    return sum(entry.badge for entry in entries)


@register.filter
def language_name(code: str) -> str:
    """ "French" of "fr"."""
    return languages.name_of(code)


@register.filter
def at_level(code: str, level: int) -> str:
    """ "French (B2)" of "fr" and 4."""
    return languages.at_level(code, level)


@lru_cache(maxsize=1)
def _font_is_there() -> bool:
    # Where files are served from where they were written, there is no collected folder to look in.
    collected = settings.STATIC_ROOT and staticfiles_storage.exists(FONT_SHEET)
    return bool(finders.find(FONT_SHEET) or collected)


@register.inclusion_tag("ui/_font.html")
def font():
    """The typeface, when the package with it is installed; without it the system's own is used."""
    if not _font_is_there():
        return {}
    return {"sheet": staticfiles_storage.url(FONT_SHEET), "file": staticfiles_storage.url(FONT_FILE)}
