"""On-call lists: read as they stood at a moment, written, changed, withdrawn. No version is overwritten."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, F, Q, UUIDField

from secretariat import ledger, live
from secretariat.office.models import User
from secretariat.one_trip.asking import Given, Part, Question, rows

from . import audience
from .models import Client, Contact, OnCallList, OnCallPlace, OnCallReplacement
from .on_call import Replacement, Roster, on_call
from .windows import Window

# The fields of OnCallList that say what it is, besides its people.
WORDS = ("name", "turns", "changes_over", "since", "from_time", "until_time")


class NoLongerHolds(Exception):
    """Somebody changed or withdrew this list meanwhile."""


@dataclass(frozen=True)
class Standing:
    """One list at one moment, for a page: whom it puts on call, and until when."""

    name: str
    people: list[Contact]
    until_at: datetime | None


def questions(client, at) -> dict[str, Part]:
    """What rosters are read from, for a Question that is given a client and a moment."""
    ended = Q(ended_at=None) | Q(ended_at__gt=at)
    others = OnCallReplacement.objects.filter(ended, client=client, written_at__lte=at, until_at__gt=at)
    return {
        "on_call_lists": rows(OnCallList.objects.filter(client=client).speaking_at(at)),
        "on_call_replacements": rows(others),
        "on_call_places": rows(OnCallPlace.objects.filter(client=client)),
    }


def from_rows(told: dict, *, zone: str, gone: Iterable[UUID] = ()) -> tuple[Roster, ...]:
    """The rosters of what `questions` asked; `gone` are the people who have left."""
    order: dict[UUID, list[UUID]] = {}
    for place in told["on_call_places"]:
        order.setdefault(place.on_call_list_id or place.replacement_id, []).append(place.contact_id)
    return tuple(
        Roster(
            series=row.series,
            name=row.name,
            zone=zone,
            people=tuple(order.get(row.pk, ())),
            since=row.since,
            turns=row.turns,
            changes_over=row.changes_over,
            hours=Window(begins=row.from_time, ends=row.until_time),
            replacements=tuple(
                Replacement(each.from_at, each.until_at, tuple(order.get(each.pk, ())), each.written_at)
                for each in told["on_call_replacements"]
                if each.series == row.series
            ),
            gone=frozenset(gone),
        )
        for row in told["on_call_lists"]
    )


def rosters(client: Client, *, at: datetime) -> tuple[Roster, ...]:
    """Every list of this client, as it stood at `at`. One query."""
    return _with_people(client, at)[0]


def standing(client: Client, *, at: datetime) -> list[Standing]:
    """Who is on call at `at` by each of the client's lists. One query."""
    found, people = _with_people(client, at)
    return standing_of(found, [each for each in people.values() if each.is_active], at=at)


def standing_of(found: Iterable[Roster], people: Iterable[Contact], *, at: datetime) -> list[Standing]:
    """The same of lists and `people`, those who are still there, that were read already."""
    known = {each.pk: each for each in people}
    told = [on_call(dataclasses.replace(each, gone=each.named - known.keys()), at) for each in found]
    return [Standing(each.name, [known[who] for who in each.people], each.until_at) for each in told]


def _with_people(client: Client, at: datetime):
    told = _TOLD.ask(client=client.pk, at=at)
    people = {each.pk: each for each in told["people"]}
    gone = [each.pk for each in people.values() if not each.is_active]
    return from_rows(told, zone=client.zone, gone=gone), people


def _questions():
    client, at = Given("client", UUIDField()), Given("at", DateTimeField())
    return questions(client, at) | {"people": rows(Contact.objects.filter(client=client))}


_TOLD = Question(_questions)


@transaction.atomic
def write(client: Client, *, people: Sequence[Contact], by: User, at: datetime, **words) -> OnCallList:
    """A new list. `people` in their order; `words` are the fields of OnCallList that say what it is."""
    row = OnCallList(client=client, written_by=by, written_at=at, **words)
    return _hold(row, people, verb="clients.on_call.written")


@transaction.atomic
def change(row: OnCallList, *, people: Sequence[Contact], by: User, at: datetime, **words) -> OnCallList:
    """Replace this version by a new one. Raises NoLongerHolds if it is not the version that holds."""
    _end(row, by, at)
    successor = OnCallList(client_id=row.client_id, series=row.series, written_by=by, written_at=at, **words)
    return _hold(successor, people, verb="clients.on_call.changed")


@transaction.atomic
def withdraw(row: OnCallList, *, by: User, at: datetime) -> None:
    """End a list. Its versions stay, with who and when. Raises NoLongerHolds as `change`."""
    _end(row, by, at)
    _tell("clients.on_call.withdrawn", row, by)


@transaction.atomic
def restore(version: OnCallList, *, by: User, at: datetime) -> OnCallList:
    """What an older version said holds again, as a new version; that of now, if there is one, ends."""
    people = [place.contact for place in version.places.select_related("contact")]
    words = {name: getattr(version, name) for name in WORDS}
    holding = OnCallList.objects.filter(series=version.series, replaced_at=None).first()
    if holding:
        return change(holding, people=people, by=by, at=at, **words)
    again = OnCallList(
        client_id=version.client_id, series=version.series, written_by=by, written_at=at, **words
    )
    return _hold(again, people, verb="clients.on_call.restored")


@transaction.atomic
def replace(
    row: OnCallList, *, people: Sequence[Contact], from_at: datetime, until_at: datetime, by: User, at
) -> OnCallReplacement:
    """For a while these are on call in the place of all of the list's; the newest of two wins."""
    made = OnCallReplacement.objects.create(
        client_id=row.client_id,
        series=row.series,
        from_at=from_at,
        until_at=until_at,
        written_by=by,
        written_at=at,
    )
    _order(people, row.client_id, replacement=made)
    _tell("clients.on_call.replaced", row, by)
    return made


@transaction.atomic
def take_back(replacement: OnCallReplacement, *, by: User, at: datetime) -> bool:
    """The list's own people are on call again. False if it was taken back already."""
    standing = OnCallReplacement.objects.filter(pk=replacement.pk, ended_at=None)
    if not standing.update(ended_at=at):
        return False
    _tell("clients.on_call.replacement_taken_back", replacement, by)
    return True


def _end(row: OnCallList, by: User, at: datetime) -> None:
    holding = OnCallList.objects.filter(pk=row.pk, replaced_at=None)
    if not holding.update(replaced_at=at, replaced_by=by):
        raise NoLongerHolds(f"on-call list {row.pk} was replaced")


def _hold(row: OnCallList, people: Sequence[Contact], *, verb: str) -> OnCallList:
    row.save(force_insert=True)
    _order(people, row.client_id, on_call_list=row)
    _tell(verb, row, row.written_by)
    return row


def _order(people: Sequence[Contact], client_id, **of) -> None:
    OnCallPlace.objects.bulk_create(
        OnCallPlace(client_id=client_id, contact=person, rank=rank, **of)
        for rank, person in enumerate(people)
    )


def _tell(verb: str, row: OnCallList | OnCallReplacement, by: User | None) -> None:
    Client.objects.filter(pk=row.client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=row.client_id)
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=row.client_id,
        subject=(row._meta.label_lower, row.pk),
        detail={"series": row.series},
    )
    concerned = audience.desk(row.client_id) | audience.portal(row.client_id)
    live.announce("instructions.changed", row.client_id, version, concerned)
