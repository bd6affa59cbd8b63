"""What somebody took up and left without a result: what is still so now, and none of its words.

What was sent, finished, handed in, or given on with a note at the end of a shift is no such thing; nor is
what she is at just now, what is promised for later, or what somebody else has taken since. A dictation is a
piece of work of whoever types it.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from calls.models import Call
from clients import work
from clients.models import Access, WorkItem, WorkRecord
from messages_app.answering.claiming import GOES_STALE
from messages_app.models import Letter, MailThread, OutgoingMail
from secretariat.office.contracts import holding
from secretariat.office.models import Secretary
from secretariat.office.rota import rules
from secretariat.office.rota.rules import Stretch

from .days import Left

# When, what, and which: what was worked at twice on a day is left once.
Found = dict[UUID, list[tuple[datetime, Left, UUID]]]
OF_KIND = {
    WorkRecord.Kind.MAIL: Left.MAIL,
    WorkRecord.Kind.LETTER: Left.LETTER,
}


def of(secretaries: Iterable[Secretary], wide: Stretch, *, at: datetime) -> Found:
    """What each began between the two ends of `wide`, by her id; as many queries however many they are."""
    people = {each.user_id: each for each in secretaries}
    found: Found = defaultdict(list)
    for whose, when, pk in _calls(people, wide):
        found[whose].append((when, Left.CALL, pk))
    _written(people, wide, at, found)
    _work(people, wide, at, found)
    return found


def _calls(people: dict[UUID, Secretary], wide: Stretch) -> Iterable[tuple[UUID, datetime, UUID]]:
    rows = Call.objects.filter(
        secretary__in=list(people.values()),
        rang_at__gte=wide.begins,
        rang_at__lt=wide.ends,
        state=Call.State.CLOSED,
        outcome=Call.Outcome.NO_MESSAGE,
    )
    return rows.values_list("secretary", "rang_at", "pk")


def _written(people: dict[UUID, Secretary], wide: Stretch, at: datetime, found: Found) -> None:
    """By the time that went into it; a stretch that nobody has ended yet stands on what is written."""
    typed: dict[str, dict[UUID, list[tuple[UUID, datetime]]]] = {kind: defaultdict(list) for kind in OF_KIND}
    records = WorkRecord.objects.filter(
        secretary__in=list(people.values()),
        kind__in=list(OF_KIND),
        started_at__gte=wide.begins,
        started_at__lt=wide.ends,
    )
    for kind, pk, whose, began in records.values_list("kind", "subject_id", "secretary", "started_at"):
        typed[kind][pk].append((whose, began))
    for kind, rows in _unfinished().items():
        hers = Q(writing_by__in=list(people), writing_since__gte=wide.begins, writing_since__lt=wide.ends)
        rows = rows.filter(Q(pk__in=list(typed[kind])) | hers)
        rows = rows.exclude(writing_until__gt=at - GOES_STALE)
        for pk, writer, since in rows.values_list("pk", "writing_by", "writing_since"):
            for whose, began in typed[kind][pk]:
                found[whose].append((began, OF_KIND[kind], pk))
            if writer in people and wide.begins <= since < wide.ends:
                found[people[writer].pk].append((since, OF_KIND[kind], pk))


def _unfinished() -> dict[WorkRecord.Kind, QuerySet]:
    """Of each kind of writing what was not finished; and answers thrown away while their mail waits."""
    thrown_away = Q(state=OutgoingMail.State.DROPPED, thread__state=MailThread.State.OPEN)
    return {
        WorkRecord.Kind.MAIL: OutgoingMail.objects.filter(Q(state=OutgoingMail.State.DRAFTING) | thrown_away),
        WorkRecord.Kind.LETTER: Letter.objects.filter(state=Letter.State.DRAFT),
    }


def _work(people: dict[UUID, Secretary], wide: Stretch, at: datetime, found: Found) -> None:
    """For clients: what the firm asks of her herself is no work that she took."""
    undone = WorkItem.objects.open().filter(client__isnull=False)
    due = Q(promised_at=None) | Q(promised_at__lte=at)
    with_her = work.of_anybody(
        undone.filter(
            due,
            owner__in=list(people),
            owner_since__gte=wide.begins,
            owner_since__lt=wide.ends,
        )
    )
    for owner, since, pk in with_her.values_list("owner", "owner_since", "pk"):
        her = people[owner]
        today = holding.today(her, at)
        if since < rules.days(today, today, her.zone).begins:  # of today it is no time yet to say so
            found[her.pk].append((since, Left.WORK, pk))
    # What she gave up, or what went back because she was not there; whoever hands it on herself says why.
    handed_on = Q(owner_since=None, handed_by=OuterRef("secretary__user"))
    given_up = Access.objects.filter(
        Exists(undone.filter(~handed_on, pk=OuterRef("cause_id"), owner=None)),
        because=Access.Because.WORK,
        secretary__in=list(people.values()),
        until_at__gte=wide.begins,
        until_at__lt=wide.ends,
    )
    for whose, when, pk in given_up.values_list("secretary", "until_at", "cause_id"):
        found[whose].append((when, Left.WORK, pk))
