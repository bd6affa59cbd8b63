"""Not answering for a client who does not pay: announced by a person, told in time, ended by payment.

Nothing here happens by itself but its end: a person announces it, the notice says from which day on, what
callers will hear and how to prevent it, and who was not told in time is not suspended.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _

from clients import audience, work
from clients.local_time import day_begins
from clients.models import Client, Line, ServiceSuspension, WorkItem
from clients.models.service_suspension import NOTICE
from secretariat import ledger, live
from secretariat.office.models import User

from . import owing, signals, suspending_words, telling
from .billing import NotNow
from .models import Bill
from .owing import Owed

Ended = ServiceSuspension.Ended
SUBJECT = "clients.servicesuspension"
UNTOLD, BEGUN = "books.suspension_untold", "books.suspended"
DAYS = NOTICE.days + 1  # the mail has a day to leave
USUAL = timedelta(days=14)


@dataclass(frozen=True)
class Unpaid:
    """What a suspension would be about: bills of one currency, overdue and reminded of to the last."""

    bills: tuple[Owed, ...]
    currency: str

    @property
    def amount(self) -> Decimal:
        return sum((each.due for each in self.bills), Decimal(0))


def unpaid(client: Client, today: date) -> Unpaid | None:
    """None: there is nothing for which this client may be suspended."""
    late = Bill.objects.issued().filter(client=client, kind=Bill.Kind.BILL, due_on__lt=today)
    found = owing.owed_of(late.order_by("due_on", "number"))
    open_ones = [each.by(today) for each in found if each.is_overdue(today)]
    to_the_last = telling.reminded_to_the_last(each.bill for each in open_ones)
    reminded = [each for each in open_ones if each.bill.pk in to_the_last]
    if not reminded:
        return None
    currency = reminded[0].bill.currency
    return Unpaid(tuple(each for each in open_ones if each.bill.currency == currency), currency)


def earliest(today: date) -> date:
    return today + timedelta(days=DAYS)


def usual_words(client: Client) -> dict[str, str]:
    """What callers are told unless the firm says it otherwise, in the language they speak."""
    records = not Line.objects.filter(client=client, is_active=True, recording_notice="").exists()
    with translation.override(client.language):
        return suspending_words.to_callers(client.name, records=records)


def current(client: Client) -> ServiceSuspension | None:
    return ServiceSuspension.objects.open().filter(client=client).first()


@transaction.atomic
def announce(
    client: Client, *, from_on: date, callers_hear: str, urgent_callers: str, by: User, at: datetime
) -> ServiceSuspension:
    """Tell the client from which day on callers hear this in place of a secretary, and how to prevent it."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    today = at.astimezone(client.tz).date()
    about = unpaid(client, today)
    if about is None:
        raise NotNow(_("No bill of this client is overdue and was reminded of three times."))
    if current(client):
        raise NotNow(_("A suspension of this client is announced already."))
    if from_on < earliest(today):
        raise NotNow(_("The client must be told at least a week before: choose a later day."))
    mailboxes = telling.speakers(client)
    if not mailboxes:
        raise NotNow(_("Nobody can be told: no owner at the client has a mailbox. Nothing was announced."))
    made = ServiceSuspension.objects.create(
        client=client,
        bills=[each.bill.pk for each in about.bills],
        amount=about.amount,
        currency=about.currency,
        from_at=day_begins(from_on, client.tz),
        callers_hear=callers_hear,
        urgent_callers=urgent_callers,
        announced_by=by,
        announced_at=at,
    )
    suspending_words.post_notice(made, about, mailboxes)
    for each in about.bills:
        done = _("A suspension was announced to the client")
        work.finish_all(subject=("books.bill", each.bill.pk), by=by, outcome=done, kind=telling.UNPAID)
    _record("announced", made, by)
    _tell_desks(made)
    return made


@transaction.atomic
def notified(suspension_id, *, at: datetime) -> None:
    """The notice has left. Where that was too late for its day, it is not in force on that day either."""
    fresh = ServiceSuspension.objects.open().filter(pk=suspension_id, notified_at=None)
    fresh.filter(from_at__gte=at + NOTICE).update(notified_at=at)


@transaction.atomic
def withdraw(suspension: ServiceSuspension, *, because: str, by: User, at: datetime) -> None:
    """The firm takes it back, announced or in force."""
    if not _end(suspension, Ended.WITHDRAWN, by=by, at=at, because=because):
        raise NotNow(_("This suspension has ended already."))


@receiver(signals.owes_less, dispatch_uid="books.end_suspension")
def end_when_nothing_is_due(sender, client: Client, by: User, at: datetime, **rest) -> None:
    """What it was about is paid, or the rest of it is questioned: then it is over, and its row says which."""
    found = current(client)
    if found is None:
        return
    about = owing.owed_of(Bill.objects.filter(pk__in=found.bills, client=client))
    if not any(each.due > 0 for each in about):
        settled = all(each.is_settled for each in about)
        _end(found, Ended.PAID if settled else Ended.ASKED, by=by, at=at)


def go_on(*, at: datetime) -> int:
    """Of those whose day has come: say that it begins, or that it does not, for nobody was told in time."""
    due = ServiceSuspension.objects.open().filter(from_at__lte=at, begun_at=None).select_related("client")
    return sum(_begin(each, at=at) for each in due)


@transaction.atomic
def _begin(suspension: ServiceSuspension, *, at: datetime) -> bool:
    client = suspension.client
    about = ("clients.client", client.pk)
    mine = ServiceSuspension.objects.open().filter(pk=suspension.pk, begun_at=None)
    if suspension.notified_at is None:
        if not _end(suspension, Ended.UNTOLD, by=None, at=at):
            return False
        because = _("%(name)s is not suspended: the notice did not leave in time. Look at the mailbox.")
        _for_the_firm(UNTOLD, about, because % {"name": client.name})
        return True
    if not mine.update(begun_at=at):
        return False
    suspension.refresh_from_db()
    suspending_words.post_begun(suspension, telling.speakers(client))
    because = _("Callers of %(name)s hear from today that nobody answers: talk about what comes next.")
    _for_the_firm(BEGUN, about, because % {"name": client.name})
    _record("begun", suspension, None)
    _tell_desks(suspension)
    return True


def _end(suspension, ended: str, *, by: User | None, at: datetime, because: str = "") -> bool:
    mine = ServiceSuspension.objects.open().filter(pk=suspension.pk)
    if not mine.update(ended=ended, ended_at=at, ended_by=by, because=because):
        return False
    suspension.refresh_from_db()
    if ended != Ended.UNTOLD:
        suspending_words.post_ended(suspension, telling.speakers(suspension.client))
    done = str(Ended(ended).label)
    work.finish_all(subject=("clients.client", suspension.client_id), by=by, outcome=done, kind=BEGUN)
    _record(ended, suspension, by)
    _tell_desks(suspension)
    return True


def _for_the_firm(kind: str, subject, because: str) -> None:
    work.open_item(kind, subject=subject, because=because, urgency=WorkItem.Urgency.TODAY)


def _record(verb: str, suspension: ServiceSuspension, by: User | None) -> None:
    ledger.record(
        f"books.suspension.{verb}",
        actor_id=by.pk if by else None,
        client_id=suspension.client_id,
        subject=(SUBJECT, suspension.pk),
    )


def _tell_desks(suspension: ServiceSuspension) -> None:
    """Desks and portal read afresh what holds for this client."""
    client_id = suspension.client_id
    Client.objects.filter(pk=client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=client_id)
    live.announce(
        "availability.changed", client_id, version, audience.desk(client_id) | audience.portal(client_id)
    )
