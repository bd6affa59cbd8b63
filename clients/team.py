"""Who answers for a client. An assignment and the sight it gives begin and end in one transaction."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from secretariat import ledger, live
from secretariat.office.contracts import holding
from secretariat.office.models import Secretary, User
from secretariat.office.profiles import qualifications

from . import access, audience
from .models import Access, Assignment, Client


class NotNow(Exception):
    """She cannot be put on a team. Says why."""


@transaction.atomic
def assign(
    secretary: Secretary,
    client: Client,
    *,
    by: User | None,
    at: datetime,
    turn: str = Assignment.Turn.OWN,
    terms_accepted_at: datetime | None = None,
) -> Assignment:
    """Put her on the client's team. If she is on it her turn changes: one ends, another begins.

    Raises NotNow where the firm asks for a signed contract and she has none, and where she lacks what the
    firm or the client requires.
    """
    # The client's row is the lock: there may be no assignment yet to lock.
    Client.objects.select_for_update().get(pk=client.pk)
    current = Assignment.objects.filter(secretary=secretary, client=client, until_at=None).first()
    if current is None and (refusal := why_not(secretary, client, at=at)):
        raise NotNow(refusal)
    if current:
        if current.turn == turn:
            return current
        end(current, by=by, at=at)
    assignment = Assignment.objects.create(
        secretary=secretary, client=client, turn=turn, terms_accepted_at=terms_accepted_at, from_at=at
    )
    access.grant(secretary, client, Access.Because.TEAM, assignment.pk)
    _tell("clients.team.assigned", assignment, by)
    return assignment


def why_not(secretary: Secretary, client: Client, *, at: datetime) -> str:
    """Why she cannot be put on this client's team, in words; empty if she can."""
    today = holding.today(secretary, at)
    needs = map(qualifications.need, client.requirements.select_related("training"))
    return holding.why_not(secretary, today) or qualifications.why_not(secretary, today, needs=needs)


@transaction.atomic
def end(assignment: Assignment, *, by: User | None, at: datetime) -> bool:
    """Take her off the team, and end what she sees because of it. False if that was so already."""
    if not Assignment.objects.filter(pk=assignment.pk, until_at=None).update(until_at=at):
        return False
    # Told before her sight ends, so that her desk hears of it too.
    _tell("clients.team.ended", assignment, by)
    access.end(Access.Because.TEAM, assignment.pk)
    return True


def _tell(verb: str, assignment: Assignment, by: User | None) -> None:
    Client.objects.filter(pk=assignment.client_id).update(version=F("version") + 1)
    version = Client.objects.values_list("version", flat=True).get(pk=assignment.client_id)
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=assignment.client_id,
        subject=("clients.assignment", assignment.pk),
        detail={"secretary": assignment.secretary_id, "turn": assignment.turn},
    )
    live.announce("instructions.changed", assignment.client_id, version, audience.desk(assignment.client_id))
