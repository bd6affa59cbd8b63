"""The cells of client agreements: the firm's pages, the client's own, and the copy given back at the end."""

from datetime import date

from secretariat.books.agreements import agreeing
from secretariat.books.models import Agreement, LeavingStep

from .matrix import CLIENT
from .world import ADMIN, OTHER_CONTACT, SUPERVISOR

FIRM = frozenset({SUPERVISOR, ADMIN})
HELD, OFFERED, DRAFT, WHOSE = ("agreement",), ("agreement_offered",), ("agreement_draft",), ("client",)
WRITTEN = {
    "services": "Calls",
    "hours_0": "9-17",
    "answer_percent": "80",
    "answer_seconds": "20",
    "from_on": "2027-03-01",
    "term": "monthly",
    "notice_days": "30",
    "data_terms": "Silence",
}


def nothing_is_offered(world, actor):
    agreeing.withdraw(world.a.agreement_offered, by=world.people[ADMIN])


def accepted(side) -> dict:
    return {"name": "Somebody", "agreed": "on", "sha256": side.agreement_offered.sha256}


def its_name(side) -> dict:
    return {"name": side.client.row.name}


def has_left(world, actor):
    """The agreement is over, and nothing is left to do but to erase."""
    held, step = world.a.agreement, world.a.step
    Agreement.objects.filter(pk=held.pk).update(until_on=date(2026, 9, 30))
    LeavingStep.objects.filter(pk=step.pk).update(agreement=held, kind=LeavingStep.Kind.ERASE)


def of(page, deed) -> list:
    return [
        page("agreements", FIRM, shows=True),
        page("agreement-write", FIRM, args=WHOSE),
        deed("agreement-write", FIRM, args=WHOSE, body=WRITTEN),
        page("agreement", FIRM, args=HELD),
        deed("agreement-offer", FIRM, args=DRAFT, before=nothing_is_offered),
        deed("agreement-withdraw", FIRM, args=OFFERED),
        deed("agreement-end", FIRM, args=HELD, body={"on": "2026-12-31", "because": "They move"}),
        deed("agreement-answer", FIRM, args=OFFERED, body={"words": "It is not"}),
        page("agreement-pdf", FIRM, args=HELD, shows=False),
        deed("agreement-erase", FIRM, args=("step",), body=its_name, before=has_left),
        deed("agreement-step", FIRM, args=("step",), body={"note": "By post"}),
        page("data-copy", FIRM, args=WHOSE),
        deed("data-copy-ask", FIRM, args=WHOSE),
        deed("data-copy-fetch", FIRM, args=("copy",), status=200),
        page("portal-agreement", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        page("portal-agreement-one", CLIENT, args=HELD),
        deed("portal-agreement-accept", CLIENT, args=OFFERED, body=accepted),
        deed("portal-agreement-decline", CLIENT, args=OFFERED),
        deed("portal-agreement-ask", CLIENT, args=OFFERED, body={"words": "Is the time on hold billed?"}),
        deed("portal-agreement-end", CLIENT, args=HELD, body={"on": "2026-12-31", "sure": "on"}),
        page("portal-agreement-pdf", CLIENT, args=HELD, shows=False),
    ]
