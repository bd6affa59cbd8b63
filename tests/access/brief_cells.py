"""The cells of work by proposal, on its three sides."""

from django.core.files.uploadedfile import SimpleUploadedFile

from clients.models import ContactAddress
from secretariat import clock
from secretariat.books.briefs import changing
from secretariat.books.models import Side

from .confidentiality_cells import accepted, nobody_has_accepted
from .matrix import CLIENT, SECRETARIES
from .world import ADMIN, OTHER_CONTACT, POOL, SUPERVISOR, TEAM

FIRM, HERS, ASKED = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM}), frozenset({TEAM, POOL})
OPEN, GIVEN, OTHER, OVER = ("brief",), ("brief_given",), ("brief_other",), ("brief_over",)
QUESTION, PROPOSAL, MILESTONE = ("brief_question",), ("brief_proposal",), ("milestone",)
HANDED_IN, DISPUTED, BACK = ("handed_in",), ("disputed",), ("sent_back",)

WANTED = {
    "title": "Labels",
    "kind": "typing",
    "outcome": "Four hundred labels",
    "due_on": "2026-12-20",
    "budget": "100",
    "language": "en",
    "level": "4",
    "for_whom": "team",
    "paid": "accepted",
}
PARTS = {"title_0": "All of it", "due_on_0": "2026-12-10", "hours_0": "3", "amount_0": "80"}
OFFERED = {"approach": "By hand", "pays": "fixed"} | PARTS
CHANGED = {"outcome": "Five hundred labels", "because": "More guests"} | PARTS
WORDS, WHY = {"words": "As we said"}, {"because": "Plans have changed"}
MOVED = {"due_on": "2026-12-22", "budget": "150"}
SHARED = {"firm_percent": "15", "window_days": "5"}
WORKED = {"on": "2026-11-24", "since": "08:00:00", "until": "08:30:00", "because": "Typing"}


def a_file(side) -> dict:
    return {"file": SimpleUploadedFile("list.txt", b"A list", content_type="text/plain")}


def no_change_waits(world, actor):
    for side in (world.a, world.b):
        if changing.asked(side.brief_other):
            changing.decline(side.change_of_client, of=Side.CLIENT, by=side.owner.user, at=clock.now())


def nobody_speaks(world, actor):
    """The firm answers for a client that nobody there is told for."""
    clients = [side.brief.client_id for side in (world.a, world.b)]
    ContactAddress.objects.filter(client__in=clients, kind=ContactAddress.Kind.EMAIL).delete()


def of(page, deed) -> list:
    return [*_of_client(page, deed), *_of_secretary(page, deed), *_of_firm(page, deed)]


def _of_client(page, deed) -> list:
    hers = {"empty_for": {OTHER_CONTACT}}
    return [
        page("portal-briefs", CLIENT, shows=True, **hers),
        page("portal-brief-post", CLIENT, shows=True, **hers),
        deed("portal-brief-post", CLIENT, body=WANTED, **hers),
        page("portal-brief", CLIENT, args=GIVEN),
        page("portal-brief-compare", CLIENT, args=OPEN),
        page("portal-brief-versions", CLIENT, args=GIVEN),
        page("portal-brief-change", CLIENT, args=OTHER, before=no_change_waits),
        deed("portal-brief-change", CLIENT, args=OTHER, body=CHANGED, before=no_change_waits),
        deed("portal-brief-file", CLIENT, args=OPEN, body=a_file),
        deed("portal-brief-answer", CLIENT, args=QUESTION, body=WORDS),
        deed("portal-brief-move", CLIENT, args=OPEN, body=MOVED),
        deed("portal-brief-withdraw", CLIENT, args=OPEN, body=WHY),
        page("portal-proposal-words", CLIENT, args=PROPOSAL),
        deed("portal-proposal-words", CLIENT, args=PROPOSAL, body=WORDS),
        deed("portal-proposal-accept", CLIENT, args=PROPOSAL),
        deed("portal-milestone-accept", CLIENT, args=HANDED_IN, body=WORDS),
        deed("portal-milestone-send-back", CLIENT, args=HANDED_IN, body=WORDS),
        deed("portal-milestone-dispute", CLIENT, args=HANDED_IN, body=WORDS),
        deed("portal-brief-agree", CLIENT, args=("change_of_hers",)),
        deed("portal-brief-decline", CLIENT, args=("change_of_hers",)),
        deed("portal-brief-end", CLIENT, args=OTHER, body=WHY),
        deed("portal-brief-note", CLIENT, args=OVER, body=WORDS),
    ]


