"""The cells of the rota: planning it, her own shifts, attendance, cover."""

from .given import has_an_address_of_her_shifts
from .matrix import EVERYBODY, SECRETARIES
from .world import ADMIN, SUPERVISOR, TEAM

FIRM = frozenset({SUPERVISOR, ADMIN})
HERS = frozenset({TEAM})
PLANNED, WEEK = ("planned",), {"week": "2026-11-30"}
TYPED = {"secretary": "", "on": "2026-12-10", "begins": "09:00", "ends": "17:00"}
BEFORE = {"week": "2026-12-07"}
YES = {"answer": "yes"}
OTHER_DAYS = {"from_on": "2026-12-28", "until_on": "2026-12-29"}


def proposed(side) -> dict:
    return {"choice": f"{side.colleague.pk}:"}


def ill(side) -> dict:
    days = {"from_on": "2026-12-07", "until_on": "2026-12-07"}
    return {"secretary": str(side.colleague.pk), "kind": "sickness"} | days


def as_planned(side) -> dict:
    return TYPED | {"version": str(side.draft_shift.version)}


def of(page, deed) -> list:
    return [*_planning(page, deed), *_looking_after(page, deed), *_her_own(page, deed)]


def _planning(page, deed) -> list:
    draft = ("draft_shift",)
    return [
        page("rota", FIRM),
        page("rota-add", FIRM),
        deed("rota-add", FIRM, body=TYPED),
        page("rota-shift", FIRM, args=draft, shows=False),
        deed("rota-shift", FIRM, args=draft, body=as_planned),
        deed("rota-remove", FIRM, args=draft, body={"version": "0"}),
        deed("rota-copy", FIRM, body=BEFORE),
        deed("rota-fill", FIRM, body=BEFORE),
        deed("rota-keep", FIRM, body=WEEK),
        deed("rota-publish", FIRM, body=WEEK),
        page("rota-file", FIRM),
        deed("rota-undo", FIRM, args=("plan_change",)),
    ]


def _looking_after(page, deed) -> list:
    return [
        page("rota-asked", FIRM),
        page("rota-cover", FIRM),
        deed("rota-answer-absence", FIRM, args=("days_off",), body=YES),
        deed("rota-answer-swap", FIRM, args=("agreed_swap",), body=YES),
        page("rota-away", FIRM),
        deed("rota-away", FIRM, body=ill),
        page("rota-away-change", FIRM, args=("days_off",), shows=False),
        deed("rota-away-change", FIRM, args=("days_off",), body=OTHER_DAYS),
        deed("rota-away-end", FIRM, args=("days_off",)),
        page("attendance", FIRM),
        deed("attendance-explain", FIRM, args=PLANNED, body={"reason": "The line", "excused": "yes"}),
    ]


def _her_own(page, deed) -> list:
    everybodys = {"kind": "cannot", "weekday": "4"}
    days = {"kind": "holiday", "from_on": "2027-01-04", "until_on": "2027-01-08"}
    return [
        page("my-shifts", SECRETARIES),
        page("my-shifts-file", SECRETARIES),
        deed("my-shift-take", SECRETARIES, args=("open_shift",)),
        deed("my-shift-explain", HERS, args=PLANNED, body={"reason": "The line was dead"}),
        page("my-swap", HERS, args=("swappable",), shows=False),
        deed("my-swap", HERS, args=("swappable",), body=proposed),
        deed("my-swap-answer", HERS, args=("proposed_swap",), body={"answer": "accept"}),
        deed("my-swap-withdraw", HERS, args=("own_swap",)),
        deed("my-wish", SECRETARIES, body=everybodys),
        deed("my-wish-end", HERS, args=("wish",)),
        page("my-absence", SECRETARIES),
        deed("my-absence", SECRETARIES, body=days),
        deed("my-absence-end", HERS, args=("days_off",)),
        deed("my-feed-make", SECRETARIES, status=200),
        deed("my-feed-end", SECRETARIES, before=has_an_address_of_her_shifts),
        page("shift-feed", EVERYBODY, args=("shift_token",), shows=False),
    ]
