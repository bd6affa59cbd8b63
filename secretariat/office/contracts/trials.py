"""Unpaid trial work: how much of it is left, and what happens when none is."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.office.models import Contract, Secretary, Shift
from secretariat.office.rota import rules
from secretariat.office.rota.rules import NOTHING, Stretch

from . import holding

DAY = timedelta(days=1)


def before(contract: Contract) -> list[Contract]:
    """Her other trials that both sides have signed, in order."""
    signed = Contract.objects.signed().filter(secretary=contract.secretary_id, kind=Contract.Kind.TRIAL)
    return list(signed.exclude(pk=contract.pk).order_by("from_on"))


def left(contract: Contract, *, at: datetime) -> timedelta | None:
    """What is left of its hours; None of a contract that is paid. Hours are those on shift, breaks too."""
    if not contract.is_unpaid or contract.trial_hours is None or contract.until_on is None:
        return None
    whole = rules.days(contract.from_on, contract.until_on, contract.secretary.zone)
    there = Shift.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=whole.begins),
        secretary=contract.secretary_id,
        started_at__lt=whole.ends,
    )
    times = there.values_list("started_at", "ended_at")
    worked = sum((Stretch(began, max(began, ended or at)).within(whole) for began, ended in times), NOTHING)
    return max(NOTHING, timedelta(hours=float(contract.trial_hours)) - worked)


def why_not(secretary: Secretary, *, at: datetime) -> str:
    """Why she may not work on for want of hours of her trial; empty if she may."""
    held = holding.of(secretary, holding.today(secretary, at))
    if held is None or left(held, at=at) != NOTHING:
        return ""
    return _("The %(hours)s of unpaid work that were agreed are done.") % {
        "hours": rules.hours(timedelta(hours=float(held.trial_hours)))
    }


def used_up(*, at: datetime) -> list[Secretary]:
    """Those at work whose trial has no hours left."""
    trials = Contract.objects.holding(clock.day_in("secretary__zone", at)).filter(kind=Contract.Kind.TRIAL)
    at_work = Shift.objects.filter(ended_at=None, secretary__in=trials.values("secretary"))
    people = Secretary.objects.filter(pk__in=at_work.values("secretary")).select_related("user")
    return [each for each in people if why_not(each, at=at)]
