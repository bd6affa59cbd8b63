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
            alone = room.status == "in-progress" and len(room.present) == 1 and not room.expected
            if alone and not _waits_for_another_room(carrier, room):
                yield f"{leg.sid} ({leg.direction}) is alone in the room {room.name}."
        elif leg.interpreter.running == "bridge" and leg.bridge is None:
            yield f"{leg.sid} ({leg.direction}) is bridged to nobody."


def _stuck_rooms(carrier):
    for room in carrier.conferences.by_sid.values():
        held = room.status == "in-progress" and room.present and all(p.hold for p in room.present)
        if held and not _waits_for_another_room(carrier, room):
            yield f"In the room {room.name} everybody is held and nobody can free them."


def _waits_for_another_room(carrier, room) -> bool:
    """Everybody in it is on hold for somebody who has been there, and who talks in another room meanwhile."""
    away = {p.leg.sid for p in room.participants if not p.present and p.leg.talking}
    others = [other for other in carrier.conferences.by_sid.values() if other is not room]
    talking = {p.leg.sid for other in others for p in other.present if not p.hold}
    return all(p.hold for p in room.present) and bool(away & talking)


def _contradictions(carrier):
    for leg in carrier.legs.values():
        if len(leg.terminal_notices) > 1:
            yield f"{leg.sid} was said to have ended as {' and as '.join(sorted(leg.terminal_notices))}."


def _flags(carrier):
    for _, what, complaint in carrier.flags:
        yield f"{what}: {complaint}"
