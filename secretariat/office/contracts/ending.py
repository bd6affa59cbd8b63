"""What ends with a contract ends by itself, on the day after its last: shift, teams, access, open work."""

from datetime import datetime, timedelta

from django.db import transaction

from secretariat import ledger
from secretariat.office import going_home, presence, signals
from secretariat.office.models import Contract, Presence, Secretary
from secretariat.office.rota import planning

from . import agreeing, holding, shifts_after, telling, trials

AHEAD = timedelta(days=30)


def stop_trials(*, at: datetime) -> int:
    """Whose unpaid hours are done goes home, and no longer works for nothing. A call is finished first."""
    stopped = 0
    for secretary in trials.used_up(at=at):
        try:
            stopped += going_home.go_home(secretary, by=secretary.user, at=at)
        except presence.NotNow:
            continue
    return stopped


def end_what_is_over(*, at: datetime) -> int:
    """Close every contract that is over; where she does not go on with another the day after, what ends with
    it ends. Somebody on a call finishes it first."""
    # A day more than UTC's, for where it is tomorrow already: `close` goes by the day where she lives.
    over = Contract.objects.signed().filter(closed_at=None, until_on__lt=at.date() + agreeing.DAY)
    return sum(close(contract, at=at) for contract in over.select_related("secretary__user"))


def warn(*, at: datetime) -> int:
    """Thirty days before a contract ends by its own date and none follows, she and the firm are told once."""
    today = at.date()
    due = Contract.objects.signed().filter(
        closed_at=None,
        ended_because="",
        until_on__range=(today - agreeing.DAY, today + AHEAD + agreeing.DAY),
        secretary__user__is_active=True,
    )
    return sum(_warn(each, at=at) for each in due.select_related("secretary__user"))


@transaction.atomic
def _warn(contract: Contract, *, at: datetime) -> bool:
    planning.hold([contract.secretary])
    ahead = contract.until_on - holding.today(contract.secretary, at)
    if not timedelta() <= ahead <= AHEAD or telling.has_said_that_it_ends(contract):
        return False
    hers = Contract.objects.filter(secretary=contract.secretary_id, from_on__gt=contract.from_on)
    if hers.filter(state__in=(*agreeing.ON_THE_TABLE, agreeing.State.SIGNED)).exists():
        return False
    telling.runs_out(contract, at=at)
    return True


@transaction.atomic
def close(contract: Contract, *, at: datetime) -> bool:
    """End what ends with this one, and write down what went to whom. False if it is not time, or done."""
    secretary = contract.secretary
    today = holding.today(secretary, at)
    if contract.until_on is None or contract.until_on >= today:
        return False
    goes_on = holding.goes_on(contract, today)
    if not goes_on and Presence.objects.filter(secretary=secretary, state=Presence.State.ON_CALL).exists():
        return False
    if not Contract.objects.filter(pk=contract.pk, closed_at=None).update(closed_at=at):
        return False
    if goes_on:
        return True
    left = [
        f"{each.client}: {each.what}" if each.client else each.what for each in going_home.left(secretary)
    ]
    going_home.go_home(secretary, by=secretary.user, at=at)
    left += shifts_after.open_them(contract, at=at)
    signals.contract_ended.send(sender=Contract, contract=contract, secretary=secretary, handed=left, at=at)
    Contract.objects.filter(pk=contract.pk).update(handed_over=[*contract.handed_over, *left])
    # With one that begins later she begins anew: until then she is not engaged, and has nothing of before.
    again = holding.next_from(secretary, contract.until_on)
    engaged = {"engaged_from": again} if again else {"engaged_until": contract.until_on}
    Secretary.objects.filter(pk=secretary.pk).update(**engaged)
    ledger.record(
        "office.contract.closed",
        actor_id=None,
        subject=("office.contract", contract.pk),
        detail={"secretary": str(secretary.pk), "left": len(left)},
    )
    return True
