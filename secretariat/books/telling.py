"""Telling a client of her bills: each thing once, to everybody who may speak for her."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients import work
from clients.models import Client, WorkItem
from clients.people import speakers, speakers_of
from clients.suppressing import normal
from secretariat import outbox
from secretariat.outbox.models import Effect

from . import owing, rules, signals, usage
from .models import Bill, BillingAccount, ClientPlan, Question, Told, digits_of

KIND, ANSWER = "books.mail", "books.answer"
REMINDERS = (1, 14, 28)  # days after it was to be paid
NOT_SENT = {Effect.State.CANCELLED, Effect.State.DEAD}
UNPAID, NOBODY = "books.unpaid", "books.nobody_to_tell"
USED, NEAR_LIMIT = "books.used", "books.near_limit"
RECENTLY = timedelta(hours=2)
ONCE_IN = timedelta(days=14)
DAY = "j F Y"


@receiver(signals.bills_issued, dispatch_uid="books.tell_of_bills")
def tell_of_bills(sender, bills: list[Bill], at: datetime, **rest):
    """Word of each to everybody who speaks for its client. A bill is issued once, so that it is said once.

    In the queue of what can wait: no caller's message stands behind a month's bills.
    """
    mailboxes = _mailboxes_of(bills)
    for bill in (each for each in bills if not mailboxes[each.pk]):
        _nobody(bill.client, at)
    reached = [each for each in bills if mailboxes[each.pk]]
    told = Told.objects.bulk_create(
        Told(client=each.client, bill=each, about=Told.About.ISSUED, month=each.first_on, told_at=at)
        for each in reached
    )
    outbox.post_all(
        [
            mail
            for made, bill in zip(told, reached, strict=True)
            for mail in _told_by_mail(made, mailboxes[bill.pk], *_word_of(bill), queue=Effect.Queue.BULK)
        ]
    )


def _word_of(bill: Bill) -> tuple[str, str, str]:
    """Subject, text, and the page where it is read."""
    words = {"number": bill.number, "sum": _money(bill), "day": date_words(bill.due_on, DAY)}
    if bill.kind == Bill.Kind.CREDIT:
        subject = _("Credit note %(number)s") % words
        text = _("Credit note %(number)s takes %(sum)s off what you owe.") % words
    else:
        subject = _("Bill %(number)s") % words
        text = _("Bill %(number)s is here: %(sum)s, to be paid by %(day)s.") % words
    paper = _("It is attached as a PDF.")
    more = _("Each line opens to the seconds it came from. A line that is not clear can be questioned there.")
    return subject, f"{text}\n{paper}\n{more}", reverse("portal-bill", args=[bill.pk])


@receiver(signals.question_explained, dispatch_uid="books.tell_answer")
def tell_answer(sender, question: Question, at: datetime, **rest):
    """A question ends once, so that this is said once."""
    bill = question.bill
    mailboxes = _mailboxes(bill.client, bill)
    if not mailboxes:
        _nobody(bill.client, at)
    day, due = owing.due_again(question)
    words = {"number": bill.number, "what": question.line.words, "asked": question.words}
    words |= {"answer": question.answer, "sum": rules.money(due, bill.currency, bill.digits)}
    text = _("You asked about “%(what)s” on bill %(number)s: “%(asked)s”\nWe answer: “%(answer)s”") % words
    if due > 0:
        words["day"] = date_words(day, DAY)
        text += "\n" + _("The line stands. %(sum)s of the bill is to be paid by %(day)s.") % words
    subject = _("Bill %(number)s: our answer") % words
    said, of = (subject, text, reverse("portal-bill", args=[bill.pk])), ("books.question", question.pk)
    outbox.post_all(_mails(ANSWER, question.pk, mailboxes, *said, client_id=bill.client_id, of=of))


def remind(*, at: datetime) -> int:
    """Remind of what is overdue, three times, one after the other. What is held back or settled is not."""
    # A day more than by UTC, for where it is tomorrow already: `_remind` goes by the client's own day.
    latest = (at - timedelta(days=REMINDERS[0] - 1)).date()
    told = 0
    late = Bill.objects.issued().filter(kind=Bill.Kind.BILL, due_on__lte=latest).select_related("client")
    done = Told.objects.filter(about=Told.About.REMINDER, bill__isnull=False)
    done = done.values("bill").annotate(n=Count("pk")).filter(n__gte=len(REMINDERS)).values("bill")
    # By the sums of the database: a firm keeps its paid bills for years, and this is asked every hour.
    for owed in owing.owed_of(owing.not_settled(late).exclude(pk__in=done)):
        if owed.due > 0:
            told += _remind(owed, at=at)
    return told


def _next(owed: owing.Owed, today: date) -> tuple[int, int]:
    """How many reminders it is with the next one, which is the how-manieth; noughts while none is due.

    Each keeps its distance from the one before, however late the bill was when that one left.
    """
    before = Told.objects.filter(bill=owed.bill, about=Told.About.REMINDER)
    sent = dict(before.order_by("told_at").values_list("degree", "told_at"))
    if len(sent) == len(REMINDERS) or (today - owed.due_on).days < REMINDERS[len(sent)]:
        return 0, 0
    if sent:
        last = max(sent.values()).astimezone(owed.bill.client.tz).date()
        if (today - last).days < REMINDERS[len(sent)] - REMINDERS[len(sent) - 1]:
            return 0, 0
    return len(sent) + 1, min(set(range(1, len(REMINDERS) + 1)) - sent.keys())


def _remind(owed: owing.Owed, *, at: datetime) -> bool:
    bill = owed.bill
    today = at.astimezone(bill.client.tz).date()
    if not owed.is_overdue(today):
        return False
    count, nth = _next(owed, today)
    if not nth:
        return False
    due = rules.money(owed.by(today).due, bill.currency, digits_of(bill.currency))
    words = {"number": bill.number, "sum": due, "day": date_words(owed.due_on, DAY)}
    text = _("%(sum)s of bill %(number)s was to be paid by %(day)s and has not come yet.") % words
    more = _("If it is on its way, there is nothing to do.")
    subject = _("Bill %(number)s: a reminder") % words
    said = f"{text}\n{more}"
    if not tell(bill.client, Told.About.REMINDER, bill=bill, degree=nth, subject=subject, text=said, at=at):
        return False
    if count == len(REMINDERS):
        because = _("Bill %(number)s of %(name)s: reminded three times, and not paid.")
        _for_the_firm(UNPAID, ("books.bill", bill.pk), because % {**words, "name": bill.client.name})
    return True


def reminded_to_the_last(bills: Iterable[Bill]) -> set[UUID]:
    """Which of these were reminded of as often as can be; a mail that did not leave reminded nobody."""
    told = list(Told.objects.filter(bill__in=bills, about=Told.About.REMINDER).values_list("pk", "bill"))
    if not told:
        return set()
    ours = reduce(or_, (Q(key__startswith=f"{KIND}:{pk}:") for pk, _bill in told))
    states = defaultdict(set)
    for key, state in Effect.objects.filter(ours, kind=KIND).values_list("key", "state"):
        states[key.split(":")[1]].add(state)
    gone = Counter(bill for pk, bill in told if not states[str(pk)] or states[str(pk)] - NOT_SENT)
    return {bill for bill, n in gone.items() if n >= len(REMINDERS)}


def forget_reminder(pk: int) -> None:
    """What was due was paid before its mail left: should it be due again, this one has not been said."""
    left = Effect.objects.filter(kind=KIND, key__startswith=f"{KIND}:{pk}:").exclude(state__in=NOT_SENT)
    if not left.exists():
        Told.objects.filter(pk=pk, about=Told.About.REMINDER).delete()


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
    outbox.post_all(_told_by_mail(made, mailboxes, subject, text, page))
    return True


def _told_by_mail(
    told: Told,
    mailboxes: dict[str, str],
    subject: str,
    text: str,
    page: str,
    *,
    queue: str = Effect.Queue.URGENT,
) -> list[Effect]:
    of, said = ("clients.client", told.client_id), (subject, text, page)
    return _mails(KIND, told.pk, mailboxes, *said, client_id=told.client_id, of=of, queue=queue, told=told.pk)


def _mails(
    kind: str,
    key: int | UUID,
    mailboxes: dict[str, str],
    subject: str,
    text: str,
    page: str,
    *,
    client_id: UUID,
    of: tuple[str, UUID],
    queue: str = Effect.Queue.URGENT,
    **more: int,
) -> list[Effect]:
    """One to each, with where to read on; once for each `key`."""
    text = f"{text}\n\n{settings.PUBLIC_BASE_URL}{page}?client={client_id}"
    return [
        outbox.unposted(
            kind,
            key=f"{kind}:{key}:{mailbox}",
            queue=queue,
            client_id=client_id,
            subject=of,
            payload={"to": to, "subject": subject, "text": text, **more},
        )
        for mailbox, to in mailboxes.items()
    ]


def _nobody(client: Client, at: datetime) -> None:
    """Said to the firm once a fortnight, however often it is tried."""
    lately = WorkItem.objects.filter(kind=NOBODY, subject_id=client.pk, created_at__gt=at - ONCE_IN)
    if not lately.exists():
        because = _("%(name)s cannot be told of bills: no owner there has a mailbox. Tell them another way.")
        _for_the_firm(NOBODY, ("clients.client", client.pk), because % {"name": client.name})


def _mailboxes(client: Client, bill: Bill | None) -> dict[str, str]:
    """Each once, by what makes its mail one of its own."""
    if bill:
        return _mailboxes_of([bill])[bill.pk]
    return {str(address.pk): address.value for address in speakers(client)}


def _mailboxes_of(bills: list[Bill]) -> dict[UUID, dict[str, str]]:
    """The same of several bills, by the bill, with the mailbox for bills where one is named."""
    clients = {each.client_id for each in bills}
    owners: dict[UUID, dict[str, str]] = defaultdict(dict)
    for address in speakers_of(clients):
        owners[address.client_id][str(address.pk)] = address.value
    named = dict(BillingAccount.objects.filter(client__in=clients).values_list("client", "mailbox"))
    found = {}
    for bill in bills:
        its, mailbox = dict(owners[bill.client_id]), named.get(bill.client_id)
        if mailbox and normal(mailbox) not in map(normal, its.values()):
            its["bills"] = mailbox
        found[bill.pk] = its
    return found


def _money(bill: Bill) -> str:
    return rules.money(abs(bill.total), bill.currency, digits_of(bill.currency))


def _for_the_firm(kind: str, subject, because: str, urgency: int = WorkItem.Urgency.TODAY) -> None:
    """The firm's to decide: no client's desk sees it, and nothing ends by itself."""
    work.open_item(kind, subject=subject, because=because, urgency=urgency)