def _of_secretary(page, deed) -> list:
    return [
        page("my-briefs", SECRETARIES),
        page("my-brief", ASKED, args=OPEN),
        page("my-brief-propose", ASKED, args=OPEN),
        deed("my-brief-propose", ASKED, args=OPEN, body=OFFERED),
        page("my-brief-terms", ASKED, args=OPEN, before=nobody_has_accepted),
        deed("my-brief-terms", ASKED, args=OPEN, body=accepted, before=nobody_has_accepted),
        deed("my-brief-ask", ASKED, args=OPEN, body=WORDS),
        page("my-proposal-words", HERS, args=PROPOSAL),
        deed("my-proposal-words", HERS, args=PROPOSAL, body=WORDS),
        deed("my-proposal-withdraw", HERS, args=PROPOSAL),
        page("my-brief-versions", HERS, args=GIVEN),
        deed("my-brief-file", HERS, args=GIVEN, body=a_file),
        page("my-brief-change", HERS, args=OTHER, before=no_change_waits),
        deed("my-brief-change", HERS, args=OTHER, body=CHANGED, before=no_change_waits),
        deed("my-brief-agree", HERS, args=("change_of_client",)),
        deed("my-brief-decline", HERS, args=("change_of_client",)),
        page("my-milestone-time", HERS, args=MILESTONE),
        deed("my-milestone-time", HERS, args=MILESTONE, body=WORKED),
        deed("my-milestone-hand-in", HERS, args=MILESTONE, body=WORDS),
        deed("my-milestone-call-in", HERS, args=BACK, body=WORDS),
        deed("my-brief-end", HERS, args=OTHER, body=WHY),
        deed("my-brief-note", HERS, args=OVER, body=WORDS),
    ]


def _of_firm(page, deed) -> list:
    return [
        page("briefs", FIRM, shows=True),
        page("brief-post", FIRM, args=("client",)),
        deed("brief-post", FIRM, args=("client",), body=WANTED),
        page("brief", FIRM, args=OPEN),
        page("brief-compare", FIRM, args=OPEN),
        page("brief-versions", FIRM, args=GIVEN),
        deed("brief-file", FIRM, args=OPEN, body=a_file),
        deed("brief-answer", FIRM, args=QUESTION, body=WORDS),
        deed("brief-move", FIRM, args=OPEN, body=MOVED),
        deed("brief-withdraw", FIRM, args=OPEN, body=WHY),
        deed("brief-look-again", FIRM, args=OPEN),
        deed("brief-share", FIRM, args=("brief_unproposed",), body=SHARED),
        page("proposal-words", FIRM, args=PROPOSAL),
        deed("proposal-words", FIRM, args=PROPOSAL, body=WORDS),
        deed("proposal-accept", FIRM, args=PROPOSAL),
        deed("milestone-accept", FIRM, args=HANDED_IN, body=WORDS, before=nobody_speaks),
        deed("milestone-send-back", FIRM, args=HANDED_IN, body=WORDS, before=nobody_speaks),
        deed("milestone-dispute", FIRM, args=HANDED_IN, body=WORDS, before=nobody_speaks),
        deed("brief-agree", FIRM, args=("change_of_hers",), body=WORDS, before=nobody_speaks),
        deed("brief-decline", FIRM, args=("change_of_hers",), body=WORDS, before=nobody_speaks),
        deed("milestone-settle", FIRM, args=DISPUTED, body={"percent": "50"} | WORDS),
        deed("brief-end", FIRM, args=OTHER, body=WHY),
    ]
