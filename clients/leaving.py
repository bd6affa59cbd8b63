"""What this person may take out, from the settings of firm and client; each use is recorded."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from secretariat import ledger
from secretariat.office.models import Firm

from .models import Client
from .taking_out import Act, may


def firm_allows(firm: Firm) -> frozenset[Act]:
    fields = {
        Act.DOWNLOAD: firm.may_download,
        Act.ATTACHMENTS: firm.may_download_attachments,
        Act.PRINT: firm.may_print,
        Act.EXPORT: firm.may_export,
        Act.COPY: firm.may_copy_out,
    }
    return frozenset(act for act, allowed in fields.items() if allowed)


def client_forbids(client: Client) -> frozenset[Act]:
    fields = {
        Act.DOWNLOAD: client.never_download,
        Act.ATTACHMENTS: client.never_download_attachments,
        Act.PRINT: client.never_print,
        Act.EXPORT: client.never_export,
        Act.COPY: client.never_copy_out,
    }
    return frozenset(act for act, forbidden in fields.items() if forbidden)


def allowed(user, client: Client) -> frozenset[Act]:
    """The acts this person may do with rows of this client that she sees."""
    return _allowed(user, client, firm_allows(Firm.current()))


def _allowed(user, client: Client, firm: frozenset[Act]) -> frozenset[Act]:
    forbidden, roles = client_forbids(client), user.roles
    speaks = any(each.client_id == client.pk and each.sees_all for each in roles.contacts)
    return frozenset(
        act
        for act in Act
        if may(
            act,
            holds_post=roles.firm_wide,
            serves=bool(roles.secretary),
            speaks_for_client=speaks,
            firm_allows=firm,
            client_forbids=forbidden,
        )
    )


def exportable(user, clients: Iterable[Client]) -> list[Client]:
    """Those of these clients of whose rows this person may make a list to keep."""
    return of_whom(user, Act.EXPORT, clients)


def of_whom(user, act: Act, clients: Iterable[Client]) -> list[Client]:
    """Those of these clients with whose rows this person may do that."""
    firm = firm_allows(Firm.current())
    return [client for client in clients if act in _allowed(user, client, firm)]


def may_export_some(user, clients) -> bool:
    """Whether there is any of these clients (a query set) of whose rows she may make a list to keep."""
    if user.roles.firm_wide:
        clients = clients[:1]  # what the firm may do with one client's rows, it may with all
    return bool(exportable(user, clients))


def record(user, act: Act, client_id: UUID | None, subject: tuple, **detail) -> None:
    """Each use is on the ledger, however often: unlike a look, a copy goes where nobody sees it."""
    ledger.record(
        f"taken_out.{act.value}", actor_id=user.pk, client_id=client_id, subject=subject, detail=detail
    )


@transaction.atomic
def forbid(client: Client, acts: Iterable[Act], *, by) -> None:
    """What no secretary may do with this client's rows from now on, whatever the firm lets them; the client
    says it of her own."""
    forbidden = frozenset(acts)
    fields = {
        "never_download": Act.DOWNLOAD in forbidden,
        "never_download_attachments": Act.ATTACHMENTS in forbidden,
        "never_print": Act.PRINT in forbidden,
        "never_export": Act.EXPORT in forbidden,
        "never_copy_out": Act.COPY in forbidden,
    }
    Client.objects.filter(pk=client.pk).update(**fields)
    client.refresh_from_db(fields=list(fields))
    ledger.record(
        "clients.client.forbids",
        actor_id=by.pk,
        client_id=client.pk,
        subject=("clients.client", client.pk),
        detail={"acts": sorted(act.value for act in forbidden)},
    )
