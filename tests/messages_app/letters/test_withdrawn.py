"""A letter to many is withdrawn once some of its copies have had a way of their own."""

from clients import work
from clients.models import Correspondent, PostalAddress, WorkItem
from messages_app.letters import serial_making, serials
from messages_app.models import Letter, Letterhead, LetterTemplate
from secretariat import clock

from .deeds import does

PLACE = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "country": "GB"}


def open_work() -> set[str]:
    return set(WorkItem.objects.open().values_list("kind", flat=True))


def test_the_work_of_its_copies_ends_with_it_and_what_was_posted_is_seen_to(office, okafor, desk):
    for name in ("Ravi Patel", "Kim Shaw"):
        person = Correspondent.objects.create(client=okafor.row, name=name, firm="Harlow & Sons")
        PostalAddress.objects.create(client=okafor.row, correspondent=person, **PLACE)
    Letterhead.objects.update(needs_approval=False)
    LetterTemplate.objects.update(body="From January we are in Mill Lane.")
    said = {"by": office.priya.user, "at": clock.now(), "template": LetterTemplate.objects.get()}
    serial = serials.begin(okafor.row, Correspondent.objects.order_by("name"), **said)
    office.settle()
    does(desk, "letters-serial-release", serial)
    assert serial.state == "making"
    posted, ready, given_back = serial.copies.order_by("number")
    assert serial_making.make([posted.pk, ready.pk]) == 2
    Letterhead.objects.update(name="x" * 120, lines="\n".join("line" for _ in range(60)))
    office.settle()
    does(desk, "letters-posted", posted, kind="standard", postage="0.85")
    does(desk, "letters-came-back", posted, because="Moved away")
    # As the carrier leaves it with one that it has not taken, or that was cancelled in time.
    work.open_item("letters.to_post", subject=("messages_app.letter", ready.pk), client=okafor.row)
    kinds = {"letters.change", "letters.to_post", "letters.returned", "letters.serial_to_post"}
    assert open_work() == kinds
    does(desk, "letters-serial-withdraw", serial)
    states = dict(Letter.objects.values_list("pk", "state"))
    assert states == {posted.pk: "returned", ready.pk: "withdrawn", given_back.pk: "withdrawn"}
    assert open_work() == {"letters.returned"}
