"""Print runs of several clients at once: one file to print, and each client's letters, costs and post apart.

What is printed together is a run for each client, which knows the others by `together` alone: who is billed,
what she may see and what goes wrong stays with each of them.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clients.models import Client
from messages_app.models import PrintRun
from secretariat.ids import uuid7
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import joining, printing


@transaction.atomic
def begin(clients: Iterable[Client], kind: str, *, by, at: datetime) -> list[PrintRun]:
    """A run of every letter that waits for each of these clients, all by the class `kind`.

    Raises printing.NotAsSeen where nothing waits any more.
    """
    together, runs = uuid7(), []
    for client in sorted(clients, key=lambda each: each.pk):  # each is locked: always in the same order
        waiting = printing.to_choose_from(client).order_by("number").values_list("pk", flat=True)
        if chosen := dict.fromkeys(waiting[: printing.MOST], kind):
            runs.append(printing.begin(client, chosen, by=by, at=at, together=together))
    if not runs:
        raise printing.NotAsSeen
    return runs


def with_it(run: PrintRun, runs):
    """Those of `runs` begun together with this one that were not dropped, by their clients' names."""
    found = runs.filter(together=run.together).exclude(state=PrintRun.State.DROPPED)
    return found.select_related("client").order_by("client__name", "number")


def paper(files: Iterable[UUID]) -> bytes:
    """One PDF of these files of runs, in their order."""
    held = MediaFile.objects.in_bulk(list(files))
    return joining.joined(b"".join(storing.read(held[each])) for each in files)
