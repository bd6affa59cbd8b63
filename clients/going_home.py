"""Work that is still somebody's when she goes home, and who of the client's team may have it.

What was given to her by name, as a milestone is, waits for her.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat.office.going_home import Left, Taker
from secretariat.office.models import Firm, Presence, Secretary, User

from . import work
from .models import Assignment, WorkItem


def left(secretary: Secretary) -> list[Left]:
    """Her open pieces of work, the most pressing first."""
    items = list(_hers(secretary).select_related("client").most_pressing_first())
    takers = takers_of({item.client_id for item in items if item.client_id}, but=secretary)
    return [
        Left(
            key=f"work:{item.pk}",
            what=work.describe(item).title,
            client=item.client.name if item.client else "",
            band=item.client.band if item.client else "",
            promised_at=item.promised_at,
            takers=takers[item.client_id],
        )
        for item in items
    ]


def hand(secretary: Secretary, key: str, *, to: UUID | None, note: str, by: User, at: datetime) -> None:
    """Give one of them away, if it is still hers."""
    item = _hers(secretary).filter(pk=key.removeprefix("work:")).first()
    if item:
        work.hand(item, to=User.objects.get(pk=to) if to else None, note=note, by=by)


def takers_of(client_ids: Iterable[UUID], *, but: Secretary) -> dict[UUID | None, tuple[Taker, ...]]:
    """Who is on the team of each of these clients, those on shift first, without `but`."""
    team = Assignment.objects.filter(client__in=client_ids, until_at=None).exclude(secretary=but)
    found = defaultdict(list)
    for each in team.filter(secretary__user__is_active=True).select_related("secretary__presence"):
        there = getattr(each.secretary, "presence", None)
        at_work = there is not None and there.state != Presence.State.OFF
        found[each.client_id].append(Taker(each.secretary.user_id, each.secretary.spoken_name, at_work))
    in_order = {
        client_id: tuple(sorted(takers, key=lambda taker: (not taker.at_work, taker.name)))
        for client_id, takers in found.items()
    }
    return defaultdict(tuple, in_order)


def release_what_was_left(*, at: datetime) -> int:
    """Give to the team what has stayed with somebody who is not there. Returns how much that was.

    She is not there when she has been off shift, or away, for longer than the firm allows, or is on a break
    or away past the planned end of her shift by as much. What she took since then is left with her.
    """
    long_ago = at - timedelta(minutes=Firm.current().hand_over_after_minutes)
    gone = Presence.objects.filter(
        Q(state__in=[Presence.State.OFF, Presence.State.AWAY], since__lt=long_ago)
        | Q(
            state__in=[Presence.State.AWAY, Presence.State.BREAK],
            secretary__shifts__ended_at=None,
            secretary__shifts__ends_at__lt=long_ago,
        )
    )
    items = WorkItem.objects.open().filter(
        Q(owner_since=None) | Q(owner_since__lt=long_ago),
        owner__in=gone.values("secretary__user"),
    )
    found = list(work.of_anybody(items).select_related("owner").order_by("pk")[:100])
    return sum(
        work.hand(
            item,
            to=None,
            by=None,
            note=_("%(name)s is not there: it went back to the team.")
            % {"name": item.owner.get_short_name()},
        )
        for item in found
    )


def _hers(secretary: Secretary):
    return work.of_anybody(WorkItem.objects.open().filter(owner=secretary.user_id))
