"""Who is told in place of those who are away."""

from clients import guidance
from clients.availability import where
from clients.standing_in import stand_in_for

from . import recipients


def instead_of(client, at) -> dict:
    """Who is told in place of each person who is away at `at`."""
    found = where(guidance.statuses_at(client, at), at=at)
    instead = {}
    for contact in found:
        if stand_in := stand_in_for(contact, found.values(), zone=client.zone, at=at):
            instead[contact] = recipients.Instead(stand_in.contact_id, stand_in.because)
    return instead
