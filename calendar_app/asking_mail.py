"""What those who are asked are sent: the times, a reminder, more times, or that nothing comes of it.

By mail or by text, in their own language and on their own clocks. Whoever was asked on the telephone, or is
given the link by hand, is sent nothing. The link is put in only when it leaves.
"""

from datetime import date, datetime, time, timedelta
from email.utils import formataddr
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import dateformat, formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat import outbox
from secretariat.office.models import Firm
from secretariat.outbox.models import Effect

from . import guest_links, inviting, when
from .models import Meeting, RequestParty

BY_MAIL, BY_TEXT = "calendar.ask_mail", "calendar.ask_text"
SUBJECT = "calendar_app.requestparty"
ASKED, MORE, REMINDED, TAKEN_BACK = "asked", "more", "reminded", "taken_back"
WAKES, SLEEPS = time(8), time(20)  # no text reminds anybody at another hour of hers
KINDS = {RequestParty.Way.MAIL: BY_MAIL, RequestParty.Way.TEXT: BY_TEXT}
SUBJECTS = {
    ASKED: gettext_lazy("Which time suits you: %(about)s"),
    MORE: gettext_lazy("Other times: %(about)s"),
    REMINDED: gettext_lazy("Which time suits you: %(about)s"),
    TAKEN_BACK: gettext_lazy("No longer needed: %(about)s"),
}
TEXTS = {
    ASKED: gettext_lazy("%(firm)s for %(client)s: which time suits you, “%(about)s”? Choose: %(link)s"),
    MORE: gettext_lazy("%(firm)s for %(client)s: there are other times, “%(about)s”. Choose: %(link)s"),
    REMINDED: gettext_lazy(
        "%(firm)s for %(client)s: times are still held for you, “%(about)s”. Choose: %(link)s"
    ),
    TAKEN_BACK: gettext_lazy(
        "%(firm)s for %(client)s: no time is needed any more, “%(about)s”. Nothing is held for you now."
    ),
}


def tell(party: RequestParty, what: str, *, at: datetime) -> Effect | None:
    """Send it her the way she is asked; nothing where that is by a person."""
    kind = KINDS.get(RequestParty.Way(party.way))
    if kind is None:
        return None
    request = party.request
    firm = Firm.current()
    language = (party.language or request.client.language).split("-")[0]
    zone = party.zone or request.diary.zone_name
    due_at = awake(at, zone) if what == REMINDED else at
    until = request.expires_at.astimezone(ZoneInfo(zone))
    with translation.override(language):
        facts = {
            "about": request.about,
            "client": request.client.name,
            "firm": firm.name,
            "link": guest_links.PLACEHOLDER,
        }
        payload = {
            "what": what,
            "name": party.name,
            "link": str(guest_links.of_party(party).pk),
            "to": party.email if kind == BY_MAIL else party.number,
        }
        if kind == BY_TEXT:
            payload["text"] = str(TEXTS[what] % facts)
        else:
            ours = inviting.firm_address()
            context = facts | {
                "what": what,
                "party": party,
                "language": language,
                "times": times(party),
                "until": until,
                "until_day": formats.date_format(until.date(), "l j F"),
                "place": when.place(zone),
                "minutes": request.minutes,
                "several": request.parties.count() > 1,
            }
            sender = _("%(client)s, by %(firm)s") % {"client": request.client.name, "firm": firm.name}
            payload |= {
                "subject": str(SUBJECTS[what] % facts),
                "text": render_to_string("calendar_app/mail/asking.txt", context),
                "html": render_to_string("calendar_app/mail/asking.html", context),
                "from": formataddr((sender, ours)),
                "reply_to": ours,
            }
    return outbox.post(
        kind,
        key=f"{kind}:{party.pk}:{what}:{request.version}",
        client_id=request.client_id,
        subject=(SUBJECT, party.pk),
        payload=payload,
        due_at=due_at if due_at > at else None,
        lane=lane(party),
    )


def take_back(party: RequestParty, *, at: datetime) -> None:
    """What has not left stays here; whoever was asked is told that nothing comes of it."""
    outbox.cancel(lane=lane(party), because="withdrawn")
    asked = Effect.objects.filter(kind__in=KINDS.values(), subject_kind=SUBJECT, subject_id=party.pk)
    if asked.exclude(state=Effect.State.CANCELLED).exists():
        tell(party, TAKEN_BACK, at=at)


def times(party: RequestParty) -> list[when.When]:
    """What is on offer, on her own clocks."""
    request = party.request
    held = request.options.filter(meeting__state=Meeting.State.HELD).select_related("meeting")
    zone = party.zone or request.diary.zone_name
    return [
        when.told(each.meeting.starts_at, each.meeting.ends_at, zone, each.meeting.zone)
        for each in held.order_by("meeting__starts_at")
    ]


def awake(at: datetime, zone: str) -> datetime:
    """This moment, or the next one at which somebody of this zone may be disturbed."""
    local = at.astimezone(ZoneInfo(zone))
    if WAKES <= local.time() < SLEEPS:
        return at
    day = local.date() if local.time() < WAKES else local.date() + timedelta(days=1)
    return datetime.combine(day, WAKES, ZoneInfo(zone))


def lane(party: RequestParty) -> str:
    return f"calendar.party:{party.pk}"


def day_and_time(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return on_the_wall(local.date(), local.time())


def on_the_wall(day: date, at: time) -> str:
    """ "Fri 27 Nov 14:00"."""
    return f"{dateformat.format(day, 'D j M')} {at:%H:%M}"
