"""The cells of confidentiality: what she accepts and reports, and what the firm makes of it."""

from clients.models import TermsAcceptance

from .matrix import AT_THE_DESK, CONTACTS, SECRETARIES
from .world import ADMIN, POOL, SUPERVISOR, TEAM

FIRM = frozenset({SUPERVISOR, ADMIN})
LAPSE = ("lapse",)


def nobody_has_accepted(world, actor):
    TermsAcceptance.objects.all().delete()


def accepted(side) -> dict:
    return {f"{side.terms.pk}-agreed": "on"}


def closed(side) -> dict:
    about = {"about": str(side.secretary.pk), "said_to_her": "Nobody else is in the room"}
    return about | {"consequence": "warning", "findings": "A guest was in the room"}


def of(page, deed) -> list:
    return [
        page("my-terms", SECRETARIES),
        deed(
            "my-terms-accept",
            frozenset({TEAM, POOL}),
            args=("terms",),
            body=accepted,
            before=nobody_has_accepted,
        ),
        page("lapse-report", AT_THE_DESK),
        deed("lapse-report", AT_THE_DESK, body={"kind": "lost", "what": "A telephone on the bus"}),
        page("lapse-portal", CONTACTS),
        deed("lapse-portal", CONTACTS, body={"kind": "sent", "what": "A letter of ours went to a neighbour"}),
        page("confidentiality", FIRM, shows=True),
        page("client-terms", FIRM, args=("client",)),
        deed("client-terms", FIRM, args=("client",), body={"words": "Nobody says a word"}),
        page("lapse", FIRM, args=LAPSE),
        deed("lapse-note", FIRM, args=LAPSE, body={"words": "Nothing else"}),
        deed("lapse-tell", FIRM, args=LAPSE, body={"words": "A guest saw a name of yours"}),
        deed("lapse-close", FIRM, args=LAPSE, body=closed),
    ]
