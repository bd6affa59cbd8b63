"""What guests are told of a meeting, in their language and on their clocks: by mail, text and voice."""

from contextlib import contextmanager
from datetime import datetime
from email.utils import formataddr
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import formats, translation
from django.utils.translation import gettext as _

from secretariat.office.models import Firm

from . import inviting, spoken, when
from .models import Guest, Meeting, Reminder

LONGEST_PART = 90  # characters of one part of a text: a text has little room
TOLD, MOVED, OFF = "told", "moved", "off"


def language_of(guest: Guest) -> str:
    return guest.language or guest.meeting.client.language


@contextmanager
def spoken_to(guest: Guest):
    """Sentences inside are in this guest's language."""
    with translation.override(language_of(guest).split("-")[0]):
        yield


def zone_of(guest: Guest) -> str:
    return guest.zone or guest.meeting.zone


def mail(reminder: Reminder) -> dict:
    """The payload of a mail that reminds."""
    guest, meeting = reminder.guest, reminder.meeting
    firm, ours = Firm.current(), inviting.firm_address()
    with spoken_to(guest):
        about = inviting.about(meeting)
        context = {
            "guest": guest,
            "meeting": meeting,
            "client": meeting.client,
            "firm": firm,
            "language": language_of(guest),
            "about": about,
            "where": inviting.where(meeting),
            "directions": meeting.place.directions if meeting.place else "",
            "times": when.told(meeting.starts_at, meeting.ends_at, zone_of(guest), meeting.zone),
        }
        sender = _("%(client)s, by %(firm)s") % {"client": meeting.client.name, "firm": firm.name}
        return {
            "to": guest.email,
            "name": guest.name,
            "subject": _("Reminder: %(about)s") % {"about": about},
            "text": render_to_string("calendar_app/mail/reminder.txt", context),
            "html": render_to_string("calendar_app/mail/reminder.html", context),
            "from": formataddr((sender, ours)),
            "reply_to": ours,
        }


def text(reminder: Reminder) -> dict:
    """The payload of a text that reminds."""
    guest, meeting = reminder.guest, reminder.meeting
    with spoken_to(guest):
        words = [
            _("Reminder: %(client)s, %(when)s.")
            % {"client": meeting.client.name, "when": moment(meeting.starts_at, zone_of(guest))},
            *_where_and_what(meeting),
        ]
    return _text(guest, words)


def text_of_change(guest: Guest, *, change: str, because: str = "", repeats=False) -> dict:
    """The payload of a text that tells of a meeting, that it moved, or that it is off."""
    meeting = guest.meeting
    with spoken_to(guest):
        facts = {
            "client": meeting.client.name,
            "when": moment(meeting.starts_at, zone_of(guest)),
            "because": _part(because),
        }
        sentence = {
            TOLD: _("Your meeting with %(client)s: %(when)s."),
            MOVED: _("Your meeting with %(client)s is now: %(when)s."),
            OFF: _("Your meeting with %(client)s on %(when)s does not take place."),
        }[change] % facts
        words = [sentence]
        if repeats:
            words.append(_("Nor do the later ones.") if change == OFF else _("It repeats from then on."))
        words += [_part(because)] if change == OFF else _where_and_what(meeting)
    return _text(guest, words)


def said(reminder: Reminder) -> str:
    """What a telephone says to remind her, key presses apart. Call it within `spoken_to`."""
    guest, meeting = reminder.guest, reminder.meeting
    local = meeting.starts_at.astimezone(ZoneInfo(zone_of(guest)))
    words = [
        _("This is %(firm)s, for %(client)s.") % {"firm": Firm.current().name, "client": meeting.client.name},
        _("You have a meeting on %(day)s at %(time)s, %(place)s time.")
        % {
            "day": spoken.day(local.date()),
            "time": spoken.time_of_day(local),
            "place": when.place(zone_of(guest)),
        },
    ]
    if where := inviting.where(meeting):
        words.append(_("It is at %(where)s.") % {"where": where})
    elif meeting.manner == Meeting.Manner.TELEPHONE:
        words.append(_("It is by telephone."))
    elif meeting.manner == Meeting.Manner.VIDEO:
        words.append(_("It is by video."))
    return " ".join(words)


def moment(at: datetime, zone: str) -> str:
    """ "Friday 27 November, 13:00 (London)", in the active language."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{formats.date_format(local.date(), 'l j F')}, {local:%H:%M} ({when.place(zone)})"


def _where_and_what(meeting: Meeting) -> list[str]:
    """Where it is and how to get there, as far as there is room; how, where it is nowhere."""
    place = meeting.place
    found = [_part(inviting.where(meeting)), _part(place.directions) if place else ""]
    found = [f"{each.rstrip('.')}." for each in found if each]
    if meeting.link:
        found.append(meeting.link)
    if not found and meeting.manner == Meeting.Manner.TELEPHONE:
        found = [_("By telephone.")]
    return found


def _part(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_PART else words[: LONGEST_PART - 1].rstrip(" ,.") + "…"


def _text(guest: Guest, words) -> dict:
    return {"to": guest.number, "name": guest.name, "body": " ".join(filter(None, words))}
