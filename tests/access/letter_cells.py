"""The cells of letters: at the desk, and in the portal."""

from django.core.files.uploadedfile import SimpleUploadedFile

from messages_app.models import Letterhead, Posting, PrintRun
from tests.pdfs import a_pdf

from .matrix import CLIENT, DESK
from .world import ADMIN, FORMER, OTHER_CONTACT, STRANGER, SUPERVISOR

IMPORT = ("address_import",)
RUN = ("made_run",)
SERIAL, ASKED_SERIAL = ("serial",), ("asked_serial",)
CLIENT_ITSELF, FIRM = ("client",), frozenset({SUPERVISOR, ADMIN})
TEMPLATE, NOT_HERS = ("letter_template",), {FORMER: 422, STRANGER: 422}
LETTER, ASKED, READY, POSTED = ("letter",), ("asked_letter",), ("ready_letter",), ("posted_letter",)


def shown(name):
    return lambda side: {"version": getattr(side, name).version}


def for_the_client(side):
    return {"client": side.client.row.pk}


def written(side):
    return shown("letter")(side) | {
        "name": f"Harlow for {side.word}",
        "street": "1 Mill Lane",
        "city": "Bath",
        "postcode": "BA1 2QH",
        "country": "GB",
        "layout": "uk-dl",
        "dated_on": "2026-11-24",
        "subject": f"{side.word} and the lease",
        "body": f"{side.word} agrees.",
    }


def written_to_many(side):
    words = {name: f"{side.word} {name}" for name in ("subject", "salutation", "body")}
    return shown("serial")(side) | words | {"layout": "uk-dl", "dated_on": "2026-11-24"}


def typed_for_many(side):
    return written_to_many(side) | {"revision": side.serial.version}


def changed_for_many(side):
    return shown("asked_serial")(side) | wish(side)


def being_typed(side):
    return written(side) | {"revision": side.letter.version}


def paid(side):
    return shown("ready_letter")(side) | {"kind": "first", "postage": "1.65"}


def came_back(side):
    return shown("posted_letter")(side) | {"because": f"{side.word}: moved away"}


def put_right(side):
    return shown("posted_letter")(side) | {"tracking": f"{side.word}2"}


def in_the_post(world, actor) -> None:
    """The runs have been taken there."""
    PrintRun.objects.update(state=PrintRun.State.POSTED)


def a_file(side):
    return {"file": SimpleUploadedFile(f"{side.word}.csv", f"Name\n{side.word} Brill\n".encode())}


def enclosed(side):
    file = SimpleUploadedFile(f"{side.word}.pdf", a_pdf(), content_type="application/pdf")
    return shown("letter")(side) | {"name": f"lease of {side.word}", "joined": "on", "file": file}


def enclosed_in_all(side):
    return enclosed(side) | shown("serial")(side)


def a_person(side):
    return {"name": f"{side.word} Brill", "street": "1 Mill Lane", "city": "Bath", "country": "GB"}


def the_same(side):
    return {"other": side.twin.pk}


def in_a_run(side):
    return for_the_client(side) | {side.ready_letter.pk.hex: "standard"}


def all_together(side):
    return {"clients": [side.client.row.pk], "kind": "standard"}


def run_is_posted(side):
    return shown("made_run")(side) | {"postage_standard": "0.85"}


def wish(side):
    return {"number": 1, "words": f"{side.word} wants it friendlier"}


def need_no_word(world, actor) -> None:
    """The clients want letters posted without being asked."""
    Letterhead.objects.update(needs_approval=False)


def nobody_knows(world, actor) -> None:
    """Whether the carrier has the letters."""
    Posting.objects.filter(carrier="lob").update(state=Posting.State.UNSURE)


def desk_writes(world, actor) -> None:
    """The firm lets the desk write templates."""
    Letterhead.objects.update(desk_writes_templates=True)


def a_template(side):
    words = ("name", "subject", "salutation", "body", "closing")
    return for_the_client(side) | dict.fromkeys(words, "As usual")


