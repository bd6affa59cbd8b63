"""A worker is killed in the midst of a serial letter: whoever goes on sets each copy once, and all of them.

A real process, killed by SIGKILL at an exact place.
"""

import hashlib
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from clients.models import Correspondent, PostalAddress, WorkItem
from messages_app.letters import serials
from messages_app.models import Letter, Letterhead, LetterTemplate, SerialLetter
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox.models import Effect
from tests.killing import Place, works_and_is_killed

from . import paper

pytestmark = pytest.mark.slow
THIRD = 3
NAMES = ["Dana Reyes", "Ravi Patel", "Lena Brook", "Tom Whitaker", "Amina Yusuf"]
MAKING = "messages_app.letters.serial_making"
PLACES = {
    "before anything is set": Place(f"{MAKING}.make", 1, "before"),
    "a copy is set, and not kept": Place("messages_app.letters.typesetting.Press.pdf", THIRD, "after"),
    "its paper is on the disk, and no row": Place("secretariat.media.store", THIRD, "after"),
    "its row is written, and not committed": Place(f"{MAKING}._set", THIRD, "after"),
    "two are kept, and the next is not begun": Place(f"{MAKING}._set", THIRD, "before"),
    "all are set, and nobody has said so": Place(f"{MAKING}.make", 1, "after"),
    "they are all to be posted, and its effect is not marked": Place(f"{MAKING}.finish", 1, "after"),
}


@pytest.fixture
def serial(office, transactional_db):
    """To five people, released, and still to be set."""
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB")
    Letterhead.objects.create(
        client=okafor.row, name="Okafor Legal", signer="Ada Okafor", needs_approval=False
    )
    template = LetterTemplate.objects.create(
        client=okafor.row, name="We move", subject="We move", salutation="Dear {name},", body="To Bath."
    )
    place = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "country": "GB"}
    for name in NAMES:
        person = Correspondent.objects.create(client=okafor.row, name=name)
        PostalAddress.objects.create(client=okafor.row, correspondent=person, **place)
    desk = office.browser(office.secretary("Priya", okafor))
    desk.post(reverse("letters-serial-new"), {"client": okafor.row.pk, "template": template.pk})
    office.settle()
    made = SerialLetter.objects.get()
    desk.post(reverse("letters-serial-release", args=[made.pk]), {"version": made.version})
    made.refresh_from_db()
    assert made.state == "making"
    return made


@pytest.mark.parametrize("place", PLACES)
def test_whoever_goes_on_sets_each_copy_once(office, serial, place):
    works_and_is_killed(PLACES[place], Effect.Queue.CPU)
    left = Effect.objects.get(kind=serials.MAKE)
    assert left.state == "leased"
    before = dict(Letter.objects.exclude(media_id=None).values_list("pk", "media_id"))
    assert len(before) < len(NAMES) or place.startswith(("all", "they"))

    Effect.objects.filter(pk=left.pk).update(leased_until=Now() - timedelta(seconds=1))
    office.settle()
    office.passes(10)
    serial.refresh_from_db()
    copies = list(serial.copies.select_related("correspondent"))
    assert (serial.state, {each.state for each in copies}) == ("ready", {"ready"})
    assert before.items() <= {each.pk: each.media_id for each in copies}.items()  # what was set stays
    assert MediaFile.objects.count() == len(NAMES)
    for letter in copies:
        kept = b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id)))
        assert hashlib.sha256(kept).hexdigest() == letter.sha256
        words = " ".join(each.text for each in paper.lines(kept))
        assert [name for name in NAMES if name in words] == [letter.correspondent.name]
    assert WorkItem.objects.open().filter(kind="letters.serial_to_post").count() == 1
