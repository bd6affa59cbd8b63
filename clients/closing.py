"""Holidays and closures: her country's are asked about, and she says when she is closed."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q

from secretariat import ledger, live
from secretariat.office.models import User

from . import audience, public_holidays
from .models import Client, Holiday, Line

A_YEAR = timedelta(days=366)
ASK_AGAIN_AFTER = timedelta(days=30)
AT_MOST = 50


def propose_where_due(*, at: datetime) -> int:
    """Ask each client about the holidays of the coming year. Returns how many questions that made."""
    due = Q(holidays_until=None) | Q(holidays_until__lt=at.date() + A_YEAR - ASK_AGAIN_AFTER)
    clients = Client.objects.filter(due, is_active=True).order_by("pk")[:AT_MOST]
    return sum(propose(client, at=at) for client in clients)


@transaction.atomic
def propose(client: Client, *, at: datetime) -> int:
    """Put the public holidays of the coming year before this client. Returns how many are new.

    What she has answered stays; a day that she was asked about is not asked about twice.
    """
    today = at.astimezone(client.tz).date()
    found = public_holidays.between(
        client.country, client.region, today, today + A_YEAR, language=client.language
    )
    before = client.holidays.count()
    Holiday.objects.bulk_create(
        [
            Holiday(client=client, on=on, name=name[:80], says=Holiday.Says.ASKED, is_public=True)
            for on, name in found
        ],
        ignore_conflicts=True,
    )
    Client.objects.filter(pk=client.pk).update(holidays_until=today + A_YEAR)
    return client.holidays.count() - before


@transaction.atomic
def propose_afresh(client: Client, *, at: datetime) -> int:
    """Her country or region is another: the questions of the old one go, and those of the new one come."""
    client.holidays.asked().filter(is_public=True).delete()
    return propose(client, at=at)


@transaction.atomic
def answer(
    holiday: Holiday, *, says: str, by: User, at: datetime, opens: time | None = None, closes=None
) -> None:
    """The client says what she does on that day; she may say otherwise later."""
    Holiday.objects.filter(pk=holiday.pk).update(
        says=says, opens=opens, closes=closes, said_by=by, said_at=at
    )
    _tell("clients.holiday.answered", holiday, by, says)


@transaction.atomic
def close(
    client: Client,
    *,
    on: date,
    by: User,
    at: datetime,
    until_on: date | None = None,
    name: str = "",
    says: str = Holiday.Says.CLOSED,
    opens: time | None = None,
    closes: time | None = None,
    line: Line | None = None,
) -> Holiday:
    """A closure of the client's own, from `on` to `until_on`, both included; `line`: on that line alone."""
    holiday = Holiday.objects.create(
        client=client,
        line=line,
        on=on,
        until_on=until_on if until_on != on else None,
        name=name,
        says=says,
        opens=opens,
        closes=closes,
        said_by=by,
        said_at=at,
    )
    _tell("clients.closure.added", holiday, by, says)
    return holiday


@transaction.atomic
def reopen(holiday: Holiday, *, by: User) -> bool:
    """Take back a closure of her own. False if it was gone; a public holiday is only ever answered."""
    if not Holiday.objects.filter(pk=holiday.pk, is_public=False).delete()[0]:
        return False
    _tell("clients.closure.taken_back", holiday, by, holiday.says)
    return True


def tell_all(holiday: Holiday, by: User) -> None:
    """The desks and the portal read afresh what holds for this client."""
    _tell("clients.holiday.answered", holiday, by, holiday.says)


def _tell(verb: str, holiday: Holiday, by: User, says: str) -> None:
    Client.objects.filter(pk=holiday.client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=holiday.client_id)
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=holiday.client_id,
        subject=("clients.holiday", holiday.pk),
        detail={"says": says},
    )
    concerned = audience.desk(holiday.client_id) | audience.portal(holiday.client_id)
    live.announce("availability.changed", holiday.client_id, version, concerned)
