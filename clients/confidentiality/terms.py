"""The terms each client asks for: written version by version, accepted by whoever is to answer for her.

Until she has accepted the version in force a secretary of the team is offered no call of that client and
opens nothing of it: `Client.objects.served_by`. A client without terms asks for nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from clients.models import Assignment, Client, ClientTerms, TermsAcceptance
from secretariat import ledger
from secretariat.office.models import Secretary, User


def waiting(secretary: Secretary):
    """What she is still to accept, client by client."""
    return ClientTerms.objects.for_team_of(secretary).not_accepted_by(secretary)


def is_waiting(secretary: Secretary, client_id: UUID) -> bool:
    return waiting(secretary).filter(client=client_id).exists()


def unaccepted():
    """For a query of assignments: the client's terms in force are not accepted by the secretary."""
    hers = TermsAcceptance.objects.filter(terms=OuterRef("pk"), secretary=OuterRef(OuterRef("secretary")))
    return Exists(ClientTerms.objects.in_force().filter(~Exists(hers), client=OuterRef("client")))


@transaction.atomic
def write(client: Client, words: str, *, by: User, at: datetime) -> ClientTerms:
    """The next version, in force from now on. The same words again are no new version."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    newest = ClientTerms.objects.filter(client=client).order_by("-version").first()
    if newest and newest.until_at is None and newest.words == words:
        return newest
    ClientTerms.objects.in_force().filter(client=client).update(until_at=at)
    made = ClientTerms.objects.create(
        client=client, version=newest.version + 1 if newest else 1, words=words, from_at=at, written_by=by
    )
    _record("clients.terms.written", made, by)
    return made


@transaction.atomic
def accept(terms: ClientTerms, *, by: Secretary, at: datetime) -> bool:
    """She accepts this version. False if she had before, or another is in force by now."""
    if not ClientTerms.objects.in_force().filter(pk=terms.pk).exists():
        return False
    _row, is_new = TermsAcceptance.objects.get_or_create(
        terms=terms, secretary=by, defaults={"client_id": terms.client_id, "accepted_at": at}
    )
    if is_new:
        hers = Assignment.objects.filter(client=terms.client_id, secretary=by, until_at=None)
        hers.update(terms_accepted_at=at)
        _record("clients.terms.accepted", terms, by.user)
    return is_new


def standing(client: Client) -> list[tuple[Assignment, datetime | None]]:
    """Everybody on the team with when she accepted the version in force, whoever has not first."""
    accepted = dict(
        TermsAcceptance.objects.filter(terms__client=client, terms__until_at=None).values_list(
            "secretary", "accepted_at"
        )
    )
    team = Assignment.objects.filter(client=client, until_at=None).select_related("secretary__user")
    rows = [(each, accepted.get(each.secretary_id)) for each in team.order_by("turn", "pk")]
    return sorted(rows, key=lambda row: row[1] is not None)


@dataclass(frozen=True)
class OfClient:
    """A client, the terms in force, and how many of the team have accepted them."""

    client: Client
    terms: ClientTerms | None
    team: int
    accepted: int


def of_clients(clients: Iterable[Client]) -> list[OfClient]:
    """How it stands with each; three queries however many they are."""
    clients = list(clients)
    in_force = {each.client_id: each for each in ClientTerms.objects.in_force().filter(client__in=clients)}
    on_team = Assignment.objects.filter(client__in=clients, until_at=None)
    hers = TermsAcceptance.objects.filter(terms__in=in_force.values(), client=OuterRef("client"))
    done = Exists(hers.filter(secretary=OuterRef("secretary")))
    team: dict = Counter()
    accepted: dict = Counter()
    for client, has in on_team.annotate(done=done).values_list("client_id", "done"):
        team[client] += 1
        accepted[client] += has
    return [OfClient(each, in_force.get(each.pk), team[each.pk], accepted[each.pk]) for each in clients]


def _record(verb: str, terms: ClientTerms, by: User) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=terms.client_id,
        subject=("clients.clientterms", terms.pk),
        detail={"version": terms.version},
    )
