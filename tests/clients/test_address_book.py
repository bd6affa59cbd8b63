"""A file of addresses from its reading, through what is decided of clashes, to taking it back whole."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import (
    AddressImport,
    Correspondent,
    CorrespondentAddress,
    ImportedAddress,
    PostalAddress,
    WorkRecord,
)
from messages_app.letters import lettering
from secretariat import clock
from secretariat.ledger.models import LedgerEntry

TABLE = """Name,Company,Email,Phone,Street,City,Postcode,Country
Dana Reyes,Harlow,dana@harlow.example,,12 Mill Lane,Bath,BA1 2QH,UK
Ravi Patel,Mill Ltd,ravi@mill.example,,2 High Street,Leeds,LS1 1AA,
Ravi Patel,Mill Ltd,ravi@mill.example,020 7946 0958,,,,
Mrs Brill,,brill@brill.example,+44 20 7946 0111,,,,
,,nobody@x.example,,,,,
"""


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB")
    known = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=known, kind="email", value="dana@harlow.example"
    )
    other = Correspondent.objects.create(client=okafor.row, name="Mr Brillon")
    CorrespondentAddress.objects.create(
        client=okafor.row, correspondent=other, kind="phone", value="+442079460111"
    )
    return okafor


@pytest.fixture
def desk(office, okafor):
    return office.browser(office.secretary("Priya", okafor))


def read(desk, okafor, table=TABLE, name="book.csv"):
    file = SimpleUploadedFile(name, table.encode())
    answer = desk.post(reverse("letters-book-read", args=[okafor.row.pk]), {"file": file})
    assert answer.status_code == 303
    return AddressImport.objects.latest("pk")


def does(desk, address, made, **said):
    made.refresh_from_db()
    answer = desk.post(reverse(address, args=[made.pk]), {"version": made.version} | said)
    made.refresh_from_db()
    return answer


def held():
    return (
        set(Correspondent.objects.values_list("name", "firm")),
        set(CorrespondentAddress.objects.values_list("kind", "value")),
        PostalAddress.objects.count(),
    )


def test_what_is_read_is_shown_before_anything_is_written(desk, okafor):
    before = held()
    made = read(desk, okafor)
    assert held() == before
    verdicts = list(made.entries.values_list("verdict", flat=True))
    assert verdicts == ["fills", "new", "fills", "clash", "nobody"]
    page = desk.get(reverse("letters-book-import", args=[made.pk])).content.decode()
    assert "Nothing is written yet." in page
    assert "has the same number or mailbox, and another name" in page
    known = desk.get(reverse("letters-book-import", args=[made.pk]), {"show": "fills"}).content.decode()
    assert "The same as entry 2 of this file" in known
    assert LedgerEntry.objects.filter(verb="clients.addresses.read").count() == 1


def test_it_is_written_once_and_taken_back_whole(desk, okafor):
    before = held()
    made = read(desk, okafor)
    seen = made.version
    clash = ImportedAddress.objects.get(verdict="clash")
    does(desk, "letters-book-import", made, **{f"choice-{clash.pk}": "apart"})
    dana = Correspondent.objects.get(name="Dana Reyes")
    assert (dana.firm, dana.postal_addresses.get().city) == ("Harlow", "Bath")
    ravi = Correspondent.objects.get(name="Ravi Patel")
    assert {each.value for each in ravi.addresses.all()} == {"ravi@mill.example", "+442079460958"}
    brill = Correspondent.objects.get(name="Mrs Brill")
    assert [each.value for each in brill.addresses.all()] == ["brill@brill.example"]
    after = held()
    desk.post(reverse("letters-book-import", args=[made.pk]), {"version": seen})  # a second click
    assert held() == after
    does(desk, "letters-book-undo", made)
    assert made.state == "undone"
    assert held() == before


def test_the_same_file_again_adds_nobody(desk, okafor):
    does(desk, "letters-book-import", read(desk, okafor))
    after = held()
    again = read(desk, okafor)
    assert set(again.entries.values_list("verdict", flat=True)) == {"same", "clash", "nobody"}
    does(desk, "letters-book-import", again)
    assert held() == after


def test_who_was_written_to_since_stays_when_the_file_is_taken_back(office, desk, okafor):
    made = read(desk, okafor)
    does(desk, "letters-book-import", made)
    ravi = Correspondent.objects.get(name="Ravi Patel")
    letter = lettering.begin(okafor.row, by=made.made_by, at=clock.now(), correspondent=ravi)
    assert lettering.newest_of(letter).address.city == "Leeds"
    answer = desk.post(reverse("letters-book-undo", args=[made.pk]), {"version": made.version}, follow=True)
    assert "1 stays: it has been used or changed since." in answer.content.decode()
    assert Correspondent.objects.filter(name="Ravi Patel").exists()
    assert PostalAddress.objects.filter(correspondent=ravi).exists()
    assert Correspondent.objects.get(name="Dana Reyes").firm == ""


def test_a_file_that_is_none_is_refused_and_one_that_is_dropped_is_gone(desk, okafor):
    file = SimpleUploadedFile("book.csv", b"Colour,Size\nred,1\n")
    answer = desk.post(reverse("letters-book-read", args=[okafor.row.pk]), {"file": file})
    assert answer.status_code == 422
    assert "No column of this file has a caption that is known here: Colour, Size" in answer.content.decode()
    made = read(desk, okafor)
    answer = desk.post(reverse("letters-book-drop", args=[made.pk]), {"version": made.version})
    assert answer.status_code == 303
    assert not ImportedAddress.objects.exists()


def test_columns_of_captions_that_nobody_knows_are_explained_by_a_person(desk, okafor):
    """From a program of somebody's own: she is asked, what she said stays, and it is read by her word."""
    page = reverse("letters-book-read", args=[okafor.row.pk])
    table = b"Wer,Wo,Colour,E-Mail\nTom Hale,York,red,tom@hale.example\n"
    asked = desk.post(page, {"file": SimpleUploadedFile("book.csv", table)})
    assert asked.status_code == 422
    shown = asked.content.decode()
    assert "What stands in its columns" in shown
    assert [caption for caption, _said in asked.context["columns"]] == ["Wer", "Wo", "Colour", "E-Mail"]
    said = {"caption": ["Wer", "Wo", "Colour", "E-Mail"], "column": ["", "city", "nonsense", ""]}
    again = desk.post(page, said | {"file": SimpleUploadedFile("book.csv", table)})
    assert again.status_code == 422
    assert ("Wo", "city") in again.context["columns"]
    said["column"] = ["name", "city", "nonsense", ""]
    assert desk.post(page, said | {"file": SimpleUploadedFile("book.csv", table)}).status_code == 303
    entry = ImportedAddress.objects.get().entry
    assert (entry.name, entry.city, entry.mails) == ("Tom Hale", "York", ("tom@hale.example",))


