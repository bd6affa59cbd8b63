"""A file becomes entries of the address book, once somebody has seen what would become of each; and back.

Reading writes nothing into the book. What is done is judged again under the client's lock, so that two files,
or a file and a call, never make one person twice. Whatever was written for a file is named in its rows, and
all of it can be taken back; somebody who has been rung or written to since stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from clients.models import (
    AddressImport,
    Client,
    Correspondent,
    CorrespondentAddress,
    ImportedAddress,
    PostalAddress,
)
from secretariat import ledger
from secretariat.ids import uuid7

from . import reading
from .entries import PLACE, Entry
from .matching import Book, Judgement, Person, Verdict, place_of

A_BATCH = 1_000
State = AddressImport.State


class NotAsSeen(Exception):
    """Somebody has done, or taken back, or dropped it meanwhile."""


@dataclass(frozen=True)
class TakenBack:
    """How many people went, and how many that were new stay because they have been needed since."""

    gone: int
    stay: int


@transaction.atomic
def read(
    client: Client, content: bytes, *, name: str, by, at: datetime, meant: Mapping[str, str] | None = None
) -> AddressImport:
    """Keep what a file says and what would become of it. `meant`: of columns, by somebody's word.

    Raises reading.Unreadable.
    """
    kind, entries = reading.read(content, home=client.country, meant=meant)
    made = AddressImport.objects.create(client=client, kind=kind, name=name[:120], made_by=by, made_at=at)
    rows = [
        ImportedAddress(client=client, of=made, place=each.place, read=each.as_row(), verdict=Verdict.NEW)
        for each in entries
    ]
    _judge(book_of(client), rows)
    ImportedAddress.objects.bulk_create(rows, batch_size=A_BATCH)
    _record("clients.addresses.read", made, by)
    return made


@transaction.atomic
def do(made: AddressImport, choices: dict[UUID, str], *, version: int, by, at: datetime) -> None:
    """Write it into the book. `choices` say of clashing entries what becomes of each. Raises NotAsSeen.

    Without a word about it a clashing entry is left out.
    """
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=made.client_id)
    _move(made, State.READ, State.DONE, version=version, done_at=at)
    rows = list(made.entries.order_by("place"))
    for row in rows:
        row.choice = choices.get(row.pk, "")
    taken = _judge(book_of(made.client), rows)
    _write(made, taken, at)
    fields = ["verdict", "because", "known", "earlier", "choice", "correspondent", "wrote"]
    ImportedAddress.objects.bulk_update(rows, fields, batch_size=A_BATCH)
    _record("clients.addresses.imported", made, by)


@transaction.atomic
def drop(made: AddressImport, *, version: int, by) -> None:
    """What was read and not written is forgotten. Raises NotAsSeen."""
    _record("clients.addresses.dropped", made, by)
    if not AddressImport.objects.filter(pk=made.pk, state=State.READ, version=version).delete()[0]:
        raise NotAsSeen


@transaction.atomic
def undo(made: AddressImport, *, version: int, by, at: datetime) -> TakenBack:
    """Take everything back that was written for it. Raises NotAsSeen.

    Who was new and has been rung, written to or changed since stays, as do numbers that somebody added.
    """
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=made.client_id)
    _move(made, State.DONE, State.UNDONE, version=version, undone_at=at)
    rows = list(made.entries.exclude(wrote={}))
    new = {row.correspondent_id: row for row in rows if row.wrote.get("made") and row.correspondent_id}
    addresses = [UUID(key) for row in rows for key in row.wrote.get("addresses", ())]
    places = [UUID(row.wrote["place"]) for row in rows if row.wrote.get("place")]
    needed = _needed(new, addresses, places)
    stays = {row.pk for key, row in new.items() if key in needed}
    _unwrite([row for row in rows if row.pk not in stays and row.correspondent_id not in needed])
    gone = Correspondent.objects.filter(pk__in=new.keys() - needed)
    count = gone.count()
    gone.delete()
    _record("clients.addresses.taken_back", made, by)
    return TakenBack(gone=count, stay=len(stays))


def book_of(client: Client) -> Book:
    """Everybody in the client's address book, as the rules read her."""
    people = {
        key: Person(key, name, firm)
        for key, name, firm in Correspondent.objects.filter(client=client)
        .order_by("created_at", "pk")
        .values_list("pk", "name", "firm")
    }
    numbers = CorrespondentAddress.objects.filter(client=client)
    for key, kind, value in numbers.values_list("correspondent", "kind", "value"):
        people[key].addresses.add((kind, value))
    for row in PostalAddress.objects.filter(client=client):
        people[row.correspondent_id].places.add(place_of(row))
    return Book(people.values())


