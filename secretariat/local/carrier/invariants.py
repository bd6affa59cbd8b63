"""What must hold after every test: no leg forgotten, nobody stuck on music, every document sound."""


def broken(carrier) -> list[str]:
    """Every rule that does not hold, in words; empty when all is sound."""
    return [*_lonely_legs(carrier), *_stuck_rooms(carrier), *_contradictions(carrier), *_flags(carrier)]


def _lonely_legs(carrier):
    """A live leg talks to somebody, hears a document, or still rings."""
    for leg in carrier.legs.values():
        if not leg.talking:
            continue
        if not leg.interpreter.alive and leg.twin is None:
            yield f"{leg.sid} ({leg.direction}) is live and nothing is said to it."
        elif leg.participant and leg.participant.present:
            room = leg.participant.conference
            if room.status == "in-progress" and len(room.present) == 1 and not room.expected:
                yield f"{leg.sid} ({leg.direction}) is alone in the room {room.name}."
        elif leg.interpreter.running == "bridge" and leg.bridge is None:
            yield f"{leg.sid} ({leg.direction}) is bridged to nobody."


def _stuck_rooms(carrier):
    for room in carrier.conferences.by_sid.values():
        if room.status == "in-progress" and room.present and all(p.hold for p in room.present):
            yield f"In the room {room.name} everybody is held and nobody can free them."


def _contradictions(carrier):
    for leg in carrier.legs.values():
        if len(leg.terminal_notices) > 1:
            yield f"{leg.sid} was said to have ended as {' and as '.join(sorted(leg.terminal_notices))}."


def _flags(carrier):
    for _, what, complaint in carrier.flags:
        yield f"{what}: {complaint}"
