"""The agenda of a diary: what stands in it on some days, with all one needs for it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import formataddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from clients.local_time import day_begins
from secretariat import outbox
from secretariat.office.models import Firm
from secretariat.outbox.models import Effect

from . import agenda_times, discretion, inviting, ringing
from .models import Around, Diary, Meeting, Occurrence

AGENDA = "calendar.agenda"
SUBJECT = "calendar_app.diary"
MOST = 200
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """One entry of a day on the diary's clocks. `meeting` where it is one of ours."""

    starts: datetime
    hours: str
    title: str
    where: str = ""
    meeting: Meeting | None = None
    guests: tuple = ()
    papers: tuple = ()
    url: str = ""
    rung: str = ""  # who at the client is rung for it, where it is somebody in particular


@dataclass(frozen=True)
class Day:
    on: date
    items: list[Item] = field(default_factory=list)


def of(diary: Diary, first: date, last: date, *, reader=None) -> list[Day]:
    """The days from first to last, each with what stands in it; empty days are there too.

    With a `reader` (a user) it is told as she may see it; without, as whose diary it is.
    """
    zone = ZoneInfo(diary.zone_name)
    begins, ends = day_begins(first, zone), day_begins(last + DAY, zone)
    meetings = Meeting.objects.visible_to(reader) if reader else Meeting.objects.all()
    ours = (
        meetings.filter(diary=diary, starts_at__lt=ends, ends_at__gt=begins)
        .standing()
        .select_related("client", "place", "diary")
        .prefetch_related("guests", "papers")
        .order_by("starts_at", "pk")
    )
    listed = list(ours[:MOST])
    whom = ringing.whom(listed)
    items = [_of_meeting(each, zone, reader, whom.get(each.pk, "")) for each in listed]
    there = {(each.meeting.uid, each.starts) for each in items if each.meeting}
    occurrences = Occurrence.objects.visible_to(reader) if reader else Occurrence.objects.all()
    elsewhere = (
        occurrences.filter(
            calendar__diary=diary, calendar__counts_as_busy=True, during__overlap=(begins, ends)
        )
        .exclude(busy=Occurrence.Busy.FREE)
        .select_related("event")
        .defer("event__raw")
        .order_by("during")
    )
    hers = reader is None or discretion.is_hers(reader, diary)
    items += [
        _of_occurrence(each, zone, is_known=not each.event.private or reader is None or hers)
        for each in elsewhere[:MOST]
        if (each.event.uid, each.during.lower) not in there
    ]
    days = [Day(first + n * DAY) for n in range((last - first).days + 1)]
    for item in sorted(items, key=lambda each: each.starts):
        on = max(item.starts.astimezone(zone).date(), first)
        days[(on - first).days].items.append(item)
    return days


def _of_meeting(meeting: Meeting, zone: ZoneInfo, reader, rung: str) -> Item:
    hours = _hours(meeting.starts_at, meeting.ends_at, zone)
    if reader and not discretion.may_know(reader, meeting):
        return Item(meeting.starts_at, hours, str(_("Busy")))
    url = f"{settings.PUBLIC_BASE_URL}{reverse('diary-portal-meeting', args=[meeting.pk])}"
    return Item(
        meeting.starts_at,
        hours,
        meeting.about,
        inviting.where(meeting),
        meeting,
        tuple(meeting.guests.all()),
        tuple(meeting.papers.all()),
        url,
        rung,
    )


def _of_occurrence(occurrence: Occurrence, zone: ZoneInfo, *, is_known: bool) -> Item:
    starts, ends = occurrence.during.lower, occurrence.during.upper
    hours = str(_("All day")) if occurrence.all_day else _hours(starts, ends, zone)
    if not is_known:
        return Item(starts, hours, str(_("Busy")))
    return Item(starts, hours, occurrence.summary or str(_("Busy")), occurrence.where)


def _hours(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    return f"{starts.astimezone(zone):%H:%M}–{ends.astimezone(zone):%H:%M}"


def send_due(*, at: datetime) -> int:
    """Post the agendas whose evening it is, each once. Returns how many that were."""
    wanted = Around.objects.filter(sends_agenda=True, diary__is_active=True, client__is_active=True)
    return sum(_send(each, at=at) for each in wanted.select_related("diary__client", "diary__contact"))


def _send(wishes: Around, *, at: datetime) -> bool:
    diary, evenings = wishes.diary, frozenset(wishes.agenda_days)
    evening = agenda_times.evening_due(at, zone=diary.zone_name, hour=wishes.agenda_at, evenings=evenings)
    if evening is None:
        return False
    key = f"{AGENDA}:{diary.pk}:{evening}"
    if Effect.objects.filter(key=key).exists():
        return False
    first, last = agenda_times.covered(evening, evenings)
    with translation.override(diary.client.language.split("-")[0]):
        days = of(diary, first, last)
        to = recipient(diary)
        if not to or not (wishes.agenda_when_empty or any(day.items for day in days)):
            return False
        payload = _mail(diary, days, to)
    outbox.post(
        AGENDA,
        key=key,
        queue=Effect.Queue.BULK,
        client_id=diary.client_id,
        subject=(SUBJECT, diary.pk),
        payload=payload,
    )
    return True


def recipient(diary: Diary) -> str:
    """The mailbox of whose diary it is, else of the client's first owner with one. Empty: there is none."""
    ours = inviting.firm_address()
    found = inviting.organiser(Meeting(client=diary.client, diary=diary), ours)
    return "" if found.email == ours else found.email


def _mail(diary: Diary, days: list[Day], to: str) -> dict:
    firm = Firm.current()
    page = f"{settings.PUBLIC_BASE_URL}{reverse('diary-agenda')}"
    context = {
        "diary": diary,
        "client": diary.client,
        "days": days,
        "firm": firm,
        "zone": diary.zone_name,
        "language": diary.client.language,
        "page": f"{page}?diary={diary.pk}&on={days[0].on}&until={days[-1].on}",
    }
    when = formats.date_format(days[0].on, "l j F")
    return {
        "to": to,
        "name": str(diary),
        "subject": _("Your diary for %(when)s") % {"when": when},
        "text": render_to_string("calendar_app/mail/agenda.txt", context),
        "html": render_to_string("calendar_app/mail/agenda.html", context),
        "from": formataddr((firm.name, inviting.firm_address())),
        "reply_to": inviting.firm_address(),
    }
