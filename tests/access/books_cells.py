"""The cells of the books: hours, plans and bills."""

from .matrix import SECRETARIES
from .world import ADMIN, FORMER, POOL, STRANGER, SUPERVISOR, TEAM

FIRM = frozenset({SUPERVISOR, ADMIN})
WORKED, WEEK = ("worked",), ("week",)
CORRECTED = {"on": "2026-11-23", "since": "09:00:00", "until": "09:01:00", "because": "Miskeyed"}


def other_work(side) -> dict:
    about = {"client": str(side.client.row.pk), "because": "Typed a lease"}
    return about | {"on": "2026-11-23", "since": "14:00", "until": "14:25"}


def of(page, deed) -> list:
    return [
        page("books-time", SECRETARIES),
        deed("books-time-confirm", SECRETARIES, body={"week": "2026-11-16", "seen": "0-0"}),
        page("books-time-add", SECRETARIES),
        deed(
            "books-time-add",
            frozenset({TEAM, POOL}),
            body=other_work,
            others={FORMER: 422, STRANGER: 422},
        ),
        page("books-time-correct", frozenset({TEAM}), args=WORKED),
        deed("books-time-correct", frozenset({TEAM}), args=WORKED, body=CORRECTED),
        page("books-weeks", FIRM),
        page("books-week", FIRM, args=("secretary",)),
        deed("books-week-approve", FIRM, args=WEEK),
        deed("books-week-send-back", FIRM, args=WEEK, body={"because": "The call at nine"}),
        page("books-week-correct", FIRM, args=WORKED),
        deed("books-week-correct", FIRM, args=WORKED, body=CORRECTED),
    ]
