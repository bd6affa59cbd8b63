"""The seconds in which somebody arranged something at the desk. Those of a call are the call's."""

from calendar_app.models import Connection, InvitedTo, Meeting, MeetingRequest, Series
from clients import stretches
from clients.models import WorkRecord
from secretariat import clock

from .frames import DESK, Frame


def keep(
    request, about: Meeting | MeetingRequest | Series | InvitedTo | Connection, frame: Frame = DESK
) -> None:
    """Call it once it is done. What a client arranges in the portal is no work of ours."""
    if frame.in_portal:
        return
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DIARY,
        client_id=about.client_id,
        subject=(about._meta.label_lower, about.pk),
        at=clock.now(),
    )
