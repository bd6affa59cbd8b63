"""The cells of dictation: at the desk, in the portal, and behind its links."""

from django.core.files.uploadedfile import SimpleUploadedFile

from calendar_app.models import Guest
from calls.dictation import booking
from calls.models import BookedDictation, MeetingCall
from secretariat import clock
from secretariat.office.models import Secretary

from .matrix import CLIENT, DESK, EVERYBODY
from .world import MEMBER, OTHER_CONTACT, POOL, TEAM

HERS, SECRETARIES_OF_HERS = frozenset({TEAM}), frozenset({TEAM, POOL})

DICTATION, DRAFT, ASKED = ("dictation",), ("dictated",), ("asked_draft",)
TYPED, LINK, HEARD = ("typed_dictation",), ("dictated_link",), ("heard",)


def recording(side) -> dict:
    return {"file": SimpleUploadedFile("note.mp3", b"ID3 audio", content_type="audio/mpeg")}


PINS = {"pin": "590318", "again": "590318"}


def typed(side) -> dict:
    return {"words": f"{side.word} agrees", "wording": "as_dictated", "revision": "0"}


def from_book(side) -> dict:
    return typed(side) | {"book": "Nobody of that name"}


def as_task(world, actor) -> None:
    """What is typed is a task, which needs nothing more than words."""
    for side in (world.a, world.b):
        type(side.dictated).objects.filter(pk=side.dictated.pk).update(kind="task")


def wish(side) -> dict:
    return {"number": "1", "decision": "change", "words": f"{side.word} wants it shorter"}


def who_dictates(side) -> dict:
    return {"contact": side.owner.pk, "client": side.client.row.pk}


def at_a_time(side) -> dict:
    typist = booking.team_of(side.client.row).first()
    when = {"on": "2026-12-03", "at": "10:00", "minutes": "30"}
    return who_dictates(side) | when | {"typist": typist and typist.pk}


def with_numbers(world, actor) -> None:
    """Whoever types has a telephone at which she is rung."""
    for number, secretary in enumerate(Secretary.objects.all()):
        at_home = f"+4477009003{number:02}"
        Secretary.objects.filter(pk=secretary.pk).update(home_number=at_home, verified_number=at_home)


def it_is_hers(world, actor) -> None:
    """Of those who answer for A it is Priya who was rung."""
    Guest.objects.filter(pk=world.a.rung_line.guest_id).update(secretary=world.priya)


def to_one_of_hers(side) -> dict:
    return {"to": str(side.secretary.pk)}


def somebody_else_types(world, actor) -> None:
    with_numbers(world, actor)
    for side, other in ((world.a, world.b), (world.b, world.a)):
        BookedDictation.objects.filter(pk=side.booked.pk).update(secretary=other.secretary)


def it_failed(world, actor) -> None:
    for side in (world.a, world.b):
        meeting = side.booked.meeting
        facts = {"client": side.client.row, "of": meeting.starts_at, "state": "over", "result": "no_guest"}
        MeetingCall.objects.create(meeting=meeting, ended_at=clock.now(), **facts)


def they_talk(world, actor) -> None:
    for side in (world.a, world.b):
        meeting = side.booked.meeting
        facts = {"client": side.client.row, "of": meeting.starts_at, "state": "talking"}
        MeetingCall.objects.create(meeting=meeting, **facts)


def at_the_desk(page, deed, desk_list) -> list:
    return [
        page("calls-dictate", HERS, args=("talking",)),
        deed("calls-dictate", HERS, args=("talking",), body=who_dictates),
        desk_list("dictation-bookings"),
        page("dictation-book", SECRETARIES_OF_HERS, body=who_dictates, shows=True),
        deed("dictation-book", SECRETARIES_OF_HERS, body=at_a_time, before=with_numbers),
        page("dictation-booked", DESK, args=("booked",)),
        deed("dictation-booked", DESK, args=("booked",), body=who_dictates, before=they_talk),
        deed("dictation-ring-again", DESK, args=("booked",), before=it_failed),
        deed("dictation-take", DESK, args=("booked",), body=to_one_of_hers, before=somebody_else_types),
        deed("dictation-leave", HERS, args=("rung_line",), before=it_is_hers),
        deed("dictation-stop", DESK, args=("room_dictation",)),
        desk_list("dictation-queue"),
        page("dictation", DESK, args=DICTATION),
        deed("dictation-type", DESK, args=DICTATION),
        deed("dictation-close", DESK, args=DICTATION),
        page("dictated-draft", DESK, args=DRAFT),
        deed("dictated-save", DESK, args=DRAFT, body=typed, status=200),
        deed("dictated-kind", DESK, args=DRAFT, body={"kind": "letter"}),
        deed("dictated-book", DESK, args=DRAFT, body=from_book),
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
        page("dictation-portal-book", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        deed(
            "dictation-portal-book",
            CLIENT,
            body=at_a_time,
            before=with_numbers,
            others={MEMBER: 422},  # who dictates is none of hers to name
        ),
        deed("dictation-line-end", CLIENT, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
        # Whoever holds the link, which is signed, opens one draft with it and nothing else
        page("dictated-link", EVERYBODY, args=LINK),
        deed("dictated-link-decide", EVERYBODY, args=LINK, body=wish),
        page("dictation-heard", EVERYBODY, args=HEARD, shows=False),
    ]
