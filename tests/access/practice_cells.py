"""The cells of what comes before a first real call: practice, and a test of her line."""

from .matrix import SECRETARIES
from .world import ADMIN, SUPERVISOR, TEAM

FIRM, HERS = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM})
OPEN, TALKING, WRITTEN = ("practice",), ("practice_talking",), ("practice_written",)


def begun(side) -> dict:
    return {"secretary": side.secretary.pk, "client": side.client.row.pk, "part": "A builder in a hurry"}


def of(page, deed) -> list:
    return [
        page("practices", FIRM, shows=True),
        deed("practices", FIRM, body=begun),
        page("practice-of", FIRM, args=OPEN),
        deed("practice-play", FIRM, args=(*OPEN, "ring_verb")),
        deed("practice-judge", FIRM, args=WRITTEN, body={"went_well": "yes", "judgement": "Calm"}),
        page("line-test", SECRETARIES),
        deed("line-test", SECRETARIES, body={"spare": "I go on by mobile"}),
        page("my-practice", SECRETARIES),
        page("my-practice-one", HERS, args=WRITTEN),
        page("my-practice-part", HERS, args=(*OPEN, "bar_part")),
        deed("my-practice-do", HERS, args=(*TALKING, "hold_verb")),
    ]
