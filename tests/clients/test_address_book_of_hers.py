"""The client's own file of addresses, in the portal: looked at, decided, taken in, and taken back by her."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import AddressImport, Contact, Correspondent, ImportedAddress
from secretariat.ledger.models import LedgerEntry

from .test_address_book import does, held, okafor  # noqa: F401  found by its name

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Dana Reyes
EMAIL:dana@harlow.example
ADR:;;12 Mill Lane;Bath;;BA1 2QH;GB
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Mrs Brill
TEL:+442079460111
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Lena Brook
ADR:;;3 Low Road;Leeds;;LS1 1AA;GB
END:VCARD
"""


def reads(portal, content=CARDS, name="contacts.vcf"):
    file = SimpleUploadedFile(name, content.encode())
    return portal.post(reverse("letters-portal-book"), {"file": file})


def test_she_sees_what_would_become_of_each_decides_and_takes_it_back(office, okafor):  # noqa: F811
    portal = office.browser(okafor.owner)
    before = held()
    assert reverse("letters-portal-book") in portal.get(reverse("letters-portal")).content.decode()
    assert reads(portal).status_code == 303
    made = AddressImport.objects.get()
    assert (held(), made.made_by) == (before, okafor.owner.user)
    page = portal.get(reverse("letters-portal-book-import", args=[made.pk])).content.decode()
    assert "Nothing is written yet." in page
    assert "has the same number or mailbox, and another name" in page
    assert "Put 2 into the address book" in page
    assert reverse("letters-book", args=[okafor.row.pk]) not in page

    clash = ImportedAddress.objects.get(verdict="clash")
    does(portal, "letters-portal-book-import", made, **{f"choice-{clash.pk}": "apart"})
    assert set(Correspondent.objects.values_list("name", flat=True)) == {
        *("Dana Reyes", "Mr Brillon", "Mrs Brill", "Lena Brook")
    }
    assert Correspondent.objects.get(name="Dana Reyes").postal_addresses.get().city == "Bath"
    listed = portal.get(reverse("letters-portal-book")).content.decode()
    assert "4 people and firms stand in it" in listed
    assert "contacts.vcf" in listed
    desk = office.browser(office.secretary("Priya", okafor))
    assert "Lena Brook" in desk.get(reverse("letters-book", args=[okafor.row.pk])).content.decode()

    does(portal, "letters-portal-book-undo", made)
    assert (made.state, held()) == ("undone", before)
    done = LedgerEntry.objects.filter(verb__startswith="clients.addresses.")
    assert set(done.values_list("actor_id", flat=True)) == {okafor.owner.user.pk}
    assert done.count() == 3


def test_the_same_file_again_adds_nobody_and_may_be_forgotten(office, okafor):  # noqa: F811
    portal = office.browser(okafor.owner)
    reads(portal)
    does(portal, "letters-portal-book-import", AddressImport.objects.get())
    after = held()
    reads(portal)
    again = AddressImport.objects.latest("pk")
    assert set(again.entries.values_list("verdict", flat=True)) == {"same", "clash"}
    drop = reverse("letters-portal-book-drop", args=[again.pk])
    answer = portal.post(drop, {"version": again.version})
    assert answer.headers["Location"] == reverse("letters-portal-book")
    assert (held(), AddressImport.objects.count()) == (after, 1)


def test_a_file_that_is_none_is_refused_and_her_words_about_columns_stay(office, okafor):  # noqa: F811
    portal = office.browser(okafor.owner)
    assert "Nobody stands in this file." in reads(portal, "", "book.csv").content.decode()
    said = {"caption": ["Wer", "Wo"], "column": ["", "city"]}
    file = SimpleUploadedFile("book.csv", b"Wer,Wo\nTom Hale,York\n")
    answer = portal.post(reverse("letters-portal-book"), said | {"file": file})
    assert answer.status_code == 422
    assert ("Wo", "city") in answer.context["columns"]
    assert not AddressImport.objects.exists()


def test_of_two_clients_of_hers_each_has_files_of_its_own(office, okafor):  # noqa: F811
    """Whoever speaks for both finds a file where it was read, and not beside another client's people."""
    brill = office.client("Brill Dental", country="GB")
    Contact.objects.create(
        client=brill.row, name="Ngozi Okafor", standing=Contact.Standing.OWNER, user=okafor.owner.user
    )
    portal = office.browser(okafor.owner)
    portal.get(reverse("letters-portal-book"), {"client": okafor.row.pk})
    reads(portal)
    made = AddressImport.objects.get()
    there = reverse("letters-portal-book-import", args=[made.pk])
    assert portal.get(there).status_code == 200
    assert portal.get(there, {"client": brill.row.pk}).status_code == 404
