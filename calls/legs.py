"""The lines of a call: sending the caller on, and ending any of them."""

from secretariat import outbox

from .models import Leg

# Not hanging up itself: two reasons to end a leg at once must not cancel each other.
PLACES = ("calls.offer", "calls.dial_contact")
IN_ROOM = ("calls.hold", "calls.resume", "calls.cross", "calls.digits")
BEFORE_HANGING_UP = (*PLACES, "calls.redirect_caller", "calls.move", *IN_ROOM)


def callers(call) -> Leg:
    """The caller's own leg. Every call has one."""
    return call.legs.get(party=Leg.Party.CALLER)


def send_caller(call, *, to: str) -> None:
    """Send the caller on to another of our documents, by the name of its address."""
    leg = callers(call)
    if not leg.is_live:
        return
    leg.moving_to = call.room if to == "calls-caller-join" else ""
    leg.save(update_fields=["moving_to"])
    outbox.post(
        "calls.redirect_caller",
        key=f"calls.redirect_caller:{call.pk}:{call.version}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        payload={"to": to, "leg": leg.pk.hex, "state": call.state},
        lane=leg.lane,
    )


def connected(leg, carrier_id: str, *, at) -> None:
    """Her line was answered, and the carrier's name for it is this."""
    if leg.carrier_id != carrier_id:
        leg.carrier_id = carrier_id
        leg.save(update_fields=["carrier_id"])
    leg.hear_status(Leg.Status.IN_PROGRESS, at=at)


def hang_up(leg, *, at, because: str) -> None:
    """End this leg at the carrier, whatever is still waiting to be done to it. Ended ones are left alone."""
    if not leg.is_live:
        return
    if outbox.cancel(lane=leg.lane, kinds=BEFORE_HANGING_UP, because=because):
        leg.refresh_from_db()
        if not leg.is_live:  # it was never rung
            return
    outbox.post(
        "calls.hang_up",
        key=f"calls.hang_up:{leg.pk}",
        queue="calls",
        client_id=leg.client_id,
        subject=("calls.leg", leg.pk),
        lane=leg.lane,
    )
