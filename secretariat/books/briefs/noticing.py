"""Briefs that get nowhere: nobody fits, nobody proposes, their day has passed. Firm and client are told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat.books.models import Brief, Proposal

from . import telling
from .standing import locked

NOBODY, SILENT, PAST = "books.brief_nobody", "books.brief_silent", "books.brief_past"
PATIENCE = timedelta(days=3)  # without a proposal
DAY = timedelta(days=1)
A_ROUND = 200


def nobody_fits(brief: Brief) -> None:
    """Just posted, or looked at again, and there is nobody to ask."""
    if _open(NOBODY, brief, _("Nobody who works here fits a brief of %(client)s")):
        telling.nobody_fits(brief)


def asked_somebody(brief: Brief) -> None:
    """There is somebody to ask after all."""
    _finish(brief, NOBODY, _("Somebody was asked"))


def proposed(brief: Brief) -> None:
    """Somebody has proposed."""
    for kind in (NOBODY, SILENT):
        _finish(brief, kind, _("Somebody has proposed"))


def moved(brief: Brief, *, at: datetime) -> None:
    """Another day: it has not passed any more."""
    if brief.due_on >= at.astimezone(brief.client.tz).date():
        _finish(brief, PAST, _("Its day was moved"))


def over(brief: Brief) -> None:
    """It was given to somebody, or taken back."""
    for kind in (NOBODY, SILENT, PAST):
        _finish(brief, kind, str(brief.get_state_display()))


def notice(*, at: datetime) -> int:
    """Open briefs for which nobody has proposed in days, or whose day has passed; each once.

    Where somebody has proposed and taken it back, the days begin with that one, and it is told again.
    """
    open_ones = Brief.objects.filter(state=Brief.State.OPEN)
    of_it = Proposal.objects.filter(brief=OuterRef("pk"))
    stands = of_it.filter(Q(state=Proposal.State.MADE) | Q(made_at__gt=at - PATIENCE))
    silent = open_ones.filter(~Exists(stands), posted_at__lte=at - PATIENCE)
    later = Proposal.objects.filter(brief=OuterRef("subject_id"), made_at__gte=OuterRef("created_at"))
    told_of_silence = WorkItem.objects.filter(~Exists(later))
    past = open_ones.filter(due_on__lt=at.date() + DAY)
    # It may have been moved since, and to the very day on which that was told.
    told_of_day = WorkItem.objects.filter(Q(done_at=None) | Q(created_at__date__gt=OuterRef("due_on")))
    return sum(_silent(each, at=at) for each in _untold(silent, SILENT, told_of_silence)) + sum(
        _past(each, at=at) for each in _untold(past, PAST, told_of_day)
    )


def _untold(briefs, kind: str, items=None):
    """Those of which no such piece of work tells; `items`: which ones are looked at."""
    rows = WorkItem.objects.all() if items is None else items
    told = rows.filter(kind=kind, subject_kind="books.brief", subject_id=OuterRef("pk"))
    return briefs.exclude(Exists(told)).select_related("client").order_by("pk")[:A_ROUND]


@transaction.atomic
def _silent(brief: Brief, *, at: datetime) -> bool:
    brief = locked(brief)
    proposed = brief.proposals.filter(state=Proposal.State.MADE).exists()
    waits = WorkItem.objects.open().filter(kind=NOBODY, subject_kind="books.brief", subject_id=brief.pk)
    if (
        not brief.is_open
        or proposed
        or waits.exists()
        or brief.due_on < at.astimezone(brief.client.tz).date()
    ):
        return False
    item = _open(SILENT, brief, _("No proposal stands for a brief of %(client)s"))
    if item is None:
        return False
    telling.nobody_proposes(brief, item.pk)
    return True


@transaction.atomic
def _past(brief: Brief, *, at: datetime) -> bool:
    brief = locked(brief)
    if not brief.is_open or brief.due_on >= at.astimezone(brief.client.tz).date():
        return False
    if not _open(PAST, brief, _("The day of a brief of %(client)s has passed, and nobody has it")):
        return False
    telling.day_has_passed(brief)
    return True


def _open(kind: str, brief: Brief, because: str) -> WorkItem | None:
    """None where it lay before the firm already."""
    subject = ("books.brief", brief.pk)
    if WorkItem.objects.open().filter(kind=kind, subject_kind=subject[0], subject_id=brief.pk).exists():
        return None
    words = because % {"client": brief.client.name}
    return work.open_item(kind, subject=subject, because=words, urgency=WorkItem.Urgency.TODAY)


def _finish(brief: Brief, kind: str, outcome: str) -> None:
    work.finish_all(subject=("books.brief", brief.pk), by=None, outcome=outcome, kind=kind)
