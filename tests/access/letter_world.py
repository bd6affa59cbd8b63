"""Letters of each side: being written, with the client, to be posted, and posted."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from clients.address_book import importing
from clients.models import Correspondent
from messages_app.letters import enclosing, lettering, posting, printing, serial_making, serials
from messages_app.models import Letter, Letterhead, LetterTemplate, Posting, SerialLetter
from secretariat import clock
from tests.pdfs import a_pdf


def rows(side, by) -> dict:
    client = side.client.row
    Letterhead.objects.create(client=client, name=f"{side.word} Legal", signer=f"Owner of {side.word}")
    reminder = {"name": f"Reminder of {side.word}", "subject": "x", "body": "y"}
    template = LetterTemplate.objects.create(client=client, **reminder)
    found = {name: _written(side, by) for name in ("letter", "free_letter")}
    for name in ("asked_letter", "ready_letter", "printed_letter", "posted_letter"):
        found[name] = letter = _written(side, by)
        lettering.ask(letter, version=letter.version, by=by, at=clock.now())
        if name != "asked_letter":
            said = {"number": 1, "contact": side.owner, "by": side.owner.user, "at": clock.now()}
            lettering.agree(letter, **said)
    found["letter_template"] = template
    first = found["letter"]
    file = {"name": f"lease of {side.word}", "joined": True, "version": first.version}
    found["letter_file"] = enclosing.enclose(first, a_pdf(), by=by, at=clock.now(), **file)
    printed = found["printed_letter"]
    found["made_run"] = run = printing.begin(
        client, {printed.pk: "standard"}, by=by, at=clock.now(), together=uuid4()
    )
    printing.make(run.pk)
    run.refresh_from_db()
    paid = posting.Envelope("first", Decimal("1.65"), Decimal("0.10"), f"{side.word}1")
    found["posted"] = posting.post(letter, paid, version=letter.version, by=by, at=clock.now())
    for name in ("twice", "twin"):
        found[name] = Correspondent.objects.create(client=client, name=f"Twin of {side.word}")
    found["carried_letter"] = carried = _written(side, by)
    found["carried"] = Posting.objects.create(
        client=client,
        letter=carried,
        carrier=Posting.Carrier.LOB,
        carrier_id=f"ltr_{side.word}",
        state=Posting.State.HANDED,
        postage=1,
        paper=0,
        currency="GBP",
        posted_at=clock.now(),
        posted_by=by,
        cancel_until=clock.now() + timedelta(days=1),
    )
    table = f"Name,Street,City,Postcode\n{side.word} Brill,1 Mill Lane,Bath,BA1 2QH\n".encode()
    for name in ("address_import", "done_import"):
        said = {"name": f"{side.word}.csv", "by": by, "at": clock.now()}
        found[name] = importing.read(client, table, **said)
    importing.do(found["done_import"], {}, version=0, by=by, at=clock.now())
    found["serial"], found["asked_serial"] = (_to_many(side, by) for _ in range(2))
    file |= {"name": f"plan of {side.word}", "version": found["serial"].version}
    enclosing.enclose_in_all(found["serial"], a_pdf(), by=by, at=clock.now(), **file)
    serial_making.look(list(found["serial"].copies.values_list("pk", flat=True)))
    found["serial_file"] = enclosing.files_of_all(found["serial"])[0].media_id
    asked = found["asked_serial"]
    serials.ask(asked, version=asked.version, by=by, at=clock.now())
    return found


def _to_many(side, by) -> SerialLetter:
    people = Correspondent.objects.filter(client=side.client.row, name=f"{side.word} Brill")
    serial = serials.begin(side.client.row, people, by=by, at=clock.now())
    words = dict.fromkeys(serials.SHARED, f"{side.word} moves")
    words |= {"layout": "uk-dl", "dated_on": date(2026, 11, 24)}
    serials.rewrite(serial, words, version=serial.version, by=by, at=clock.now())
    serial_making.look(list(serial.copies.values_list("pk", flat=True)))
    return serial


def _written(side, by) -> Letter:
    letter = lettering.begin(side.client.row, by=by, at=clock.now())
    words = {
        "layout": "uk-dl",
        "name": f"Harlow for {side.word}",
        "firm": "",
        "street": "1 Mill Lane",
        "city": "Bath",
        "postcode": "BA1 2QH",
        "region": "",
        "country": "GB",
        "dated_on": date(2026, 11, 24),
        "subject": f"{side.word} and the lease",
        "salutation": "Dear Mr Harlow,",
        "body": f"{side.word} agrees.",
        "closing": "Yours sincerely,",
        "enclosures": "",
    }
    lettering.save(letter, words, version=letter.version, by=by, at=clock.now())
    return letter
