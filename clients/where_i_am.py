"""A person at the client says where she is, until when. The desk knows within a second."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import ledger, live
from secretariat.office.models import User

from . import audience
from .local_time import day_begins, first_moment, last_moment
from .models import Client, Contact, Status


class CannotEnd(ValueError):
    """A status that would end before it begins; the message says so."""


@dataclass(frozen=True)
class Said:
    """A status as it was saved, the ones it ended, and those it covers for a while that speak again later."""

    status: Status
    ended: tuple[Status, ...]
    covered: tuple[Status, ...]


@transaction.atomic
def set_status(
    contact: Contact,
    *,
    kind: str,
    until_at: datetime,
    by: User,
    at: datetime,
    text: str = "",
    note: str = "",
    from_at: datetime | None = None,
    stand_in: Contact | None = None,
) -> Said:
    """Say where `contact` is from `from_at` (now, if left out) until `until_at`. All aware.

    It ends whatever spoke at that moment, but for an absence that lasts longer and has a stand-in. What is
    planned for later stays: both are covered while this one lasts. Raises CannotEnd if it would be over
    before it begins.
    """
    begins = from_at or at
    if until_at <= max(begins, at):
        raise CannotEnd(_("This is over already. Choose a later end."))
    # The person's row is the lock: two who speak for her at once speak one after the other.
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    others = list(Status.objects.standing_at(at).filter(contact=contact).order_by("from_at"))
    spoke = [other for other in others if other.from_at <= begins < other.until_at]
    is_back = kind == Status.Kind.AVAILABLE or stand_in is not None
    stays = [each for each in spoke if each.stand_in_id and until_at < each.until_at and not is_back]
    ended = tuple(other for other in spoke if other not in stays)
    covered = (*stays, *(other for other in others if begins < other.from_at < until_at))
    Status.objects.filter(pk__in=[other.pk for other in ended], ended_at=None).update(ended_at=begins)
    status = Status.objects.create(
        client_id=contact.client_id,
        contact=contact,
        kind=kind,
        text=text,
        note=note,
        from_at=begins,
        until_at=until_at,
        set_by=by,
        set_at=at,
        stand_in=stand_in,
    )
    _tell("clients.status.set", status, by)
    return Said(status, ended, covered)


@transaction.atomic
def end_status(status: Status, *, by: User, at: datetime) -> bool:
    """End it before its time. False if it had ended."""
    if not Status.objects.filter(pk=status.pk, ended_at=None, until_at__gt=at).update(ended_at=at):
        return False
    _tell("clients.status.ended", status, by)
    return True


def until(preset: str, *, at: datetime, zone: str, closes_at: datetime | None = None) -> datetime:
    """When a preset ends: "30" minutes from now, or "day", the rest of the client's day.

    The day ends when she closes (`closes_at`) if that is still today in `zone`, else at midnight.
    """
    if preset == "30":
        return (at + timedelta(minutes=30)).replace(second=0, microsecond=0)
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    if closes_at and closes_at.astimezone(here).date() == today:
        return closes_at
    return day_begins(today + timedelta(days=1), here)


def until_time(at: datetime, clock: time, zone: str) -> datetime:
    """The next moment at which the clocks of `zone` show this time, today or tomorrow."""
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    found = last_moment(today, clock, here)
    return found if found > at else first_moment(today + timedelta(days=1), clock, here)


def until_date(on: date, clock: time | None, zone: str) -> datetime:
    """That day at that time in `zone`; without a time, until the day is over."""
    here = ZoneInfo(zone)
    return last_moment(on, clock, here) if clock else day_begins(on + timedelta(days=1), here)


def _tell(verb: str, status: Status, by: User) -> None:
    Client.objects.filter(pk=status.client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=status.client_id)
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=status.client_id,
        subject=("clients.status", status.pk),
        detail={"contact": status.contact_id, "kind": status.kind},
    )
    concerned = audience.desk(status.client_id) | audience.portal(status.client_id)
    live.announce(
        "availability.changed", status.client_id, version, concerned | audience.people([status.contact])
    )
