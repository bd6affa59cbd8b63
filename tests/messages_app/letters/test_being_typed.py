"""What is typed into a letter is kept, whoever has it, and changes nothing until it is saved."""

from django.urls import reverse

from clients.models import Correspondent, PostalAddress
from messages_app.letters import lettering, serials
from messages_app.models import LetterTemplate
from secretariat import clock

from .deeds import does, form_of, is_whole, page, types


def test_what_is_typed_into_a_letter_to_be_changed_is_kept_beside_it(desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-change", letter, number=1, words="Say until when.")
    assert 'data-draft-url="' in page(desk, "letters-write", letter)
    assert types(desk, letter, body="With Priya until").status_code == 200
    letter.refresh_from_db()
    assert (letter.state, lettering.newest_of(letter).body) == ("change", "The keys are with Priya.")
    again = page(desk, "letters-write", letter)  # she was signed out meanwhile, or her machine died
    assert "With Priya until</textarea>" in again
    assert "It is not saved yet" in again
    assert "Say until when." in again
    assert "Say until when." in page(desk, "letters-letter", letter)
    last = form_of(letter, body="With Priya until Friday.") | {"revision": letter.version}
    assert desk.post(reverse("letters-write", args=[letter.pk]), last).status_code == 303
    letter.refresh_from_db()
    assert (letter.state, letter.typed) == ("draft", None)
    assert lettering.newest_of(letter).body == "With Priya until Friday."


def test_typing_does_not_take_a_letter_from_the_client_and_her_word_is_not_run_over(desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    assert types(desk, letter, body="With Priya until").json()["revision"] == letter.version + 1
    assert "The client has it." in page(desk, "letters-write", letter)
    seen = page(portal, "letters-portal-letter", letter)
    assert "The keys are with Priya." in seen
    assert "until" not in seen
    does(portal, "letters-portal-agree", letter, number=1)
    assert (letter.state, letter.typed) == ("ready", None)
    late = types(desk, letter, body="With Priya until Friday.")
    assert (late.status_code, late.json()["fields"]["body"]) == (409, "The keys are with Priya.")
    saved = does(desk, "letters-write", letter, **form_of(letter, body="With Priya until Friday."))
    assert saved.status_code == 422
    assert "With Priya until Friday." in saved.content.decode()
    letter.refresh_from_db()
    assert letter.state == "ready"


def test_what_cannot_be_saved_as_it_stands_is_kept_as_it_was_typed(desk, letter):
    typed = types(desk, letter, dated_on="", subject="x" * 200, body="Pay by 4111 1111 1111 1111")
    assert typed.status_code == 200
    assert "4111" not in typed.json()["redacted"]["body"]
    again = page(desk, "letters-write", letter)
    assert "x" * 200 in again
    assert "4111" not in again
    assert types(desk, letter, body="Whole again").status_code == 200
    letter.refresh_from_db()
    assert (letter.typed, lettering.newest_of(letter).body) == (None, "Whole again")


def test_one_copy_typed_in_and_left_unsaved_holds_up_no_other(office, okafor, desk):
    moves = LetterTemplate.objects.create(
        client=okafor.row, name="We move", subject="We move", body="In May."
    )
    ravi = Correspondent.objects.create(client=okafor.row, name="Ravi Patel")
    where = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "country": "GB"}
    PostalAddress.objects.create(client=okafor.row, correspondent=ravi, **where)
    people = Correspondent.objects.order_by("name")
    serial = serials.begin(okafor.row, people, by=office.priya.user, at=clock.now(), template=moves)
    office.settle()
    copy = serial.copies.get(number=1)
    assert types(desk, copy, body="").status_code == 200
    assert "In 1 copy something is missing" in page(desk, "letters-serial", serial)
    assert types(desk, copy, body="In June.").status_code == 200
    assert serials.counted(serial)["unseen"] == 0
    assert does(desk, "letters-serial-ask", serial).status_code == 303
    assert serial.state == "asked"
