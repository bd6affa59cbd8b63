"""What milestones add to bills and to pay, or give back: one row for each end, from which both read."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from secretariat.books import metering, rules
from secretariat.books.counted import as_counted
from secretariat.books.metering import Interval
from secretariat.books.models import Bill, BillItem, BriefCharge, Milestone, PayPart
from secretariat.books.plans import Charge, Item, Measure
from secretariat.books.reckoning import Extra

from . import amounts, caps, words
from .amounts import Done, How, Share

CHARGE = "books.briefcharge"
Because = BriefCharge.Because
HUNDRED = Decimal(100)


def before(milestone: Milestone) -> Share:
    """What it was charged so far."""
    sums = BriefCharge.objects.filter(milestone=milestone).aggregate(
        amount=Sum("amount"), hers=Sum("hers"), firms=Sum("firms")
    )
    return Share(*(sums[name] or amounts.NOUGHT for name in ("amount", "hers", "firms")))


def advance(milestone: Milestone, *, at: datetime) -> BriefCharge | None:
    """Charge a fixed price before the work, or what a change has added to it or taken off."""
    wanted = amounts.in_advance(caps.price_of(milestone)) - before(milestone)
    if wanted.is_nothing:
        return None
    rule = _("%(price)s, paid in advance.") % {"price": price_words(milestone)}
    return _write(milestone, Because.ADVANCE, wanted, rule, at=at)


def begun(milestone: Milestone, micros: int | None = None) -> Decimal:
    """What the firm is proposed to let count of it, in percent, where it ends before it is done.

    `micros`: what was worked on it, where that is known already.
    """
    if micros is None:
        micros = metering.at_work(caps.intervals_of(milestone))
    return amounts.begun(caps.price_of(milestone), Done(micros, milestone.result))


def end(
    milestone: Milestone,
    how: How,
    *,
    at: datetime,
    percent: Decimal = HUNDRED,
    firm_bears: bool = False,
) -> BriefCharge:
    """Charge what is due now that it has ended, less what was charged before."""
    micros = metering.at_work(caps.intervals_of(milestone))
    share = amounts.settled(
        caps.price_of(milestone),
        Done(micros, milestone.result),
        how,
        firm_percent=milestone.brief.firm_percent,
        before=before(milestone),
        percent=percent,
        firm_bears=firm_bears,
    )
    because = {How.ACCEPTED: Because.ACCEPTED, How.SETTLED: Because.SETTLED}.get(how, Because.ENDED)
    length = rules.length(micros // metering.SECOND) if micros else ""
    rule = words.rule(
        price_words(milestone), how, length, percent, brought=brought(milestone), firm_bears=firm_bears
    )
    return _write(milestone, because, share, rule, at=at, micros=micros)


def price_words(milestone: Milestone) -> str:
    brief = milestone.brief
    return words.price(milestone.pays, milestone.rate, milestone.amount, brief.currency, brief.digits)


def brought(milestone: Milestone) -> str:
    """What she said it brought, in words; empty before it was handed in, and where its price is another."""
    if not milestone.handed_in_at:
        return ""
    brief = milestone.brief
    return words.brought(milestone.pays, milestone.result, brief.currency, brief.digits)


def _write(milestone, because, share: Share, rule: str, *, at: datetime, micros: int = 0) -> BriefCharge:
    return BriefCharge.objects.create(
        brief=milestone.brief,
        milestone=milestone,
        client=milestone.client,
        secretary_id=milestone.secretary_id,
        because=because,
        currency=milestone.brief.currency,
        amount=share.amount,
        hers=share.hers,
        firms=share.firms,
        rule=rule[:400],
        micros=micros,
        on=at.astimezone(milestone.client.tz).date(),
        at=at,
    )


# --- As bills read it ------------------------------------------------------------------------------------


def of_clients(
    currencies: dict[UUID, str], first: date, last: date
) -> dict[UUID, tuple[list[Extra], dict[tuple[str, str], list[Interval]]]]:
    """For each client, in the currency of her bill: a line for each brief with what was charged until the
    month's end and stands on no other bill.

    With the intervals of each charge, by its key, so that it opens to the seconds it came from.
    """
    elsewhere = BillItem.objects.filter(client__in=currencies, subject_kind=CHARGE).exclude(
        line__bill__first_on=first, line__bill__state=Bill.State.DRAFT
    )
    rows = BriefCharge.objects.filter(client__in=currencies, on__lte=last)
    rows = rows.exclude(pk__in=elsewhere.values("subject_id")).select_related("brief", "milestone")
    charges: dict[UUID, list[BriefCharge]] = {client: [] for client in currencies}
    for each in rows.order_by("brief", "at", "pk"):
        if each.currency == currencies[each.client_id]:
            charges[each.client_id].append(each)
    return {client: _lines(mine, first) for client, mine in charges.items()}


def _lines(charges: list[BriefCharge], first: date) -> tuple[list[Extra], dict]:
    intervals = _intervals(charges, first) if charges else {}
    lines: dict = {}
    for each in charges:
        lines.setdefault(each.brief, []).append(each)
    extras = [
        Extra(
            _("Work by proposal: %(what)s") % {"what": brief.title},
            sum((each.amount for each in mine), amounts.NOUGHT),
            tuple(_charge(each, intervals.get(key_of(each), [])) for each in mine),
            "\n".join(f"{each.milestone.title}: {each.rule}" for each in mine),
        )
        for brief, mine in lines.items()
    ]
    return extras, intervals


def key_of(charge: BriefCharge) -> tuple[str, str]:
    return (CHARGE, str(charge.pk))


def _charge(each: BriefCharge, intervals: list[Interval]) -> Charge:
    item = Item(key=key_of(each), measure=Measure.TASK, at=each.at, micros=metering.by_kind(intervals))
    return Charge(item=item, units=1, free=0, amount=each.amount)


def _intervals(charges: list[BriefCharge], first: date) -> dict[tuple[str, str], list[Interval]]:
    """Those of each milestone that has ended, where no other bill has them."""
    ended = {each.milestone_id: each for each in charges if each.because != Because.ADVANCE}
    on_this_draft = Q(
        billed__item__line__bill__first_on=first, billed__item__line__bill__state=Bill.State.DRAFT
    )
    found: dict[tuple[str, str], list[Interval]] = {}
    rows = caps.records_of(ended).filter(Q(billed=None) | on_this_draft).order_by("started_at", "pk")
    for each in as_counted(rows):
        if each.subject:
            found.setdefault(key_of(ended[each.subject[1]]), []).append(each)
    return found


# --- As profit reads it ----------------------------------------------------------------------------------


def paid_for(first: date, last: date):
    """(client, currency, sum) of what approved pay holds for milestones that ended in these days."""
    parts = PayPart.objects.filter(statement__run__state="approved", subject_kind=CHARGE)
    rows = BriefCharge.objects.filter(on__range=(first, last), pk__in=parts.values("subject_id"))
    return rows.order_by().values_list("client", "currency").annotate(Sum("hers"))


def billed_without_time(first: date, last: date):
    """(secretary, currency, sum) of charges on issued bills of these months for which no second stands, less
    what of them was given back."""
    items = BillItem.objects.filter(
        subject_kind=CHARGE,
        line__bill__first_on__range=(first, last),
        line__bill__state=Bill.State.ISSUED,
    )
    bare = items.filter(records=None, credits=None)
    sums: dict[UUID, Decimal] = defaultdict(Decimal)
    for rows in (bare, items.filter(credits__in=bare)):
        for charge, amount in rows.values_list("subject_id", "amount"):
            sums[charge] += amount
    charges = BriefCharge.objects.filter(pk__in=sums)
    return [(hers, money, sums[pk]) for pk, hers, money in charges.values_list("pk", "secretary", "currency")]