def _judge(book: Book, rows: Iterable[ImportedAddress]) -> list:
    """Put into each row what was found, and return those that are taken: row, entry, judgement, person."""
    taken = []
    for row in rows:
        entry = row.entry
        found = book.judge(entry)
        row.verdict, row.because = found.verdict, found.because
        key = found.person.key if found.person else None
        row.known_id = key if isinstance(key, UUID) else None
        row.earlier = key if isinstance(key, int) else None
        person = book.take(entry, found, row.choice)
        if person is not None:
            taken.append((row, entry, found, person))
    return taken


def _write(made: AddressImport, taken: list, at: datetime) -> None:
    people, addresses, places, filled = [], [], [], []
    made_for: dict[int, UUID] = {}  # place in the file → who was made for it
    for row, entry, found, person in taken:
        is_new = person.key == entry.place
        if is_new:
            made_for[entry.place] = uuid7()
            people.append(
                Correspondent(
                    pk=made_for[entry.place],
                    client_id=made.client_id,
                    name=entry.name,
                    firm=entry.firm,
                    created_at=at,
                )
            )
        key = person.key if isinstance(person.key, UUID) else made_for[person.key]
        hers = [
            CorrespondentAddress(client_id=made.client_id, correspondent_id=key, kind=kind, value=value)
            for kind, value in found.adds
        ]
        place = _place(made, key, entry, at) if _adds_place(entry, found, is_new) else None
        fills = {} if is_new else {name: getattr(entry, name) for name in found.fills}
        row.correspondent_id = key
        row.wrote = {
            "made": is_new,
            "addresses": [str(each.pk) for each in hers],
            "place": str(place.pk) if place else "",
            "filled": fills,
        }
        addresses += hers
        places += [place] if place else []
        filled += [(key, fills)] if fills else []
    Correspondent.objects.bulk_create(people, batch_size=A_BATCH)
    CorrespondentAddress.objects.bulk_create(addresses, batch_size=A_BATCH)
    PostalAddress.objects.bulk_create(places, batch_size=A_BATCH)
    for key, fills in filled:
        Correspondent.objects.filter(pk=key).update(**fills)


def _adds_place(entry: Entry, found: Judgement, is_new: bool) -> bool:
    return entry.has_place if is_new else found.adds_place


def _place(made: AddressImport, key: UUID, entry: Entry, at: datetime) -> PostalAddress:
    where = {name: getattr(entry, name) for name in PLACE}
    return PostalAddress(client_id=made.client_id, correspondent_id=key, noted_at=at, **where)


def _needed(new: dict[UUID, ImportedAddress], addresses: list[UUID], places: list[UUID]) -> set[UUID]:
    """Of these new people those who are no longer only what the file said.

    Whatever points at a correspondent, on whichever floor, counts, but what was written for the file itself.
    """
    found: set[UUID] = set()
    pointers = (each for each in Correspondent._meta.get_fields(include_hidden=True) if each.one_to_many)
    for relation in pointers:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(new)})
        if relation.related_model is CorrespondentAddress:
            rows = rows.exclude(pk__in=addresses)
        elif relation.related_model is PostalAddress:
            rows = rows.exclude(pk__in=places)
        elif relation.related_model is ImportedAddress:
            rows = rows.exclude(of__in={row.of_id for row in new.values()}).exclude(wrote={})
        found |= set(rows.values_list(relation.field.attname, flat=True))
    for person in Correspondent.objects.filter(pk__in=new):
        entry = new[person.pk].entry
        changed = (person.name, person.firm) != (entry.name, entry.firm)
        if changed or person.vip or person.blocked or person.note or person.pronunciation:
            found.add(person.pk)
    return found & set(new)


def _unwrite(rows: list[ImportedAddress]) -> None:
    addresses = [key for row in rows for key in row.wrote.get("addresses", ())]
    places = [row.wrote["place"] for row in rows if row.wrote.get("place")]
    CorrespondentAddress.objects.filter(pk__in=addresses).delete()
    PostalAddress.objects.filter(pk__in=places).delete()
    for row in rows:
        for name, said in row.wrote.get("filled", {}).items():
            Correspondent.objects.filter(pk=row.correspondent_id, **{name: said}).update(**{name: ""})


def _move(made: AddressImport, came_from: str, to: str, *, version: int, **facts) -> None:
    rows = AddressImport.objects.filter(pk=made.pk, state=came_from, version=version)
    if not rows.update(state=to, version=F("version") + 1, **facts):
        raise NotAsSeen
    made.refresh_from_db()


def _record(verb: str, made: AddressImport, by) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=made.client_id,
        subject=("clients.addressimport", made.pk),
        detail={"entries": made.entries.count()},
    )
