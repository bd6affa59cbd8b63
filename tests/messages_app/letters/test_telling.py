"""Where no mail tells the client that a letter waits for her word, somebody has the work to tell her."""

from django.core import mail as postbox
from django.urls import reverse

from clients import work
from clients.models import Contact, ContactAddress, Correspondent, Suppression, WorkItem
from messages_app.letters import serial_making, serials
from messages_app.models import LetterTemplate
from secretariat import clock

from .deeds import does, is_whole


def untold() -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind="letters.not_told"))


def test_where_no_owner_has_a_mailbox_somebody_tells_her_otherwise(office, desk, portal, letter):
    ContactAddress.objects.all().delete()
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    office.settle()
    assert not postbox.outbox
    [item] = untold()
    assert item.because == "The client could not be told that a letter waits for her word."
    assert work.describe(item).url == reverse("letters-letter", args=[letter.pk])
    does(portal, "letters-portal-agree", letter, number=1)
    assert not untold()
    assert WorkItem.objects.open().get().kind == "letters.to_post"


def test_where_every_mailbox_takes_no_mail_somebody_tells_her_and_one_is_enough(
    office, okafor, desk, portal, letter
):
    zoe = office.contact(okafor, "Zoe", standing=Contact.Standing.OWNER)
    stopped(okafor.owner.user.email)
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    office.settle()
    assert [each.to for each in postbox.outbox] == [[zoe.user.email]]
    assert not untold()
    does(portal, "letters-portal-change", letter, number=1, words="Say until when.")
    stopped(zoe.user.email)
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    office.settle()
    assert [each.subject_id for each in untold()] == [letter.pk]
    is_whole(desk, letter)  # taken back, and written on
    assert not untold()


def test_of_a_letter_to_many_as_well(office, okafor, desk, portal):
    ContactAddress.objects.all().delete()
    moves = LetterTemplate.objects.create(
        client=okafor.row, name="We move", subject="We move", body="In May."
    )
    people = Correspondent.objects.all()
    serial = serials.begin(okafor.row, people, by=office.priya.user, at=clock.now(), template=moves)
    serial_making.look(list(serial.copies.values_list("pk", flat=True)))
    does(desk, "letters-serial-ask", serial)
    [item] = untold()
    assert work.describe(item).url == reverse("letters-serial", args=[serial.pk])
    does(portal, "letters-portal-serial-change", serial, words="Friendlier")
    assert not untold()


def stopped(address) -> None:
    because = Suppression.Because.STOP
    Suppression.objects.create(channel="email", address=address, because=because, since=clock.now())
