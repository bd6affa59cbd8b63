"""Telling a client of her bills: each thing once, to everybody who may speak for her."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients import work
from clients.models import Client, WorkItem
from clients.people import speakers
from clients.suppressing import normal
from secretariat import outbox

from . import owing, rules, signals, usage
from .models import Bill, BillingAccount, ClientPlan, Told, digits_of

KIND = "books.mail"
REMINDERS = (1, 14, 28)  # days after it was to be paid
UNPAID, NOBODY = "books.unpaid", "books.nobody_to_tell"
USED, NEAR_LIMIT = "books.used", "books.near_limit"
RECENTLY = timedelta(hours=2)
ONCE_IN = timedelta(days=14)
DAY = "j F Y"


@receiver(signals.bill_issued, dispatch_uid="books.tell_of_bill")
def tell_of_bill(sender, bill: Bill, at: datetime, **rest):
    words = {"number": bill.number, "sum": _money(bill), "day": date_words(bill.due_on, DAY)}
    if bill.kind == Bill.Kind.CREDIT:
        subject = _("Credit note %(number)s") % words
        text = _("Credit note %(number)s takes %(sum)s off what you owe.") % words
    else:
        subject = _("Bill %(number)s") % words
        text = _("Bill %(number)s is here: %(sum)s, to be paid by %(day)s.") % words
    paper = _("It is attached as a PDF.")
    more = _("Each line opens to the seconds it came from. A line that is not clear can be questioned there.")
    more = f"{paper}\n{more}"
    tell(bill.client, Told.About.ISSUED, bill=bill, subject=subject, text=f"{text}\n{more}", at=at)


def remind(*, at: datetime) -> int:
    """Remind of what is overdue, three times. What is held back or settled is not overdue."""
    # A day more than by UTC, for where it is tomorrow already: `_remind` goes by the client's own day.
    latest = (at - timedelta(days=REMINDERS[0] - 1)).date()
    told = 0
    late = Bill.objects.issued().filter(kind=Bill.Kind.BILL, due_on__lte=latest).select_related("client")
    done = late.filter(told__about=Told.About.REMINDER, told__degree=len(REMINDERS)).values("pk")
    for owed in owing.owed_of(late.exclude(pk__in=done)):
        if owed.due > 0:
            told += _remind(owed, at=at)
    return told


def _remind(owed: owing.Owed, *, at: datetime) -> bool:
    bill = owed.bill
    days = (at.astimezone(bill.client.tz).date() - bill.due_on).days
    nth = sum(days >= each for each in REMINDERS)
    if not nth:
        return False
    due = rules.money(owed.due, bill.currency, digits_of(bill.currency))
    words = {"number": bill.number, "sum": due, "day": date_words(bill.due_on, DAY)}
    text = _("%(sum)s of bill %(number)s was to be paid by %(day)s and has not come yet.") % words
    more = _("If it is on its way, there is nothing to do.")
    subject = _("Bill %(number)s: a reminder") % words
    said = f"{text}\n{more}"
    if not tell(bill.client, Told.About.REMINDER, bill=bill, degree=nth, subject=subject, text=said, at=at):
        return False
    if nth == len(REMINDERS):
        because = _("Bill %(number)s of %(name)s: reminded three times, and not paid.")
        _for_the_firm(UNPAID, ("books.bill", bill.pk), because % {**words, "name": bill.client.name})
    return True


def tell_usage(*, at: datetime) -> int:
    """Say once a month that three quarters, and that all, of what is included or of the limit is used."""
    busy = Client.objects.filter(is_active=True, work_records__ended_at__gt=at - RECENTLY).distinct()
    limited = busy.filter(plans__in=ClientPlan.objects.filter(included__gt=0)) | busy.filter(
        billing__spend_cap__isnull=False
    )
    return sum(_tell_usage(client, at=at) for client in limited.distinct())


def _tell_usage(client: Client, *, at: datetime) -> int:
    """Of what is included and of the limit each by itself: one that is used up does not silence the other."""
    today = at.astimezone(client.tz).date()
    month = Told.objects.filter(client=client, month=today.replace(day=1), degree=max(usage.ALERTS))
    if not _limits(client).difference(month.values_list("about", "cap")):
        return 0
    used = usage.so_far(client, today)
    if used is None:
        return 0
    return _tell_of_included(client, used, at=at) + _tell_of_limit(client, used, at=at)


def _limits(client: Client) -> set[tuple[str, Decimal]]:
    """Of which of the two there may be anything to say; of a limit that was raised or lowered once more."""
    found = {
        (Told.About.LIMIT.value, cap)
        for cap in BillingAccount.objects.filter(client=client).values_list("spend_cap", flat=True)
        if cap is not None
    }
    if ClientPlan.objects.filter(client=client, included__gt=0).exists():
        found.add((Told.About.USAGE.value, Decimal(0)))
    return found


def _tell_of_included(client: Client, used: usage.SoFar, *, at: datetime) -> bool:
    percent = usage.reached(used.percent)
    if not percent:
        return False
    words = {"percent": percent, "units": used.units, "included": used.included}
    words |= {"day": date_words(used.last, DAY), "name": client.name}
    text = _("Used so far: %(units)s. Included until %(day)s: %(included)s.") % words
    if percent == max(usage.ALERTS):
        text += " " + _("What goes beyond it is billed as agreed.")
    subject = _("%(percent)d percent of what is included this month is used") % words
    month = {"month": used.first, "degree": percent}
    if not tell(client, Told.About.USAGE, subject=subject, text=text, at=at, **month):
        return False
    if percent == max(usage.ALERTS):
        because = _("%(name)s has used all of this month’s %(included)s: talk about what comes next.")
        _for_the_firm(USED, ("clients.client", client.pk), because % words)
    return True


def _tell_of_limit(client: Client, used: usage.SoFar, *, at: datetime) -> bool:
    """The firm is told at each degree: it is to speak with the client before the limit is reached."""
    percent = usage.reached(used.cap_percent)
    if used.cap is None or not percent:
        return False
    digits = digits_of(used.currency)
    words = {"percent": percent, "sum": rules.money(min(used.spent, used.cap), used.currency, digits)}
    words |= {"cap": rules.money(used.cap, used.currency, digits), "name": client.name}
    words |= {"day": date_words(used.last, DAY)}
    text = _("Usage and costs passed on so far: %(sum)s. Your limit until %(day)s: %(cap)s.") % words
    if percent == max(usage.ALERTS):
        text += " " + _("Nothing beyond it is billed.")
    subject = _("%(percent)d percent of your limit for this month is used") % words
    month = {"month": used.first, "degree": percent}
    if not tell(client, Told.About.LIMIT, subject=subject, text=text, at=at, cap=used.cap, **month):
        return False
    because = _(
        "%(name)s has used %(percent)d percent of this month’s limit, %(cap)s: talk about what comes next."
    )
    urgency = WorkItem.Urgency.TODAY if percent == max(usage.ALERTS) else WorkItem.Urgency.NORMAL
    _for_the_firm(NEAR_LIMIT, ("clients.client", client.pk), because % words, urgency)
    return True


@transaction.atomic
def tell(
    client: Client,
    about: str,
    *,
    subject: str,
    text: str,
    at: datetime,
    bill: Bill | None = None,
    degree: int = 0,
    month: date | None = None,
    cap: Decimal = Decimal(0),
    page: str = "",
) -> bool:
    """Write to everybody who speaks for the client, unless this was said before. Says whether it was not.

    Of a bill its own mailbox is told, too, and each mail has the paper with it. Where there is no mailbox at
    all nothing counts as told, and the firm is. `page`: the address it leads to; else that of the bill, or of
    all bills.
    """
    mailboxes = _mailboxes(client, bill)
    if not mailboxes:
        _nobody(client, at)
        return False
    same = {"bill": bill} if bill else {"client": client, "month": month, "cap": cap}
    made, is_new = Told.objects.get_or_create(
        **{"about": about, "degree": degree} | same,
        defaults={"client": client, "month": month or bill.first_on, "told_at": at},
    )
    if not is_new:
        return False
    page = page or (reverse("portal-bill", args=[bill.pk]) if bill else reverse("portal-bills"))
    link = f"{settings.PUBLIC_BASE_URL}{page}?client={client.pk}"
    for key, to in mailboxes.items():
        outbox.post(
            KIND,
            key=f"{KIND}:{made.pk}:{key}",
            client_id=client.pk,
            subject=("clients.client", client.pk),
            payload={"to": to, "subject": subject, "text": f"{text}\n\n{link}", "told": made.pk},
        )
    return True


def _nobody(client: Client, at: datetime) -> None:
    """Said to the firm once a fortnight, however often it is tried."""
    lately = WorkItem.objects.filter(kind=NOBODY, subject_id=client.pk, created_at__gt=at - ONCE_IN)
    if not lately.exists():
        because = _("%(name)s cannot be told of bills: no owner there has a mailbox. Tell them another way.")
        _for_the_firm(NOBODY, ("clients.client", client.pk), because % {"name": client.name})


def _mailboxes(client: Client, bill: Bill | None) -> dict[str, str]:
    """Each once, by what makes its mail one of its own."""
    found = {str(address.pk): address.value for address in speakers(client)}
    accounts = BillingAccount.objects.filter(client=client) if bill else BillingAccount.objects.none()
    named = accounts.values_list("mailbox", flat=True).first()
    if named and normal(named) not in map(normal, found.values()):
        found["bills"] = named
    return found


def _money(bill: Bill) -> str:
    return rules.money(abs(bill.total), bill.currency, digits_of(bill.currency))


def _for_the_firm(kind: str, subject, because: str, urgency: int = WorkItem.Urgency.TODAY) -> None:
    """The firm's to decide: no client's desk sees it, and nothing ends by itself."""
    work.open_item(kind, subject=subject, because=because, urgency=urgency)
