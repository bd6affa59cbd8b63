"""One walk through every cell of the matrix by somebody who may, and what left the house at each step."""

import json
import logging
from dataclasses import dataclass, field

from secretariat import logs
from secretariat.live.models import LiveEvent
from secretariat.office import home_numbers
from secretariat.office.models import NumberCheck
from secretariat.outbox import effects
from secretariat.outbox.models import Effect

from .cells import CELLS, deed
from .given import serves_the_other_too, was_told_a_code
from .matrix import CLIENT, DESK, SECRETARIES, Cell, content, undone
from .world import World


@dataclass(frozen=True)
class Sent:
    kind: str
    client_id: object
    to: str
    words: str  # everything that would leave, as JSON


@dataclass
class Step:
    cell: Cell
    actor: str
    status: int
    headers: dict
    body: str
    sent: list[Sent] = field(default_factory=list)
    events: list[LiveEvent] = field(default_factory=list)
    log: list[str] = field(default_factory=list)


def _by(channel):
    return lambda side: {"contact": str(side.owner.pk), "channel": channel}


def _reached(channel, kind):
    """Something was sent that way already, so that taking it back must be told."""

    def given(world, actor):
        serves_the_other_too(world, actor)
        address = world.a.owner.addresses.get(kind=kind).value
        sent = world.a.message.deliveries.filter(channel="email")
        sent.update(channel=channel, state="accepted", address=address)

    return given


def _tried_too_often(world, actor):
    was_told_a_code(world, actor)
    NumberCheck.objects.update(wrong_tries=home_numbers.TRIES_AN_HOUR - 1)


# The matrix does each thing in one way. These are the other ways by which it may leave.
OTHER_WAYS = [
    *(
        deed("messages-deliver", DESK, args=("message",), body=_by(each))
        for each in ("email", "text", "call")
    ),
    *(
        deed(
            "messages-move",
            DESK,
            args=("message",),
            body=lambda side: {"client": str(side.third.row.pk), "what": "Two windows", "sure": "yes"},
            before=_reached(*each),
        )
        for each in (("email", "email"), ("text", "mobile"))
    ),
    deed("notifications-address", CLIENT, body={"kind": "mobile", "value": "+44 7700 900198"}),
    deed("notifications-test", CLIENT, args=("mobile",)),
    deed("number-ask", SECRETARIES, body={"number": "+44 7700 900197", "by": "text"}),
    deed("number-code", SECRETARIES, before=_tried_too_often, body={"code": "000000"}, status=422),
]


class _Kept(logging.Handler):
    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logs.Line())

    def emit(self, record):
        self.lines.append(self.format(record))


def walk(world: World) -> list[Step]:
    """Every cell by the first of those who may do it, and each of the other ways; about client A."""
    kept = _Kept()
    logging.getLogger().addHandler(kept)
    before = logs.logger.level
    logs.logger.setLevel("INFO")
    try:
        return [_step(world, cell, min(cell.allowed), kept) for cell in [*CELLS, *OTHER_WAYS] if cell.allowed]
    finally:
        logs.logger.setLevel(before)
        logging.getLogger().removeHandler(kept)


def _step(world, cell, actor, kept) -> Step:
    with undone():
        if cell.before:
            cell.before(world, actor)
        effect, event = _newest(Effect, "place"), _newest(LiveEvent, "pk")
        kept.lines.clear()
        answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
        step = Step(cell, actor, answer.status_code, dict(answer.headers), content(answer))
        assert answer.status_code == cell.status, f"{cell}: {step.body[-2000:]}"
        step.sent = [sent_by(row) for row in Effect.objects.filter(place__gt=effect)]
        step.events = list(LiveEvent.objects.filter(pk__gt=event))
        step.log = list(kept.lines)
        return step


def _newest(model, name) -> int:
    return model.objects.order_by(f"-{name}").values_list(name, flat=True).first() or 0


def sent_by(effect: Effect) -> Sent:
    """Some words are made only when they leave; those are asked for here."""
    handler = effects.handler(effect.kind)
    late = [
        getattr(handler, name)(effect) for name in ("words", "body") if callable(getattr(handler, name, None))
    ]
    return Sent(
        effect.kind, effect.client_id, effect.payload.get("to", ""), json.dumps([effect.payload, *late])
    )
