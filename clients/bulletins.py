"""What the firm tells its secretaries: posted, told to the open desks, acknowledged."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from secretariat import clock, ledger, live
from secretariat.office.models import Secretary, User

from .models import Assignment, Bulletin, BulletinReading


def readers(bulletin: Bulletin):
    """The secretaries who are to read it."""
    people = User.objects.filter(is_active=True, secretary__isnull=False)
    if bulletin.person_id:
        return people.filter(pk=bulletin.person_id)
    if bulletin.client_id:
        team = Assignment.objects.filter(client=bulletin.client_id, until_at=None)
        return people.filter(secretary__in=team.values("secretary"))
    return people.filter(secretary__in=_engaged())


def readings(bulletin: Bulletin):
    """(who is to read it, when she did or None), those who have not first."""
    read = dict(BulletinReading.objects.filter(bulletin=bulletin).values_list("user", "read_at"))
    rows = [(user, read.get(user.pk)) for user in readers(bulletin).order_by("name", "pk")]
    return sorted(rows, key=lambda row: row[1] is not None)


@transaction.atomic
def announce_due(*, at: datetime) -> int:
    """Tell the open desks of every bulletin that has come into force. Returns how many those were."""
    due = Bulletin.objects.select_for_update(skip_locked=True).filter(announced_at=None, from_at__lte=at)
    found = list(due.filter(Q(until_at=None) | Q(until_at__gt=at)).order_by("pk"))
    for bulletin in found:
        Bulletin.objects.filter(pk=bulletin.pk).update(announced_at=at)
        people = set(readers(bulletin).values_list("pk", flat=True))
        live.announce("bulletin.posted", bulletin.pk, 0, people)
    return len(found)


@transaction.atomic
def acknowledge(bulletin: Bulletin, *, by: User, at: datetime) -> bool:
    """She has read it. False if she had said so before."""
    reading = BulletinReading(bulletin=bulletin, user=by, read_at=at)
    said_before = BulletinReading.objects.filter(bulletin=bulletin, user=by).exists()
    BulletinReading.objects.bulk_create([reading], ignore_conflicts=True)
    if said_before:
        return False
    ledger.record(
        "clients.bulletin.acknowledged",
        actor_id=by.pk,
        client_id=bulletin.client_id,
        subject=("clients.bulletin", bulletin.pk),
    )
    # Her other windows take the banner away too.
    live.announce("bulletin.posted", bulletin.pk, 0, [by.pk])
    return True


def with_reading_of(user: User):
    """Bulletins in force that this person is to read, each with `is_read`."""
    hers = BulletinReading.objects.filter(bulletin=OuterRef("pk"), user=user)
    return Bulletin.objects.visible_to(user).in_force().annotate(is_read=Exists(hers))


def _engaged():
    """Those whose last day, where they live, is not over."""
    today = clock.day_in("zone")
    return Secretary.objects.filter(Q(engaged_until=None) | Q(engaged_until__gte=today)).values("pk")