# The same for whoever says so: of her own letters.
A_LETTERHEAD = {"name": "As usual", "layout": "us-10", "signs": "client", "signer": "Whoever it is"}


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("letters"),
        desk_list("letters-to-post"),
        desk_list("letters-letterheads"),
        page("letters-letterhead", DESK, args=CLIENT_ITSELF),
        page("letters-letterhead-page", DESK, args=CLIENT_ITSELF, shows=False),
        page("letters-letterhead-change", FIRM, args=CLIENT_ITSELF),
        deed("letters-letterhead-change", FIRM, args=CLIENT_ITSELF, body=A_LETTERHEAD),
        desk_list("letters-templates"),
        desk_list("letters-template-new", before=desk_writes),
        deed("letters-template-new", DESK, body=a_template, before=desk_writes, others=NOT_HERS),
        page("letters-template", DESK, args=TEMPLATE),
        deed("letters-template", DESK, args=TEMPLATE, body=a_template, before=desk_writes),
        deed("letters-template-end", DESK, args=TEMPLATE, before=desk_writes),
        desk_list("letters-serials"),
        page("letters-serial-new", DESK, body=for_the_client, shows=True),
        deed("letters-serial-new", DESK, body=for_the_client),
        page("letters-serial", DESK, args=SERIAL),
        page("letters-serial-write", DESK, args=SERIAL),
        deed("letters-serial-write", DESK, args=SERIAL, body=written_to_many),
        deed("letters-serial-draft", DESK, args=SERIAL, body=typed_for_many, status=200),
        deed("letters-serial-leave-out", DESK, args=SERIAL, body=shown("serial")),
        deed("letters-serial-enclose", DESK, args=SERIAL, body=enclosed_in_all),
        deed("letters-serial-take-out", DESK, args=("serial", "serial_file"), body=shown("serial")),
        deed("letters-serial-ask", DESK, args=SERIAL, body=shown("serial")),
        deed("letters-serial-release", DESK, args=SERIAL, body=shown("serial"), before=need_no_word),
        deed("letters-serial-withdraw", DESK, args=SERIAL, body=shown("serial")),
        desk_list("letters-books"),
        page("letters-book", DESK, args=("client",)),
        page("letters-book-read", DESK, args=("client",)),
        deed("letters-book-read", DESK, args=("client",), body=a_file),
        page("letters-book-new", DESK, args=("client",)),
        deed("letters-book-new", DESK, args=("client",), body=a_person),
        page("letters-book-change", DESK, args=("twice",)),
        deed("letters-book-change", DESK, args=("twice",), body=a_person),
        page("letters-book-same", DESK, args=("twice",)),
        deed("letters-book-same", DESK, args=("twice",), body=the_same),
        page("letters-book-import", DESK, args=IMPORT),
        deed("letters-book-import", DESK, args=IMPORT, body=shown("address_import")),
        deed("letters-book-drop", DESK, args=IMPORT, body=shown("address_import")),
        deed("letters-book-undo", DESK, args=("done_import",), body=shown("done_import")),
        page("letters-new", DESK, body=for_the_client, shows=True),
        deed("letters-new", DESK, body=for_the_client),
        page("letters-letter", DESK, args=LETTER),
        page("letters-write", DESK, args=LETTER),
        deed("letters-write", DESK, args=LETTER, body=written),
        deed("letters-draft", DESK, args=LETTER, body=being_typed, status=200),
        page("letters-page", DESK, args=LETTER, shows=False),
        page("letters-preview", DESK, args=LETTER, shows=False),
        deed("letters-ask", DESK, args=LETTER, body=shown("letter")),
        deed("letters-release", DESK, args=("free_letter",), body=shown("free_letter"), before=need_no_word),
        deed("letters-withdraw", DESK, args=LETTER, body=shown("letter")),
        deed("letters-anew", DESK, args=READY, body=shown("ready_letter")),
        deed("letters-enclose", DESK, args=LETTER, body=enclosed),
        deed("letters-take-out", DESK, args=("letter", "letter_file"), body=shown("letter")),
        desk_list("letters-runs"),
        page("letters-run-new", DESK, body=for_the_client, shows=True),
        deed("letters-run-new", DESK, body=in_a_run),
        desk_list("letters-runs-together"),
        deed("letters-runs-together", DESK, body=all_together, others={FORMER: 422, STRANGER: 422}),
        page("letters-run-together", DESK, args=RUN),
        page("letters-run-together-paper", DESK, args=RUN, shows=False),
        page("letters-run", DESK, args=RUN),
        deed("letters-run-posted", DESK, args=RUN, body=run_is_posted),
        deed("letters-run-drop", DESK, args=RUN, body=shown("made_run")),
        deed("letters-carrier-cancel", DESK, args=("carried_letter", "carried")),
        deed("letters-carrier-not-there", DESK, args=("carried_letter", "carried"), before=nobody_knows),
        page("letters-posted", DESK, args=READY),
        deed("letters-posted", DESK, args=READY, body=paid),
        deed("letters-came-back", DESK, args=POSTED, body=came_back),
        page("letters-put-right", DESK, args=("posted",)),
        deed("letters-put-right", DESK, args=("posted",), body=put_right),
        page("letters-run-put-right", DESK, args=RUN, before=in_the_post),
        deed("letters-run-put-right", DESK, args=RUN, body=shown("made_run"), before=in_the_post),
    ]


def in_the_portal(page, deed) -> list:
    return [
        page("letters-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        page("letters-portal-letterhead", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        deed("letters-portal-letterhead", CLIENT, body=A_LETTERHEAD, empty_for={OTHER_CONTACT}),
        page("letters-portal-letterhead-page", CLIENT, empty_for={OTHER_CONTACT}),
        page("letters-portal-book", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        deed("letters-portal-book", CLIENT, body=a_file, empty_for={OTHER_CONTACT}),
        page("letters-portal-book-import", CLIENT, args=IMPORT),
        deed("letters-portal-book-import", CLIENT, args=IMPORT, body=shown("address_import")),
        deed("letters-portal-book-drop", CLIENT, args=IMPORT, body=shown("address_import")),
        deed("letters-portal-book-undo", CLIENT, args=("done_import",), body=shown("done_import")),
        page("letters-portal-letter", CLIENT, args=ASKED),
        page("letters-portal-page", CLIENT, args=ASKED, shows=False),
        page("letters-portal-serial", CLIENT, args=ASKED_SERIAL),
        deed("letters-portal-serial-agree", CLIENT, args=ASKED_SERIAL, body=shown("asked_serial")),
        deed("letters-portal-serial-change", CLIENT, args=ASKED_SERIAL, body=changed_for_many),
        deed("letters-portal-agree", CLIENT, args=ASKED, body={"number": 1}),
        deed("letters-portal-change", CLIENT, args=ASKED, body=wish),
    ]
