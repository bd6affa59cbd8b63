"""Letters to be measured, written by the verbs that write them in production. Runs with Django.

What the load needs to know is printed as JSON.
"""

import json
import sys
import time
from uuid import UUID

from django.utils import timezone

from clients.models import Client, Correspondent, PostalAddress
from messages_app.letters import lettering, serial_making, serials
from messages_app.models import Letterhead, LetterTemplate, SerialLetter
from secretariat import outbox
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import User

BODY = "\n\n".join(
    "The lease of your premises ends with the quarter. We have looked at what was agreed, and propose "
    "to go on as before, for another three years and at the same rent."
    for _ in range(4)
)
SAMPLE = 20  # copies of which the files are read back


def write(letters: int, copies: int) -> None:
    """So many letters of the first client, and one to as many people of her address book, all looked at."""
    at, client = timezone.now(), Client.objects.order_by("id").first()
    by = User.objects.get(email="secretary0@bench.example")
    Letterhead.objects.create(
        client=client, name=client.name, lines="12 Mill Lane\nBath BA1 2QH", needs_approval=False
    )
    written = [str(_letter(client, number, by=by, at=at).pk) for number in range(letters)]
    people = Correspondent.objects.bulk_create(
        Correspondent(client=client, name=f"Dana Reyes {number}", firm=f"Reyes {number} Ltd")
        for number in range(copies)
    )
    PostalAddress.objects.bulk_create(
        PostalAddress(
            client=client,
            correspondent=person,
            street=f"{number} Mill Lane",
            city="Bath",
            postcode="BA1 2QH",
            country="GB",
        )
        for number, person in enumerate(people, 1)
    )
    template = LetterTemplate.objects.create(
        client=client,
        name="We move",
        subject="Your lease, {firm}",
        salutation="Dear {name},",
        body=BODY,
        closing="Yours sincerely,",
    )
    serial = serials.begin(client, people, by=by, at=at, template=template)
    serial_making.look(list(serial.copies.values_list("pk", flat=True)))
    while outbox.drain("cpu"):  # the looks that were asked for; nothing is left of them
        pass
    json.dump({"letters": written, "serial": str(serial.pk)}, sys.stdout)


def _letter(client: Client, number: int, *, by, at):
    letter = lettering.begin(client, by=by, at=at)
    newest = lettering.newest_of(letter)
    words = {name: getattr(newest, name) for name in lettering.WORDS}
    words |= {"name": f"Dana Reyes {number}", "street": f"{number} Mill Lane", "city": "Bath"}
    words |= {"postcode": "BA1 2QH", "subject": f"Lease {number}", "salutation": "Dear Ms Reyes,"}
    lettering.save(letter, words | {"body": BODY}, version=letter.version, by=by, at=at)
    return letter


def release(serial_id: str) -> None:
    """They may be posted: from here on the copies wait to be set."""
    serial = SerialLetter.objects.get(pk=UUID(serial_id))
    serials.release(serial, version=serial.version, by=serial.written_by, at=timezone.now())


def work() -> None:
    """Set copies for as long as the standard input is open; a line says that it has begun."""
    import select

    from messages_app.letters import typesetting  # noqa: F401  read before the first copy waits

    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        if not outbox.drain("cpu"):
            time.sleep(0.05)


def kept(serial_id: str) -> None:
    """The files of some copies as they lie there, with the hash that was written down."""
    letters = SerialLetter.objects.get(pk=UUID(serial_id)).copies.order_by("number")[:SAMPLE]
    files = MediaFile.objects.in_bulk([letter.media_id for letter in letters])
    told = [
        {"sha256": letter.sha256, "paper": b"".join(storing.read(files[letter.media_id])).hex()}
        for letter in letters
    ]
    json.dump(told, sys.stdout)
