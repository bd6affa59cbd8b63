"""The cells of dictation: at the desk, in the portal, and behind its links."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .matrix import CLIENT, DESK, EVERYBODY
from .world import MEMBER, OTHER_CONTACT

DICTATION, DRAFT, ASKED = ("dictation",), ("dictated",), ("asked_draft",)
TYPED, LINK, HEARD = ("typed_dictation",), ("dictated_link",), ("heard",)


def recording(side) -> dict:
    return {"file": SimpleUploadedFile("note.mp3", b"ID3 audio", content_type="audio/mpeg")}


PINS = {"pin": "590318", "again": "590318"}


def typed(side) -> dict:
    return {"words": f"{side.word} agrees", "wording": "as_dictated", "revision": "0"}


def as_task(world, actor) -> None:
    """What is typed is a task, which needs nothing more than words."""
    for side in (world.a, world.b):
        type(side.dictated).objects.filter(pk=side.dictated.pk).update(kind="task")


def wish(side) -> dict:
    return {"number": "1", "decision": "change", "words": f"{side.word} wants it shorter"}


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("dictation-queue"),
        page("dictation", DESK, args=DICTATION),
        deed("dictation-type", DESK, args=DICTATION),
        deed("dictation-close", DESK, args=DICTATION),
        page("dictated-draft", DESK, args=DRAFT),
        deed("dictated-save", DESK, args=DRAFT, body=typed, status=200),
        deed("dictated-kind", DESK, args=DRAFT, body={"kind": "letter"}),
        deed("dictated-ask", DESK, args=DRAFT, body=typed, before=as_task),
        deed("dictated-take-back", DESK, args=ASKED),
        deed("dictated-drop", DESK, args=DRAFT),
    ]


def in_the_portal(page, deed) -> list:
    return [
        page("dictation-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        page("dictation-portal-item", CLIENT, args=TYPED),
        page("dictated-approval", CLIENT, args=ASKED),
        deed("dictated-decide", CLIENT, args=ASKED, body=wish),
        page("dictation-line", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        deed("dictation-line", CLIENT, body=PINS, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
        page("dictation-new", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        deed("dictation-new", CLIENT, body=recording, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
        deed("dictation-line-end", CLIENT, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
        # Whoever holds the link, which is signed, opens one draft with it and nothing else
        page("dictated-link", EVERYBODY, args=LINK),
        deed("dictated-link-decide", EVERYBODY, args=LINK, body=wish),
        page("dictation-heard", EVERYBODY, args=HEARD, shows=False),
    ]
