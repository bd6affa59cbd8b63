"""An address book's file as it is read, and who in it is known. Pure tables; nothing of it may raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.address_book.entries import Entry, country_of
from clients.address_book.matching import Book, Person
from clients.address_book.reading import Unreadable, read

GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Value,"
    "Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country\r\n"
    'Dana,,Reyes,"Harlow, Sons",Dana@Harlow.example ::: d@harlow.example,020 7946 0958,"12 Mill Lane\n'
    'Flat 2",Bath,,BA1 2QH,UK\r\n'
)
OUTLOOK = (
    "Title;First Name;Last Name;Company;Business Street;Business City;Business Postal Code;"
    "Business Country/Region;Home Street;Home City;E-mail Address;Mobile Phone\n"
    ";Jörg;Groß;Groß GmbH;Hauptstraße 1;Köln;50667;Deutschland;"
    "Am Rhein 2;Bonn;joerg@gross.example;+49 221 123456\n"
)
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Reyes;Dana;;Dr.;\r\nFN:Dr. Dana Reyes\r\nORG:Harlow\\; Sons;Sales\r\n"
    "item1.TEL;type=WORK:020 7946 0958\r\nEMAIL;TYPE=INTERNET:Dana@Harlow.example\r\n"
    "ADR;TYPE=HOME:;;1 Home Road;Bristol;;BS1 1AA;England\r\n"
    "ADR;TYPE=WORK:;;12 Mill\r\n  Lane;Bath;;BA1 2QH;United Kingdom\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=C3=9F;J=C3=B6rg\n"
    "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Hauptstra=C3=9Fe=\n 1;K=C3=B6ln;;50667;Germany\nEND:VCARD\n"
)


def test_a_table_of_google_s():
    kind, (dana,) = read(GOOGLE.encode("utf-8-sig"), home="GB")
    assert kind == "csv"
    assert (dana.name, dana.firm, dana.phones) == ("Dana Reyes", "Harlow, Sons", ("+442079460958",))
    assert dana.mails == ("dana@harlow.example", "d@harlow.example")
    assert (dana.street, dana.city, dana.postcode) == ("12 Mill Lane\nFlat 2", "Bath", "BA1 2QH")
    assert dana.country == "GB"
    assert dana.doubts == ()


def test_a_table_of_outlook_s_in_an_old_encoding_takes_the_firm_s_address():
    _kind, (joerg,) = read(OUTLOOK.encode("cp1252"), home="GB")
    assert (joerg.name, joerg.city, joerg.country) == ("Jörg Groß", "Köln", "DE")
    assert joerg.phones == ("+49221123456",)


def test_cards_of_every_age():
    kind, (dana, joerg) = read(CARDS.encode(), home="GB")
    assert kind == "vcard"
    assert (dana.name, dana.firm) == ("Dr. Dana Reyes", "Harlow; Sons")
    assert (dana.street, dana.city, dana.country) == ("12 Mill Lane", "Bath", "GB")
    assert (joerg.name, joerg.street, joerg.city, joerg.country) == (
        "Jörg Groß",
        "Hauptstraße 1",
        "Köln",
        "DE",
    )


def test_what_cannot_be_kept_as_it_stands_is_said():
    table = f"Name,Phone,Email,Street,City,Country\n{'x' * 130},none,dana at harlow,1 Road,Bath,Atlantis\n"
    _kind, (entry,) = read(table.encode(), home="GB")
    assert [code for code, _said in entry.doubts] == ["name_cut", "country", "phone", "mail"]
    assert (len(entry.name), entry.country) == (120, "GB")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"Colour,Size\nred,1\n", "no_columns"),
        (b"Phone,Email\n1,a@b.example\n", "no_names"),
        (b"Name\n" + b"x\n" * 5_001, "too_many"),
        (b"x" * 5_000_001, "too_large"),
    ],
)
def test_a_file_that_is_no_address_book_is_refused_in_words(content, code):
    with pytest.raises(Unreadable) as wrong:
        read(content, home="GB")
    assert wrong.value.code == code


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: f"BEGIN:VCARD\n{t}".encode())))
def test_no_file_raises_anything_else(content):
    try:
        _kind, found = read(content, home="GB")
    except Unreadable:
        return
    assert found
    assert all(len(each.name) <= 120 for each in found)


def test_countries_are_known_by_many_names():
    said = ("UK", "Deutschland", "United States", "de", "Österreich", "Atlantis", "")
    assert [country_of(each) for each in said] == ["GB", "DE", "US", "DE", "AT", "", ""]


DANA = Person("dana", "Dana Reyes", "Harlow", {("phone", "+442079460958")})


@pytest.mark.parametrize(
    ("entry", "verdict", "because"),
    [
        (Entry(1, "Ravi Patel"), "new", ""),
        (Entry(1), "nobody", ""),
        (Entry(1, phones=("+442079460958",)), "nobody", ""),
        (Entry(1, "dana reyes", phones=("+442079460958",)), "same", ""),
        (Entry(1, "Dana Reyes", mails=("dana@harlow.example",), firm="Harlow"), "fills", ""),
        (Entry(1, "Dana Reyes", street="1 Road", city="Bath", firm="HARLOW"), "fills", ""),
        (Entry(1, "Dana Reyes", firm="Other"), "new", ""),
        (Entry(1, "Dana Reyes", mails=("d@x.example",)), "clash", "same_name"),
        (Entry(1, "Ravi Patel", phones=("+442079460958",)), "clash", "another_name"),
        (Entry(1, "Dana Reyes", "Other", phones=("+442079460958",)), "clash", "another_firm"),
        (Entry(1, "", "Harlow", phones=("+442079460958",)), "clash", "another_name"),
    ],
)
def test_who_is_known_already(entry, verdict, because):
    found = Book([Person("dana", DANA.name, DANA.firm, set(DANA.addresses))]).judge(entry)
    assert (found.verdict, found.because) == (verdict, because)


def test_an_entry_between_two_people_joins_neither():
    book = Book([DANA, Person("ravi", "Ravi", "", {("email", "r@x.example")})])
    found = book.judge(Entry(1, "Dana Reyes", phones=("+442079460958",), mails=("r@x.example",)))
    assert (found.verdict, found.because) == ("clash", "two_people")
    assert "join" not in found.choices


def test_doubles_within_one_file_become_one():
    book = Book()
    first, second = (
        Entry(1, "Ravi", mails=("r@x.example",)),
        Entry(2, "Ravi", mails=("r@x.example", "r2@x.example")),
    )
    book.take(first, book.judge(first))
    found = book.judge(second)
    assert (found.verdict, found.person.key, found.adds) == ("fills", 1, (("email", "r2@x.example"),))
