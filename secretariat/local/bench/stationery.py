"""Letters: one set as a page asks for it, and one to a thousand people. Runs in a process with Django."""

import json
import sys
import time

from django.db import transaction
from django.utils import timezone

from clients.models import Client, Correspondent, PostalAddress
from messages_app import lettering, serials
from messages_app.models import Letterhead, LetterTemplate, SerialLetter
from secretariat.office.models import User

WORDS = "From January you find us in Mill Lane, above the bakery. " * 6
PATIENCE = 300.0  # seconds


@transaction.atomic
def write(people: int) -> SerialLetter:
    """A client with an address book and a letter to all of them."""
    client, by, at = (
        Client.objects.order_by("id").first(),
        User.objects.order_by("id").first(),
        timezone.now(),
    )
    Letterhead.objects.create(client=client, name="Okafor Legal", signer="Ada Okafor", needs_approval=False)
    template = LetterTemplate.objects.create(
        client=client,
        name="We move",
        subject="We move",
        salutation="Dear {name},",
        body=f"{WORDS}\n\n{WORDS}",
    )
    known = Correspondent.objects.bulk_create(
        Correspondent(client=client, name=f"Dana Reyes {number}") for number in range(people)
    )
    PostalAddress.objects.bulk_create(
        PostalAddress(
            client=client,
            correspondent=each,
            street="12 Mill Lane",
            city="Bath",
            postcode="BA1 2QH",
            country="GB",
        )
        for each in known
    )
    return serials.begin(client, known, by=by, at=at, template=template)


def measure(people: int, times: int) -> None:
    """Print the milliseconds of each single letter, and the seconds of all of them together."""
    began = time.perf_counter()
    serial = write(people)
    version = serials.newest_of(serial)[0]
    _until(lambda: not serials.counted(serial)["unseen"])
    looked = time.perf_counter() - began
    began = time.perf_counter()
    serial.refresh_from_db()
    serials.release(serial, version=serial.version, by=serial.written_by, at=timezone.now())
    _until(lambda: serials.counted(serial)["ready"] == people)
    made = time.perf_counter() - began
    single = []
    for _ in range(times + 1):
        began = time.perf_counter()
        lettering.pdf(version.letter, version)
        single.append((time.perf_counter() - began) * 1e3)
    json.dump({"single": single[1:], "looked": looked, "made": made}, sys.stdout)


def _until(holds) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the letters are not made")
        time.sleep(0.1)
