"""Somebody does not come to work here after all: whatever has begun with her ends, contract or none."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from secretariat import ledger
from secretariat.office import going_home, signals
from secretariat.office.models import Contract, Secretary, User
from secretariat.office.rota import planning

from . import holding, shifts_after, telling

State = Contract.State
ON_THE_TABLE, DAY = (State.OFFERED, State.ACCEPTED), timedelta(days=1)


@transaction.atomic
def let_go(secretary: Secretary, *, because: str, by: User | None, at: datetime) -> list[str]:
    """She does not come to work here after all: contract or none, what has begun with her ends now.

    What was offered is taken back, what holds has its last day today, what is signed and has not begun never
    does. Returns in words what went to others. Raises presence.NotNow while she is on a call.
    """
    planning.hold([secretary])
    today = holding.today(secretary, at)
    left = [
        f"{each.client}: {each.what}" if each.client else each.what for each in going_home.left(secretary)
    ]
    going_home.go_home(secretary, by=by or secretary.user, at=at)
    left += shifts_after.open_from(secretary, at, at=at)
    hers = Contract.objects.filter(secretary=secretary)
    signed = hers.signed().filter(closed_at=None)
    held = signed.filter(from_on__lte=today).filter(Q(until_on=None) | Q(until_on__gte=today)).first()
    signals.contract_ended.send(sender=Contract, contract=held, secretary=secretary, handed=left, at=at)
    never = hers.filter(Q(state__in=ON_THE_TABLE) | Q(state=State.SIGNED, from_on__gt=today))
    for each in never:
        telling.settled(each, by, because)
    never.update(state=State.WITHDRAWN, ended_because=because)
    if held:
        facts = {"until_on": today, "closed_at": at, "ended_because": because}
        Contract.objects.filter(pk=held.pk).update(**facts, handed_over=[*held.handed_over, *left])
    Secretary.objects.filter(pk=secretary.pk).update(engaged_until=today - DAY)
    secretary.refresh_from_db()
    ledger.record(
        "office.let_go",
        actor_id=by.pk if by else secretary.user_id,
        subject=("office.secretary", secretary.pk),
        detail={"left": len(left)},
    )
    return left