def test_a_letter_is_addressed_from_the_book(desk, okafor):
    does(desk, "letters-book-import", read(desk, okafor))
    ravi = Correspondent.objects.get(name="Ravi Patel")
    listed = desk.get(reverse("letters-book", args=[okafor.row.pk]), {"q": "mill"}).content.decode()
    assert "Ravi Patel, Mill Ltd" in listed
    assert "2 High Street, LEEDS, LS1 1AA" in listed
    assert "Mr Brillon" not in listed
    begun = desk.get(reverse("letters-new"), {"client": okafor.row.pk, "to": ravi.pk}).content.decode()
    assert f'<option value="{ravi.pk}" selected>' in begun


BEGAN = re.compile(r'name="began" value="([^"]+)"')


def began(desk, address, *ids) -> str:
    """When the page was opened, as each of its forms says."""
    (moment,) = set(BEGAN.findall(desk.get(reverse(address, args=ids)).content.decode()))
    return moment


def test_the_seconds_of_reading_a_file_and_of_looking_through_it_are_kept(office, desk, okafor):
    moment = began(desk, "letters-book-read", okafor.row.pk)
    office.passes(20)
    file = SimpleUploadedFile("book.csv", TABLE.encode())
    desk.post(reverse("letters-book-read", args=[okafor.row.pk]), {"file": file, "began": moment})
    made = AddressImport.objects.get()
    for seconds, verb in ((90, "letters-book-import"), (35, "letters-book-undo")):
        moment = began(desk, "letters-book-import", made.pk)
        office.passes(seconds)
        does(desk, verb, made, began=moment)
    assert kept() == [20, 90, 35]
    does(desk, "letters-book-undo", made, began=moment)  # it is taken back
    assert kept() == [20, 90, 35]


def test_the_seconds_of_a_file_that_is_forgotten_are_kept(office, desk, okafor):
    made = read(desk, okafor)
    moment = began(desk, "letters-book-import", made.pk)
    office.passes(45)
    desk.post(reverse("letters-book-drop", args=[made.pk]), {"version": made.version, "began": moment})
    assert not AddressImport.objects.exists()
    assert kept() == [45]


def kept() -> list[float]:
    rows = WorkRecord.objects.order_by("started_at")
    return [(each.ended_at - each.started_at).total_seconds() for each in rows]
