"""The cells of supervision: the firm's pages, and a secretary's own side."""

from clients import work
from secretariat.books.supervision import first_calls

from .matrix import SECRETARIES
from .world import ADMIN, SUPERVISOR, TEAM

FIRM, HERS = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM})
WHO = ("secretary",)


def of(page, deed) -> list:
    return [
        page("supervision", FIRM),
        page("supervision-of", FIRM, args=WHO),
        deed("supervision-name", FIRM, args=WHO, body=named),
        deed("supervision-away", FIRM, args=WHO, body={"until_on": "2026-12-01"}),
        deed("supervision-ask", FIRM, args=WHO, body={"on": "2026-11-24", "words": "Why late?"}),
        deed("supervision-remark", FIRM, args=WHO, body={"kind": "praise", "words": "Well done"}),
        deed("supervision-trained", FIRM, args=("training",)),
        deed("supervision-seen", FIRM, args=WHO, body={"on": "2026-11-24"}),
        deed("first-call-seen", FIRM, args=("finished",), before=was_a_first_call),
        deed("supervision-judge", FIRM, args=("complaint",), body={"state": "pending", "outcome": ""}),
        page("my-supervision", SECRETARIES),
        deed("my-supervision-answer", HERS, args=("hours_question",), body={"words": "The line"}),
        deed("my-supervision-say", HERS, args=("complaint",), body={"words": "He shouted"}),
    ]


def was_a_first_call(world, actor) -> None:
    for side in (world.a, world.b):
        call = side.finished
        work.open_item(first_calls.KIND, subject=(first_calls.SUBJECT, call.pk), client=call.client_id)


def named(side) -> dict:
    return {"supervisor": str(side.hours_question.asked_by_id), "qualified_by": "Did it for years"}
