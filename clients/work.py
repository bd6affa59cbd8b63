"""The one queue of everything a person must still do. Every floor writes it, the desk shows it.

Each package says in its `work.py` what its kinds are called and where they are done:

    describe = {"calls.unfinished": lambda item: Work(title, url)}

and, for floors below it, the page where something is done or put right, by the kind of its subject:

    places = {"messages_app.delivery": lambda subject_id: url}

and of what ends by an act of its own, and by nobody's word in the list, what that act is:

    ends_by = {"books.milestone": lambda item: "It ends when it is handed in."}

What nobody else can do stays with whoever has it, on shift or not: `hers_alone = {"books.milestone": why}`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import module_has_submodule

from secretariat import clock, ledger, live
from secretariat.office.models import User
from secretariat.outbox.models import Effect

from . import access, audience
from .models import Access, Client, WorkItem


@dataclass(frozen=True)
class Work:
    """A piece of work as a person reads it, and the page where it is done (none: the work's own page)."""

    title: str
    url: str = ""


@transaction.atomic
def open_item(
    kind: str,
    *,
    subject: tuple[str, UUID],
    client: Client | UUID | None = None,
    because: str = "",
    urgency: int = WorkItem.Urgency.NORMAL,
    promised_at: datetime | None = None,
    owner: User | None = None,
) -> WorkItem:
    """Put a piece of work into the queue, or press the one already open for this subject.

    An open one keeps its owner; it becomes as urgent, and due as soon, as the more pressing of the two, and
    where it is more urgent for it, says why in the newer words.
    `because` is in plain words and holds nothing a caller said.
    """
    subject_kind, subject_id = subject
    fresh = WorkItem(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        client_id=getattr(client, "pk", client),
        because=because[:240],
        urgency=urgency,
        promised_at=promised_at,
        owner=owner,
        owner_since=clock.now() if owner else None,
        created_at=clock.now(),
    )
    item = None
    while item is None:  # again only if the open one was finished in between
        WorkItem.objects.bulk_create([fresh], ignore_conflicts=True)
        item = (
            WorkItem.objects.open()
            .select_for_update()
            .filter(kind=kind, subject_kind=subject_kind, subject_id=subject_id)
            .first()
        )
    if item.pk == fresh.pk:
        _let_owner_see(item)
    elif not _press(item, fresh):
        return item
    _announce(item)
    return item


def still_hers(user: User | None, client: Client | UUID | None) -> User | None:
    """Who had it before, to be its owner once more while she has the client; else None: it is the team's.

    Owning a piece of work opens its client to her, and must not do so anew once she is off the team.
    """
    roles = user.roles if user else None
    if user is None or roles is None or not roles.secretary:
        return None
    if client is None or roles.firm_wide:
        return user
    served = Client.objects.served_by(roles.secretary).filter(pk=getattr(client, "pk", client))
    return user if served.exists() else None


@transaction.atomic
def promise(item: WorkItem, promised_at: datetime | None) -> bool:
    """Let it be due at another time, sooner or later. False if it is done, or was promised for then."""
    open_one = WorkItem.objects.open().filter(pk=item.pk)
    if item.promised_at == promised_at or not open_one.update(
        promised_at=promised_at, version=F("version") + 1
    ):
        return False
    item.refresh_from_db()
    _announce(item)
    return True


@transaction.atomic
def claim(item: WorkItem, *, by: User, version: int) -> bool:
    """Make it hers, if it is still as she saw it (`version`). False: somebody was quicker."""
    mine = WorkItem.objects.open().filter(pk=item.pk, version=version)
    if not mine.update(owner=by, owner_since=clock.Now(), version=F("version") + 1):
        return False
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _let_owner_see(item)
    _record("clients.work.claimed", item, by)
    _announce(item)
    return True


@transaction.atomic
def hand(item: WorkItem, *, to: User | None, by: User | None, note: str = "") -> bool:
    """Give it from whoever has it to somebody else, or to the client's team (None), with a note for them.

    `by` is None where the product saw that its owner is not there. False if it has changed hands meanwhile,
    or is done.
    """
    before = item.owner_id
    held = WorkItem.objects.open().filter(pk=item.pk, owner=before)
    facts = {"owner": to, "owner_since": clock.Now() if to else None, "handed_by": by, "note": note[:240]}
    if not held.update(version=F("version") + 1, **facts):
        return False
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _let_owner_see(item)
    _record("clients.work.handed", item, by)
    _announce(item, also={before} if before else frozenset())
    return True


@transaction.atomic
def put_back(item: WorkItem, *, by: User) -> bool:
    """Leave it to whoever takes it next. False if it was not hers, or is done."""
    if not WorkItem.objects.open().filter(pk=item.pk, owner=by).update(owner=None, version=F("version") + 1):
        return False
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _record("clients.work.put_back", item, by)
    _announce(item, also={by.pk})
    return True


@transaction.atomic
def take_over(item: WorkItem, *, to: User, by: User) -> bool:
    """Give it to `to`, whoever has it. False if it is done, or hers already."""
    open_one = WorkItem.objects.open().filter(pk=item.pk).exclude(owner=to)
    if not open_one.update(owner=to, owner_since=clock.Now(), version=F("version") + 1):
        return False
    before = item.owner_id
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _let_owner_see(item)
    _record("clients.work.taken_over", item, by)
    _announce(item, also={before} if before else set())
    return True


@transaction.atomic
def release_all(owner: User, *, by: User | None) -> int:
    """Whatever lies with her goes back to whoever takes it next. Returns how many that were.

    What nobody else can do waits for her; whoever gave it is told by the package it is of.
    """
    hers = of_anybody(WorkItem.objects.open().filter(owner=owner))
    return sum(release(item, by=by) for item in hers)


@transaction.atomic
def finish_hers(owner: User, *, outcome: str) -> int:
    """She does not come back: what nobody else can do is out of the queue. Returns how many that were."""
    hers = WorkItem.objects.open().filter(owner=owner, kind__in=_said_by_packages("hers_alone"))
    return sum(finish(item, by=None, outcome=outcome) for item in hers)


@transaction.atomic
def release(item: WorkItem, *, by: User | None) -> bool:
    """Put it back by somebody else's word than its owner's. False if it is nobody's, or done."""
    owner_id = item.owner_id
    owned = WorkItem.objects.open().filter(pk=item.pk, owner=owner_id, owner__isnull=False)
    if not owned.update(owner=None, version=F("version") + 1):
        return False
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _record("clients.work.released", item, by)
    _announce(item, also={owner_id})
    return True


@transaction.atomic
def finish(item: WorkItem, *, by: User | None, outcome: str) -> bool:
    """Take it out of the queue with what was done about it. False if somebody had finished it before.

    `by` is None where the product saw for itself that nothing is left to do.
    """
    done = WorkItem.objects.open().filter(pk=item.pk)
    if not done.update(done_at=clock.Now(), done_by=by, outcome=outcome[:240], version=F("version") + 1):
        return False
    access.end(Access.Because.WORK, item.pk)
    item.refresh_from_db()
    _record("clients.work.finished", item, by)
    _announce(item)
    return True


def finish_all(
    *, subject: tuple[str, UUID], by: User | None, outcome: str, kind: str | None = None, package: str = ""
) -> int:
    """Finish whatever is open for this subject, or one kind of it, or the kinds of one package. Returns how
    many that were."""
    subject_kind, subject_id = subject
    found = WorkItem.objects.open().filter(subject_kind=subject_kind, subject_id=subject_id)
    if kind is not None:
        found = found.filter(kind=kind)
    if package:
        found = found.filter(kind__startswith=f"{package}.")
    return sum(finish(item, by=by, outcome=outcome) for item in found)


def describe(item: WorkItem) -> Work:
    """What to call a piece of work. A kind that nobody describes is shown by its reason."""
    described = _said_by_packages("describe").get(item.kind)
    return described(item) if described else Work(item.because or item.kind)


def ends_by(item: WorkItem) -> str:
    """What has to be done before this piece of work ends; empty where whoever has it may say so herself."""
    act = _said_by_packages("ends_by").get(item.kind)
    return act(item) if act else ""


def hers_alone(item: WorkItem) -> str:
    """Why this lies with its owner and nobody else; empty for what anybody of the team may take."""
    return str(_said_by_packages("hers_alone").get(item.kind, "")) if item.owner_id else ""


def of_anybody(items):
    """Those of these that whoever is there may do."""
    return items.exclude(kind__in=_said_by_packages("hers_alone"))


def unsent(item: WorkItem) -> Effect | None:
    """What could not be sent, where that is what the work is about and a person has not judged it yet."""
    if item.kind != "outbox.effect" or item.done_at:
        return None
    return Effect.objects.filter(pk=item.subject_id, state__in=Effect.NEEDS_PERSON, emptied_at=None).first()


def place_of(subject_kind: str, subject_id: UUID | None) -> str:
    """The page on which something about this subject is done; empty where there is none."""
    place = _said_by_packages("places").get(subject_kind)
    return place(subject_id) if place else ""


def name_of(subject_kind: str, subject_id: UUID | None, user: User) -> str:
    """What this subject is called; empty where nobody names it, or where she may not see it."""
    name = _said_by_packages("names").get(subject_kind)
    return name(subject_id, user) if name else ""


@cache
def _said_by_packages(name: str) -> dict[str, Callable[[Any], Any]]:
    found: dict[str, Callable[[Any], Any]] = {}
    for config in apps.get_app_configs():
        if config.name != "clients" and module_has_submodule(config.module, "work"):
            found |= getattr(import_module(f"{config.name}.work"), name, {})
    return found


def _press(item: WorkItem, fresh: WorkItem) -> bool:
    """Raise an open item's urgency and bring its promise forward. Whether that changed anything."""
    urgency, promised_at = fresh.urgency, fresh.promised_at
    because = fresh.because if urgency > item.urgency else ""
    sooner = Q(promised_at__gt=promised_at) | Q(promised_at=None) if promised_at else Q(pk__in=[])
    pressed = WorkItem.objects.filter(Q(urgency__lt=urgency) | sooner, pk=item.pk).update(
        urgency=max(item.urgency, urgency),
        promised_at=min(filter(None, (item.promised_at, promised_at)), default=None),
        because=because or item.because,
        version=F("version") + 1,
    )
    item.refresh_from_db()
    return bool(pressed)


def _let_owner_see(item: WorkItem) -> None:
    secretary = getattr(item.owner, "secretary", None) if item.owner else None
    if secretary and item.client_id:
        access.grant(secretary, item.client_id, Access.Because.WORK, item.pk)


def _record(verb: str, item: WorkItem, by: User | None) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=item.client_id,
        subject=("clients.workitem", item.pk),
        detail={"kind": item.kind},
    )


def _announce(item: WorkItem, also: frozenset[UUID] | set[UUID] = frozenset()) -> None:
    concerned = audience.desk_or_firm(item.client_id)
    owner = {item.owner_id} if item.owner_id else set()
    live.announce("task.changed", item.pk, item.version, concerned | owner | also)
