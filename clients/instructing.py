"""The client tells us what to do: written, changed, withdrawn. No version is ever overwritten."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from secretariat import ledger, live
from secretariat.office.models import User

from . import audience
from .models import Client, Correspondent, Instruction

# The fields of Instruction that say what it is, besides the people it names.
WORDS = (
    "line",
    "callers",
    "numbers",
    "companies",
    "call_type",
    "action",
    "put_through_to",
    "directly",
    "in_meetings",
    "text",
    "from_at",
    "until_at",
    "weekdays",
    "from_time",
    "until_time",
)


class NoLongerSpeaks(Exception):
    """Somebody changed or withdrew this instruction meanwhile."""


@transaction.atomic
def write(
    client: Client, *, by: User, at: datetime, people: Iterable[Correspondent] = (), **words
) -> Instruction:
    """Write down a new instruction. `words` are the fields of Instruction that say what it is."""
    instruction = Instruction(client=client, written_by=by, written_at=at, **words)
    return _speak(instruction, people, verb="clients.instruction.written")


@transaction.atomic
def change(
    instruction: Instruction, *, by: User, at: datetime, people: Iterable[Correspondent] = (), **words
) -> Instruction:
    """Replace this version by a new one of the same series.

    Raises NoLongerSpeaks if it is not the version in force: the caller shows the new one first.
    """
    _silence(instruction, by, at)
    successor = Instruction(
        client_id=instruction.client_id, series=instruction.series, written_by=by, written_at=at, **words
    )
    return _speak(successor, people, verb="clients.instruction.changed")


@transaction.atomic
def withdraw(instruction: Instruction, *, by: User, at: datetime) -> None:
    """End an instruction. Its versions stay, with who and when. Raises NoLongerSpeaks as `change`."""
    _silence(instruction, by, at)
    _tell("clients.instruction.withdrawn", instruction, by)


@transaction.atomic
def restore(version: Instruction, *, by: User, at: datetime) -> Instruction:
    """Say again what an older version said, as a new version; withdrawn or not, it speaks from now on."""
    words = {name: getattr(version, name) for name in WORDS}
    speaking = versions(version).filter(replaced_at=None).first()
    if speaking:
        return change(speaking, by=by, at=at, people=version.people.all(), **words)
    again = Instruction(
        client_id=version.client_id, series=version.series, written_by=by, written_at=at, **words
    )
    return _speak(again, version.people.all(), verb="clients.instruction.restored")


def versions(instruction: Instruction):
    """All versions of its series, the newest first."""
    return Instruction.objects.filter(series=instruction.series, client_id=instruction.client_id)


def _silence(instruction: Instruction, by: User, at: datetime) -> None:
    speaking = Instruction.objects.filter(pk=instruction.pk, replaced_at=None)
    if not speaking.update(replaced_at=at, replaced_by=by):
        raise NoLongerSpeaks(f"instruction {instruction.pk} was replaced")


def _speak(instruction: Instruction, people: Iterable[Correspondent], *, verb: str) -> Instruction:
    instruction.save(force_insert=True)
    instruction.people.set(people)
    _tell(verb, instruction, instruction.written_by)
    return instruction


def _tell(verb: str, instruction: Instruction, by: User | None) -> None:
    Client.objects.filter(pk=instruction.client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=instruction.client_id)
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=instruction.client_id,
        subject=("clients.instruction", instruction.pk),
        detail={"series": instruction.series, "action": instruction.action, "callers": instruction.callers},
    )
    concerned = audience.desk(instruction.client_id) | audience.portal(instruction.client_id)
    live.announce("instructions.changed", instruction.client_id, version, concerned)
